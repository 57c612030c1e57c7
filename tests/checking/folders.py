"""A plugin that keeps every rule, written for a test, and ways to spoil it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from core.checking.texts import HOST_FOLDER, LANGUAGE, words
from core.cli import catalogues
from core.hosting.inventory import BUNDLED

SCRIPT = '''
    """Initial."""

    import sqlalchemy as sa
    from alembic import op

    from plugin_api.models import JSON, RowId, UTCDateTime

    revision = "0001"
    down_revision = None


    def upgrade() -> None:
        """Bring the tables to this revision."""
        op.create_table(
            "ID_crate",
            sa.Column(
                "company_id",
                sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                autoincrement=False,
                nullable=False,
            ),
            sa.Column("id", RowId(), autoincrement=True, nullable=False),
            sa.Column("name", sa.String(length=200), nullable=False),
            sa.Column("code", sa.String(length=200), nullable=False),
            sa.Column("version", sa.Integer(), nullable=False),
            sa.Column("created_at", UTCDateTime(), nullable=False),
            sa.Column("created_by", sa.BigInteger(), nullable=True),
            sa.Column("updated_at", UTCDateTime(), nullable=False),
            sa.Column("updated_by", sa.BigInteger(), nullable=True),
            sa.Column("custom", JSON, nullable=False),
            sa.Column(
                "title_key",
                sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql"),
                nullable=False,
            ),
            sa.ForeignKeyConstraint(
                ["company_id", "created_by"],
                ["core_user.company_id", "core_user.id"],
                name=op.f("fk_ID_crate_company_id_created_by"),
            ),
            sa.ForeignKeyConstraint(
                ["company_id", "updated_by"],
                ["core_user.company_id", "core_user.id"],
                name=op.f("fk_ID_crate_company_id_updated_by"),
            ),
            sa.ForeignKeyConstraint(
                ["company_id"], ["core_company.id"], name=op.f("fk_ID_crate_company_id")
            ),
            sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_ID_crate")),
            sa.UniqueConstraint("company_id", "code", name=op.f("uq_ID_crate_company_id_code")),
        )
        op.create_index(
            op.f("ix_ID_crate_company_id_title_key"),
            "ID_crate",
            ["company_id", "title_key"],
            unique=False,
        )


    def downgrade() -> None:
        """Take them back to the one before."""
        op.drop_table("ID_crate")
'''

GOOD: Mapping[str, str] = {
    "manifest.py": """
        from plugin_api.context import lazy_gettext as _
        from plugin_api.manifest import Manifest

        manifest = Manifest(
            id="ID",
            name=_("Crates"),
            version="1.0.0",
            summary=_("What lies where."),
            category=_("Storage"),
        )
    """,
    "__init__.py": """
        from plugin_api import Plugin
        from plugins.ID import hooks

        plugin = Plugin(hooks)
    """,
    "hooks.py": """
        from plugin_api import hookimpl
        from plugins.ID import access, jobs, models, routes, views


        @hookimpl
        def register_models():
            return (models.Crate,)


        @hookimpl
        def register_views():
            return views.VIEWS


        @hookimpl
        def register_menus():
            return views.MENUS


        @hookimpl
        def register_permissions():
            return access.PERMISSIONS


        @hookimpl
        def register_roles():
            return access.ROLES


        @hookimpl
        def register_jobs():
            return jobs.JOBS


        @hookimpl
        def register_blueprints():
            return (routes.blueprint,)


        @hookimpl
        def form_defaults(model, actor):
            return {}
    """,
    "models.py": '''
        """What is stored."""

        import sqlalchemy as sa
        from sqlalchemy.orm import Mapped

        from plugin_api.context import lazy_gettext as _
        from plugin_api.models import CompanyModel, text


        class Crate(CompanyModel):
            """A box with a name."""

            __tablename__ = "ID_crate"
            __collection__ = "crates"
            __label__ = _("Crate")
            __label_plural__ = _("Crates")
            __table_args__ = (sa.UniqueConstraint("company_id", "code"),)

            name: Mapped[str] = text(_("Name"))
            code: Mapped[str] = text(_("Code"))
    ''',
    "views.py": '''
        """How crates are shown."""

        from plugin_api.context import lazy_gettext as _
        from plugin_api.menus import MenuItem
        from plugin_api.views import ListView
        from plugins.ID.access import COUNT

        VIEWS = (ListView(model="ID.Crate", columns=("name", "code")),)
        MENUS = (
            MenuItem(id="crates", label=_("Crates"), model="ID.Crate"),
            MenuItem(id="count", label=_("Count"), endpoint="ID.count", permission=COUNT),
        )
    ''',
    "access.py": '''
        """Who may what."""

        from plugin_api.access import Permission, RoleGrants
        from plugin_api.context import lazy_gettext as _

        COUNT = "ID.count"

        PERMISSIONS = (Permission(key=COUNT, label=_("Count crates")),)
        ROLES = (RoleGrants(role="rep", grants={"ID.Crate.*": "company", COUNT: "company"}),)
    ''',
    "jobs.py": '''
        """Work at night."""

        from plugin_api import host
        from plugin_api.context import lazy_gettext as _
        from plugin_api.jobs import Daily, Job


        def sweep():
            """Look at every crate."""
            host().jobs.result(seen=0)


        JOBS = (Job(id="sweep", label=_("Sweep"), run=sweep, schedule=Daily("03:00")),)
    ''',
    "routes.py": '''
        """A page that counts."""

        from flask import Blueprint, redirect, render_template

        from plugin_api.pages import check_company, require
        from plugins.ID.access import COUNT

        blueprint = Blueprint("ID", __name__, template_folder="templates")


        @blueprint.get("/count")
        def count():
            """Show how many there are."""
            require(COUNT)
            return render_template("ID/count.html")


        @blueprint.post("/count")
        def recount():
            """Count anew."""
            require(COUNT)
            check_company()
            return redirect("/", 303)
    ''',
    "templates/ID/count.html": """
        <h1>{{ _("Crates") }}</h1>
        <a href="{{ url_for('ID.count') }}">{{ _("Count") }}</a>
    """,
    "README.md": """
        # Crates

        Where everything lies.

        ## A worked story

        Ann puts three crates on a shelf and finds two of them the next day.

        ## Who may what

        Reps see and change all crates of the company.
    """,
    "tests/test_ID.py": """
        from plugin_api.testing import PluginContract


        class TestContract(PluginContract):
            plugin = "ID"
    """,
    "quality.toml": 'tier = "gold"\n\n[rules]\npages-seen = "done"\nstory-tried = "done"\n',
    "migrations/versions/0001_initial.py": SCRIPT,
}
"""File → text; ``ID`` stands for the plugin's id."""


def write(
    root: Path, id_: str, changes: Mapping[str, str | tuple[str, str] | None] | None = None
) -> Path:
    """A good plugin with some files changed: another text, (old, new) within it, or None: no file.

    What is new in its code is translated, unless the catalogue itself is changed.
    """
    folder = root / id_
    changes = dict(changes or {})
    for file in dict.fromkeys([*GOOD, *changes]):
        text = dedent(GOOD.get(file, "")).lstrip("\n")
        change = changes.get(file, text)
        if change is None or file.endswith(".po"):
            continue
        if isinstance(change, tuple):
            old, new = change
            assert old in text, (file, old)
            change = text.replace(old, new)
        path = folder / file.replace("ID", id_)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(change).lstrip("\n").replace("ID", id_), "utf-8")
    path = catalogues.path_of(folder, LANGUAGE)
    translate(folder)
    for file, change in changes.items():
        if file.endswith(".po"):
            assert isinstance(change, tuple)
            path.write_text(path.read_text("utf-8").replace(*change), "utf-8")
    return folder


def translate(folder: Path) -> None:
    """Fill every text of a plugin's catalogue: with what others say, else with anything."""
    known = dict[str, str]()
    for package in (HOST_FOLDER, *sorted(BUNDLED.iterdir())):
        known = {**words(catalogues.path_of(package, LANGUAGE)), **known}
    path = catalogues.path_of(folder, LANGUAGE)
    catalogues.update(path, LANGUAGE, catalogues.said([folder]))
    if path.is_file():
        head, _blank, body = path.read_text("utf-8").partition("\n\n")
        for text in re.findall(r'^msgid "(.+)"$', body, re.MULTILINE):
            said = known.get(text, "译文")
            body = body.replace(f'msgid "{text}"\nmsgstr ""', f'msgid "{text}"\nmsgstr "{said}"')
        path.write_text(f"{head}\n\n{body}", "utf-8")

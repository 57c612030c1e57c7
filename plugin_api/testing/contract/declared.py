"""What a plugin says of itself: manifest, tables, texts, permissions, menus, settings."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from core.cli import catalogues
from core.cli.i18n import sources
from core.data.settings import store
from core.host import services
from core.hosting import migrate
from core.hosting.doctor import holes
from core.hosting.schema import revisions_of, version_table
from plugin_api import API_VERSION
from plugin_api.errors import Refused
from plugin_api.testing.contract.base import Checks, Subject, check

LANGUAGES = ("zh",)
"""Besides English, in which code is written."""


class DeclaredChecks(Checks):
    """Checks that need no records."""

    def test_the_manifest_says_what_people_choose_by(self, subject: Subject) -> None:
        manifest, found = subject.plugin.manifest, []
        found += [f"{name} is empty" for name in ("name", "summary", "category")
                  if not str(getattr(manifest, name)).strip()]  # fmt: skip
        if not manifest.accepts_api(API_VERSION):
            found.append(f"api {manifest.api!r} leaves out this host's {API_VERSION}")
        check(found, "say it in manifest.py.")

    def test_company_rows_meet_no_other_company_in_the_database(self, subject: Subject) -> None:
        found = [text for model in subject.models for text in holes(sa.inspect(model).local_table)]
        check(found, "begin each constraint and index of __table_args__ with company_id.")

    def test_scripts_make_the_tables_of_the_models(self, subject: Subject, tmp_path: Path) -> None:
        """Up, down and up again, on an empty database."""
        with subject.world.app.app_context():
            registry, found = services().registry, []
            if bool(revisions_of(subject.plugin)) != bool(subject.plugin.contribution.models):
                found.append("there are models without scripts, or scripts without models")
            engine = sa.create_engine(f"sqlite:///{tmp_path}/scripts.db", poolclass=NullPool)
            for way in ("up", "down", "up again"):
                if way == "down":
                    if revisions_of(subject.plugin):
                        migrate.downgrade(engine, registry, subject.id)
                    left = set(sa.inspect(engine).get_table_names()) & subject.tables()
                    found += [f"the way back leaves {name}" for name in sorted(left)]
                    continue
                steps = migrate.upgrade_all(engine, registry, subject.id)
                found += [f"{way}: {s.plugin} {s.revision}: {s.error}" for s in steps if s.error]
            unlike = migrate.differences(engine, subject.plugin)
            found += [f"the scripts do not make what the models say: {each}" for each in unlike]
            assert version_table(subject.id)
        check(found, f"write a script: xiaoguan db revision {subject.id} -m 'what it does'.")

    def test_every_text_is_translated(self, subject: Subject) -> None:
        template = catalogues.said(sources(subject.id, subject.plugin.path))
        found = [
            f"{language}: {problem}"
            for language in LANGUAGES
            for problem in catalogues.problems(
                catalogues.read(catalogues.path_of(subject.plugin.path, language), language),
                template,
            )
        ]
        mend = f"xiaoguan i18n update --plugin {subject.id}, then fill the empty msgstr."
        check(found, mend)

    def test_everything_shown_has_a_name(self, subject: Subject) -> None:
        made, found = subject.plugin.contribution, []
        for kind in ("permissions", "menus", "measures", "settings", "jobs", "reports"):
            found += [
                f"{kind}: {getattr(each, 'key', getattr(each, 'id', each))} has no label"
                for each in getattr(made, kind)
                if not str(getattr(each, "label", getattr(each, "title", "-"))).strip()
            ]
        for model in subject.collections:
            found += [
                f"{model.__name__} has no {name}"
                for name in ("__label__", "__label_plural__")
                if not str(getattr(model, name)).strip()
            ]
        check(found, "give it a text of lazy_gettext.")

    def test_every_permission_is_granted_to_somebody(self, subject: Subject) -> None:
        """A seeded role besides the administrator's, at least to read what has pages."""
        with subject.world.app.app_context():
            granted = {
                key
                for grants in services().registry.grants_of(subject.id).values()
                for key in grants
            }
        readable = {f"{model.model_key()}.read" for model in subject.collections}
        check(
            sorted(f"nobody but the administrator may {key}" for key in readable - granted),
            "name it in a RoleGrants of access.py, so that the plugin is of use when switched on.",
        )

    def test_menus_go_somewhere(self, subject: Subject) -> None:
        found = []
        for item in subject.plugin.contribution.menus:
            if item.endpoint and item.endpoint not in subject.world.app.view_functions:
                found.append(f"menu {item.id}: there is no endpoint {item.endpoint}")
            if item.endpoint and not item.permission:
                found.append(f"menu {item.id}: a page of its own needs a permission to be shown by")
        check(found, "name the endpoint of a blueprint, and the permission its page requires.")

    def test_defaults_of_settings_are_values_of_them(self, subject: Subject) -> None:
        found = []
        with subject.alone.as_user("admin"):
            for setting in subject.plugin.contribution.settings:
                try:
                    store(setting.key, setting.default)
                except (Refused, ValueError, TypeError) as error:
                    found.append(f"{setting.key}: {setting.default!r} is refused: {error}")
        check(found, "give a default that the setting itself takes.")

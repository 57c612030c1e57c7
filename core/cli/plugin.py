"""``xiaoguan plugin``: what there is, what a company uses, and a new one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa

from core.cli.checking import check_command
from core.cli.output import company_option, json_option, show, this_app
from core.extensions import db
from core.host import services
from core.hosting import enablement
from core.hosting.behind import behind
from core.hosting.schema import revisions_of
from core.identity.service import system_in
from core.writing import plugin as writing
from core.writing import questions
from plugin_api.context import current_company
from plugin_api.errors import Refused

yes_option = click.option("--yes", is_flag=True, help="Do not ask.")


@click.group("plugin")
def plugin_group() -> None:
    """List, write and check plugins; switch them on and off for a company."""


plugin_group.add_command(check_command)


@plugin_group.command("list")
@click.option("--company", "slug", metavar="SLUG", help="Also tell whether this company uses it.")
@json_option
def list_command(slug: str | None, as_json: bool) -> None:
    """List every plugin that was found, with its state and the reason.

    loaded: runs. behind: its tables are not made yet. unavailable: cannot run.
    """
    with this_app().app_context():
        rows = _rows()
        if slug is not None:
            with _working_for(slug):
                on = enablement.enabled_set(current_company())
                rows = [
                    {**row, "enabled": row["id"] in on and row["state"] == "loaded"} for row in rows
                ]
    show(rows, as_json=as_json)


@plugin_group.command("new")
@click.argument("plugin_id", metavar="NAME")
@click.option("--title", metavar="TEXT", help="What people read; the name by default.")
@click.option("--title-zh", metavar="TEXT", help="The same in Chinese.")
@click.option("--record", metavar="WORDS", help="What it keeps, in the singular: “Loyalty entry”.")
@click.option("--records", metavar="WORDS", help="The same in the plural.")
@click.option("--record-zh", metavar="TEXT", help="The same in Chinese.")
@click.option("--author", metavar="TEXT", help="Who answers for it.")
@click.option("--in-tree", is_flag=True, help="A bundled plugin, in a checkout of Xiaoguan.")
@click.option(
    "--to", "root", metavar="FOLDER", default=".",
    type=click.Path(file_okay=False, path_type=Path), help="Where its folder is made.",
)  # fmt: skip
@yes_option
@json_option
def new_command(plugin_id: str, root: Path, yes: bool, as_json: bool, **said: Any) -> None:
    """Write a plugin that works, to be made into what you want.

    A distribution of its own, xiaoguan-NAME, with a model, views, a page, rights, a measure, a
    hook, a job, demo records, texts in both languages and tests that pass. Asks for what no option
    says.
    """
    asks = not (yes or as_json) and sys.stdin.isatty()
    try:
        writing.check_id(plugin_id)
        wanted = questions.answered(plugin_id, said, asks=asks)
        made = writing.write(wanted, root.resolve())
    except writing.Unwritable as error:
        raise click.ClickException(str(error)) from error
    folder = wanted.folder(root.resolve())
    if as_json:
        show([{"file": str(path)} for path in made], as_json=True)
    else:
        for path in made:
            click.echo(path)
        click.echo(questions.next_steps(wanted, folder), err=True)


@plugin_group.command("enable")
@click.argument("plugin_id", metavar="ID")
@company_option
@yes_option
@json_option
def enable_command(plugin_id: str, slug: str, yes: bool, as_json: bool) -> None:
    """Switch a plugin on for a company, and what it needs with it.

    A running server follows with its next request.
    """
    with this_app().app_context(), _working_for(slug):
        preview = enablement.preview_enable(plugin_id)
        others = [part for part in preview.parts if not part.asked]
        if others and not preview.reasons:
            _ask("This also switches on", others, yes=yes or as_json)
        switched = enablement.enable(plugin_id)
        db.session.commit()
        rows = [{"id": id_, "enabled": True, "asked": id_ == plugin_id} for id_ in switched]
    show(rows, as_json=as_json)


@plugin_group.command("disable")
@click.argument("plugin_id", metavar="ID")
@company_option
@click.option("--cascade", is_flag=True, help="Also switch off the plugins that need it.")
@yes_option
@json_option
def disable_command(plugin_id: str, slug: str, cascade: bool, yes: bool, as_json: bool) -> None:
    """Switch a plugin off for a company. Its data stays."""
    with this_app().app_context(), _working_for(slug):
        preview = enablement.preview_disable(plugin_id)
        others = [part for part in preview.parts if not part.asked]
        if others and cascade and not preview.reasons:
            _ask("This also switches off", others, yes=yes or as_json)
        switched = enablement.disable(plugin_id, cascade=cascade)
        db.session.commit()
        rows = [{"id": id_, "enabled": False, "asked": id_ == plugin_id} for id_ in switched]
    show(rows, as_json=as_json)


@plugin_group.command("purge")
@click.argument("plugin_id", metavar="ID")
@company_option
@yes_option
@json_option
def purge_command(plugin_id: str, slug: str, yes: bool, as_json: bool) -> None:
    """Delete a company's data of a plugin that is switched off, for good."""
    with this_app().app_context(), _working_for(slug):
        preview = enablement.preview_purge(plugin_id)
        if not preview.reasons and not yes:
            for model, count in preview.rows.items():
                click.echo(f"{model}: {count}", err=True)
            click.confirm(f"Delete these records of {slug} for good?", abort=True, err=True)
        deleted = enablement.purge(plugin_id)
        db.session.commit()
    show([{"model": model, "rows": count} for model, count in deleted.items()], as_json=as_json)


def _rows() -> list[dict[str, Any]]:
    registry = services().registry
    try:
        late = behind()
    except sa.exc.SQLAlchemyError:
        # What there is can be told without the database.
        late = frozenset()
    waits = dict.fromkeys(late, "run: xiaoguan db upgrade")
    waits |= {
        id_: f"no script makes its tables; run: xiaoguan db revision {id_}"
        for id_, plugin in registry.plugins.items()
        if plugin.contribution.models and not revisions_of(plugin)
    }
    rows = [
        {
            "id": id_,
            "version": plugin.manifest.version,
            "state": "behind" if id_ in waits else "loaded",
            "reason": waits.get(id_, ""),
        }
        for id_, plugin in registry.plugins.items()
    ]
    return rows + [
        {"id": each.id, "version": each.version, "state": "unavailable", "reason": each.reason}
        for each in registry.unavailable.values()
    ]


def _ask(question: str, parts: list[enablement.Part], *, yes: bool) -> None:
    """Show what else is touched; ask when a person is there to answer."""
    click.echo(f"{question}: {', '.join(str(part.name) for part in parts)}", err=True)
    if not yes and sys.stdin.isatty():
        click.confirm("Go on?", abort=True, err=True)


@contextmanager
def _working_for(slug: str) -> Iterator[None]:
    try:
        with system_in(slug):
            yield
    except Refused as refusal:
        db.session.rollback()
        raise click.ClickException(str(refusal.message)) from refusal

"""``xiaoguan import``: records from a file, and taking an import back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa

from core.cli.company import refusals
from core.cli.output import company_option, json_option, show, this_app
from core.data.importing import saved
from core.data.importing.engine import Order, run_import
from core.data.importing.mapping import ImportMap, read_map
from core.data.importing.models import ImportRun
from core.data.importing.report import Report
from core.data.importing.reverting import Reverted, revert
from core.extensions import db
from core.host import services
from core.identity.service import system_in
from plugin_api.errors import NotFound
from plugin_api.models import CompanyModel

COUNTED = (
    "outcome", "rows", "created", "updated", "unchanged", "skipped", "errors", "run", "seconds",
)  # fmt: skip
FEW = 20
"""Errors that are shown to a person; --json and --errors have more."""

_file = click.Path(dir_okay=False, exists=True, path_type=Path)


@click.command("import")
@click.argument("collection", metavar="[PLUGIN.COLLECTION", required=False)
@click.argument("file", metavar="FILE]", required=False, type=_file)
@company_option
@click.option("--map", "map_name", metavar="MAP", help="Which column fills which field: a TOML "
              "file, or the name of a map that the company keeps. Without it, columns go by "
              "their names.")  # fmt: skip
@click.option("--key", metavar="FIELD", help="Update the record that has the row's value in "
              "this field (or fields, with commas); create it if there is none.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Report what would happen, and do nothing.")
@click.option("--on-error", type=click.Choice(["stop", "skip"]), default="stop",
              show_default=True, help="stop: one bad row and nothing goes in. "
              "skip: the good rows go in.")  # fmt: skip
@click.option("--errors", "errors_to", metavar="OUT.csv",
              type=click.Path(dir_okay=False, path_type=Path), help="Write the bad rows here, "
              "to be corrected and imported with the same map.")  # fmt: skip
@click.option("--list", "lists", is_flag=True, help="List the imports of the company instead.")
@click.option("--revert", "run_id", type=int, metavar="RUN",
              help="Take this import back instead: delete what it made, set back what it "
              "changed. What was changed since is left alone.")  # fmt: skip
@json_option
def import_command(
    *, collection: str | None, file: Path | None, slug: str, map_name: str | None,
    key: str | None, dry_run: bool, on_error: str, errors_to: Path | None, lists: bool,
    run_id: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Import records from a CSV, TSV, XLSX or XLS file, also under gzip or in a ZIP archive.

    \b
    xiaoguan import crm.accounts accounts.csv --company acme --key name
    xiaoguan import crm.accounts accounts.csv --company acme --map accounts.toml --dry-run
    xiaoguan import --list --company acme
    xiaoguan import --revert 3 --company acme

    The encoding (UTF-8 or GB18030) and the delimiter are told from the file. Fails when a row
    is wrong and --on-error is stop.
    """
    with this_app().app_context(), refusals(), system_in(slug):
        if lists:
            show(_runs(), as_json=as_json, empty="Nothing was imported yet.")
        elif run_id is not None:
            _revert(run_id, as_json=as_json)
        elif collection is None or file is None:
            raise click.UsageError("name a collection and a file, or say --list or --revert RUN")
        else:
            model = model_named(collection)
            order = Order(
                model=model, path=file, map=_map(collection, map_name, key),
                dry_run=dry_run, on_error="skip" if on_error == "skip" else "stop",
                errors_to=errors_to,
            )  # fmt: skip
            _import(order, as_json=as_json)


def model_named(name: str) -> type[CompanyModel]:
    """The model of a collection of a plugin that the company uses. Raises NotFound."""
    plugin, _dot, collection = name.partition(".")
    registry = services().registry
    model = registry.collection(plugin, collection)
    if model is not None and issubclass(model, CompanyModel) and services().is_enabled(plugin):
        return model
    known = sorted(
        f"{each.plugin_id()}.{each.__collection__}"
        for each in registry.models.values()
        if each.__collection__ and services().is_enabled(each.plugin_id())
    )
    raise NotFound(f"There is no collection {name} here; there are: {', '.join(known)}")


def _map(collection: str, name: str | None, key: str | None) -> ImportMap:
    used = _map_named(collection, name) if name else ImportMap()
    return used.with_key(*(name.strip() for name in key.split(","))) if key else used


def _map_named(collection: str, name: str) -> ImportMap:
    path = Path(name)
    if path.is_file():
        return read_map(path)
    kept = saved.named(collection, name)
    if kept is None:
        names = ", ".join(each.name for each in saved.maps_of(collection)) or "none"
        raise NotFound(f"There is no file {name}, and no map of that name; kept are: {names}")
    return saved.map_of(kept)


def _import(order: Order, *, as_json: bool) -> None:
    with _progress("rows") as on_progress:
        report = run_import(order, on_progress)
    db.session.commit()
    _tell(report)
    if as_json:
        show([report.as_dict()], as_json=True)
    else:
        told = report.as_dict()
        show([{name: told[name] for name in COUNTED}], as_json=False)
    if report.errors and order.on_error == "stop":
        raise SystemExit(1)


def _tell(report: Report) -> None:
    """Words for a person, beside what is printed for machines."""
    click.echo(", ".join(f"{name} {text!r}" for name, text in report.details.items()), err=True)
    if report.unmatched:
        click.echo(f"Columns left out: {', '.join(report.unmatched)}", err=True)
    for each in report.row_errors[:FEW]:
        where = f" {each.column or each.field}" if each.column or each.field else ""
        value = f" “{each.value}”" if each.value else ""
        click.echo(f"line {each.line}{where}{value}: {each.reason}", err=True)
    if len(report.row_errors) > FEW:
        click.echo(f"… and more: {report.errors} bad rows in all", err=True)
    if report.outcome == "failed":
        click.echo("Nothing was imported.", err=True)
    elif report.outcome == "dry run":
        click.echo("This was a dry run: nothing was changed.", err=True)


def _revert(run_id: int, *, as_json: bool) -> None:
    with _progress("records") as on_progress:
        done: Reverted = revert(run_id, on_progress)
    db.session.commit()
    for each in done.left[:FEW]:
        click.echo(f"left alone: {each.title} ({each.record_id}): {each.reason}", err=True)
    row = done.as_dict()
    if not as_json:
        del row["left_alone"]
    show([row], as_json=as_json)
    if done.left:
        raise SystemExit(1)


def _runs() -> list[dict[str, Any]]:
    runs = db.session.scalars(
        sa.select(ImportRun).where(ImportRun.state != "uploaded").order_by(ImportRun.id.desc())
    )
    return [
        {
            "run": run.id, "collection": run.collection, "file": run.file_name,
            "state": run.state, "rows": run.rows, "created": run.created,
            "updated": run.updated, "errors": run.errors,
            "finished": run.finished_at and run.finished_at.isoformat(timespec="minutes"),
        }
        for run in runs
    ]  # fmt: skip


@contextmanager
def _progress(thing: str) -> Iterator[Any]:
    """A bar with the speed, where a person looks; nothing where a program reads."""
    from rich.console import Console  # heavy, and only here
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    started = time.monotonic()
    with Progress(
        TextColumn(f"{{task.fields[count]:,}} {thing}"), BarColumn(), TimeElapsedColumn(),
        TextColumn("{task.fields[speed]:,}/s"),
        console=console, transient=True, disable=not console.is_terminal,
    ) as bar:  # fmt: skip
        task = bar.add_task("", total=1.0, count=0, speed=0)

        def on_progress(count: int, share: float) -> None:
            speed = int(count / max(0.001, time.monotonic() - started))
            bar.update(task, completed=share, count=count, speed=speed)

        yield on_progress

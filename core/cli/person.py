"""``xiaoguan person``: what there is about somebody."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from core.cli.company import refusals
from core.cli.output import company_option, json_option, show, this_app
from core.extensions import db
from core.identity.service import system_in
from core.privacy import erasing, gathering, subjects
from plugin_api.models import CompanyModel


@click.group("person")
def person_group() -> None:
    """Hand out or erase what a company knows about a person."""


@person_group.command("export")
@click.argument("email")
@company_option
@click.option(
    "--to", "file", required=True, metavar="FILE", help="A ZIP file to make.",
    type=click.Path(dir_okay=False, path_type=Path),
)  # fmt: skip
def export_command(email: str, slug: str, file: Path) -> None:
    """Write everything about the person of EMAIL to a ZIP file: JSON, files, a page to read."""
    with this_app().test_request_context(), refusals(), system_in(slug):
        people = _people(email)
        try:
            with file.open("xb") as to:
                gathering.write(people, to)
        except FileExistsError as error:
            raise click.ClickException(f"{file} exists already") from error
        for each in people:
            erasing.note_handed(each)
        db.session.commit()
    click.echo(f"{file}, {file.stat().st_size:,} bytes.")


@person_group.command("erase")
@click.argument("email")
@company_option
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def erase_command(email: str, slug: str, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Take away what says who the person of EMAIL is; owners and figures stay."""
    with this_app().test_request_context(), refusals(), system_in(slug):
        people = _people(email)
        found = erasing.preview(people)
        rows = [{"what": label, "goes": ", ".join(map(str, f))} for label, f in found.records]
        rows += [{"what": str(label), "goes": str(count)} for label, count in found.traces]
        show(rows, as_json=as_json)
        for reason in found.reasons:
            click.echo(str(reason), err=True)
        if found.reasons:
            raise SystemExit(1)
        if dry_run:
            return
        if not yes:
            click.confirm("This cannot be undone. Go on?", abort=True, err=True)
        erasing.erase(people)
    click.echo("Erased.", err=True)


def _people(email: str) -> Sequence[CompanyModel]:
    found = subjects.called(email)
    if not found:
        raise click.ClickException(f"nobody here has the address {email}")
    return found

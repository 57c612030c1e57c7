"""``xiaoguan export``: records as CSV or XLSX."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import click

from core.cli.company import refusals
from core.cli.importing import model_named
from core.cli.output import company_option, this_app
from core.data.exporting import Export, write_csv, write_xlsx
from core.identity.service import system_in

STANDARD_OUTPUT = Path("-")


@click.command("export")
@click.argument("collection", metavar="PLUGIN.COLLECTION")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
                default=STANDARD_OUTPUT)  # fmt: skip
@company_option
@click.option("--format", "form", type=click.Choice(["csv", "xlsx"]),
              help="By default what FILE ends in, else CSV.")  # fmt: skip
@click.option("--filter", "filters", multiple=True, metavar="NAME=VALUE", help="As in the "
              "address of a list: stage=3, amount__gte=1000. May be repeated.")  # fmt: skip
@click.option("--fields", metavar="NAME,NAME", help="Columns; by default all.")
@click.option("--sort", metavar="NAME,-NAME", help="Order; by default as they were made.")
@click.option("--ids", is_flag=True, help="Also the number of each record that is referred to.")
@click.option("--excel", is_flag=True, help="Mark the CSV as UTF-8, for Excel.")
def export_command(
    *, collection: str, file: Path, slug: str, form: str | None, filters: tuple[str, ...],
    fields: str | None, sort: str | None, ids: bool, excel: bool,
) -> None:  # fmt: skip
    """Export the records of a collection to FILE, or to standard output.

    The columns are called as the fields are, so the file can be imported again:

    \b
    xiaoguan export crm.accounts accounts.csv --company acme
    xiaoguan import crm.accounts accounts.csv --company acme --key id
    """
    arguments = dict(_argument(each) for each in filters)
    arguments |= {name: text for name, text in (("fields", fields), ("sort", sort)) if text}
    with this_app().app_context(), refusals(), system_in(slug):
        export = Export(model=model_named(collection), arguments=arguments, ids=ids)
        as_workbook = form == "xlsx" or (form is None and file.suffix.lower() == ".xlsx")
        if as_workbook:
            count = _workbook(export, file)
        elif file == STANDARD_OUTPUT:
            with click.open_file("-", "w", encoding="utf-8") as out:
                count = write_csv(export, out)
        else:
            with file.open("w", encoding="utf-8-sig" if excel else "utf-8", newline="") as to:
                count = write_csv(export, to)
    click.echo(f"{count:,} records", err=True)


def _workbook(export: Export, file: Path) -> int:
    if file != STANDARD_OUTPUT:
        with file.open("wb") as to:
            return write_xlsx(export, to)
    if sys.stdout.isatty():
        raise click.UsageError("a workbook is not for the terminal; name a file")
    made = io.BytesIO()
    count = write_xlsx(export, made)
    with click.open_file("-", "wb") as out:
        out.write(made.getvalue())
    return count


def _argument(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise click.UsageError(f"--filter {text}: expected NAME=VALUE")
    return name, value

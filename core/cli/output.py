"""Answers of commands: a table for people, a list of objects for machines."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import click
from flask import Flask

json_option = click.option("--json", "as_json", is_flag=True, help="Print a list of objects.")
company_option = click.option(
    "--company", "slug", metavar="SLUG", required=True, help="The company to work on."
)


def this_app() -> Flask:
    """The application that the command line has made."""
    app: Flask = click.get_current_context().find_root().obj()
    return app


def show(rows: Sequence[Mapping[str, Any]], *, as_json: bool, empty: str = "") -> None:
    """Print rows that all have the same keys."""
    if as_json:
        click.echo(json.dumps(list(rows), ensure_ascii=False, indent=2, default=str))
        return
    if not rows:
        click.echo(empty)
        return
    from rich.console import Console  # heavy, and for people only
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for at, name in enumerate(rows[0]):
        # Other commands ask for what the first column says: the others are folded before it.
        table.add_column(name, no_wrap=at == 0, overflow="ellipsis" if at == 0 else "fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row.values()))
    Console(soft_wrap=False, highlight=False, markup=False).print(table)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    return str(value)

"""Which rows of a file a map takes, as its page shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.data.importing.mapping import ImportMap
from core.data.importing.source import Source
from core.views.page import Option
from plugin_api.context import gettext

SPARE = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class RowRule:
    """What becomes of the rows in which a column says something."""

    rules: tuple[Option, ...]
    columns: tuple[Option, ...]
    text: str


def row_rules(source: Source, used: ImportMap) -> tuple[RowRule, ...]:
    """What a map says of which rows are taken, and room for more."""
    said = [
        (rule, column, text)
        for rule, rows in (("only", used.only), ("except", used.leave_out))
        for column, texts in rows.items()
        for text in texts
    ]
    rules = {"only": gettext("Take only"), "except": gettext("Leave out")}
    columns = {"": ""} | {spec: name for spec, name in _named(source) if name}
    return tuple(
        RowRule(rules=options_of(rules, rule), columns=options_of(columns, column), text=text)
        for rule, column, text in (*said, *[("except", "", "")] * SPARE)
    )


def _named(source: Source) -> Iterator[tuple[str, str]]:
    """(how a map names it, its name) of columns: by number where the name is not its alone."""
    names = list(source.columns)
    for number, name in enumerate(names, 1):
        alone = names.count(name) == 1 and not name.isdigit()
        yield (name if alone else str(number)), name


def options_of(options: Mapping[str, str], chosen: str) -> tuple[Option, ...]:
    """Things to choose from, with what is chosen."""
    found = dict(options)
    if chosen not in found:
        found[chosen] = chosen
    return tuple(
        Option(value=value, label=text, selected=value == chosen) for value, text in found.items()
    )

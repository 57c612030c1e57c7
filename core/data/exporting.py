"""Collections as CSV or XLSX: exactly the records that a list shows, in the form that an
import takes back.

Columns are named as fields are; amounts are in major units with their currency beside them,
dates as in ISO 8601, references by what names them.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import IO, Any

from core.data import query
from core.data.escaping import escape
from core.data.fields import FieldMeta, all_fields
from core.data.importing.matching import CURRENCY, in_company_currency
from core.data.saving import allow
from plugin_api.context import current_company, gettext
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel, model_of
from plugin_api.money import from_minor

PAGE = 1000
MOST_ROWS = 1_048_575
"""Rows of a sheet below its header."""
LONGEST_TEXT = 32_767
SHOWN_DIGITS = 15
"""So many digits of a number does a spreadsheet keep."""

Cell = str | Decimal | int | bool | dt.date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Export:
    """What is to be exported: the arguments are those of a list's address.

    ``fields`` of them narrow the columns; ``ids`` adds the number of each reference; ``more``
    are columns that are no fields, with what tells their texts for the ids of some rows;
    ``most`` rows are taken, all of them when it is None.
    """

    model: type[CompanyModel]
    arguments: Mapping[str, str] = field(default_factory=dict)
    ids: bool = False
    more: Mapping[str, Callable[[Sequence[int]], Mapping[int, str]]] = field(default_factory=dict)
    most: int | None = None


class Table:
    """The columns of an export, and its rows one after the other.

    Raises Forbidden without ``<model>.export``, Invalid for arguments that no list takes.
    """

    def __init__(self, export: Export) -> None:
        allow(export.model, f"{export.model.model_key()}.export")
        self._export = export
        asked = query.parse_query(export.model, {"sort": "id", **export.arguments})
        known = all_fields(export.model)
        named = [part.strip() for part in export.arguments.get("fields", "").split(",")]
        names = [name for name in named if name] or ["id", *asked.fields]
        for name in tuple(names):
            currency = known[name].currency_field
            if currency is not None and currency not in names:
                names.insert(names.index(name) + 1, currency)
        self._metas = [known[name] for name in names]
        amounts = [m for m in self._metas if m.kind == "money" and m.currency_field is None]
        self._adds_currency = bool(amounts) and in_company_currency(export.model)
        self._asked = asked

    @property
    def columns(self) -> list[str]:
        """Names of the columns, as the import knows them."""
        made = []
        for meta in self._metas:
            made.append(meta.name)
            if self._with_id(meta):
                made.append(f"{meta.name}.id")
        return [*made, *([CURRENCY] if self._adds_currency else ()), *self._export.more]

    def rows(self) -> Iterator[list[Cell]]:
        """Cells of every record; memory does not grow with their number."""
        for rows in query.stream(self._asked, PAGE, self._export.most):
            ids = [row["id"] for row in rows]
            more = [load(ids) for load in self._export.more.values()]
            for row in rows:
                yield [*self._cells(row), *(texts.get(row["id"], "") for texts in more)]

    def _with_id(self, meta: FieldMeta) -> bool:
        if meta.target is None:
            return False
        target = model_of(meta.target)
        return self._export.ids or target.__title__ not in target.__find_by__

    def _cells(self, row: Mapping[str, Any]) -> list[Cell]:
        company = current_company()
        made: list[Cell] = []
        for meta in self._metas:
            value = row.get(meta.name)
            if meta.kind == "reference":
                made.append(None if value is None else str(value.label))
                if self._with_id(meta):
                    made.append(None if value is None else value.id)
            elif meta.kind == "money" and value is not None:
                named = row.get(meta.currency_field) if meta.currency_field else None
                made.append(from_minor(value, named or company.currency))
            else:
                made.append(value)
        if self._adds_currency:
            made.append(company.currency)
        return made


def _to_nobody(rows: int) -> None:
    pass


def write_csv(export: Export, to: IO[str], told: Callable[[int], None] = _to_nobody) -> int:
    """Write a table as CSV and return the number of its rows; ``told`` how many there are yet."""
    table = Table(export)
    writer = csv.writer(to, lineterminator="\n")
    writer.writerow(table.columns)
    count = 0
    for row in table.rows():
        writer.writerow([as_text(cell) for cell in row])
        count += 1
        if count % PAGE == 0:
            told(count)
    return count


def write_xlsx(export: Export, to: IO[bytes], told: Callable[[int], None] = _to_nobody) -> int:
    """Write a table as a workbook and return the number of its rows.

    Raises Rejected for what no sheet can hold.
    """
    table = Table(export)
    count = 0
    import xlsxwriter  # heavy, and only for workbooks

    with xlsxwriter.Workbook(to, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(str(export.model.__label_plural__)[:31] or None)
        formats = _Formats(book)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(table.columns) - 1, 16)
        for column, name in enumerate(table.columns):
            sheet.write_string(0, column, name, formats.head)
        for row in table.rows():
            count += 1
            if count > MOST_ROWS:
                raise Rejected("", gettext("There are too many rows for a workbook; use CSV."))
            for column, cell in enumerate(row):
                _put(sheet, count, column, cell, formats)
            if count % PAGE == 0:
                told(count)
    return count


def as_text(cell: Cell) -> str:
    """A cell of a text file, in the form that an import takes back."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        return escape(cell)
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, dt.datetime):
        return cell.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell)


class _Formats:
    """How cells of a workbook are shown."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format({"bold": True})
        self.date = book.add_format({"num_format": "yyyy-mm-dd"})
        self._book = book
        self._places: dict[int, Any] = {}

    def places(self, number: Decimal) -> Any:
        """A number with its decimal places."""
        count = max(0, -number.as_tuple().exponent)  # type: ignore[operator]
        if count not in self._places:
            form = "0." + "0" * count if count else "0"
            self._places[count] = self._book.add_format({"num_format": form})
        return self._places[count]


def _put(sheet: Any, row: int, column: int, cell: Cell, formats: _Formats) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | Decimal):
        number = Decimal(cell)
        if len(number.as_tuple().digits) > SHOWN_DIGITS:
            # As a number it would come back as another one.
            sheet.write_string(row, column, f"{number:f}")
        else:
            sheet.write_number(row, column, float(number), formats.places(number))
    elif isinstance(cell, dt.date) and not isinstance(cell, dt.datetime) and cell.year >= 1901:
        sheet.write_datetime(row, column, cell, formats.date)
    else:
        text = as_text(cell)
        if len(text) > LONGEST_TEXT:
            raise Rejected("", gettext("A text is too long for a workbook; use CSV."))
        sheet.write_string(row, column, text)

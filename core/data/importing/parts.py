"""What is to be done with a row: where the value of each field comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.data.fields import FieldMeta
from core.data.importing.numerals import NO_UNIT, Unit
from core.data.importing.options import Options
from core.data.importing.wanted import Texts
from plugin_api.models import CompanyModel

ID = "id"


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """Where the value of a field comes from.

    ``find`` is the field of its target that a reference is found by; empty: whatever the
    target is found by. ``index`` counts from 0; None when there is only the default. ``more``
    are further columns whose texts follow the first one's.
    """

    meta: FieldMeta
    find: str = ""
    index: int | None = None
    more: tuple[int, ...] = ()
    column: str = ""
    values: Mapping[str, str]
    default: str = ""
    scale: Decimal | None = None
    unit: Unit = NO_UNIT
    """What the name of the column, or a title above it, says that amounts count."""
    above: bool = False
    """Whether it is a title that says so."""
    fractions: bool = False
    """Whether percentages may be fractions of one: 0.45 for 45 %."""
    order: str = ""
    """In which order the days of the column are written, of ``sequence``; empty: year first."""
    note: str = ""
    """What was told of the column, as words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """Everything about a row that does not depend on the row."""

    model: type[CompanyModel]
    options: Options
    columns: tuple[str, ...]
    parts: tuple[Part, ...]
    key: tuple[str, ...]
    """Names of fields, or ``("id",)``; empty: every row is a new record."""
    id_at: int | None = None
    currency_at: int | None = None
    """Column that has to say the company's currency."""
    only: tuple[tuple[int, Texts], ...] = ()
    leave_out: tuple[tuple[int, Texts], ...] = ()
    numbers: frozenset[int] = frozenset()
    unmatched: tuple[str, ...] = ()
    """Columns of the file that nothing is done with."""

    @property
    def mapped(self) -> dict[str, str]:
        """Field, or ``<reference>.<field>``, → the column that fills it."""
        found = {
            f"{part.meta.name}.{part.find}" if part.find else part.meta.name: part.column
            for part in self.parts
            if part.index is not None
        }
        if self.id_at is not None:
            found[ID] = self.columns[self.id_at]
        return found

    @property
    def used(self) -> dict[int, str]:
        """Every column that anything is done with → the field that it fills; empty where none."""
        others = (self.id_at, self.currency_at, *(at for at, _ in (*self.only, *self.leave_out)))
        found = {at: "" for at in others if at is not None}
        for part in self.parts:
            if part.index is not None:
                found |= dict.fromkeys((part.index, *part.more), part.meta.name)
        return found

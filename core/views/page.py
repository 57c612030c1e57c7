"""What a page shows, ready to render: templates read these and decide nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Direction = Literal["asc", "desc"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A value in words and digits of the reader's language; ``text`` is empty for nothing."""

    text: str = ""
    kind: str = "text"
    href: str = ""
    tone: str = ""
    """Set for a value shown as a badge."""
    share: float | None = None
    """Of 1 and beyond; drawn as a bar."""


EMPTY = Cell()


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column of a table and where a click on its head leads."""

    name: str
    label: str
    numeric: bool = False
    sort_href: str = ""
    sorted: Direction | None = None
    editable: bool = False
    """Whether its cells may be changed in place."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A record in a table; the first cell carries the link."""

    id: int
    version: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """An entry of a select, of check boxes or of a picker."""

    value: str
    label: str
    selected: bool = False
    href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """A control of the filter bar. ``summary`` says what it holds, empty when it holds nothing.

    ``shape`` tells how it is asked: ``options`` (any of), ``yesno``, ``reference``, ``range``
    (two inputs of ``input_type``), ``text``.
    """

    name: str
    label: str
    shape: Literal["options", "yesno", "reference", "range", "text"]
    summary: str = ""
    clear_href: str = ""
    options: tuple[Option, ...] = ()
    """Values to choose from; for a range of dates, ready periods as links."""
    low: str = ""
    high: str = ""
    value: str = ""
    input_type: str = "text"
    lookup: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class BulkAction:
    """What can be done with the ticked rows."""

    name: str
    label: str
    tone: str = "neutral"


@dataclass(frozen=True, kw_only=True, slots=True)
class ListPage:
    """A table of records with its filters and totals."""

    title: str
    one: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    count: int
    totals: tuple[Cell, ...]
    """One a column; empty when nothing is summed."""
    filters: tuple[Filter, ...]
    search: str
    searchable: bool
    path: str
    kept: tuple[tuple[str, str], ...]
    """Query arguments that the search form must carry on."""
    is_filtered: bool
    clear_href: str = ""
    first_href: str = ""
    next_href: str = ""
    create_href: str = ""
    list_href: str = ""
    board_href: str = ""
    bulk: tuple[BulkAction, ...] = ()
    bulk_href: str = ""
    import_href: str = ""
    exports: tuple[Option, ...] = ()
    """What is shown, as files."""
    error: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """A record on a board."""

    id: int
    version: int
    title: str
    href: str
    cells: tuple[tuple[str, Cell], ...]
    """Label and value of each further field that is not empty."""
    move_href: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Lane:
    """A column of a board. ``count`` and ``total`` are of all its records, shown or not."""

    value: str
    label: str
    tone: str
    count: int
    total: str
    cards: tuple[Card, ...]
    more_href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class BoardPage:
    """Records in the columns of a choice or reference."""

    title: str
    one: str
    field: str
    lanes: tuple[Lane, ...]
    filters: tuple[Filter, ...]
    search: str
    searchable: bool
    path: str
    kept: tuple[tuple[str, str], ...]
    is_filtered: bool
    parents: tuple[Option, ...] = ()
    parent_label: str = ""
    clear_href: str = ""
    create_href: str = ""
    list_href: str = ""
    board_href: str = ""
    may_move: bool = False
    error: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class MenuEntry:
    """A link of the side menu."""

    label: str
    href: str
    icon: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class MenuGroup:
    """The links of one plugin."""

    heading: str
    entries: tuple[MenuEntry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """What surrounds a page: company, menus, person."""

    company: str
    companies: tuple[Option, ...]
    person: str
    groups: tuple[MenuGroup, ...]
    languages: tuple[Option, ...]
    analysis_href: str = ""
    """Empty while there is no measure that the person may ask for."""

"""What lists, boards and calendars show, ready to render."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.data import many
from core.views.page import Cell, Column, Option, Row
from plugin_api.panels import Panel

Shape = Literal["options", "several", "yesno", "reference", "days", "range", "text"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """A control of the filter bar. ``summary`` says what it holds, empty when it holds nothing.

    ``shape`` tells how it is asked: ``options`` (any of), ``several`` (any, all or none of, by
    ``ways``), ``yesno``, ``reference``, ``days`` (moving periods and two dates), ``range`` (two
    numbers), ``text``.
    """

    name: str
    label: str
    shape: Shape
    inputs: frozenset[str]
    """Arguments that its inputs carry."""
    summary: str = ""
    clear_href: str = ""
    options: tuple[Option, ...] = ()
    ways: tuple[Option, ...] = ()
    low: str = ""
    high: str = ""
    value: str = ""
    value_label: str = ""
    lookup: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chip:
    """A condition in words, and the same page without it."""

    text: str
    clear_href: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """Where to go, with an icon."""

    label: str
    href: str
    icon: str = ""
    current: bool = False
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tab:
    """A saved view, or the list as it is."""

    label: str
    href: str
    current: bool = False
    first: bool = False
    """Whether it opens first for the reader."""
    note: str = ""
    """Whose it is, when it is not the reader's own."""
    menu_href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tools:
    """What stands above the records, however these are shown."""

    title: str
    one: str
    path: str
    search: str
    searchable: bool
    kept: tuple[tuple[str, str], ...]
    """Query arguments that the form of search and filters must carry on."""
    filters: tuple[Filter, ...]
    more: tuple[Link, ...]
    """Filters that are not shown until they are asked for."""
    conditions: tuple[Chip, ...]
    conditions_href: str
    scopes: tuple[Link, ...]
    tabs: tuple[Tab, ...]
    save_href: str
    """Empty while the state is the one of the current tab."""
    save_menu_href: str
    groups: tuple[Link, ...]
    columns_href: str
    switch: tuple[Link, ...]
    parents: tuple[Option, ...] = ()
    parent_label: str = ""
    is_filtered: bool = False
    clear_href: str = ""
    everything_href: str = ""
    create_href: str = ""
    import_href: str = ""
    exports: tuple[Link, ...] = ()
    put_href: str = ""
    """Where the state is put on a dashboard."""
    panels: tuple[Panel, ...] = ()
    on_paper: str = ""
    """Whose list it is, as of when, and what narrows it."""
    error: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class BulkAction:
    """What can be done with the ticked rows."""

    name: str
    label: str
    group: Literal["change", "move", "delete"] = "change"
    tone: str = "neutral"


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """Rows that share a value; ``rows`` are the first of ``count``."""

    label: str
    count: int
    totals: tuple[tuple[str, ...], ...]
    """Lines under each column, one a currency."""
    rows: tuple[Row, ...]
    href: str
    """The list of all of them."""
    fold_href: str
    is_open: bool
    tone: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ListPage:
    """A table of records with its totals, in one piece or by group."""

    tools: Tools
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    count: int
    totals: tuple[tuple[str, ...], ...]
    """Lines under each column, one a currency; empty when nothing is summed."""
    totals_href: str = ""
    """Where the sums are had when the page does not wait for them; empty when it has them."""
    all_totals_href: str = ""
    """The page that waits, for who has no script."""
    sections: tuple[Section, ...] = ()
    more_groups: bool = False
    first_href: str = ""
    next_href: str = ""
    bulk: tuple[BulkAction, ...] = ()
    bulk_href: str = ""
    state: str = ""
    """The question, for what is done with everything that matches."""

    most: int = many.MOST

    @property
    def too_many(self) -> bool:
        """More than one action may touch."""
        return self.count > self.most


@dataclass(frozen=True, kw_only=True, slots=True)
class Sums:
    """The sums of a list, under its columns."""

    columns: tuple[Column, ...]
    totals: tuple[tuple[str, ...], ...]
    ticks: bool
    """Whether a column for selecting rows stands before the others."""


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
    """A column of a board. ``count`` and ``totals`` are of all its records, shown or not."""

    value: str
    label: str
    tone: str
    count: int
    totals: tuple[str, ...]
    """One a currency."""
    cards: tuple[Card, ...]
    is_open: bool = True
    fold_href: str = ""
    list_href: str = ""
    more_href: str = ""
    """The next cards of this column, when there are."""
    left: int = 0
    """Cards that are not shown."""
    create_href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class BoardPage:
    """Records in the columns of a choice or reference."""

    tools: Tools
    field: str
    lanes: tuple[Lane, ...]
    count: int
    may_move: bool = False
    by_reference: bool = False
    """Whether columns are records, which are sent by number, not values of a choice."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A record on a day of a calendar."""

    id: int
    version: int
    title: str
    href: str
    tone: str = ""
    time: str = ""
    """Hour and minute of an instant."""
    facts: tuple[str, ...] = ()
    begins: bool = True
    """Whether it starts on the day; False on the further days of one that lasts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """A day of a calendar: ``date`` in ISO form, ``label`` for ears, ``number`` for eyes."""

    date: str
    label: str
    number: str
    marks: tuple[Mark, ...]
    left: int = 0
    """Records that are not shown."""
    more_href: str = ""
    create_href: str = ""
    is_today: bool = False
    is_off: bool = False
    """Of another month, or not worked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarPage:
    """Records on the days of a month or week."""

    tools: Tools
    heading: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[Day, ...], ...]
    count: int
    spans: tuple[Link, ...]
    before_href: str
    today_href: str
    after_href: str
    may_move: bool = False
    too_many: bool = False

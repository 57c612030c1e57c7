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
    badges: tuple[tuple[str, str], ...] = ()
    """Text and tone of each of several choices; ``text`` says them all."""


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

    plugin: str
    heading: str
    entries: tuple[MenuEntry, ...]
    unfolded: bool = True

    @property
    def count(self) -> int:
        """What a folded group says of its entries."""
        return sum(entry.count for entry in self.entries)


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """What surrounds a page: company, menus, person."""

    company: str
    companies: tuple[Option, ...]
    person: str
    groups: tuple[MenuGroup, ...]
    languages: tuple[Option, ...]
    unread: int = 0
    """Notifications."""
    analysis_href: str = ""
    """Empty while there is no measure that the person may ask for."""

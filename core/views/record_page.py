"""What the page of one record shows, ready to render."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from core.views.page import EMPTY, Cell, Column, Option, Row
from plugin_api.duplicates import Duplicate
from plugin_api.panels import Panel


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A field of a form. ``value`` is the text that its input starts with."""

    name: str
    label: str
    kind: str
    shown: Cell = EMPTY
    value: str = ""
    help: str = ""
    required: bool = False
    readonly: bool = False
    options: tuple[Option, ...] = ()
    errors: tuple[str, ...] = ()
    lookup: str = ""
    ref_id: str = ""
    unit: str = ""
    """What follows the input: a currency, a percent sign."""
    masked: bool = False
    """Whether the value is shown in part."""
    reveal_href: str = ""
    """Where it is shown whole, for who may."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A titled group of fields."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A state of the workflow in the status bar."""

    label: str
    tone: str
    current: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """A transition that the record may take; ``asks`` when it opens a dialog first."""

    name: str
    label: str
    tone: str
    href: str
    asks: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Tab:
    """A related list that may be opened, and how many records it has."""

    name: str
    label: str
    count: int
    href: str
    current: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class RelatedTable:
    """Records that point to the one shown."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    one: str = ""
    more_href: str = ""
    create_href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A field before and after."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """An entry of the timeline: who did or said what, when."""

    kind: Literal["change", "comment", "file", "told"]
    id: int
    at: datetime
    who: str
    what: str
    changes: tuple[Change, ...] = ()
    text: str = ""
    """Of a comment, as it was written."""
    pieces: tuple[tuple[str, str, str], ...] = ()
    """The same in parts: text, link or person; what it says; where it leads."""
    edited: datetime | None = None
    may_edit: bool = False
    may_delete: bool = False
    title: str = ""
    """Of what a plugin tells, with where it leads."""
    href: str = ""
    icon: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chip:
    """A choice of what the timeline shows."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Activity:
    """A page of the timeline, and the box to write a comment in."""

    path: str
    events: tuple[Event, ...]
    chips: tuple[Chip, ...]
    more_href: str
    show: str
    goes_on: bool
    """Whether it continues an earlier page."""
    may_comment: bool
    text: str = ""
    """Of a comment that was refused, and why."""
    error: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FileRow:
    """A file of the record."""

    id: int
    name: str
    icon: str
    kind: str
    size: str
    who: str
    at: datetime
    href: str
    open_href: str
    """Where a browser shows it; empty when it is only downloaded."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FilesBox:
    """The files of the record; ``accept`` are the endings that may be attached."""

    path: str
    rows: tuple[FileRow, ...]
    may_change: bool
    accept: str
    most: str
    most_bytes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Following:
    """Whether one follows the record, and how many do."""

    path: str
    follows: bool
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Clash:
    """A field that two people changed: what was typed here, what is saved now."""

    name: str
    label: str
    mine: str
    theirs: str
    theirs_value: str
    theirs_id: str = ""
    mine_value: str = ""
    mine_id: str = ""
    before: str = ""
    """As it was when the form was opened."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stale:
    """Why a save was refused: the record changed since it was opened."""

    clashes: tuple[Clash, ...]
    taken: tuple[Change, ...]
    """Fields that only the other person changed; the form holds their new values."""
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FormPage:
    """One record, or a new one."""

    title: str
    one: str
    list_title: str
    list_href: str
    action: str
    sections: tuple[Section, ...]
    version: int | None = None
    before: str = ""
    """The values that the form was opened with, as JSON; only what differs is saved."""
    may_save: bool = True
    delete_href: str = ""
    errors: tuple[str, ...] = ()
    stale: Stale | None = None
    duplicate: Duplicate | None = None
    """What it seems to be already, when it was not saved for that."""
    note: str = ""
    """What the person should know first: that the form came back unsaved."""
    draft: int | None = None
    next: str = ""
    steps: tuple[Step, ...] = ()
    moves: tuple[Move, ...] = ()
    facts: tuple[tuple[str, Cell], ...] = ()
    tab: str = ""
    tabs: tuple[Tab, ...] = ()
    related: RelatedTable | None = None
    panels: tuple[Panel, ...] = ()
    following: Following | None = None
    files: FilesBox | None = None
    activity: Activity | None = None
    created: str = ""
    updated: str = ""
    duplicate_href: str = ""
    shares: int = 0
    """With how many people and teams the record is shared."""
    access_href: str = ""
    unread: bool = False
    preview_href: str = ""
    """Where to ask what saving would come to."""
    moved_to: str = ""
    """Where else the page leads, since another record has this one's place."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MovePage:
    """The questions of one transition of one record."""

    title: str
    label: str
    tone: str
    action: str
    back_href: str
    version: int
    fields: tuple[Field, ...]
    errors: tuple[str, ...] = ()
    draft: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class QuickPage:
    """A small form for a new record, in a dialog."""

    preview_href: str = ""
    title: str
    action: str
    full_href: str
    next: str
    fields: tuple[Field, ...]
    errors: tuple[str, ...] = ()
    duplicate: Duplicate | None = None

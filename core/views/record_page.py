"""What the page of one record shows, ready to render."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.views.page import EMPTY, Cell, Column, Option, Row
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
class RelatedTable:
    """Records that point to the one shown."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
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
    """An entry of the timeline: who did what, when."""

    at: datetime
    who: str
    what: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Clash:
    """A field that two people changed: what was typed here, what is saved now."""

    name: str
    label: str
    mine: str
    theirs: str
    theirs_value: str
    theirs_id: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stale:
    """Why a save was refused: the record changed since it was opened."""

    clashes: tuple[Clash, ...]
    taken: tuple[Change, ...]
    """Fields that only the other person changed; the form holds their new values."""


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
    steps: tuple[Step, ...] = ()
    moves: tuple[Move, ...] = ()
    related: tuple[RelatedTable, ...] = ()
    panels: tuple[Panel, ...] = ()
    events: tuple[Event, ...] = ()
    created: str = ""
    updated: str = ""


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

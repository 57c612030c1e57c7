"""What a plugin adds to pages of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from plugin_api.context import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """Something to do at once: a button that posts to ``href``, or a link to a page, which
    ``dialog`` opens over the page where there is script. What is posted carries the address of
    the page as ``next``."""

    label: Text
    href: str
    icon: str = ""
    post: bool = False
    dialog: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A line of a panel; ``share`` (0 to 1 and beyond) draws a bar, ``trend`` a small line of
    figures from the oldest to the newest, in the unit that is read (money in major units)."""

    label: Text
    value: Text
    share: float | None = None
    href: str | None = None
    trend: Sequence[float] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """A small box beside a record's form."""

    title: Text
    facts: tuple[Fact, ...]
    note: Text = ""
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelineEntry:
    """Something that happened to a record, for its timeline: ``who`` did ``what``, when; ``href``
    leads to it, ``text`` says more. ``id`` tells entries of one instant apart."""

    id: int
    at: datetime
    who: Text
    what: Text
    title: Text = ""
    href: str = ""
    text: Text = ""
    icon: str = ""

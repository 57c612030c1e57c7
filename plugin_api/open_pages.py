"""Pages about one record for people outside the company, who hold a link and log in nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from plugin_api.context import Text


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file that such a page offers."""

    name: str
    mimetype: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenPage:
    """A page about a record of ``model``, such as a quote that its customer accepts.

    Who holds ``permission`` and may change a record makes links to it, which run out and may be
    taken back. Whoever has the link is let in as nobody in particular: the functions run as the
    system, so they show and take only what is meant for outside.

    ``template`` extends ``open.html`` and gets what ``show(record)`` returns. ``answer(record,
    form)`` takes what the page sends back and says in words what has come of it; it raises
    Refused. ``files`` are read under their name below the page's address.

    ``made(record, until)`` is called when somebody has made a link that holds to the end of that
    day, ``taken_back(record)`` when one was taken back before; both as that person, before the
    commit. ``mail_to(record)`` is the e-mail address of whom a link is meant for, or empty.
    """

    id: str
    label: Text
    model: str
    permission: str
    template: str
    show: Callable[[Any], Mapping[str, Any]]
    answer: Callable[[Any, Mapping[str, str]], Text] | None = None
    files: Mapping[str, Callable[[Any], OpenFile]] = field(default_factory=dict)
    made: Callable[[Any, date], None] | None = None
    taken_back: Callable[[Any], None] | None = None
    mail_to: Callable[[Any], str] | None = None
    help: Text = ""
    days: int = 30
    """How long a link holds when nothing else is said."""

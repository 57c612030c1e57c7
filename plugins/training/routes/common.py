"""What several pages read from an address, and how a form ends."""

from __future__ import annotations

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import NotFound, Refused


def number(name: str) -> int | None:
    """A number in the address; None for anything else."""
    text = request.values.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def nothing() -> NotFound:
    """That there is nothing at an address."""
    return NotFound(gettext("There is no page or record at this address, or you may not see it."))


def page_number() -> int:
    """Which page of a long table, from 1."""
    return min(max(number("page") or 1, 1), 10_000)


def go_on(href: str, said: str = "") -> Response:
    """Commit, say what was done, and go on."""
    host().session.commit()
    if said:
        flash(said, "success")
    return redirect(href, 303)


def go_back(refused: Refused, href: str) -> Response:
    """Undo what was begun, say why, and go back. What is out of sight has no page to go back to."""
    if isinstance(refused, NotFound):
        raise refused
    host().session.rollback()
    flash(refused.words, "warning")
    return redirect(href, 303)

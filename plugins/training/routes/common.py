"""What several pages read from an address, and how a form ends."""

from __future__ import annotations

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from plugin_api import host, pages
from plugin_api.errors import NotFound, Refused


def number(name: str) -> int | None:
    """A number in the address; None for anything else."""
    return pages.number(request.values.get(name, ""))


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

"""Pages that ask something about a list: dialogs where there is script, pages where not."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl

from flask import Response as Page
from flask import flash, redirect, request
from werkzeug.wrappers import Response

from core.views.urls import Arguments, canonical, with_query
from plugin_api.pages import inside, is_scripted


def state() -> Arguments:
    """The state of the list that the question is about."""
    text = request.form.get("state", request.args.get("state", ""))
    return canonical(Arguments(parse_qsl(text)))


def state_text() -> str:
    """The same as it was sent, to be carried on."""
    return with_query("", state().items()).removeprefix("?")


def go(href: str) -> Response:
    """Show the list in another state."""
    return _told("xg:go", {"href": href}) if is_scripted() else redirect(href, 303)


def done(message: str, back: str) -> Response:
    """Say what was done, over a list that is drawn anew."""
    if is_scripted():
        return _told("xg:done", {"message": message})
    flash(message, "success")
    return redirect(inside(request.form.get("next", "")) or back, 303)


def _told(event: str, detail: dict[str, str]) -> Page:
    """An answer without content that has the page's script do the rest."""
    answer = Page(status=204)
    answer.headers["HX-Trigger"] = json.dumps({event: detail})
    return answer

"""What a plugin's own pages check before they act, and where they go on."""

from __future__ import annotations

from flask import request

from plugin_api.context import current_actor, current_company, gettext, has_permission
from plugin_api.errors import Conflict, Forbidden, NotFound

PAPERS = ("zh", "en")
"""Languages that papers are made in."""


def require(permission: str) -> None:
    """Raise Forbidden unless the actor holds the permission."""
    if not has_permission(permission):
        raise Forbidden(gettext("Your role does not allow it."))


def check_company() -> None:
    """Raise Conflict when the form was made for another company than the session's: every form
    carries its company as ``_company``.

    It happens with two tabs: the company was switched in one, the form posted in the other.
    """
    if request.form.get("_company") != str(current_company().id):
        raise Conflict(
            gettext(
                "This form was opened for another company than the one you are in now. "
                "Switch back and repeat it."
            )
        )


def inside(address: str) -> str:
    """An address of this site, else nothing: where a form or a link wants one to go on is written
    by whoever made it."""
    fits = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if fits and address.isprintable() else ""


def number(text: str) -> int | None:
    """The number of a record as a form or an address says it; None for any other text."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def nothing() -> NotFound:
    """That there is nothing at an address, for whoever may not know what is."""
    return NotFound(gettext("There is no page or record at this address, or you may not see it."))


def paper_language() -> str:
    """The language of a paper: ``?language=zh`` or ``en``, else the reader's."""
    asked = request.args.get("language", "")
    usual = (current_actor().language or current_company().language)[:2]
    return next((each for each in (asked, usual) if each in PAPERS), "en")


def is_scripted() -> bool:
    """Whether a script asks, for a part of a page."""
    return bool(request.headers.get("HX-Request"))

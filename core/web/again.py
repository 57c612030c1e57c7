"""Asking to log in, or to send a form again, without losing what was typed into it."""

from __future__ import annotations

from flask import Response, flash, make_response, redirect, render_template
from werkzeug.wrappers import Response as Answer

from core.identity.login import Known, Membership
from core.web import kept
from plugin_api.context import acting_as, gettext


def ask_to_log_in(signed: str) -> Response:
    """The page that asks who it is, with a form that came in without a session."""
    page = render_template("web/login.html", email="", error="", next="", kept=signed, people=[])
    answer = make_response(page)
    answer.status_code = 401
    return answer


def after_bad_token() -> Answer | None:
    """What to do with a form that came with the token of an earlier session; None: nothing.

    Who has logged in since looks at it once more and saves it; others log in first.
    """
    from core.web.gate import who

    signed = kept.posted()
    if not signed:
        return None
    known = who()
    if known is None:
        return ask_to_log_in(signed)
    found = kept.read(signed)
    assert found is not None
    with acting_as(known.company, known.actor):
        return redirect(kept.store(*found), 303)


def company_for(signed: str, known: list[Membership], last: int | None) -> Membership:
    """For which company the person goes on: that of the form, else the last one."""
    wanted = (kept.company_of(signed), last)
    by_id = {company.id: company for company in known}
    return next((by_id[id_] for id_ in wanted if id_ in by_id), known[0])


def resume(signed: str, known: Known) -> str:
    """Where the form is that somebody had to log in for, filled with what was typed; empty when
    there is none. It is stored only for the company that it was opened for."""
    found = kept.read(signed) if signed else None
    if found is None or kept.company_of(signed) != known.company.id:
        return ""
    with acting_as(known.company, known.actor):
        return kept.store(*found)


def flash_refusal(name: object, reason: object) -> None:
    """Say why something was not done, at the top of the next page."""
    flash(gettext("Nothing was changed. %(name)s: %(reason)s", name=name, reason=reason), "warning")

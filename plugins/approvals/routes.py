"""Asking for approval, in a small form over any page."""

from __future__ import annotations

from flask import Blueprint, flash, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import NotFound, Refused
from plugin_api.pages import check_company, is_scripted, nothing, number, require
from plugins.approvals.access import ASK
from plugins.approvals.models import Request
from plugins.approvals.services import asking, people

Answer = str | Response | tuple[str | Response, int]

blueprint = Blueprint("approvals", __name__, template_folder="templates")


@blueprint.get("/ask")
def ask() -> Answer:
    """Who has to agree, and why they should."""
    require(ASK)
    move, record_id = _named(request.args.get("move", ""), request.args.get("id", ""))
    return _page(move, record_id)


@blueprint.post("/ask")
def send() -> Answer:
    """Ask them."""
    require(ASK)
    check_company()
    move, record_id = _named(request.form.get("move", ""), request.form.get("id", ""))
    comment = request.form.get("comment", "").strip()
    try:
        values = {"move": move, "about_id": record_id, "comment": comment or None}
        made = host().records.create(Request, values)
        href = host().record_url(made.about_model, record_id)
        host().session.commit()
    except NotFound:
        raise
    except Refused as refused:
        host().session.rollback()
        return _page(move, record_id, comment, refused), refused.status
    said = gettext("It is asked for. You are told what comes of it.")
    flash(said, "success")
    if is_scripted():
        return jsonify(open=href, message=said), 201
    return redirect(href, 303)


def _named(move: str, text: str) -> tuple[str, int]:
    """What an address names. Raises NotFound for what is no number."""
    if (record_id := number(text)) is None:
        raise nothing()
    return move, record_id


def _page(move: str, record_id: int, comment: str = "", refused: Refused | None = None) -> str:
    error, found = "", None
    try:
        found = asking.wanted(move, record_id)
    except NotFound:
        raise
    except Refused as why:
        error = why.words
    if refused is not None:
        error = refused.words
    names = people.names() if found is not None else {}
    key = move.partition(":")[0]
    return render_template(
        "approvals/ask.html",
        move=move,
        record_id=record_id,
        comment=comment,
        error=error,
        subject=host().title_of(key, record_id) if found is not None else "",
        label=found.transition.label if found is not None else "",
        steps=[
            (step.name, [names.get(each, "") for each in step.people], step.mode)
            for step in (found.steps if found is not None else ())
        ],
        back=host().record_url(key, record_id) if found is not None else "/",
    )

"""The workshop of an analysis: what one writes silently, and one's votes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import gettext, today
from plugin_api.errors import NotFound, Refused, Rejected
from plugin_api.pages import check_company, number, require
from plugins.swot import display
from plugins.swot.access import TAKE_PART
from plugins.swot.models import Analysis, Item
from plugins.swot.models.words import QUADRANTS
from plugins.swot.services import workshop

Answer = str | Response | tuple[str, int]


def show(analysis_id: int) -> str:
    """What the person has written, or whom they gave their votes. Nobody else's."""
    require(TAKE_PART)
    return _page(host().records.get(Analysis, analysis_id))


def write(analysis_id: int) -> Answer:
    """Keep an idea."""
    require(TAKE_PART)
    check_company()
    form = request.form

    def deed(analysis: Analysis) -> None:
        workshop.write(
            analysis, form.get("name", ""), form.get("quadrant", ""), note=form.get("note", ""),
            source=form.get("source", ""), as_of=_day(form.get("as_of", "")),
        )  # fmt: skip

    return _done(analysis_id, deed, gettext("Kept. Only you see it until the collection ends."))


def forget(analysis_id: int) -> Answer:
    """Forget an idea of the person's own."""
    require(TAKE_PART)
    check_company()
    return _done(analysis_id, lambda it: workshop.take_back(it, _number("idea")))


def vote(analysis_id: int) -> Answer:
    """Give an item a vote, or take it back."""
    require(TAKE_PART)
    check_company()
    give = request.form.get("give") == "1"
    deed = workshop.give if give else workshop.take_vote_back
    return _done(analysis_id, lambda it: deed(it, _number("item")))


def _done(analysis_id: int, deed: Callable[[Analysis], object], said: str = "") -> Answer:
    try:
        deed(host().records.get(Analysis, analysis_id))
        host().session.commit()
    except NotFound:
        raise
    except Refused as refused:
        host().session.rollback()
        return _page(host().records.get(Analysis, analysis_id), refused), refused.status
    if said:
        flash(said, "success")
    return redirect(url_for("swot.workshop", analysis_id=analysis_id), 303)


def _page(analysis: Analysis, refused: Refused | None = None) -> str:
    joins = workshop.takes_part(analysis)
    items: list[Item] = []
    if analysis.state == "voting" and joins:
        asked = sa.select(Item).where(Item.analysis_id == analysis.id, ~Item.put_aside)
        # By name: neither weights nor votes of others say what to choose.
        items = list(host().session.scalars(asked.order_by(Item.name, Item.id)))
    given = workshop.my_votes(analysis.id) if analysis.state == "voting" else frozenset()
    return render_template(
        "swot/workshop.html",
        analysis=analysis,
        joins=joins,
        ideas=workshop.my_ideas(analysis.id) if analysis.state == "collecting" else (),
        items=[(each, [i for i in items if i.quadrant == each.value]) for each in QUADRANTS],
        given=given,
        left=max(0, analysis.votes_each - len(given)),
        quadrants=QUADRANTS,
        typed=request.form if refused else {},
        error=refused.words if refused else "",
        day=today().isoformat(),
        url=host().record_url,
        display=display,
    )


def _number(name: str) -> int:
    return number(request.form.get(name, "")) or 0


def _day(text: str) -> dt.date | None:
    if not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise Rejected("as_of", gettext("Expected a day such as 2026-03-31.")) from None

"""The TOWS matrix: how well items fit each other, and what to do first."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import gettext, has_permission, ngettext
from plugin_api.errors import Invalid, NotFound, Refused
from plugin_api.pages import check_company, number, require
from plugins.swot import display
from plugins.swot.models import Analysis, Option, Pair
from plugins.swot.models.words import FITS
from plugins.swot.services import pairs
from plugins.swot.services.scoring import INNER, OUTER, posture_of
from plugins.swot.services.wholes import items_of

UPDATE = "swot.Pair.update"
FIRST = 10
"""Pairs that are ranked on the page."""


def show(analysis_id: int) -> str:
    """The matrix of an analysis. A few statements."""
    return _page(host().records.get(Analysis, analysis_id), {}, None)


def save(analysis_id: int) -> str | Response | tuple[str, int]:
    """Keep the fits that were chosen."""
    require(UPDATE)
    check_company()
    analysis = host().records.get(Analysis, analysis_id, "update")
    typed = {name: text for name, text in request.form.items() if name.startswith("fit-")}
    try:
        number = pairs.set_fits(analysis, _fits(typed))
    except NotFound:
        raise
    except Refused as refused:
        host().session.rollback()
        return _page(host().records.get(Analysis, analysis_id), typed, refused), refused.status
    host().session.commit()
    said = ngettext("%(num)d pair changed.", "%(num)d pairs changed.", number)
    flash(said if number else gettext("Nothing is different."), "success")
    return redirect(url_for("swot.tows", analysis_id=analysis_id), 303)


def _fits(typed: Mapping[str, str]) -> dict[tuple[int, int], int]:
    """``fit-7-9=3`` as ``{(7, 9): 3}``. Raises Invalid naming what makes no sense."""
    found = {}
    for name, text in typed.items():
        one, _dash, other = name.removeprefix("fit-").partition("-")
        inner, outer = number(one), number(other)
        if inner is None or outer is None or text not in {each.value for each in FITS}:
            said = gettext("Expected a fit from 0 to 3.")
            raise Invalid(said, errors={name: [said]})
        found[inner, outer] = int(text)
    return found


def _page(analysis: Analysis, typed: Mapping[str, str], refused: Refused | None) -> str:
    items = items_of(analysis.id) if has_permission("swot.Item.read") else []
    session, may_read = host().session, has_permission("swot.Pair.read")
    known = {}
    if may_read:
        asked = sa.select(Pair).where(Pair.analysis_id == analysis.id)
        known = {(pair.inner_id, pair.outer_id): pair for pair in session.scalars(asked)}
    options = []
    if has_permission("swot.Option.read"):
        wanted = sa.select(Option).where(Option.analysis_id == analysis.id).order_by(Option.id)
        options = list(session.scalars(wanted))
    may_change = has_permission(UPDATE) and host().records.may(analysis, "update")
    return render_template(
        "swot/tows.html",
        analysis=analysis,
        # Strengths before weaknesses: the matrix then has a block for each posture.
        inner=[item for quadrant in INNER for item in items if item.quadrant == quadrant],
        outer=[item for quadrant in OUTER for item in items if item.quadrant == quadrant],
        known=known,
        ranked=pairs.ranked(analysis.id)[:FIRST] if may_read else [],
        of_pair={option.pair_id: option for option in options if option.pair_id},
        fits=FITS,
        typed=typed,
        error=refused.words if refused else "",
        posture=posture_of,
        may_change=may_change,
        may_add=may_change and has_permission("swot.Option.create"),
        option_href=f"{host().list_url('swot.Option')}/new",
        url=host().record_url,
        display=display,
    )

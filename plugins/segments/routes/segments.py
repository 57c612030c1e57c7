"""The segments with their course, who moved where, and the matrix of scores."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from babel.dates import format_skeleton
from flask import flash, redirect, render_template, request, url_for
from flask_babel import get_locale
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import Text, gettext, has_permission
from plugin_api.context import lazy_gettext as _
from plugin_api.pages import check_company, require
from plugins.crm.api import GRADES, Account
from plugins.segments import display
from plugins.segments.models import Score
from plugins.segments.services import cells, history, members, rfm
from plugins.segments.settings import RFM_DAYS, RFM_FEWEST, RFM_NEW_DAYS

MONTHS = 12
READ = "segments.Segment.read"
SEGMENTS, SCORED = "segments.members", "segments.scored"
OF: dict[str, Text] = {
    "cells": _("Cells"), "grades": _("Grades"), "segments": _("All segments"),
}  # fmt: skip


def accounts_of(measure: str, **of: Any) -> str:
    """The list of accounts behind a figure of segments or scores."""
    asked = "&".join(f"by.{name}={value}" for name, value in of.items())
    return host().list_url("crm.Account", {"behind": f"{measure}?{asked}"})


def overview() -> str:
    """Every segment: how many are in it, and how many were over a year."""
    require(READ)
    require("crm.Account.read")
    counted = history.counts(history.month_ends(MONTHS))
    rows = [(each, counted.get(each.id, [0] * MONTHS)) for each in members.active()]
    return render_template(
        "segments/overview.html",
        rows=rows,
        href=lambda segment: accounts_of(SEGMENTS, segment=segment.id),
        url=host().record_url,
        display=display,
        cells=display.CELLS,
        may_set_up=has_permission("segments.Segment.create"),
        new_href=host().list_url("segments.Segment") + "/new",
        members_href=lambda segment: host().list_url(
            "segments.Membership", {"segment": segment.id}
        ),
    )


def moves() -> str:
    """From where to where accounts moved from the end of one month to that of the next."""
    require(READ)
    require("crm.Account.read")
    of = request.args.get("of", "cells")
    of = of if of in OF else "cells"
    ends = history.month_ends(MONTHS + 1)
    choices = {format(day, "%Y-%m"): (before, day)
               for before, day in pairwise(ends)}  # fmt: skip
    month = request.args.get("month", "")
    month = month if month in choices else list(choices)[-1]
    first, last = choices[month]
    labels: dict[Any, Text] = {}
    if of == "grades":
        matrix = history.of_grades(first, last)
        labels = {each.value: each.label for each in GRADES}
    else:
        which = history.cell_segments() if of == "cells" else {
            each.id: each for each in members.active()
        }  # fmt: skip
        matrix = history.of_segments(first, last, list(which))
        labels = {id_: each.name for id_, each in which.items()}
    used = [key for key in (*labels, None) if any(key in pair for pair in matrix)]
    moved = sum(number for (was, then), number in matrix.items() if was != then)
    return render_template(
        "segments/moves.html",
        of=of, kinds=OF, month=month, first=first, last=last, used=used, labels=labels,
        months={key: _month(day) for key, (_before, day) in choices.items()},
        matrix=matrix, total=sum(matrix.values()), moved=moved,
    )  # fmt: skip


def _month(day: dt.date) -> str:
    return str(format_skeleton("yMMM", day, locale=get_locale()))


def matrix() -> str:
    """Recency and frequency in fifths, and the named cells; each opens its accounts."""
    require("segments.Score.read")
    require("crm.Account.read")
    visible = Score.account_id.in_(sa.select(Account.id).where(host().records.visible(Account)))
    money: Any = sa.func.sum(Score.money) if host().records.may_read(Score, "money") else sa.null()
    asked = (
        sa.select(Score.r, Score.f, Score.cell, sa.func.count(), money)
        .where(visible)
        .group_by(Score.r, Score.f, Score.cell)
    )
    squares: dict[tuple[int, int], int] = {}
    named: dict[str, list[Any]] = {}
    for r, f, cell, number, amount in host().session.execute(asked):
        squares[r, f] = squares.get((r, f), 0) + number
        held = named.setdefault(cell, [0, 0])
        held[0] += number
        held[1] += amount or 0
    fixed_on, limits = rfm.kept()
    total = sum(squares.values())
    return render_template(
        "segments/rfm.html",
        squares=squares, total=total, most=max(squares.values(), default=0),
        cells=[(each, *named[each.value]) for each in cells.CELLS if each.value in named],
        sees=host().records.may_read(Score, "money"), amount=_amount(named),
        fixed_on=fixed_on, limits=limits, fewest=host().setting(RFM_FEWEST),
        days=host().setting(RFM_DAYS), new_days=host().setting(RFM_NEW_DAYS),
        may_fix=has_permission("segments.Segment.update"), display=display,
        square=lambda r, f: accounts_of(SCORED, r=r, f=f),
        cell=lambda value: accounts_of(SCORED, cell=value),
        scores_href=host().list_url("segments.Score"),
    )  # fmt: skip


def _amount(named: dict[str, list[Any]]) -> Any:
    return sum((each[1] for each in named.values()), 0) or 1


def score() -> Response:
    """Fix the limits anew, and score by them."""
    require("segments.Segment.update")
    check_company()
    rfm.fix()
    number = rfm.refresh()
    members.refresh_all()
    host().session.commit()
    flash(gettext("%(num)s customers are scored.", num=number), "success")
    return redirect(url_for("segments.rfm"), 303)

"""What became of segments, cells and grades: how many were in each, and who moved where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from plugin_api import host
from plugin_api.context import today
from plugins.crm.api import Account
from plugins.segments.models import GradeChange, Membership, Segment
from plugins.segments.services import members

Matrix = Mapping[tuple[Any, Any], int]
"""(what it was, what it is) → accounts; None for neither."""


def month_ends(count: int, last: dt.date | None = None) -> list[dt.date]:
    """The last days of so many months, the oldest first; of the running one today."""
    end = last or today()
    found = [end]
    for _month in range(count - 1):
        found.append(found[-1].replace(day=1) - dt.timedelta(days=1))
    return found[::-1]


def counts(days: Sequence[dt.date]) -> dict[int, list[int]]:
    """Segment → how many visible accounts were in it at the end of each day. One statement."""
    here: Any = Membership
    asked = (
        sa.select(
            here.segment_id,
            *(sa.func.coalesce(sa.func.sum(sa.case((members.on(day), 1), else_=0)), 0)
              for day in days),
        )
        .where(_visible(here.account_id))
        .group_by(here.segment_id)
    )  # fmt: skip
    return {row[0]: [int(each) for each in row[1:]] for row in host().session.execute(asked)}


def of_segments(first: dt.date, last: dt.date, which: Sequence[int]) -> Matrix:
    """Between segments: an account that is in several counts in each. Two statements."""
    before, after = aliased(Membership), aliased(Membership)
    moved = _pairs(before, after, first, last, which)
    came = _pairs(after, before, last, first, which, only_new=True)
    made: dict[tuple[Any, Any], int] = {}
    for was, then, number in host().session.execute(moved):
        made[was, then] = number
    for then, _was, number in host().session.execute(came):
        made[None, then] = number
    return made


def _pairs(
    one: Any, other: Any, day: dt.date, other_day: dt.date, which: Sequence[int], *,
    only_new: bool = False,
) -> sa.Select[Any]:  # fmt: skip
    there = sa.and_(
        other.account_id == one.account_id, _at(other, other_day),
        other.segment_id.in_(which),
    )  # fmt: skip
    asked = (
        sa.select(one.segment_id, other.segment_id, sa.func.count())
        .select_from(one)
        .outerjoin(other, there)
        .where(_at(one, day), one.segment_id.in_(which), _visible(one.account_id))
        .group_by(one.segment_id, other.segment_id)
    )
    return asked.where(other.id.is_(None)) if only_new else asked


def _at(entity: Any, day: dt.date) -> sa.ColumnElement[bool]:
    return sa.and_(entity.joined <= day, sa.or_(entity.left.is_(None), entity.left > day))


def of_grades(first: dt.date, last: dt.date) -> Matrix:
    """Between grades, by their changes. One statement."""
    before, after = _grades(first).subquery(), _grades(last).subquery()
    asked = (
        sa.select(before.c.grade, after.c.grade, sa.func.count())
        .select_from(after)
        .outerjoin(before, before.c.account_id == after.c.account_id)
        .where(_visible(after.c.account_id))
        .group_by(before.c.grade, after.c.grade)
    )
    made: dict[tuple[Any, Any], int] = {}
    for was, then, number in host().session.execute(asked):
        made[was, then] = made.get((was, then), 0) + number
    return made


def _grades(day: dt.date) -> sa.Select[Any]:
    ranked = (
        sa.select(
            GradeChange.account_id,
            GradeChange.to_grade,
            sa.func.row_number()
            .over(partition_by=GradeChange.account_id,
                  order_by=(GradeChange.at.desc(), GradeChange.id.desc()))
            .label("place"),
        )
        .where(GradeChange.on <= day)
        .subquery()
    )  # fmt: skip
    return sa.select(ranked.c.account_id, ranked.c.to_grade.label("grade")).where(
        ranked.c.place == 1
    )


def cell_segments() -> dict[int, Segment]:
    """The segments that are cells of recency, frequency and money, in the order of the cells."""
    asked = (
        sa.select(Segment)
        .where(Segment.cell.is_not(None), Segment.active)
        .order_by(Segment.position, Segment.id)
    )
    return {segment.id: segment for segment in host().session.scalars(asked)}


def _visible(account_id: Any) -> sa.ColumnElement[bool]:
    found: sa.ColumnElement[bool] = account_id.in_(
        sa.select(Account.id).where(host().records.visible(Account))
    )
    return found

"""Whom an enrolment rule means, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.conditions import criteria
from plugin_api.context import gettext, today
from plugin_api.errors import Refused
from plugin_api.measures import Measure, Ratio
from plugin_api.models import model_of
from plugins.training.access import ENROL
from plugins.training.models import Certificate, Course, Rating, Requirement, Rule
from plugins.training.services import failing, figures
from plugins.training.services.people import reached


@dataclass(frozen=True, slots=True)
class Meant:
    """Somebody whom a rule means, and the reason in words."""

    user_id: int
    name: str
    reason: str
    since: dt.date | None = None
    """Who was enrolled before that day is so again; None: nobody is."""


def meant(rule: Rule) -> list[Meant]:
    """Everybody whom a rule means and the actor may enrol, by name. A few statements for any
    number of people."""
    user: Any = model_of("core.User")
    where = [user.active, reached(ENROL, user)]
    if rule.role_id is not None:
        where.append(user.role_id == rule.role_id)
    if rule.team_id is not None:
        where.append(user.team_id == rule.team_id)
    asked = sa.select(user.id, user.name).where(*where).order_by(user.title_key, user.id)
    people = {row[0]: row[1] for row in host().session.execute(asked)}
    if rule.kind == "failed":
        items = failing.failed(rule)
        return [
            Meant(id_, name, items[id_].reason, items[id_].on)
            for id_, name in people.items()
            if id_ in items
        ]
    reasons = _reasons(rule, people)
    return [Meant(id_, name, reasons[id_]) for id_, name in people.items() if id_ in reasons]


def _reasons(rule: Rule, people: Collection[int]) -> Mapping[int, str]:
    """Why each is meant, of those who are; others may be among them."""
    match rule.kind:
        case "joiner":
            return _joined(rule)
        case "measure":
            return _weak(rule, people)
        case "gap":
            return _short(rule)
        case "expiry":
            return _expiring(rule)
        case "product":
            new = _products(rule)
            words = str(gettext("new: %(names)s", names=", ".join(new)))
            return dict.fromkeys(people, words) if new else {}
        case _:
            return dict.fromkeys(people, str(gettext("everybody of the rule")))


def _joined(rule: Rule) -> Mapping[int, str]:
    """Who came within the days. One statement."""
    user: Any = model_of("core.User")
    joined = host().local_day(user.created_at)
    first = today() - dt.timedelta(days=rule.days)
    rows = host().session.execute(sa.select(user.id, joined).where(user.active, joined >= first))
    return {row[0]: str(gettext("new since %(day)s", day=row[1])) for row in rows}


def _weak(rule: Rule, people: Collection[int]) -> Mapping[int, str]:
    """Whose figure of the last days lies beyond the threshold. Two statements at most."""
    end = today()
    start = end - dt.timedelta(days=rule.days - 1)
    kind = figures.measure_of(rule.measure)
    found = figures.of_people(rule.measure, start, end, people)
    cases = (
        figures.of_people(kind.denominator, start, end, people) if isinstance(kind, Ratio) else {}
    )
    if kind is None or found is None or cases is None:
        return {}
    threshold = rule.threshold or Decimal(0)
    reasons = {}
    for id_, value in found.items():
        number = cases.get(id_, Decimal(0)) if isinstance(kind, Ratio) else None
        if number is not None and number < rule.least:
            continue
        if value < threshold if rule.bound == "below" else value > threshold:
            reasons[id_] = _words(kind, value, rule, number)
    return reasons


def _words(kind: Measure | Ratio, value: Decimal, rule: Rule, cases: Decimal | None) -> str:
    said = {
        "name": kind.label, "value": f"{round(value, 2):,f}", "days": rule.days,
        "threshold": f"{(rule.threshold or Decimal(0)).normalize():,f}",
    }  # fmt: skip
    if cases is not None:
        words = gettext(
            "%(name)s %(value)s of %(cases)s cases in %(days)s days, threshold %(threshold)s",
            cases=f"{round(cases):,d}", **said,
        )  # fmt: skip
    else:
        words = gettext("%(name)s %(value)s in %(days)s days, threshold %(threshold)s", **said)
    return str(words)


def _short(rule: Rule) -> Mapping[int, str]:
    """Who is short of the skill that the course brings, by what the role needs. One statement."""
    if rule.course_id is None:
        return {}
    user: Any = model_of("core.User")
    level = sa.func.coalesce(Rating.level, 0)
    rows = host().session.execute(
        sa.select(user.id, level, Requirement.level, Course.level)
        .join(Requirement, Requirement.role_id == user.role_id)
        .join(Course, sa.and_(Course.id == rule.course_id, Course.skill_id == Requirement.skill_id))
        .outerjoin(
            Rating,
            sa.and_(
                Rating.user_id == user.id, Rating.skill_id == Requirement.skill_id, Rating.current
            ),
        )
        .where(user.active, level < Requirement.level, level < Course.level)
    )
    return {
        row[0]: str(gettext("level %(level)s of %(needed)s", level=row[1], needed=row[2]))
        for row in rows
    }


def _expiring(rule: Rule) -> Mapping[int, str]:
    """Whose last certificate of the course ends within the days, or has ended. One statement."""
    last = sa.func.max(Certificate.expires_on)
    rows = host().session.execute(
        sa.select(Certificate.user_id, last)
        .where(Certificate.course_id == rule.course_id)
        .group_by(Certificate.user_id)
        .having(
            last <= today() + dt.timedelta(days=rule.days),
            # One that is valid for good counts more than any that ends.
            sa.func.count(Certificate.id) == sa.func.count(Certificate.expires_on),
        )
    )
    return {row[0]: str(gettext("certificate until %(day)s", day=row[1])) for row in rows}


def _products(rule: Rule) -> Sequence[str]:
    """New products that a rule is about. One statement; none where there is no catalogue, or where
    the condition cannot be read any more: a field of it may be gone since."""
    if not host().is_enabled("catalog"):
        return ()
    product: Any = model_of("catalog.Product")
    first = today() - dt.timedelta(days=rule.days)
    try:
        wanted = criteria(product, rule.products)
    except Refused:
        return ()
    asked = sa.select(product.name).where(host().local_day(product.created_at) >= first, wanted)
    return list(host().session.scalars(asked.order_by(product.id.desc()).limit(3)))

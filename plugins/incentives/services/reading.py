"""What calculating a plan reads of it: its versions, who takes part, and its periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal, DecimalException

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, today
from plugin_api.money import from_minor
from plugins.incentives.models import Component, Participant, Plan, Rate, Step, Version
from plugins.incentives.models.common import BY_QUOTA
from plugins.incentives.rules import matrix, tiers
from plugins.incentives.services import periods as cutting
from plugins.incentives.services.shapes import ONE, ZERO, Period, Person, Row, Rule, Terms

HUNDRED, MOST_RAMP = Decimal(100), Decimal(2)
LONGEST_RAMP = 24


def major(minor: int | None) -> Decimal:
    """An amount in the company's currency; 0 of none."""
    return from_minor(minor or 0, current_company().currency)


def terms_of(plan_id: int, *, draft: int | None = None) -> list[Terms]:
    """Versions that are or were in force, with their rules; ``draft`` is the id of one more, which
    is looked at as if it were."""
    session = host().session
    wanted = sa.or_(Version.state != "draft", Version.id == draft)
    versions = session.scalars(
        sa.select(Version).where(Version.plan_id == plan_id, wanted).order_by(Version.valid_from)
    ).all()
    ids = [version.id for version in versions]
    parts: dict[int, list[Component]] = defaultdict(list)
    asked = sa.select(Component).where(Component.plan_version_id.in_(ids))
    for part in session.scalars(asked.order_by(Component.position, Component.id)):
        parts[part.plan_version_id].append(part)
    rows: dict[int, list[Rate]] = defaultdict(list)
    tables = [part.id for some in parts.values() for part in some if part.rule == "table"]
    if tables:
        asked_rows = sa.select(Rate).where(Rate.component_id.in_(tables)).order_by(Rate.id)
        for row in session.scalars(asked_rows):
            rows[row.component_id].append(row)
    steps: dict[int, list[Step]] = defaultdict(list)
    within = sa.select(Component.id).where(Component.plan_version_id.in_(ids))
    for step in session.scalars(sa.select(Step).where(Step.component_id.in_(within))):
        steps[step.component_id].append(step)
    return [
        Terms(
            id=version.id, start=version.valid_from, end=version.valid_to,
            rules=tuple(
                rule_of(part, steps[part.id], rows[part.id]) for part in parts[version.id]
            ),
            cap=None if version.cap is None else major(version.cap),
            carried=version.carried, by_calendar=version.by_calendar,
        )
        for version in versions
    ]  # fmt: skip


def rule_of(part: Component, steps: Sequence[Step], rows: Sequence[Rate] = ()) -> Rule:
    """A component as it is calculated with."""
    scale = HUNDRED if part.rule in BY_QUOTA else ONE
    by_quota = part.least_by == "quota"
    rate = major(part.each) if part.each is not None else (part.rate or ZERO) / HUNDRED
    return Rule(
        id=part.id, name=part.name, measure=part.measure, kind=part.rule, credit=part.credit,
        only=(part.only_by, part.only) if part.only_by and part.only else None,
        rate=rate, budget=None if part.budget is None else major(part.budget),
        variable=major(part.variable), quota=part.quota, rated_by=part.rated_by or "",
        rows=tuple(Row(row.id, row.value, row.name, row.rate / HUNDRED) for row in rows),
        steps=tuple(tiers.Step(step.start / scale, step.rate / HUNDRED) for step in steps),
        cells=tuple(cell_of(step) for step in steps) if part.rule == "matrix" else (),
        basis=part.basis, each_by=part.each_by or "", formula=part.formula or "",
        most_each=None if part.most_each is None else major(part.most_each),
        earned_over=part.earned_over or 0,
        second=part.second_measure or "", second_quota=part.second_quota,
        least=None if part.least is None else part.least / (HUNDRED if by_quota else ONE),
        least_by_quota=by_quota,
    )  # fmt: skip


def cell_of(step: Step) -> matrix.Cell:
    """A step of a table of two measures."""
    return matrix.Cell(step.start / HUNDRED, step.second_start / HUNDRED, step.rate / HUNDRED)


def stays_of(plan_id: int, people: Collection[int] | None = None) -> Mapping[int, Sequence[Person]]:
    """Who takes part in a plan, or some of them, and from when to when: who comes back does so
    twice."""
    asked = sa.select(Participant).where(Participant.plan_id == plan_id)
    if people is not None:
        asked = asked.where(Participant.user_id.in_(people))
    found: dict[int, list[Person]] = defaultdict(list)
    for each in host().session.scalars(asked.order_by(Participant.user_id, Participant.starts_on)):
        found[each.user_id].append(
            Person(
                user_id=each.user_id, start=each.starts_on, end=each.ends_on,
                draw=major(each.draw), recovered=each.recovered, ramp=ramp_of(each.ramp),
            )
        )  # fmt: skip
    return found


def ramp_of(said: str | None) -> tuple[Decimal, ...]:
    """Shares of the first periods: ``"50, 75"`` is (0.5, 0.75). Raises ValueError."""
    made = []
    for text in (said or "").replace("，", ",").split(","):
        if not text.strip():
            continue
        try:
            share = Decimal(text.strip().rstrip("%")) / HUNDRED
        except DecimalException:
            raise ValueError(text.strip()) from None
        if not share.is_finite() or not 0 < share <= MOST_RAMP:
            raise ValueError(text.strip())
        made.append(share)
    if len(made) > LONGEST_RAMP:
        raise ValueError(said)
    return tuple(made)


def periods_of(plan: Plan, versions: Sequence[Terms], until: date | None = None) -> list[Period]:
    """Periods from the first version to that of today, or of ``until``."""
    if not versions:
        return []
    first = min(each.start for each in versions)
    year = current_company().fiscal_year_start
    return cutting.between(plan.period, first, until or today(), year)

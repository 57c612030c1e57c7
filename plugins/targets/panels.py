"""The current quarter's attainment beside records of people and their deals."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from flask import url_for

from plugin_api import host
from plugin_api.context import SYSTEM, Actor, acting_as, current_company, gettext, today
from plugin_api.models import CompanyModel, model_of
from plugin_api.panels import Fact, Panel
from plugins.targets import display, target_panels
from plugins.targets.models import Target
from plugins.targets.services import actuals, nudges, reading
from plugins.targets.services.attainment import Person
from plugins.targets.services.pacing import Pacing
from plugins.targets.services.periods import period_of
from plugins.targets.services.reading import READ, Yardstick
from plugins.targets.services.standing import Standing, standings, to_go


def for_record(model: str, record: CompanyModel, actor: Actor) -> list[Panel]:
    """The targets of the person shown, or of the record's owner on measures of such records."""
    if not (actor.is_system or READ in actor.grants):
        return []
    if isinstance(record, Target):
        return target_panels.of_target(record)
    if type(record).plugin_id() == "targets":
        return []
    if model == "core.User":
        person = _person_of(model, record)
        return [] if person is None else _of_person(person, ("quarter",), None)
    measures = nudges.measures_about(model)
    panels = []
    owner_id = getattr(record, type(record).__owner__ or "", None)
    if measures and owner_id is not None:
        person = _person_of(model, record)
        keys = [measure.key for measure in measures]
        panels += [] if person is None else _of_person(person, NEAREST, keys)
    if measures or nudges.is_member(model, host().measures.all()):
        panels += _of_members(record, owner_id)
    return panels


NEAREST = ("quarter", "month", "half", "year")
"""The period that a nudge is about: the first in which the person has a target."""


def _of_person(person: Person, kinds: Sequence[str], only: Collection[str] | None) -> list[Panel]:
    """How far a person is, and what is still to go."""
    for kind in kinds:
        period = period_of(kind, today(), current_company().fiscal_year_start)
        facts = tuple(
            _fact(standing, standing.stick, standing.pacing, person)
            for standing in standings(person, period, only)
            if standing.stick is not None and standing.pacing is not None
        )
        if facts:
            title = gettext(
                "Targets of %(name)s, %(period)s", name=person.name, period=period.label
            )
            return [Panel(title=title, facts=facts)]
    return []


def _of_members(record: CompanyModel, owner_id: int | None) -> list[Panel]:
    """Targets of the account, product or channel that a record is, or belongs to."""
    members = nudges.members_of(record, host().measures.all())
    rows = [
        row
        for row in nudges.of_members(members, owner_id)
        if (stick := reading.yardstick(row.measure)) is not None and reading.may_see(stick, row)
    ]
    if not rows:
        return []
    with acting_as(current_company(), SYSTEM):
        found = actuals.outcomes(rows, reading.all_teams())
    labels = {measure.key: measure.label for measure in host().measures.all()}
    facts = []
    for row in rows:
        outcome, money = found[row.id], row.amount is not None
        left = outcome.quota - (outcome.actual or 0)
        to_do = gettext("%(amount)s to go", amount=display.read(left, money))
        facts.append(
            Fact(
                label=f"{row.name} · {labels.get(row.measure, row.measure)}",
                value=to_do if left > 0 else gettext("reached"),
                share=None if outcome.attainment is None else float(outcome.attainment / 100),
                href=host().record_url(Target.model_key(), row.id),
            )
        )
    return [Panel(title=gettext("Targets here"), facts=tuple(facts))]


def _person_of(model: str, record: CompanyModel) -> Person | None:
    user: Any = model_of("core.User")
    if model == "core.User":
        shown: Any = record
        return Person(shown.id, shown.name, shown.team_id, shown.active)
    owner_id = getattr(record, type(record).__owner__ or "", None)
    row = (
        host()
        .session.execute(
            sa.select(user.id, user.name, user.team_id, user.active).where(user.id == owner_id)
        )
        .first()
    )
    return None if row is None else Person(*row)


def _fact(standing: Standing, stick: Yardstick, pacing: Pacing, person: Person) -> Fact:
    left = to_go(pacing)
    value = gettext("%(amount)s to go", amount=display.figure(left, stick.unit))
    if not stick.additive:
        value = display.figure(pacing.actual, stick.unit)
    elif not left:
        value = gettext("reached")
    words = [stick.measure.label, standing.member, display.share(pacing.attainment)]
    return Fact(
        label=" · ".join(str(word) for word in words if word),
        value=value,
        share=None if pacing.attainment is None else float(pacing.attainment),
        href=url_for("targets.person", user_id=person.id),
    )

"""The current quarter's attainment beside records of people and their deals."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import url_for

from plugin_api import host
from plugin_api.context import Actor, current_company, gettext, today
from plugin_api.models import CompanyModel, model_of
from plugin_api.panels import Fact, Panel
from plugins.targets import display
from plugins.targets.services.attainment import Person
from plugins.targets.services.pacing import Pacing
from plugins.targets.services.periods import period_of
from plugins.targets.services.reading import READ, Yardstick
from plugins.targets.services.standing import standings, to_go


def for_record(model: str, record: CompanyModel, actor: Actor) -> list[Panel]:
    """The targets of the person shown, or of the record's owner on measures of such records."""
    if not (actor.is_system or READ in actor.grants):
        return []
    person = _person_of(model, record)
    if person is None:
        return []
    quarter = period_of("quarter", today(), current_company().fiscal_year_start)
    only = None if model == "core.User" else model
    facts = tuple(
        _fact(standing.stick, standing.pacing, person)
        for standing in standings(person, quarter, only)
        if standing.stick is not None and standing.pacing is not None
    )
    if not facts:
        return []
    title = gettext("Targets of %(name)s, %(period)s", name=person.name, period=quarter.label)
    return [Panel(title=title, facts=facts)]


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


def _fact(stick: Yardstick, pacing: Pacing, person: Person) -> Fact:
    left = to_go(pacing)
    value = gettext("%(amount)s to go", amount=display.figure(left, stick.unit))
    if not stick.additive:
        value = display.figure(pacing.actual, stick.unit)
    elif not left:
        value = gettext("reached")
    return Fact(
        label=f"{stick.measure.label} · {display.share(pacing.attainment)}",
        value=value,
        share=None if pacing.attainment is None else float(pacing.attainment),
        href=url_for("targets.person", user_id=person.id),
    )

"""The current quarter's attainment beside records of people and their deals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from flask import url_for

from plugin_api import host
from plugin_api.context import SYSTEM, Actor, acting_as, current_company, gettext, pgettext, today
from plugin_api.context import lazy_gettext as _
from plugin_api.models import CompanyModel, model_of
from plugin_api.panels import Fact, Panel
from plugins.targets import display
from plugins.targets.models import Snapshot, Target
from plugins.targets.services import actuals, judging, reading, smart
from plugins.targets.services.attainment import Person
from plugins.targets.services.pacing import Pacing
from plugins.targets.services.periods import period_of
from plugins.targets.services.reading import READ, Yardstick
from plugins.targets.services.standing import standings, to_go


def for_record(model: str, record: CompanyModel, actor: Actor) -> list[Panel]:
    """The targets of the person shown, or of the record's owner on measures of such records."""
    if not (actor.is_system or READ in actor.grants):
        return []
    if isinstance(record, Target):
        return [*closed_of(record), smart_of(record)]
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


LETTERS: dict[str, Any] = {
    "S": _("S · specific"),
    "M": _("M · measurable"),
    "A": _("A · attainable"),
    "R": _("R · relevant"),
    "T": _("T · timed"),
}


def smart_of(target: Target) -> Panel:
    """Letter by letter: the points, what was found, and what would mend it. Figures of the past
    are for whoever may see them."""
    found = judging.assess(target)
    stick = reading.yardstick(target.measure)
    sees = stick is not None and reading.may_see(stick, target)
    facts = []
    for name, letter in found.letters.items():
        words = [letter.said, letter.mend]
        if letter.figures and not sees:
            words = [gettext("Judged by figures that you may not see.")]
        facts.append(
            Fact(
                label=gettext(
                    "%(letter)s: %(score)s of %(most)s",
                    letter=LETTERS[name], score=letter.score, most=smart.BEST,
                ),
                value=" ".join(str(word) for word in words if word),
                share=letter.score / smart.BEST,
            )
        )  # fmt: skip
    title = gettext("SMART: %(total)s of %(most)s", total=found.total, most=found.most)
    note = ""
    if found.missing:
        note = gettext(
            "Not to be confirmed yet: %(letters)s is missing.", letters=", ".join(found.missing)
        )
    return Panel(title=title, facts=tuple(facts), note=note)


def closed_of(target: Target) -> list[Panel]:
    """What a closed target came to, and what came after the closing; for who may see figures."""
    stick = reading.yardstick(target.measure)
    if target.state != "closed" or stick is None or not reading.may_see(stick, target):
        return []
    asked = (
        sa.select(Snapshot.quota, Snapshot.actual, Snapshot.attainment, Snapshot.created_at)
        .where(Snapshot.target_id == target.id)
        .order_by(Snapshot.id.desc())
        .limit(1)
    )
    held = host().session.execute(asked).first()
    if held is None:
        return []
    with acting_as(current_company(), SYSTEM):
        found = actuals.outcomes(actuals.rows_of([target.id]), reading.all_teams())[target.id]
    money = target.amount is not None
    facts = [
        Fact(label=pgettext("target", "Due"), value=display.read(held.quota, money)),
        Fact(
            label=pgettext("target", "Actual"),
            value=display.read(held.actual, money),
            share=None if held.attainment is None else float(held.attainment / 100),
        ),
    ]
    if found.actual is not None and found.actual != held.actual:
        later = found.actual - (held.actual or Decimal(0))
        facts.append(Fact(label=_("Difference since"), value=display.read(later, money)))
    return [Panel(title=gettext("At the closing"), facts=tuple(facts))]

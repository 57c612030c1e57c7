"""Attainment and pace on people's home pages."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from flask import url_for

from plugin_api import host
from plugin_api.cards import Bar, Card, CardContent, Line
from plugin_api.context import current_actor, current_company, gettext, today
from plugin_api.context import lazy_gettext as _
from plugin_api.measures import Measure, Ratio
from plugin_api.panels import Fact
from plugin_api.periods import month_start
from plugins.targets import display
from plugins.targets.routes import agree
from plugins.targets.services import reading, waiting
from plugins.targets.services.periods import Period, period_of, previous
from plugins.targets.services.reading import READ
from plugins.targets.services.standing import standings, to_go

MOST = 8
"""People shown on the team's card."""
MONTHS_SHOWN = 6
"""Of the course of a figure."""
MOST_PACE = Decimal(2)
"""A bar ends at twice the plan."""


def mine() -> CardContent:
    """The actor's own targets of this quarter, and what each working day still has to bring."""
    quarter = _quarter()
    me = next((p for p in reading.all_people() if p.id == current_actor().user_id), None)
    facts: list[Fact] = []
    for standing in standings(me, quarter) if me else ():
        stick, pacing = standing.stick, standing.pacing
        if stick is None or pacing is None:
            continue
        share = None if pacing.attainment is None else float(pacing.attainment)
        facts.append(
            Fact(
                label=stick.measure.label,
                value=display.share(pacing.attainment),
                share=share,
                href=url_for("targets.person", user_id=me.id) if me else None,
            )
        )
        if stick.additive:
            left = to_go(pacing)
            facts.append(Fact(label=gettext("To go"), value=display.figure(left, stick.unit)))
            needed = display.figure(pacing.needed_per_day, stick.unit)
            facts.append(Fact(label=gettext("Needed per working day"), value=needed))
            facts.append(Fact(label=gettext("Pace"), value=display.pace(pacing.pace)))
    return CardContent(
        facts=tuple(facts),
        note=_as_of(quarter),
        empty=gettext("You have no target this quarter."),
        more_href=url_for("targets.attainment"),
    )


def team() -> CardContent:
    """Everybody the actor leads: the pace of each, the slowest first."""
    quarter = _quarter()
    stick = next(
        (found for key in reading.measures_with_targets() if (found := reading.yardstick(key))),
        None,
    )
    if stick is None:
        return CardContent(empty=gettext("There are no targets yet."))
    rows = reading.attainment(stick, quarter, reading.all_teams(), reading.all_people())
    led = [(row, pace) for row in rows if row.level == "user" and (pace := row.pacing.pace)]
    led.sort(key=lambda pair: pair[1])
    bars = tuple(
        Bar(
            label=row.name,
            value=float(min(pace, MOST_PACE)),
            text=gettext(
                "pace %(pace)s · %(share)s",
                pace=display.pace(pace),
                share=display.share(row.pacing.attainment),
            ),
            href=url_for("targets.person", user_id=row.id),
        )
        for row, pace in led[:MOST]
    )
    return CardContent(
        bars=bars,
        note=f"{stick.measure.label} · {_as_of(quarter)}",
        empty=gettext("Nobody you lead has a target this quarter."),
        more_href=url_for("targets.attainment", measure=stick.measure.key),
    )


def to_agree() -> CardContent:
    """What the actor is asked to agree to, by one tap; then what waits to be confirmed."""
    asked, others = waiting.to_answer(MOST), waiting.to_confirm(MOST)
    page = url_for("targets.agree")
    lines = [
        Line(
            text=each.name,
            href=page,
            value=display.read(each.value, each.is_money),
            note=gettext("Do you agree?"),
            tone="info",
            action=agree.actions(each, ("accept",))[0],
        )
        for each in asked
    ]
    lines += [
        Line(
            text=each.name,
            href=page,
            value=display.read(
                each.value if each.countered is None else each.countered, each.is_money
            ),
            note=_WAITS[each.state],
            tone="warn" if each.state == "countered" else "neutral",
        )
        for each in others
    ]
    return CardContent(
        lines=tuple(lines[:MOST]),
        empty=gettext("No target waits for an answer."),
        more_href=page,
    )


_WAITS = {
    "proposed": _("Not answered yet"),
    "accepted": _("Accepted: to be confirmed"),
    "countered": _("Counter-proposal"),
}


def figures() -> CardContent:
    """This month's headline figures beside last month's, with the course of half a year."""
    month = period_of("month", today(), current_company().fiscal_year_start)
    before = previous(month)
    first = month_start(month.start, 1 - MONTHS_SHOWN)
    lines = []
    for measure in host().measures.all():
        if not (isinstance(measure, Ratio) or (measure.headline and not measure.snapshot)):
            continue
        points = host().measures.table(measure.key, first, month.end, by=("month",))
        found = {point.keys[0]: point.value for point in points}
        nothing = None if isinstance(measure, Ratio) else Decimal(0)
        months = [month_start(first, i) for i in range(MONTHS_SHOWN)]
        lines.append(_line(measure, [found.get(each, nothing) for each in months]))
    return CardContent(
        lines=tuple(lines[:MOST]),
        note=gettext("%(month)s, beside %(before)s", month=month.label, before=before.label),
        empty=gettext("No figures yet."),
    )


def _line(measure: Measure | Ratio, course: Sequence[Decimal | None]) -> Line:
    then, now = course[-2:]
    better = None
    if now is not None and then is not None and now != then:
        better = (now > then) == (measure.direction == "up")
    known = [value for value in course if value is not None]
    return Line(
        text=measure.label,
        href=url_for("targets.attainment", measure=measure.key),
        value=display.figure(now, measure.unit),
        note=display.figure(then, measure.unit),
        tone="neutral" if better is None else "good" if better else "warn",
        trend=[display.plain(value, measure.unit) for value in known],
    )


def _quarter() -> Period:
    return period_of("quarter", today(), current_company().fiscal_year_start)


def _as_of(period: Period) -> str:
    return str(gettext("%(period)s, as of today", period=period.label))


CARDS = (
    Card(id="mine", title=_("My attainment"), load=mine, permission=READ, roles=("rep",), order=20),
    Card(
        id="agree", title=_("Targets to agree"), load=to_agree, permission=READ,
        roles=("rep", "manager"), order=12,
    ),
    Card(
        id="team", title=_("Team pace"), load=team, permission=READ, roles=("manager",), order=10
    ),
    Card(
        id="figures", title=_("Figures of the month"), load=figures, permission=READ,
        roles=("analyst", "manager"), order=30,
    ),
)  # fmt: skip

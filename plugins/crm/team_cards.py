"""What leaders find on their home pages: what changed in the pipeline, and who needs help."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.cards import Card, CardContent, Line
from plugin_api.context import current_company, gettext, ngettext, today
from plugin_api.context import lazy_gettext as _
from plugin_api.models import model_of
from plugin_api.money import from_minor
from plugin_api.panels import Fact
from plugins.crm import display
from plugins.crm.cards import MOST, OPEN, READ, as_of, list_url, needing_a_step, spoken_day
from plugins.crm.models import Opportunity
from plugins.crm.services.attention import in_use, overdue, stalled
from plugins.crm.services.changed import Part, changed_since

DAYS = 7
WEEKS = 12
"""Of the course of what was won."""


def changed() -> CardContent:
    """The pipeline a week ago, what came, what went, and now: it adds up."""
    since = today() - timedelta(days=DAYS)
    found = changed_since(since)
    after = since + timedelta(days=1)
    sees = display.sees_amounts()

    def line(label: str, part: Part, sign: str, **asked: Any) -> Line:
        amount = f"{sign}{display.money(part.amount)}" if sees else ""
        count = ngettext("%(num)s opportunity", "%(num)s opportunities", part.count)
        return Line(
            text=label,
            href=list_url(**asked),
            value=amount or f"{sign}{part.count}",
            note=count if sees else "",
        )

    lines = [
        line(
            gettext("Open on %(day)s", day=spoken_day(since)),
            found.opening,
            "",
            outcome__ne="void",
            where=_reckoned(since, before=True),
        ),
        line(
            gettext("New"),
            found.created,
            "+",
            outcome__ne="void",
            created_on__gte=after,
            where=_reckoned(since),
        ),
        line(gettext("Won"), found.won, "−", outcome="won", closed_on__gte=after),
        line(gettext("Lost"), found.lost, "−", outcome="lost", closed_on__gte=after),
        line(gettext("Open now"), found.closing, "= ", **OPEN),
    ]
    facts = [
        Fact(label=gettext("Went to another stage"), value=found.moved),
        Fact(label=gettext("Expected close put off"), value=found.postponed),
    ]
    if sees:
        course = _won_by_week()
        facts.insert(0, Fact(label=gettext("Won in the last 7 days"),
                             value=display.money(found.won.amount), trend=course))  # fmt: skip
    return CardContent(
        facts=tuple(facts),
        lines=tuple(lines),
        note=gettext("%(as_of)s; amounts as they are now", as_of=as_of()),
        more_href=list_url(**OPEN, view="kanban"),
    )


def helped() -> CardContent:
    """Whose open opportunities stall or are overdue, the most first."""
    person: Any = model_of("core.User")
    stalling = sa.func.count(sa.case((stalled(), 1)))
    late = sa.func.count(sa.case((overdue(), 1)))
    amount = sa.func.coalesce(sa.func.sum(Opportunity.amount_company), 0)
    count = sa.func.count(Opportunity.id)
    rows = host().session.execute(
        sa.select(person.id, person.name, stalling, late, amount, count)
        .join(Opportunity, Opportunity.owner_id == person.id)
        .where(
            in_use(),
            sa.or_(overdue(), stalled()),
            host().records.visible(Opportunity),
        )
        .group_by(person.id, person.name)
        .order_by(count.desc(), person.id)
        .limit(MOST)
    )
    sees, needy = display.sees_amounts(), needing_a_step()
    lines = tuple(
        Line(
            text=name,
            href=list_url(**OPEN, owner=id_, where=needy, sort="expected_close"),
            value=ngettext("%(num)s needs a step", "%(num)s need a step", needing),
            note=" · ".join(
                part
                for part in (
                    gettext("%(num)s overdue", num=overdue_count) if overdue_count else "",
                    gettext("%(num)s stalling", num=stalling_count) if stalling_count else "",
                    display.money(total) if sees else "",
                )
                if part
            ),
            tone="bad" if overdue_count else "warn",
        )
        for id_, name, stalling_count, overdue_count, total, needing in rows
    )
    return CardContent(
        lines=lines,
        note=as_of(),
        empty=gettext("Nothing is overdue and nothing stalls."),
        more_href=list_url(**OPEN, where=needy, sort="expected_close"),
    )


def _reckoned(since: date, *, before: bool = False) -> str:
    """Conditions of an address, as :func:`changed_since` counts: open and in use, or closed after
    a day; ``before``: not created after it."""
    day = since.isoformat()
    made = [
        {"any": [{"outcome": "open"}, {"closed_on__gt": day}]},
        {"any": [{"outcome__ne": "open"}, {"archived": "false"}]},
    ]
    if before:
        made.append({"any": [{"created_on__isnull": "true"}, {"created_on__lte": day}]})
    return json.dumps({"all": made})


def _won_by_week() -> list[float]:
    """What was won in each of the last weeks, in major units."""
    monday = today() - timedelta(days=today().weekday())
    first = monday - timedelta(weeks=WEEKS - 1)
    points = host().measures.table("crm.won_amount", first, today(), by=("week",))
    found = {point.keys[0]: point.value or 0 for point in points}
    unit = from_minor(1, current_company().currency)
    return [float(unit * found.get(first + timedelta(weeks=i), 0)) for i in range(WEEKS)]


CARDS = (
    Card(
        id="changed", title=_("Pipeline since last week"), load=changed, permission=READ,
        roles=("manager",), order=15,
    ),
    Card(
        id="help", title=_("Who needs help"), load=helped, permission=READ,
        roles=("manager",), order=18,
    ),
)  # fmt: skip

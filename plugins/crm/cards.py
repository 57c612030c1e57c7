"""What people find on their home pages: deals that need them, that close soon, by stage."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask_babel import format_date

from plugin_api import host
from plugin_api.cards import Bar, Card, CardContent, Line
from plugin_api.context import current_actor, current_company, gettext, today
from plugin_api.context import lazy_gettext as _
from plugin_api.panels import Fact
from plugins.crm import display
from plugins.crm.models import Opportunity
from plugins.crm.services.attention import in_use, overdue, stalled
from plugins.crm.services.stages import default_pipeline, steps, steps_of

MOST = 8
"""Opportunities that a card names."""
SOON = 30
"""Days ahead that closing soon looks."""
READ = "crm.Opportunity.read"
OPEN = {"outcome": "open", "archived": "false"}
"""What the address of a list holds to show open ones in use."""


def attention() -> CardContent:
    """Open ones whose expected close has passed or that stall, the largest first."""
    now = today()
    rows = _open(sa.or_(overdue(), stalled()), _largest())
    lines = []
    for row in rows:
        late = row.expected_close is not None and row.expected_close < now
        words = gettext("expected for %(day)s", day=spoken_day(row.expected_close))
        if not late:
            step = steps().get(row.stage_id)
            words = gettext(
                "in “%(stage)s” since %(day)s",
                stage=step.name if step else "",
                day=spoken_day(row.stage_since),
            )
        lines.append(_line(row, note=words, tone="bad" if late else "warn"))
    return CardContent(
        lines=tuple(lines),
        note=as_of(),
        empty=gettext("Nothing is overdue and nothing stalls."),
        more_href=list_url(**open_mine(), where=needing_a_step(), sort="expected_close"),
    )


def closing() -> CardContent:
    """Open ones that are to close soon, the next first."""
    now = today()
    until = now + timedelta(days=SOON)
    soon = Opportunity.expected_close.between(now, until)
    amount, weighted = (
        host()
        .session.execute(
            sa.select(
                sa.func.coalesce(sa.func.sum(Opportunity.amount_company), 0),
                sa.func.coalesce(sa.func.sum(Opportunity.weighted_amount), 0),
            ).where(soon, *_mine())
        )
        .one()
    )
    rows = _open(soon, Opportunity.expected_close, Opportunity.id)
    return CardContent(
        facts=(
            Fact(label=gettext("Amount"), value=display.money(amount)),
            Fact(label=gettext("Weighted amount"), value=display.money(weighted)),
        )
        if rows and display.sees_amounts()
        else (),
        lines=tuple(_line(row, note=spoken_day(row.expected_close)) for row in rows),
        note=as_of(),
        empty=gettext("Nothing is expected to close in the next %(days)d days.", days=SOON),
        more_href=list_url(
            **open_mine(), sort="expected_close", expected_close__gte=now,
            expected_close__lte=until,
        ),
    )  # fmt: skip


def pipeline() -> CardContent:
    """What is open in each stage of the default pipeline, within what the actor may see."""
    if not display.sees_amounts():
        return CardContent(empty=gettext("Your role does not show amounts."))
    pipeline_id = default_pipeline()
    asked = (
        sa.select(Opportunity.stage_id, sa.func.sum(Opportunity.amount_company))
        .where(
            Opportunity.pipeline_id == pipeline_id,
            in_use(),
            host().records.visible(Opportunity),
        )
        .group_by(Opportunity.stage_id)
    )
    amounts = {stage: int(amount or 0) for stage, amount in host().session.execute(asked)}
    return CardContent(
        bars=tuple(
            Bar(
                label=step.name,
                value=float(amounts[step.id]),
                text=display.money(amounts[step.id]),
                href=list_url(**OPEN, stage=step.id),
            )
            for step in steps_of(pipeline_id or 0)
            if amounts.get(step.id)
        ),
        note=as_of(),
        empty=gettext("No opportunity is open."),
        more_href=list_url(**OPEN, parent=pipeline_id, view="kanban"),
    )


CARDS = (
    Card(
        id="attention",
        title=_("Opportunities that need you"),
        load=attention,
        permission=READ,
        roles=("rep", "manager"),
        order=20,
    ),
    Card(
        id="closing",
        title=_("Closing soon"),
        load=closing,
        permission=READ,
        roles=("rep", "manager"),
        order=40,
    ),
    Card(
        id="pipeline",
        title=_("Open pipeline by stage"),
        load=pipeline,
        permission=READ,
        roles=("manager", "analyst", "finance"),
        order=30,
    ),
)


def _open(condition: Any, *order: Any) -> list[Any]:
    asked = (
        sa.select(
            Opportunity.id,
            Opportunity.name,
            Opportunity.stage_id,
            Opportunity.amount_company,
            Opportunity.expected_close,
            Opportunity.stage_since,
        )
        .where(condition, *_mine())
        .order_by(*order)
        .limit(MOST)
    )
    return list(host().session.execute(asked))


def _mine() -> tuple[Any, ...]:
    """Open ones in use: a rep's own, not those of which the rep has a share; else all seen."""
    actor = current_actor()
    if actor.grants.get(READ) == "own":
        whose: sa.ColumnElement[bool] = Opportunity.owner_id == actor.user_id
    else:
        whose = host().records.visible(Opportunity)
    return in_use(), whose


def _largest() -> Any:
    if not display.sees_amounts():
        return Opportunity.expected_close
    return sa.func.coalesce(Opportunity.amount_company, 0).desc()


def _line(row: Any, **kw: Any) -> Line:
    return Line(
        text=row.name,
        href=host().record_url("crm.Opportunity", row.id),
        value=""
        if row.amount_company is None or not display.sees_amounts()
        else display.money(row.amount_company),
        **kw,
    )


def spoken_day(day: Any) -> str:
    """A day in words; empty for none."""
    return str(format_date(day, "medium")) if day else ""


def as_of() -> str:
    """Currency and day."""
    return str(
        gettext(
            "%(currency)s, as of %(day)s",
            currency=current_company().currency,
            day=spoken_day(today()),
        )
    )


def open_mine() -> dict[str, Any]:
    """What the address of a list holds to show the same as :func:`_mine`."""
    actor = current_actor()
    return {**OPEN, "owner": actor.user_id} if actor.grants.get(READ) == "own" else OPEN


def needing_a_step() -> str:
    """Conditions of an address: overdue, or stalled."""
    day = today().isoformat()
    return any_of({"expected_close__lt": day}, {"stalls_on__lte": day})


def any_of(*conditions: Mapping[str, str]) -> str:
    """Conditions of an address of which one must hold."""
    return json.dumps({"any": conditions})


def list_url(**arguments: Any) -> str:
    """The list of opportunities in a state."""
    return host().list_url("crm.Opportunity", arguments)

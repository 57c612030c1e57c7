"""What stands beside an account, a lead, a place, a pool and a rule."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from flask_babel import format_date, format_decimal

from plugin_api import host
from plugin_api.context import (
    gettext,
    has_permission,
    ngettext,
    pgettext,
    today,
)
from plugin_api.masking import masked
from plugin_api.models import CompanyModel
from plugin_api.panels import Action, Fact, Panel
from plugins.crm.api import Account, Lead
from plugins.pools import display
from plugins.pools.access import GIVE_BACK, READ
from plugins.pools.models import Place, Pool, Rule
from plugins.pools.services import due, kinds, moving, returning

SOON = dt.timedelta(days=7)
REACHED_BY = ("phone", "mobile", "email")


def for_record(record: CompanyModel) -> list[Panel]:
    """Panels of a record."""
    if not has_permission(READ):
        return []
    if isinstance(record, Account | Lead):
        return _of_held(record)
    if isinstance(record, Place):
        return _of_place(record)
    if isinstance(record, Pool):
        return [_coming(gettext("Returns with its rules"), pool=record)]
    if isinstance(record, Rule):
        return [_coming(gettext("Returns by this rule"), rule=record)]
    return []


def _of_held(record: CompanyModel) -> list[Panel]:
    """From which pool it is held, and when it returns unless something happens."""
    kind = kinds.kind_of(record)
    asked = sa.select(Place).where(kinds.column_of(kind) == record.id)
    place = host().session.scalars(asked).first()
    if place is None or not host().records.may(place, "read"):
        return []
    href = host().record_url("pools.Place", place.id)
    pool = moving.pool_of(place)
    facts = [Fact(label=gettext("Pool"), value=pool.name, href=href)]
    facts += _until(place)
    actions: tuple[Action, ...] = ()
    if place.state == "held" and has_permission(GIVE_BACK):
        actions = (
            Action(
                label=gettext("Give back"), href=f"{href}/transitions/give_back",
                icon="box-arrow-in-left", dialog=True,
            ),
        )  # fmt: skip
    return [Panel(title=gettext("Public pool"), facts=tuple(facts), actions=actions)]


def _until(place: Place) -> list[Fact]:
    if place.state != "held":
        return []
    facts = [Fact(label=gettext("Held since"), value=format_date(place.since, "medium"))]
    if place.locked and (place.locked_until is None or place.locked_until >= today()):
        return [*facts, Fact(label=gettext("Locked"), value=_locked(place.locked_until))]
    for each in due.returns(places=[place.id]):
        facts.append(Fact(label=gettext("Returns"), value=display.day(each.due)))
        facts.append(Fact(label=each.rule, value=returning.why(each)))
    return facts


def _locked(until: dt.date | None) -> str:
    if until is None:
        return str(gettext("until it is unlocked"))
    return str(gettext("until %(day)s", day=format_date(until, "medium")))


def _of_place(place: Place) -> list[Panel]:
    """How to reach them, as far as the pool shows it, and when it returns."""
    record, pool = moving.record_of(place), moving.pool_of(place)
    whole = not pool.masked or host().records.may(record, "read")
    facts = []
    for name in REACHED_BY:
        value = getattr(record, name, None)
        if value:
            info = type(record).__table__.columns[name].info["field"]
            shown = value if _sees(record, name, whole) else masked(info.kind, value)
            facts.append(Fact(label=info.label, value=shown))
    note = ""
    if facts and not whole:
        note = gettext("Shown whole once it is claimed.")
    found = [Panel(title=gettext("How to reach them"), facts=tuple(facts), note=note)]
    held = _until(place)
    if held:
        found.append(Panel(title=pgettext("pool", "Return"), facts=tuple(held)))
    return [panel for panel in found if panel.facts]


def _sees(record: CompanyModel, name: str, whole: bool) -> bool:
    return whole and host().records.may_read(type(record), name)


def _coming(title: str, pool: Pool | None = None, rule: Rule | None = None) -> Panel:
    """How many return on which of the next days; of a rule also while it is off."""
    of = pool or moving.pool_by(rule.pool_id if rule is not None else 0)
    found = due.returns(
        today() + SOON,
        rules=[rule.id] if rule is not None else None,
        where=(Place.pool_id == of.id,),
    )
    by_day: dict[dt.date, int] = {}
    for each in found:
        on = max(each.due, today())
        by_day[on] = by_day.get(on, 0) + 1
    facts = tuple(
        Fact(label=display.day(on), value=format_decimal(count)) for on, count in by_day.items()
    )
    note = ngettext("In the next %(num)d day.", "In the next %(num)d days.", SOON.days)
    if not facts:
        note = gettext("Nothing returns in the next days.")
    elif rule is not None and not rule.active:
        note = gettext("The rule is off: this is what it would do.")
    return Panel(title=title, facts=facts, note=note)

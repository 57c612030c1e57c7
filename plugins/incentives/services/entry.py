"""What plans and what belongs to them must be like, whichever way they come in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from babel.numbers import is_currency

from plugin_api import host
from plugin_api.context import current_actor, current_company, gettext, today
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel
from plugin_api.periods import check_day
from plugins.incentives.models import (
    Adjustment,
    Component,
    Dispute,
    Entry,
    Participant,
    Payout,
    Plan,
    Rate,
    Statement,
    Step,
    Version,
)
from plugins.incentives.services import parts, periods, reading

Changes = Mapping[str, tuple[Any, Any]]
WRITTEN = (
    "incentives.Plan", "incentives.Version", "incentives.Component", "incentives.Step",
    "incentives.Participant", "incentives.Adjustment", "incentives.Dispute", "incentives.Payout",
    "incentives.Statement", "incentives.Rate",
)  # fmt: skip


def before_create(record: CompanyModel) -> None:
    """Complete or refuse a new record. Raises Rejected."""
    if isinstance(record, Version):
        top = sa.select(sa.func.max(Version.number)).where(Version.plan_id == record.plan_id)
        record.number = (_one(top) or 0) + 1
        record.name = f"{_plan(record.plan_id).name} · {record.number}"[:200]
        _check_days(record)
    elif isinstance(record, Adjustment):
        record.asked_id = current_actor().user_id
        _check_adjustment(record)
    elif isinstance(record, Dispute):
        _begin(record)
    else:
        _check(record)


def before_update(record: CompanyModel, changes: Changes) -> None:
    """Complete or refuse a change. Raises Rejected."""
    if isinstance(record, Version):
        _check_version(record, changes)
    elif isinstance(record, Plan):
        if "period" in changes and _one(sa.select(Version.id).where(Version.plan_id == record.id)):
            raise Rejected("period", gettext("It has versions: they are cut by this period."))
    elif isinstance(record, Adjustment):
        if "state" not in changes:
            if record.state != "asked":
                raise Rejected("", gettext("It is decided: what was asked for stays as it is."))
            # Whoever says what it is to be is who asks: somebody else decides.
            record.asked_id = current_actor().user_id
        _check_adjustment(record)
    elif isinstance(record, Statement | Dispute | Payout):
        _check_kept(record, changes)
    else:
        _check(record)
        _check_move(record, changes)


def _check_version(record: Version, changes: Changes) -> None:
    touched = [name for name in changes if name not in ("state", "valid_to")]
    if record.state != "draft" and touched and "state" not in changes:
        raise Rejected(touched[0], gettext("It is in force: make another version of it."))
    if "plan_id" in changes:
        raise Rejected("plan", gettext("It stays with its plan."))
    _check_days(record)
    _check_end(record)


def _check_kept(record: Statement | Dispute | Payout, changes: Changes) -> None:
    if isinstance(record, Statement) and "currency" in changes:
        raise Rejected("currency", gettext("It is worked out in the company's currency."))
    if isinstance(record, Dispute) and "statement_id" in changes:
        raise Rejected("statement", gettext("It stays with its statement."))
    if isinstance(record, Payout) and record.state == "paid" and "state" not in changes:
        raise Rejected("", gettext("It is paid: it stays as it is."))


def before_delete(record: CompanyModel) -> None:
    """What was in force or paid stays. Raises Rejected."""
    if isinstance(record, Version) and record.state != "draft":
        raise Rejected("", gettext("It was in force: what was paid by it rests on it."))
    if isinstance(record, Component):
        _draft_of(record.plan_version_id)
    elif isinstance(record, Step | Rate):
        _draft_of(_component(record.component_id).plan_version_id)
    elif isinstance(record, Participant):
        _check_unpaid(record.plan_id, record.user_id)
    elif isinstance(record, Adjustment) and record.state != "asked":
        raise Rejected("", gettext("It is decided: what was asked for stays as it is."))
    elif isinstance(record, Payout) and record.state == "paid":
        raise Rejected("", gettext("It is paid: it stays as it is."))


def _check_move(record: CompanyModel, changes: Changes) -> None:
    """What a part is taken out of may be in force as well; a person acknowledges for themselves."""
    if isinstance(record, Component) and "plan_version_id" in changes:
        _draft_of(changes["plan_version_id"][0])
    elif isinstance(record, Step | Rate) and "component_id" in changes:
        _draft_of(_component(changes["component_id"][0]).plan_version_id)
    elif isinstance(record, Participant) and {"user_id", "plan_id"} & changes.keys():
        plan_id, _to = changes.get("plan_id", (record.plan_id, None))
        user_id, _to = changes.get("user_id", (record.user_id, None))
        _check_unpaid(plan_id, user_id)
        record.acknowledged_id = record.acknowledged_at = None


def _check_unpaid(plan_id: int, user_id: int) -> None:
    paid = sa.select(Entry.id).where(Entry.plan_id == plan_id, Entry.user_id == user_id)
    if _one(paid.limit(1)) is not None:
        raise Rejected("", gettext("There are entries for it: say when it ends instead."))


def _check(record: CompanyModel) -> None:
    if isinstance(record, Component):
        _draft_of(record.plan_version_id)
        parts.check(record)
    elif isinstance(record, Step):
        part = _component(record.component_id)
        _draft_of(part.plan_version_id)
        if record.second_start and part.rule != "matrix":
            raise Rejected("second_start", gettext("Only in a table of two attainments."))
    elif isinstance(record, Rate):
        part = _component(record.component_id)
        _draft_of(part.plan_version_id)
        parts.check_row(record, part)
    elif isinstance(record, Participant):
        _check_participant(record)


def _check_end(version: Version) -> None:
    """What was approved by a version is not put out of its days."""
    if version.valid_to is None or version.state == "draft":
        return
    asked = sa.select(Entry.start).join(Statement, Statement.id == Entry.statement_id).where(
        Entry.plan_version_id == version.id, Entry.end > version.valid_to,
        Statement.state != "open",
    )  # fmt: skip
    day = _one(asked.order_by(Entry.start.desc()).limit(1))
    if day is not None:
        said = gettext("The period from %(day)s is approved by these rules.", day=day.isoformat())
        raise Rejected("valid_to", said)


def _check_days(version: Version) -> None:
    plan = _plan(version.plan_id)
    check_day("valid_from", version.valid_from)
    check_day("valid_to", version.valid_to)
    year = current_company().fiscal_year_start
    whole = periods.period_of(plan.period, version.valid_from, year)
    if version.valid_from != whole.start:
        raise Rejected(
            "valid_from",
            gettext("The period of this plan begins on %(day)s.", day=whole.start.isoformat()),
        )
    if version.valid_to is None:
        return
    last = periods.period_of(plan.period, version.valid_to, year).end
    if version.valid_to != last:
        raise Rejected(
            "valid_to", gettext("The period of this plan ends on %(day)s.", day=last.isoformat())
        )
    if version.valid_to < version.valid_from:
        raise Rejected("valid_to", gettext("The end is before the start."))


def _check_participant(record: Participant) -> None:
    if record.ends_on is not None and record.ends_on < record.starts_on:
        raise Rejected("ends_on", gettext("The end is before the start."))
    if record.draw is not None and record.draw < 0:
        raise Rejected("draw", gettext("A draw is not negative."))
    record.paid_in = (record.paid_in or "").strip().upper() or None
    if record.paid_in is not None and not is_currency(record.paid_in):
        raise Rejected("paid_in", gettext("“%(code)s” is no currency.", code=record.paid_in))
    try:
        reading.ramp_of(record.ramp)
    except ValueError as wrong:
        said = gettext("“%(text)s” is no percentage from 0 to 200.", text=str(wrong))
        raise Rejected("ramp", said) from None
    check_day("starts_on", record.starts_on)
    check_day("ends_on", record.ends_on)
    # A period has one calculation for a person: who comes back does so in another.
    plan, year = _plan(record.plan_id), current_company().fiscal_year_start
    first = periods.period_of(plan.period, record.starts_on, year).start
    asked = sa.select(Participant.id).where(
        Participant.plan_id == record.plan_id, Participant.user_id == record.user_id,
        sa.or_(Participant.ends_on.is_(None), Participant.ends_on >= first),
    )  # fmt: skip
    if record.ends_on is not None:
        last = periods.period_of(plan.period, record.ends_on, year).end
        asked = asked.where(Participant.starts_on <= last)
    if record.id is not None:
        asked = asked.where(Participant.id != record.id)
    if _one(asked.limit(1)) is not None:
        raise Rejected("starts_on", gettext("The person takes part in this period already."))


def _check_adjustment(record: Adjustment) -> None:
    if not record.amount:
        raise Rejected("amount", gettext("Say how much."))
    check_day("day", record.day)
    if record.day > today() + dt.timedelta(days=366):
        raise Rejected("day", gettext("This is too far ahead."))


def _begin(dispute: Dispute) -> None:
    statement = host().records.get(Statement, dispute.statement_id)
    dispute.user_id = statement.user_id
    due, left = today(), int(host().setting("incentives.answer_days"))
    while left:
        due += dt.timedelta(days=1)
        left -= host().calendar.is_work_day(due)
    dispute.due_on = due


def _draft_of(plan_version_id: int) -> Version:
    version = _one(sa.select(Version).where(Version.id == plan_version_id))
    if version.state != "draft":
        raise Rejected("", gettext("It is in force: make another version of it."))
    return version  # type: ignore[no-any-return]


def _plan(plan_id: int) -> Plan:
    return _one(sa.select(Plan).where(Plan.id == plan_id))  # type: ignore[no-any-return]


def _component(component_id: int) -> Component:
    return _one(sa.select(Component).where(Component.id == component_id))  # type: ignore[no-any-return]


def _one(asked: sa.Select[Any]) -> Any:
    with host().session.no_autoflush:
        return host().session.scalar(asked)

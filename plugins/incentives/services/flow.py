"""How versions, statements, payouts, adjustments and disputes move on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, current_company, gettext, today
from plugin_api.errors import Rejected
from plugins.incentives.models import (
    Adjustment,
    Component,
    Dispute,
    Payout,
    Plan,
    Rate,
    Statement,
    Step,
    Version,
)
from plugins.incentives.models.common import BY_QUOTA
from plugins.incentives.rules import matrix, tiers
from plugins.incentives.services import paying, periods, posting, reading

PARTS = ("name", "position", "measure", "credit", "only_by", "only", "basis", "each_by",
         "most_each", "earned_over", "rule", "rate", "rated_by", "each", "budget", "variable",
         "quota", "formula", "second_measure", "second_quota", "least", "least_by")  # fmt: skip


def check_publish(version: Version, values: Mapping[str, Any]) -> None:
    """Its components are whole, and no period that is approved already would be paid anew.
    Raises Rejected."""
    check_parts(version)
    approved = sa.select(Statement.start).where(
        Statement.plan_id == version.plan_id, Statement.state != "open",
        Statement.end >= version.valid_from,
    )  # fmt: skip
    last = host().session.scalar(approved.order_by(Statement.start.desc()).limit(1))
    if last is not None:
        raise Rejected(
            "valid_from",
            gettext("The period from %(day)s is approved by other rules.", day=last.isoformat()),
        )
    newer = sa.select(Version.name).where(
        Version.plan_id == version.plan_id, Version.state == "published",
        Version.valid_from >= version.valid_from,
    )  # fmt: skip
    name = host().session.scalar(newer.limit(1))
    if name is not None:
        raise Rejected("valid_from", gettext("“%(name)s” begins then or later.", name=name))


def check_parts(version: Version) -> None:
    """It has components, and each has what its rule needs. Raises Rejected."""
    parts = components_of(version)
    if not parts:
        raise Rejected("", gettext("It has no component: nothing would be paid."))
    steps, rows = _steps([part.id for part in parts]), _rows([part.id for part in parts])
    for part in parts:
        said = _lacking(part, steps.get(part.id, []))
        if part.rule == "table" and part.rate is None and not rows.get(part.id):
            said = str(gettext("A table of rates needs a row, or a rate for all others."))
        if said:
            raise Rejected("", f"{part.name}: {said}")


def publish(version: Version, values: dict[str, Any]) -> None:
    """It is in force; the one before ends on the day before."""
    before = sa.select(Version).where(
        Version.plan_id == version.plan_id, Version.state == "published"
    )
    last = version.valid_from - dt.timedelta(days=1)
    for each in host().session.scalars(before):
        if each.valid_to is None or each.valid_to > last:
            each.valid_to = last
        each.state = "ended"


def check_end(version: Version, values: Mapping[str, Any]) -> None:
    """A version ends with a period. Raises Rejected."""
    if values.get("valid_to") is None and version.valid_to is None:
        raise Rejected("valid_to", gettext("Say when it ends."))


def again(version: Version, values: dict[str, Any]) -> Mapping[str, Any]:
    """A draft that says the same, from the next period on. Raises Rejected."""
    plan = host().session.get_one(Plan, (version.company_id, version.plan_id))
    year = current_company().fiscal_year_start
    day = max(today(), version.valid_from)
    start = periods.period_of(plan.period, day, year).end + dt.timedelta(days=1)
    names = ("cap", "carried", "by_calendar", "terms")
    made = host().records.create(
        Version,
        {"plan_id": version.plan_id, "valid_from": start, "reason": values.get("reason"),
         **{name: getattr(version, name) for name in names}},
    )  # fmt: skip
    parts = components_of(version)
    steps, rows = _steps([part.id for part in parts]), _rows([part.id for part in parts])
    for part in parts:
        copied = host().records.create(
            Component, {"plan_version_id": made.id, **{name: getattr(part, name) for name in PARTS}}
        )
        host().records.create_many(
            Step,
            [{"component_id": copied.id, "start": step.start, "second_start": step.second_start,
              "rate": step.rate}
             for step in steps.get(part.id, [])],
        )  # fmt: skip
        host().records.create_many(
            Rate, [{"component_id": copied.id, "value": row.value, "rate": row.rate}
                   for row in rows.get(part.id, [])],
        )  # fmt: skip
    values.clear()
    return {"open": made}


def components_of(version: Version) -> list[Component]:
    """Components in their order."""
    asked = sa.select(Component).where(Component.plan_version_id == version.id)
    return list(host().session.scalars(asked.order_by(Component.position, Component.id)))


def check_approve(statement: Statement, values: Mapping[str, Any]) -> None:
    """A period that has ended, without a dispute. Raises Rejected."""
    if statement.user_id == current_actor().user_id:
        raise Rejected("", gettext("Somebody else approves one's own pay."))
    if statement.end >= today():
        raise Rejected("", gettext("The period has not ended."))
    open_ = sa.select(Dispute.id).where(
        Dispute.statement_id == statement.id, Dispute.state == "open"
    )
    if host().session.scalar(open_.limit(1)) is not None:
        raise Rejected("", gettext("A dispute about it is open."))


def approved(statement: Statement, values: dict[str, Any]) -> None:
    """What it comes to stays, in the currency that the person is paid in as well."""
    paying.fix(statement)


def reopened(statement: Statement, values: dict[str, Any]) -> None:
    """It may change again."""
    paying.clear(statement)


def gather(payout: Payout, values: dict[str, Any]) -> None:
    """Take in what is approved and in no payout."""
    session = host().session
    free = sa.select(Statement).where(Statement.state == "approved", Statement.payout_id.is_(None))
    for statement in session.scalars(free.order_by(Statement.id).with_for_update()):
        statement.payout_id = payout.id
    session.flush()
    _count(payout)


def _count(payout: Payout) -> None:
    sums = sa.select(
        sa.func.coalesce(sa.func.sum(Statement.amount), 0),
        sa.func.count(sa.distinct(Statement.user_id)),
    ).where(Statement.payout_id == payout.id)
    amount, people = host().session.execute(sums).one()
    payout.amount, payout.people = int(amount), people


def release(payout: Payout, values: dict[str, Any]) -> None:
    """Let its statements go."""
    host().session.execute(
        sa.update(Statement)
        .where(Statement.payout_id == payout.id, Statement.state != "paid")
        .values(payout_id=None)
    )
    host().session.flush()
    _count(payout)


def check_pay(payout: Payout, values: Mapping[str, Any]) -> None:
    """There is something to pay. Raises Rejected."""
    if not payout.people:
        raise Rejected("", gettext("It has no statement: gather those that are approved."))


def pay(payout: Payout, values: dict[str, Any]) -> None:
    """What is paid stays as it is."""
    paid_on = values.pop("paid_on", None) or today()
    asked = sa.select(Statement).where(Statement.payout_id == payout.id)
    for statement in host().session.scalars(asked.order_by(Statement.id).with_for_update()):
        if statement.state != "paid":
            paying.fix(statement, paid_on)
            host().records.transition(statement, "pay")
    _count(payout)
    payout.paid_on = paid_on


def check_paid(statement: Statement, values: Mapping[str, Any]) -> None:
    """Statements are paid by a payout. Raises Rejected."""
    if statement.payout_id is None:
        raise Rejected("", gettext("Statements are paid by a payout."))


def check_reopen(statement: Statement, values: Mapping[str, Any]) -> None:
    """Not once it is being paid. Raises Rejected."""
    if statement.payout_id is not None:
        raise Rejected("", gettext("It is in a payout."))


def check_decide(adjustment: Adjustment, values: Mapping[str, Any]) -> None:
    """By somebody else than who has asked and who gets it. Raises Rejected."""
    if current_actor().user_id in (adjustment.asked_id, adjustment.user_id):
        raise Rejected("", gettext("Somebody else decides on it."))


def approve(adjustment: Adjustment, values: dict[str, Any]) -> None:
    """Enter it."""
    plan = host().session.get_one(Plan, (adjustment.company_id, adjustment.plan_id))
    posting.adjust(plan, adjustment.user_id, adjustment.day, adjustment.amount, adjustment.reason)
    adjustment.decided_id = current_actor().user_id


def refuse(adjustment: Adjustment, values: dict[str, Any]) -> None:
    """Note who has refused."""
    adjustment.decided_id = current_actor().user_id


def check_answer(dispute: Dispute, values: Mapping[str, Any]) -> None:
    """Not by whose pay it is. Raises Rejected."""
    if dispute.user_id == current_actor().user_id:
        raise Rejected("", gettext("Somebody else answers it."))


def answered(dispute: Dispute, values: dict[str, Any]) -> None:
    """Note when, and tell who has asked."""
    dispute.answered_on = today()
    dispute.answer = values.pop("answer", None) or dispute.answer
    if dispute.user_id is not None:
        host().remind(dispute, [dispute.user_id], gettext("Your dispute is answered."))


def _steps(ids: list[int]) -> dict[int, list[Step]]:
    made: dict[int, list[Step]] = {}
    asked = sa.select(Step).where(Step.component_id.in_(ids)).order_by(Step.start)
    for step in host().session.scalars(asked):
        made.setdefault(step.component_id, []).append(step)
    return made


def _rows(ids: list[int]) -> dict[int, list[Rate]]:
    made: dict[int, list[Rate]] = {}
    asked = sa.select(Rate).where(Rate.component_id.in_(ids)).order_by(Rate.id)
    for row in host().session.scalars(asked):
        made.setdefault(row.component_id, []).append(row)
    return made


def _lacking(part: Component, steps: list[Step]) -> str:
    if part.rule in ("flat", "bonus", "formula", "table"):
        return ""
    if part.rule in BY_QUOTA and not part.variable:
        return str(gettext("Say what reaching the quota brings."))
    if part.rule == "curve":
        return "" if steps else str(gettext("A payout by attainment needs points."))
    try:
        if part.rule == "matrix":
            matrix.grid([reading.cell_of(step) for step in steps])
            return ""
        tiers.table([tiers.Step(step.start, step.rate) for step in steps])
    except ValueError:
        if part.rule == "matrix":
            return str(gettext("A table needs a step for each pair of a row and a column."))
        return str(gettext("It needs steps, of which the first begins at 0."))
    return ""

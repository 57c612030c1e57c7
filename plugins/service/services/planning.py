"""Return visits that plans ask for, each once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.conditions import criteria
from plugin_api.context import SYSTEM, acting_as, current_company, gettext, today
from plugin_api.models import model_of
from plugins.crm.api import Account, Contact
from plugins.service.models import Case, Visit, VisitPlan

MOST = 2000
"""Visits that a plan makes in one run."""
AHEAD = 7
"""Days before it is due that a regular visit is made."""


def plan_all() -> int:
    """Make what the plans in force ask for; how many. A run more makes nothing more."""
    asked = sa.select(VisitPlan).where(VisitPlan.active).order_by(VisitPlan.id)
    return sum(len(plan(each)) for each in host().session.scalars(asked).all())


def plan(rule: VisitPlan) -> list[Visit]:
    """Make what one plan asks for. A few statements, however many there are."""
    # Who plans by the same rule meanwhile waits, and finds what was made.
    host().session.execute(sa.select(VisitPlan.id).where(VisitPlan.id == rule.id).with_for_update())
    found = _WANTED[rule.trigger](rule)
    if not found:
        return []
    contacts = _contacts({row.account_id for row in found})
    made = host().records.create_many(
        Visit,
        [
            {
                "account_id": row.account_id, "contact_id": contacts.get(row.account_id),
                "questionnaire_id": rule.questionnaire_id, "due_on": row.due,
                "owner_id": rule.owner_id or row.owner_id, "product_id": rule.product_id,
                "order_number": getattr(row, "order_number", None),
            }
            for row in found
        ],
    )  # fmt: skip
    for visit, row in zip(made, found, strict=True):
        visit.plan_id, visit.source = rule.id, row.source
        visit.case_id = getattr(row, "case_id", None)
        visit.name = f"{visit.name} · {rule.name}"[:300]
    host().session.flush()
    return made


class _Row:
    """A visit that is wanted."""

    def __init__(self, source: str, account_id: int, owner_id: int | None, due: dt.date) -> None:
        self.source, self.account_id = source, account_id
        self.owner_id, self.due = owner_id, due
        self.case_id: int | None = None
        self.order_number: str | None = None


def _regular(rule: VisitPlan) -> list[_Row]:
    """Accounts whose last visit of the plan is so long ago, and that have none to be made."""
    day = today()
    last = (
        sa.select(
            Visit.account_id,
            sa.func.max(sa.func.coalesce(Visit.done_on, Visit.due_on)).label("day"),
            sa.func.max(sa.case((Visit.state == "planned", 1), else_=0)).label("waiting"),
        )
        .where(Visit.plan_id == rule.id, Visit.previous_id.is_(None))
        .group_by(Visit.account_id)
        .subquery()
    )
    until = day + dt.timedelta(days=AHEAD - rule.days)
    asked = (
        sa.select(Account.id, Account.owner_id, last.c.day)
        .outerjoin(last, last.c.account_id == Account.id)
        .where(
            *_accounts(rule),
            sa.or_(last.c.day.is_(None), sa.and_(last.c.waiting == 0, last.c.day <= until)),
        )
        .order_by(Account.id)
        .limit(MOST)
    )
    found = []
    for id_, owner_id, before in host().session.execute(asked):
        due = day if before is None else max(_later(before, rule.days), day)
        found.append(_Row("regular", id_, owner_id, due))
    return found


def _delivery(rule: VisitPlan) -> list[_Row]:
    """Orders of which something was delivered since the plan began."""
    if not host().is_enabled("sales"):
        return []
    order: Any = model_of("sales.Order")
    delivery: Any = model_of("sales.Delivery")
    line: Any = model_of("sales.DeliveryLine")
    part: Any = model_of("sales.OrderLine")
    first = (
        sa.select(delivery.order_id, sa.func.min(delivery.delivered_on).label("day"))
        .where(delivery.status == "posted", delivery.kind == "delivery")
        .group_by(delivery.order_id)
    )
    if rule.product_id is not None:
        with_it = (
            sa.select(line.id)
            .join(part, part.id == line.order_line_id)
            .where(line.delivery_id == delivery.id, part.product_id == rule.product_id)
        )
        first = first.where(with_it.exists())
    first_of: Any = first.subquery()
    source = sa.literal("order:") + order.number
    asked = (
        sa.select(order.id, order.number, order.account_id, Account.owner_id, first_of.c.day)
        .join(first_of, first_of.c.order_id == order.id)
        .join(Account, Account.id == order.account_id)
        .where(
            *_accounts(rule), first_of.c.day >= rule.since,
            order.number.is_not(None), ~_is_planned(rule, source),
        )
        .order_by(order.id)
        .limit(MOST)
    )  # fmt: skip
    found = []
    for _id, number, account_id, owner_id, day in host().session.execute(asked):
        row = _Row(f"order:{number}", account_id, owner_id, _later(day, rule.days))
        row.order_number = number
        found.append(row)
    return found


def _case(rule: VisitPlan) -> list[_Row]:
    """Cases that were solved since the plan began, but for those of a bad answer: these have
    a call of their own."""
    source = sa.literal("case:") + Case.number
    asked = (
        sa.select(
            Case.id, Case.number, Case.account_id, Account.owner_id, Case.solved_on,
            Case.order_number,
        )
        .join(Account, Account.id == Case.account_id)
        .where(
            *_accounts(rule), Case.solved_on >= rule.since, Case.channel != "visit",
            ~_is_planned(rule, source),
        )
        .order_by(Case.id)
        .limit(MOST)
    )  # fmt: skip
    if rule.product_id is not None:
        asked = asked.where(Case.product_id == rule.product_id)
    found = []
    for id_, case_number, account_id, owner_id, day, number in host().session.execute(asked):
        row = _Row(
            f"case:{case_number}", account_id or 0, owner_id, _later(day or today(), rule.days)
        )
        row.case_id, row.order_number = id_, number
        found.append(row)
    return found


_WANTED = {"regular": _regular, "delivery": _delivery, "case": _case}


def _later(day: dt.date, days: int) -> dt.date:
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return dt.date.max


def _is_planned(rule: VisitPlan, source: Any) -> sa.ColumnElement[bool]:
    asked = sa.select(Visit.id).where(Visit.plan_id == rule.id, Visit.source == source)
    return asked.exists()


def _accounts(rule: VisitPlan) -> list[Any]:
    with acting_as(current_company(), SYSTEM):
        return [Account.archived.is_(False), criteria(Account, rule.condition)]


def _contacts(account_ids: set[int]) -> dict[int | None, int]:
    """Whom to call of each account: the first contact that wants to be called. One statement."""
    asked = (
        sa.select(Contact.account_id, sa.func.min(Contact.id))
        .where(
            Contact.account_id.in_(account_ids), Contact.archived.is_(False),
            Contact.do_not_call.is_(False),
        )
        .group_by(Contact.account_id)
    )  # fmt: skip
    return {row[0]: row[1] for row in host().session.execute(asked)}


def again(cases: Sequence[Case]) -> None:
    """Once the case of a bad answer is solved the customer is asked again, once."""
    from plugins.service.services.acting import with_rights

    session = host().session
    for case in cases:
        visit = session.scalar(sa.select(Visit).where(Visit.follow_id == case.id))
        if visit is None:
            continue
        second = sa.select(Visit.id).where(Visit.previous_id == visit.id).limit(1)
        if session.scalar(second) is not None:
            continue
        days = 3
        if visit.plan_id is not None:
            asked = sa.select(VisitPlan.again_days).where(VisitPlan.id == visit.plan_id)
            days = session.scalar(asked) or 0
        with with_rights():
            made = host().records.create(
                Visit,
                {
                    "account_id": visit.account_id, "contact_id": visit.contact_id,
                    "questionnaire_id": visit.questionnaire_id, "owner_id": visit.owner_id,
                    "product_id": visit.product_id, "order_number": visit.order_number,
                    "due_on": today() + dt.timedelta(days=days),
                },
            )  # fmt: skip
        made.plan_id, made.case_id, made.previous_id = visit.plan_id, case.id, visit.id
        made.name = gettext("%(name)s · second call", name=visit.name)[:300]
        session.flush()

"""What stands beside a case, an account, an opportunity."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, has_permission, ngettext, now
from plugin_api.models import CompanyModel
from plugin_api.panels import Fact, Panel
from plugins.crm.api import Account, Opportunity
from plugins.service import display, visit_panels
from plugins.service.access import CREATE
from plugins.service.models import Case, Visit
from plugins.service.models.words import ACTIVE, PRIORITIES, STANDINGS
from plugins.service.services import levels
from plugins.service.services.entry import order_of

MOST = 5


def for_record(record: CompanyModel) -> list[Panel]:
    """The panels of a record."""
    if isinstance(record, Case):
        return [_promises(record)]
    if isinstance(record, Visit):
        return visit_panels.of_visit(record)
    if isinstance(record, Account):
        cases = [_of_account(record)] if display.sees_cases() else []
        return [*cases, *visit_panels.of_account(record)]
    if not display.sees_cases():
        return []
    return _of_opportunity(record) if isinstance(record, Opportunity) else []


def _promises(case: Case) -> Panel:
    """What is promised, until when, and what is left."""
    facts = []
    may_read = host().records.may_read
    if case.answer_target is not None and may_read(Case, "answer_due"):
        standing = display.label(STANDINGS, case.answer_standing)
        value = standing
        if case.answered_at is None:
            value = f"{standing} · {display.when(case.answer_due)}"
        facts.append(Fact(label=gettext("First answer"), value=value))
    if case.solution_target is not None and may_read(Case, "solution_due"):
        standing = display.label(STANDINGS, case.solution_standing)
        due = display.when(case.solution_due) if case.state in ACTIVE else ""
        facts.append(
            Fact(label=gettext("Solution"), value=" · ".join(filter(None, (standing, due))))
        )
        spent = levels.used(case, now())
        facts.append(
            Fact(
                label=gettext("Working time used"),
                value=gettext(
                    "%(used)s of %(all)s h",
                    used=display.hours(spent), all=display.hours(case.solution_target),
                ),
                share=spent / case.solution_target,
            )
        )  # fmt: skip
    facts += visit_panels.of_case(case)
    order = order_of(case)
    if order is not None:
        facts.append(
            Fact(
                label=gettext("Order"), value=order.name,
                href=host().record_url("sales.Order", order.id),
            )
        )  # fmt: skip
    note = "" if case.policy_id is not None else gettext("No service level holds for it.")
    return Panel(title=gettext("Service level"), facts=tuple(facts), note=note)


def critical(account_ids: Any) -> sa.ColumnElement[bool]:
    """Open critical cases of accounts."""
    return sa.and_(
        Case.account_id.in_(account_ids), Case.state.in_(ACTIVE), Case.priority == "critical"
    )


def _of_account(account: Account) -> Panel:
    mine = (Case.account_id == account.id, Case.state.in_(ACTIVE), host().records.visible(Case))
    counted = sa.select(Case.priority, sa.func.count()).where(*mine).group_by(Case.priority)
    numbers = {row[0]: row[1] for row in host().session.execute(counted)}
    facts = [
        Fact(
            label=choice.label,
            value=str(numbers[choice.value]),
            href=host().list_url(
                display.CASE,
                {"account": account.id, "priority": choice.value, "state__in": ",".join(ACTIVE)},
            ),
        )
        for choice in PRIORITIES
        if choice.value in numbers
    ]
    note = "" if facts else gettext("No case is open.")
    if numbers.get("critical"):
        note = gettext("Solve what is critical before you offer more.")
    actions = (display.open_case(account=account.id),) if has_permission(CREATE) else ()
    return Panel(title=gettext("Open cases"), facts=tuple(facts), note=note, actions=actions)


def _of_opportunity(deal: Opportunity) -> list[Panel]:
    """That a critical case of the account is open: whoever sells to it must know, though the case
    itself be a colleague's. Two statements."""
    if deal.account_id is None:
        return []
    here = critical([deal.account_id])
    number = host().session.scalar(sa.select(sa.func.count()).select_from(Case).where(here))
    if not number:
        return []
    asked = (
        sa.select(Case.id, Case.number, *display.readable("name"))
        .where(here, host().records.visible(Case))
        .order_by(Case.opened_at, Case.id)
        .limit(MOST)
    )
    facts = tuple(
        Fact(label=row.number, value=row.name or "", href=host().record_url(display.CASE, row.id))
        for row in host().session.execute(asked)
    )
    title = ngettext(
        "An open critical case of the account", "%(num)d open critical cases of the account",
        number,
    )  # fmt: skip
    note = gettext("Solve what is critical before you offer more.")
    return [Panel(title=title, facts=facts, note=note)]

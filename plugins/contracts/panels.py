"""What stands beside a contract, and beside an account that has some."""

from __future__ import annotations

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, has_permission, pgettext, today
from plugin_api.models import CompanyModel
from plugin_api.panels import Action, Fact, Panel
from plugins.contracts import display
from plugins.contracts.access import CREATE
from plugins.contracts.models import Contract, Obligation
from plugins.contracts.models.contracts import IN_FORCE
from plugins.contracts.services import ordering, versions
from plugins.crm.api import Account

MOST = 12


def for_record(record: CompanyModel) -> list[Panel]:
    """The panels of a contract or an account."""
    if not display.sees_contracts():
        return []
    if isinstance(record, Contract):
        return [*_standing(record), *_changes(record)]
    return [_of_account(record)] if isinstance(record, Account) else []


def _standing(contract: Contract) -> list[Panel]:
    """How long it goes on, what it has to do with, what is promised."""
    facts = []
    if contract.state in IN_FORCE:
        facts.append(
            Fact(label=pgettext("contract", "Term"), value=display.left(contract.ends_on, today()))
        )
    promised = sa.select(
        sa.func.count(),
        sa.func.sum(sa.case((Obligation.state != "open", 1), else_=0)),
        sa.func.sum(
            sa.case((sa.and_(Obligation.state == "open", Obligation.due_on < today()), 1), else_=0)
        ),
    ).where(Obligation.contract_id == contract.id, host().records.visible(Obligation))
    if display.sees_obligations():
        number, kept, over = host().session.execute(promised).one()
        if number:
            href = host().list_url(display.OBLIGATION, {"contract": contract.id, "sort": "due_on"})
            facts.append(
                Fact(
                    label=gettext("Obligations fulfilled"), value=f"{kept or 0} / {number}",
                    share=(kept or 0) / number, href=href,
                )
            )  # fmt: skip
        if over:
            facts.append(Fact(label=gettext("Overdue obligations"), value=str(over), href=href))
    order = ordering.order_of(contract)
    if order is not None:
        facts.append(
            Fact(
                label=gettext("Order"), value=order.name,
                href=host().record_url("sales.Order", order.id),
            )
        )  # fmt: skip
    asked = (
        sa.select(Contract.id, Contract.revision, Contract.number, Contract.previous_id)
        .where(
            sa.or_(Contract.previous_id == contract.id, Contract.renews_id == contract.id),
            Contract.state != "cancelled", host().records.visible(Contract),
        )
        .order_by(Contract.id)
    )  # fmt: skip
    for row in host().session.execute(asked):
        label = gettext("Newer version") if row.previous_id else pgettext("contract", "Renewal")
        facts.append(
            Fact(
                label=label, value=f"{row.number} / {row.revision}",
                href=host().record_url(display.CONTRACT, row.id),
            )
        )  # fmt: skip
    return [Panel(title=gettext("How it stands"), facts=tuple(facts))] if facts else []


def _changes(contract: Contract) -> list[Panel]:
    """What this version changed."""
    if contract.previous_id is None:
        return []
    asked = sa.select(Contract).where(
        Contract.id == contract.previous_id, host().records.visible(Contract)
    )
    before = host().session.scalar(asked)
    if before is None:
        return []
    may_read = host().records.may_read
    facts = tuple(
        Fact(
            label=display.label_of(name),
            value=f"{display.said(name, old, before)} → {display.said(name, new, contract)}",
        )
        for name, old, new in versions.changed(before, contract)
        if name.startswith("#") or may_read(Contract, name.removesuffix("_id"))
    )[:MOST]
    note = "" if facts else gettext("Nothing differs from the version before.")
    return [Panel(title=gettext("What this version changed"), facts=facts, note=note)]


def _of_account(account: Account) -> Panel:
    """What is in force, and what ends next. One statement."""
    asked = (
        sa.select(
            Contract.id, Contract.ends_on, display.column(Contract, "name"),
            display.column(Contract, "value_company"),
        )
        .where(
            Contract.account_id == account.id, Contract.state.in_(IN_FORCE),
            host().records.visible(Contract),
        )
        .order_by(Contract.ends_on.is_(None), Contract.ends_on, Contract.id)
    )  # fmt: skip
    rows = host().session.execute(asked).all()
    facts = [
        Fact(
            label=row.name or f"#{row.id}", value=display.left(row.ends_on, today()),
            href=host().record_url(display.CONTRACT, row.id),
        )
        for row in rows[:5]
    ]  # fmt: skip
    worth = sum(row.value_company or 0 for row in rows)
    if worth:
        href = host().list_url(
            display.CONTRACT, {"account": account.id, "state__in": ",".join(IN_FORCE)}
        )
        facts.insert(
            0, Fact(label=pgettext("contract", "In force"), value=display.money(worth), href=href)
        )
    actions: tuple[Action, ...] = ()
    if has_permission(CREATE):
        actions = (
            Action(
                label=gettext("Draft a contract"), icon="plus-lg",
                href=f"{host().list_url(display.CONTRACT)}/new?account={account.id}",
            ),
        )  # fmt: skip
    note = "" if facts else gettext("No contract is in force.")
    return Panel(
        title=pgettext("contract", "Contracts"), facts=tuple(facts), note=note, actions=actions
    )

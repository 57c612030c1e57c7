"""What contracts and their parts must be like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Actor, current_company, gettext, today
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel
from plugin_api.money import convert
from plugin_api.periods import check_day
from plugins.contracts.models import Contract, Instalment, Obligation
from plugins.contracts.models.contracts import TERMS
from plugins.contracts.services import terms
from plugins.contracts.services.kept import kept, put
from plugins.crm.api import Account, Contact

Changes = Mapping[str, tuple[Any, Any]]
WRITTEN = ("contracts.Contract", "contracts.Instalment", "contracts.Obligation")
_by_rule: ContextVar[bool] = ContextVar("contracts_by_rule", default=False)


@contextmanager
def by_rule() -> Iterator[None]:
    """What is written inside follows from a rule, not from somebody's hand."""
    token = _by_rule.set(True)
    try:
        yield
    finally:
        _by_rule.reset(token)


def is_by_rule() -> bool:
    """Whether it does."""
    return _by_rule.get()


def starting_values(actor: Actor) -> Mapping[str, Any]:
    """What an empty form starts with."""
    return {"owner": actor.user_id} if actor.user_id is not None else {}


def before_create_many(records: Sequence[CompanyModel]) -> None:
    """Give new contracts their numbers, and read what completing them needs, in a few statements.
    A version has the number of the one before."""
    found = [record for record in records if isinstance(record, Contract)]
    if found and not is_by_rule():
        year = today().year
        taken = host().numbers(f"contracts.contract.{year}", len(found))
        for contract, number in zip(found, taken, strict=True):
            contract.number = f"CT-{year}-{number:05}"
    for model, column, ids in (
        (Account, Account.name, {each.account_id for each in found}),
        (Contact, Contact.account_id, {each.contact_id for each in found if each.contact_id}),
    ):
        if ids:
            asked = sa.select(model.id, column).where(model.id.in_(ids))
            with host().session.no_autoflush:
                for row in host().session.execute(asked):
                    put((model.__name__, row[0]), row[1])


def before_create(record: CompanyModel) -> None:
    """Complete or refuse a new record."""
    if isinstance(record, Contract):
        _check_contract(record)
        set_value(record)
    elif isinstance(record, Instalment):
        _check_instalment(record)
    elif isinstance(record, Obligation) and record.owner_id is None:
        record.owner_id = contract_of(record).owner_id


def before_update(record: CompanyModel, changes: Changes) -> None:
    """Complete or refuse a change."""
    if isinstance(record, Contract):
        touched = [name for name in TERMS if name in changes]
        fixed = "state" not in changes and record.state != "draft"
        if touched and fixed and not is_by_rule():
            raise Rejected(
                touched[0].removesuffix("_id"),
                gettext("What is released or signed stays. Make a version of it."),
            )
        _check_contract(record)
        if {"value", "currency"} & changes.keys() and record.state == "draft":
            set_value(record)
    elif isinstance(record, Instalment):
        if "contract_id" in changes:
            raise Rejected("contract", gettext("It stays with its contract. Make a new one."))
        _check_instalment(record)


def after_change(record: CompanyModel) -> None:
    """Have instalments come to what they are of the contract's value."""
    if isinstance(record, Instalment):
        add_up(contract_of(record))
    elif isinstance(record, Contract):
        add_up(record)


def before_delete(record: CompanyModel) -> None:
    """A contract that was signed is kept, and so is its payment plan."""
    if isinstance(record, Contract) and record.state not in ("draft", "cancelled"):
        raise Rejected("", gettext("It was released or signed. Terminate it instead."))
    if isinstance(record, Instalment):
        _is_draft(contract_of(record))


def contract_of(part: Instalment | Obligation) -> Contract:
    """The contract that something is part of."""
    with host().session.no_autoflush:
        found = host().session.scalar(sa.select(Contract).where(Contract.id == part.contract_id))
    if found is None:
        raise Rejected("contract", gettext("There is no such contract."))
    return found


def set_value(contract: Contract) -> None:
    """Its value in the company's currency, at the rate of the day of signing or of today. Raises
    Rejected without a rate."""
    company = current_company().currency
    if contract.value is None:
        contract.value_company = contract.rate = contract.rate_on = None
        return
    on = contract.signed_on or today()
    same = contract.currency == company
    rate = Decimal(1) if same else host().rate(contract.currency, company, on)
    contract.value_company = convert(contract.value, contract.currency, company, rate)
    contract.rate, contract.rate_on = rate, on


def _check_contract(contract: Contract) -> None:
    start, end = contract.starts_on, contract.ends_on
    for name, day in (("starts_on", start), ("ends_on", end)):
        check_day(name, day)
    if start is not None and end is not None and end < start:
        raise Rejected("ends_on", gettext("It ends before it starts."))
    if contract.value is not None and contract.value < 0:
        raise Rejected("value", gettext("A value is not below zero."))
    if contract.renewal == "auto" and end is None:
        raise Rejected("ends_on", gettext("What goes on by itself has an end to go on from."))
    if contract.contact_id is not None:
        asked = sa.select(Contact.account_id).where(Contact.id == contract.contact_id)
        key = ("Contact", contract.contact_id)
        account_id = kept(key, lambda: host().session.scalar(asked))
        if account_id is not None and account_id != contract.account_id:
            raise Rejected("contact", gettext("The contact belongs to another account."))
    if not contract.their_party:
        named = sa.select(Account.name).where(Account.id == contract.account_id)
        key = ("Account", contract.account_id)
        contract.their_party = kept(key, lambda: host().session.scalar(named))


def _check_instalment(part: Instalment) -> None:
    contract = contract_of(part)
    _is_draft(contract)
    part.currency = contract.currency
    if (part.share is None) == (part.fixed is None):
        raise Rejected("share", gettext("Give a share, or a fixed amount."))
    if part.fixed is not None and part.fixed <= 0:
        raise Rejected("fixed", gettext("An amount is more than zero."))
    if part.share is not None and part.share <= 0:
        raise Rejected("share", gettext("A share is more than 0 %."))
    if part.due_rule == "date" and part.due_on is None:
        raise Rejected("due_on", gettext("Say when it is due."))
    if part.due_rule != "date":
        part.due_on = None
    others = [each for each in instalments(contract.id) if each.id != part.id]
    share = sum((each.share or Decimal(0) for each in (*others, part)), Decimal(0))
    if share > terms.WHOLE:
        raise Rejected(
            "share",
            gettext("The shares would add up to %(total)s %%.", total=f"{share.normalize():f}"),
        )


def _is_draft(contract: Contract) -> None:
    if contract.state != "draft" and not is_by_rule():
        raise Rejected("", gettext("What is released or signed stays. Make a version of it."))


def instalments(contract_id: int) -> list[Instalment]:
    """The payment plan, in its order."""
    asked = sa.select(Instalment).where(Instalment.contract_id == contract_id)
    with host().session.no_autoflush:
        return list(host().session.scalars(asked.order_by(Instalment.position, Instalment.id)))


def add_up(contract: Contract) -> None:
    """Write what each instalment comes to."""
    host().session.flush()
    parts = instalments(contract.id)
    if contract.state == "draft" and parts:
        found = terms.amounts(contract.value or 0, [(each.share, each.fixed) for each in parts])
        for each, amount in zip(parts, found, strict=True):
            each.amount, each.currency = amount, contract.currency

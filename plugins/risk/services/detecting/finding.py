"""What rules find, as the actor may see it: the job sees all, a person what is theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, has_permission, ngettext, today
from plugin_api.errors import Refused
from plugin_api.figures import measure_of
from plugin_api.models import model_of
from plugins.risk import display
from plugins.risk.models import Rule
from plugins.risk.services import figures
from plugins.risk.services.detecting import rules, telling

MOST = 1000
"""Findings of a rule at a time."""
IN_FORCE = ("signed", "active")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that looks like a risk. ``key`` names the thing, whichever rule finds it;
    ``loss`` is in minor units of the company's currency."""

    key: str
    name: str
    why: str
    about: tuple[str, int] | None = None
    title: str = ""
    owner_id: int | None = None
    loss: int | None = None


def findings(rule: Rule) -> list[Finding]:
    """What a rule finds now. A statement or two."""
    if rules.missing(rule):
        return []
    return _FINDERS[rule.kind](rule)


def _may(*keys: str) -> bool:
    return all(has_permission(f"{key}.read") for key in keys)


def _rows(asked: Any) -> list[Any]:
    return list(host().session.execute(asked.limit(MOST)))


def _overdue(rule: Rule) -> list[Finding]:
    if not _may("sales.Receivable", "crm.Account"):
        return []
    owed: Any = model_of("sales.Receivable")
    account: Any = model_of("crm.Account")
    total = sa.func.sum(owed.open_company)
    asked = (
        sa.select(account.id, account.name, account.owner_id, total, sa.func.min(owed.due_on))
        .join(account, account.id == owed.account_id)
        .where(
            owed.open > 0, owed.due_on <= today() - dt.timedelta(days=rule.days or 0),
            host().records.visible(owed), host().records.visible(account),
        )
        .group_by(account.id, account.name, account.owner_id)
        .having(total >= (rule.amount or 0))
        .order_by(total.desc(), account.id)
    )  # fmt: skip
    return [
        Finding(
            f"overdue:crm.Account:{id_}",
            gettext("%(name)s does not pay in time", name=name),
            gettext("%(amount)s are overdue for %(days)s days or longer, the oldest since"
                    " %(since)s.", amount=display.money(int(amount)), days=rule.days,
                    since=display.day(since)),
            ("crm.Account", id_), name, owner_id, int(amount),
        )
        for id_, name, owner_id, amount, since in _rows(asked)
    ]  # fmt: skip


def _concentration(rule: Rule) -> list[Finding]:
    measure = measure_of(rule.measure or "crm.won_amount")
    if measure is None or not rules.by_account(measure) or not _may("crm.Account"):
        return []
    end = today() - dt.timedelta(days=1)
    start = end - dt.timedelta(days=(rule.days or 1) - 1)
    points = host().measures.table(measure.key, start, end, by=("account",))
    known = {point.keys[0]: point.value for point in points if point.value}
    total = sum(known.values(), Decimal(0))
    if total <= 0:
        return []
    account: Any = model_of("crm.Account")
    least = (rule.share or Decimal(0)) / 100
    large = {id_: value / total for id_, value in known.items() if id_ and value / total >= least}
    asked = sa.select(account.id, account.name, account.owner_id).where(
        account.id.in_(large), host().records.visible(account)
    )
    money = getattr(measure, "unit", "") == "money"
    # The share tells what all customers bring, which is not for everybody who has one of them.
    nearest = telling.who_sees(measure.key, start, end, total)
    return [
        Finding(
            f"concentration:crm.Account:{id_}",
            gettext("Much depends on %(name)s", name=name),
            gettext("%(share)s of “%(measure)s” of the last %(days)s days come from this"
                    " customer, from %(limit)s on it counts.", share=display.share(large[id_]),
                    measure=measure.label, days=rule.days, limit=display.share(least)),
            ("crm.Account", id_), name, nearest(owner_id), int(known[id_]) if money else None,
        )
        for id_, name, owner_id in _rows(asked.order_by(account.id))
    ]  # fmt: skip


def _slipping(rule: Rule) -> list[Finding]:
    if not _may("crm.Opportunity"):
        return []
    deal: Any = model_of("crm.Opportunity")
    late = deal.expected_close <= today() - dt.timedelta(days=rule.days or 0)
    pushed = deal.pushes >= rule.count if rule.count else sa.false()
    asked = sa.select(
        deal.id, deal.name, deal.owner_id, deal.amount_company, deal.expected_close, deal.pushes
    ).where(
        deal.outcome == "open", deal.archived.is_(False), sa.or_(late, pushed),
        host().records.visible(deal),
    )  # fmt: skip
    made = []
    for id_, name, owner_id, amount, close, pushes in _rows(
        asked.order_by(deal.amount_company.desc(), deal.id)
    ):
        why = [ngettext("It was put off %(num)s time.", "It was put off %(num)s times.", pushes)]
        if close is not None:
            why.append(gettext("It is to close on %(day)s.", day=display.day(close)))
        title = name or f"#{id_}"
        made.append(
            Finding(
                f"slipping:crm.Opportunity:{id_}", gettext("“%(name)s” slips", name=title),
                " ".join(why), ("crm.Opportunity", id_), title, owner_id, amount,
            )
        )  # fmt: skip
    return made


def _contact(rule: Rule) -> list[Finding]:
    if not _may("crm.Opportunity", "crm.Account", "crm.Contact"):
        return []
    deal: Any = model_of("crm.Opportunity")
    account: Any = model_of("crm.Account")
    contact: Any = model_of("crm.Contact")
    people = (
        sa.select(sa.func.count(contact.id))
        .where(contact.account_id == account.id, contact.archived.is_(False))
        .correlate(account)
        .scalar_subquery()
    )
    total = sa.func.sum(sa.func.coalesce(deal.amount_company, 0))
    asked = (
        sa.select(account.id, account.name, account.owner_id, total, sa.func.max(people))
        .join(account, account.id == deal.account_id)
        .where(
            deal.outcome == "open", deal.archived.is_(False), people <= 1,
            host().records.visible(deal), host().records.visible(account),
        )
        .group_by(account.id, account.name, account.owner_id)
        .having(total >= (rule.amount or 0))
        .order_by(total.desc(), account.id)
    )  # fmt: skip
    return [
        Finding(
            f"contact:crm.Account:{id_}",
            gettext("Too few contacts at %(name)s", name=name),
            ngettext("Deals of %(amount)s hang on %(num)s contact.",
                     "Deals of %(amount)s hang on %(num)s contacts.", int(number),
                     amount=display.money(int(amount))),
            ("crm.Account", id_), name, owner_id, int(amount) or None,
        )
        for id_, name, owner_id, amount, number in _rows(asked)
    ]  # fmt: skip


def _expiring(rule: Rule) -> list[Finding]:
    if not _may("contracts.Contract"):
        return []
    contract: Any = model_of("contracts.Contract")
    asked = sa.select(
        contract.id, contract.name, contract.owner_id, contract.value_company, contract.ends_on
    ).where(
        contract.state.in_(IN_FORCE), contract.was_renewed.is_(False), contract.renewal != "auto",
        contract.ends_on.between(today(), today() + dt.timedelta(days=rule.days or 0)),
        host().records.visible(contract),
    )  # fmt: skip
    return [
        Finding(
            f"expiring:contracts.Contract:{id_}",
            gettext("“%(name)s” expires", name=name),
            gettext("It ends on %(day)s, and no renewal is signed.", day=display.day(ends)),
            ("contracts.Contract", id_), name, owner_id, value,
        )
        for id_, name, owner_id, value, ends in _rows(asked.order_by(contract.ends_on))
    ]  # fmt: skip


def _win_rate(rule: Rule) -> list[Finding]:
    measure = measure_of("crm.win_rate")
    if measure is None:
        return []
    days = dt.timedelta(days=rule.days or 1)
    end = today() - dt.timedelta(days=1)
    here = host().measures.value(measure.key, end - days + dt.timedelta(days=1), end)
    there = host().measures.value(measure.key, end - 2 * days + dt.timedelta(days=1), end - days)
    if here is None or not there:
        return []
    fallen = (there - here) / there
    if fallen < (rule.share or Decimal(0)) / 100:
        return []
    why = gettext(
        "%(after)s in the last %(days)s days, %(before)s in those before.",
        after=display.share(here), before=display.share(there), days=rule.days,
    )  # fmt: skip
    return [Finding("win_rate", gettext("The win rate falls"), why)]


def _competitor(rule: Rule) -> list[Finding]:
    deal: Any = model_of("crm.Opportunity")
    if not _may("crm.Opportunity") or not host().records.may_read(deal, "competitor"):
        return []
    who = sa.func.lower(sa.func.trim(deal.competitor))
    number, total = sa.func.count(deal.id), sa.func.sum(sa.func.coalesce(deal.amount_company, 0))
    since = today() - dt.timedelta(days=rule.days or 0)
    asked = (
        sa.select(who, sa.func.min(sa.func.trim(deal.competitor)), number, total)
        .where(
            deal.competitor.is_not(None), sa.func.trim(deal.competitor) != "",
            deal.outcome != "void",
            sa.or_(deal.outcome == "open", deal.closed_on >= since),
            host().records.visible(deal),
        )
        .group_by(who)
        .having(number >= (rule.count or 1))
        .order_by(number.desc(), who)
    )  # fmt: skip
    return [
        Finding(
            f"competitor:{key}"[:300],
            gettext("%(name)s competes with us often", name=name)[:200],
            ngettext("Named in %(num)s deal of %(amount)s that is open or was closed lately.",
                     "Named in %(num)s deals of %(amount)s that are open or were closed lately.",
                     count, amount=display.money(int(amount))),
            loss=int(amount) or None,
        )
        for key, name, count, amount in _rows(asked)
    ]  # fmt: skip


def _measure(rule: Rule) -> list[Finding]:
    measure = measure_of(rule.measure)
    if measure is None or rule.limit is None:
        return []
    try:
        value = figures.value(measure, rule.days or 30)
    except Refused:
        return []
    if value is None or not figures.beyond(value, rule.limit, rule.side or "above"):
        return []
    why = gettext(
        "“%(measure)s” of the last %(days)s days is %(value)s, the limit is %(limit)s.",
        measure=measure.label, days=rule.days, value=figures.text(measure, value),
        limit=figures.text(measure, rule.limit),
    )  # fmt: skip
    return [Finding(f"measure:{rule.id}", rule.name, why)]


_FINDERS: Mapping[str, Callable[[Rule], list[Finding]]] = {
    "overdue": _overdue, "concentration": _concentration, "slipping": _slipping,
    "contact": _contact, "expiring": _expiring, "win_rate": _win_rate,
    "competitor": _competitor, "measure": _measure,
}  # fmt: skip

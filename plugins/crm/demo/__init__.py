"""Two years of a sales force at work."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company, clock_at, now, today
from plugin_api.models import model_of
from plugins.catalog.api import Product
from plugins.crm.demo import added, customers, deals, people
from plugins.crm.demo.rates import load_rates
from plugins.crm.demo.trail import write_trail
from plugins.crm.demo.words import words_of
from plugins.crm.models import (
    Account,
    Contact,
    Lead,
    LossReason,
    Opportunity,
    OpportunityCredit,
    WinReason,
)
from plugins.crm.services.stages import default_pipeline, steps_of

DAYS = 820
"""Two years, and the time before in which what closes then began."""
ACCOUNTS, LEADS, OPPORTUNITIES = 240, 420, 1500
SPLITS = 45
"""Opportunities whose credit two people share."""


def load(company: Company, seed: int) -> None:
    """Fill an empty CRM; one that holds opportunities is left as it is."""
    owners = _owners()
    pipeline = default_pipeline()
    if pipeline is None or not owners or host().session.scalar(sa.select(Opportunity.id).limit(1)):
        return
    words, chance = words_of(company.language), random.Random(seed)
    last = today()
    first = last - timedelta(days=DAYS)
    rates = load_rates(chance, company.currency, first, last)
    with _at(first):
        added.add_fields()
        accounts = _accounts(chance, words, owners)
        contacts = _contacts(chance, words, accounts)
    market = deals.Market(
        words=words,
        accounts=accounts,
        contacts=contacts,
        products=_products(company.currency),
        skill={owner: chance.uniform(0.65, 1.4) for owner in owners},
        open_steps=[step for step in steps_of(pipeline) if step.outcome == "open"][:4],
        win_reasons=list(host().session.scalars(sa.select(WinReason.id))),
        loss_reasons=list(host().session.scalars(sa.select(LossReason.id))),
        currency=company.currency,
        rates=rates,
    )
    if not market.products:
        return
    begun = deals.start_days(chance, OPPORTUNITIES, first, last)
    made = [deals.deal(chance, market, day, last) for day in begun]
    records = list(_opportunities(made))
    write_trail(records, made)
    rows = customers.lead_rows(
        chance, words, owners, deals.start_days(chance, LEADS, first, last), last
    )
    _leads(rows, records)
    _splits(chance, records, owners)
    people.load(random.Random(seed + 1))


def _owners() -> list[int]:
    """People in teams, reps if there are any."""
    user, role = model_of("core.User"), model_of("core.Role")
    person: Any = user
    kind: Any = role
    rows = host().session.execute(
        sa.select(person.id, kind.code)
        .outerjoin(kind, kind.id == person.role_id)
        .where(person.active, person.team_id.is_not(None))
        .order_by(person.id)
    )
    people = [(row.id, row.code) for row in rows]
    reps = [user_id for user_id, code in people if code == "rep"]
    return reps or [user_id for user_id, _code in people]


def _at(day: date) -> Any:
    """The clock at noon of a day, or now when that is yet to come."""
    return clock_at(min(datetime.combine(day, time(12), UTC), now()))


def _accounts(
    chance: random.Random, words: Any, owners: Sequence[int]
) -> list[tuple[int, int | None]]:
    rows = added.filled(customers.account_rows(chance, words, owners, ACCOUNTS))
    made = host().records.create_many(Account, rows)
    for number, account in enumerate(made):
        if number and number % customers.PARENT_EVERY == 0:
            account.parent_id = made[number - 1].id
    return [(account.id, account.owner_id) for account in made]


def _contacts(
    chance: random.Random, words: Any, accounts: Sequence[tuple[int, int | None]]
) -> Mapping[int, Sequence[int]]:
    rows = customers.contact_rows(chance, words, accounts)
    people: dict[int, list[int]] = defaultdict(list)
    for contact in host().records.create_many(Contact, rows):
        people[contact.account_id or 0].append(contact.id)
    return people


def _products(currency: str) -> list[tuple[int, int]]:
    rows = host().session.execute(
        sa.select(Product.id, Product.list_price)
        .where(Product.active, Product.currency == currency, Product.list_price.is_not(None))
        .order_by(Product.id)
    )
    return [(row.id, row.list_price) for row in rows]


def _opportunities(made: Sequence[deals.Deal]) -> Iterator[Opportunity]:
    """The records, each made in the month in which it began."""
    for rows in _by_month([deal.row for deal in made]):
        with _at(rows[-1]["created_on"]):
            yield from host().records.create_many(Opportunity, rows)


def _leads(rows: Sequence[dict[str, Any]], records: Sequence[Opportunity]) -> None:
    """Leads; each that was converted became an opportunity of about that time."""
    later = iter(records)
    for row in rows:
        if row["status"] == "converted":
            day = row["converted_on"]
            became = next((one for one in later if one.created_on and one.created_on >= day), None)
            if became is not None:
                row |= {
                    "account_id": became.account_id, "contact_id": became.contact_id,
                    "opportunity_id": became.id, "owner_id": became.owner_id,
                    "converted_on": became.created_on,
                }  # fmt: skip
    for part in _by_month(rows):
        with _at(part[-1]["created_on"]):
            host().records.create_many(Lead, part)


def _by_month(rows: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for _month, some in groupby(rows, lambda row: row["created_on"].replace(day=1)):
        yield list(some)


def _splits(chance: random.Random, records: Sequence[Opportunity], owners: Sequence[int]) -> None:
    for record in chance.sample(records, min(SPLITS, len(records))):
        others = [owner for owner in owners if owner != record.owner_id]
        if others and record.outcome in ("open", "won"):
            host().records.create(
                OpportunityCredit,
                {
                    "opportunity_id": record.id,
                    "user_id": chance.choice(others),
                    "share": chance.choice((20, 25, 30, 40, 50)),
                },
            )

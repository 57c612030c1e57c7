"""Which account is of which persona and why, and what is measured of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask_babel import format_decimal

from plugin_api import host
from plugin_api.conditions import criteria, query_of
from plugin_api.context import Text, current_company, gettext, today
from plugin_api.estimates import Interval, share
from plugin_api.models import CompanyModel, FieldInfo
from plugin_api.money import from_minor
from plugins.crm.api import Account, Contact, Opportunity
from plugins.segments.models import Match, Persona
from plugins.segments.services import statistics

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of a persona; ``id`` None for accounts of none. Money in major units."""

    id: int | None
    name: str
    accounts: int
    wins: Interval | None
    days: Interval | statistics.Alone | None
    basket: Interval | statistics.Alone | None


def active() -> list[Persona]:
    """Those in use, in their order."""
    asked = sa.select(Persona).where(Persona.active).order_by(Persona.position, Persona.id)
    return list(host().session.scalars(asked))


def fitting(persona: Persona) -> dict[int, int | None]:
    """Account → the contact by which it fits, None where none decides. One statement."""
    where = [criteria(Account, persona.condition)]
    if not persona.contact_condition:
        ids = host().session.scalars(sa.select(Account.id).where(*where))
        return dict.fromkeys(ids)
    asked = (
        sa.select(Account.id, sa.func.min(Contact.id))
        .join(Contact, Contact.account_id == Account.id)
        .where(*where, criteria(Contact, persona.contact_condition))
        .group_by(Account.id)
    )
    return {row[0]: row[1] for row in host().session.execute(asked)}


def refresh() -> int:
    """Give each account the first persona that fits; how many changed. A statement a persona, and
    what differs is written."""
    wanted: dict[int, tuple[int, int | None]] = {}
    for persona in active():
        for account_id, contact_id in fitting(persona).items():
            wanted.setdefault(account_id, (persona.id, contact_id))
    here: Any = Match
    asked = sa.select(here.account_id, here.persona_id, here.contact_id)
    held = {row[0]: (row[1], row[2]) for row in host().session.execute(asked)}
    gone = [id_ for id_ in held if held[id_] != wanted.get(id_)]
    for start in range(0, len(gone), CHUNK):
        part = gone[start : start + CHUNK]
        host().session.execute(sa.delete(Match).where(Match.account_id.in_(part)))
    rows = [
        {"account_id": id_, "persona_id": want[0], "contact_id": want[1], "since": today()}
        for id_, want in wanted.items()
        if held.get(id_) != want
    ]
    host().records.add_rows(Match, rows)
    return len(rows)


def because(persona: Persona, record: CompanyModel) -> list[tuple[Text, Text]]:
    """Why a record is taken: each field that the condition asks for, and what it holds."""
    text = persona.contact_condition if isinstance(record, Contact) else persona.condition
    names = dict.fromkeys(name.partition("__")[0].partition(".")[0] for name in query_of(text))
    found: list[tuple[Text, Text]] = []
    for name in names:
        columns = type(record).__table__.columns
        column = columns.get(name, columns.get(f"{name}_id"))
        info: FieldInfo | None = None if column is None else column.info.get("field")
        if info is not None and host().records.may_read(type(record), name):
            found.append((info.label, _said(info, getattr(record, column.name))))  # type: ignore[union-attr]
    return found


def _said(info: FieldInfo, value: Any) -> Text:
    if value is None:
        return gettext("nothing")
    if info.kind == "choice":
        choices = info.choices() if callable(info.choices) else info.choices
        return next((each.label for each in choices if each.value == value), value)
    if info.kind == "boolean":
        return gettext("Yes") if value else gettext("No")
    if info.kind == "reference" and info.target:
        return host().title_of(info.target, value)
    if info.kind == "money":
        return format_decimal(from_minor(value, current_company().currency))
    return format_decimal(value) if isinstance(value, int) else str(value)


def measured(start: dt.date, end: dt.date) -> list[Measured]:
    """Win rate, days to close and basket of each persona, of those decided from start to end that
    the actor sees; and of accounts without one. Three statements."""
    sees = host().records.visible(Account)
    counted: dict[int | None, int] = {
        row[0]: row[1]
        for row in host().session.execute(
            sa.select(Match.persona_id, sa.func.count())
            .where(Match.account_id.in_(sa.select(Account.id).where(sees)))
            .group_by(Match.persona_id)
        )
    }
    may_read = host().records.may_read(Opportunity, "amount_company")
    asked = (
        sa.select(
            Match.persona_id, Opportunity.outcome, Opportunity.cycle_days,
            Opportunity.amount_company if may_read else sa.null(),
        )
        .outerjoin(Match, Match.account_id == Opportunity.account_id)
        .where(
            Opportunity.outcome.in_(("won", "lost")), Opportunity.closed_on.between(start, end),
            host().records.visible(Opportunity),
        )
    )  # fmt: skip
    deals: dict[int | None, list[Any]] = {}
    for row in host().session.execute(asked):
        deals.setdefault(row[0], []).append(row)
    named: Mapping[int | None, str] = {each.id: each.name for each in active()}
    found = [_of(id_, name, counted.get(id_, 0), deals.get(id_, []))
             for id_, name in named.items()]  # fmt: skip
    rest = [row for id_, rows in deals.items() if id_ not in named for row in rows]
    return [*found, _of(None, gettext("Without a persona"), 0, rest)]


def _of(id_: int | None, name: str, accounts: int, deals: Sequence[Any]) -> Measured:
    unit = float(from_minor(1, current_company().currency))
    won = [row for row in deals if row[1] == "won"]
    amounts = [row[3] * unit for row in won if row[3] is not None]
    days = [float(row[2]) for row in won if row[2] is not None]
    return Measured(
        id_,
        name,
        accounts,
        share(len(won), len(deals)),
        statistics.middle(days),
        statistics.mean(amounts),
    )

"""Accounts, contacts and leads of a demo company."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from plugins.crm.demo.words import Words

Row = dict[str, Any]
Place = tuple[str, str, str]

PARENT_EVERY = 14
"""So many accounts to one that is a subsidiary."""


def account_rows(
    chance: random.Random, words: Words, owners: Sequence[int], count: int
) -> list[Row]:
    """Accounts with names that differ."""
    names: dict[str, tuple[str, Place]] = {}
    while len(names) < count:
        place = chance.choice(words.places)
        line, industry = chance.choice(words.lines)
        name = words.name.format(
            city=place[0], brand=chance.choice(words.brands), line=line,
            form=chance.choice(words.forms),
        )  # fmt: skip
        names.setdefault(name, (industry, place))
    return [
        {
            "name": name,
            "owner_id": chance.choice(owners),
            "industry": industry,
            **_account(chance, words, place),
        }
        for name, (industry, place) in names.items()
    ]


def _account(chance: random.Random, words: Words, place: Place) -> Row:
    employees = int(chance.lognormvariate(5.2, 1.3)) + 3
    sizes = ((10, "micro"), (50, "small"), (250, "medium"), (1000, "large"))
    city, region, country = place
    return {
        "type": chance.choices(("prospect", "customer", "former", "partner"), (45, 45, 7, 3))[0],
        "grade": chance.choices(("A", "B", "C", "D", None), (12, 25, 33, 10, 20))[0],
        "size": next((size for limit, size in sizes if employees < limit), "enterprise"),
        "employees": employees,
        "annual_revenue": employees * chance.randint(80_000, 260_000) * 100,
        "founded_year": chance.randint(1950, 2018),
        "phone": _phone(chance),
        "address": chance.choice(words.streets).format(n=chance.randint(1, 188)),
        "city": city,
        "region": region,
        "country": country,
        "source": chance.choices(*zip(*words.sources, strict=True))[0],
    }


def contact_rows(
    chance: random.Random, words: Words, accounts: Sequence[tuple[int, int | None]]
) -> list[Row]:
    """One to three people at each account, given as (id, owner)."""
    made: list[Row] = []
    for account_id, owner_id in accounts:
        for _ in range(chance.choices((1, 2, 3), (45, 40, 15))[0]):
            number = len(made) + 1
            made.append(
                {
                    "name": _person(chance, words),
                    "account_id": account_id,
                    "owner_id": owner_id,
                    "title": chance.choice(words.titles),
                    "role": chance.choice(words.roles),
                    "email": f"contact{number}@account{account_id}.example",
                    "phone": _phone(chance),
                    "mobile": _phone(chance) if chance.random() < 0.6 else None,
                }
            )
    return made


def lead_rows(
    chance: random.Random, words: Words, owners: Sequence[int], days: Sequence[date], last: date
) -> list[Row]:
    """A lead for each day; the older it is, the likelier it has been dealt with."""
    made: list[Row] = []
    for day in days:
        status = _status(chance, (last - day).days)
        place, (line, industry) = chance.choice(words.places), chance.choice(words.lines)
        company = words.name.format(
            city=place[0], brand=chance.choice(words.brands), line=line,
            form=chance.choice(words.forms),
        )  # fmt: skip
        row: Row = {
            "name": _person(chance, words),
            "company_name": company,
            "title": chance.choice(words.titles),
            "status": status,
            "owner_id": chance.choice(owners),
            "source": chance.choices(*zip(*words.sources, strict=True))[0],
            "campaign": chance.choice(words.campaigns) if chance.random() < 0.4 else None,
            "score": min(100, max(0, int(chance.gauss(70 if status == "converted" else 45, 18)))),
            "email": f"lead{len(made) + 1}@lead.example",
            "phone": _phone(chance),
            "industry": industry,
            "city": place[0],
            "region": place[1],
            "country": place[2],
            "created_on": day,
        }
        if status == "converted":
            row["converted_on"] = min(day + timedelta(days=chance.randint(2, 40)), last)
        if status == "disqualified":
            row["disqualify_reason"] = chance.choice(words.reasons)
        made.append(row)
    return made


def _status(chance: random.Random, age: int) -> str:
    if age < 14:
        return chance.choices(("new", "working", "qualified"), (60, 30, 10))[0]
    if age < 60:
        return chance.choices(
            ("new", "working", "qualified", "converted", "disqualified"), (10, 30, 20, 20, 20)
        )[0]
    return chance.choices(("working", "converted", "disqualified"), (8, 36, 56))[0]


def _person(chance: random.Random, words: Words) -> str:
    return words.person.format(
        surname=chance.choice(words.surnames), given=chance.choice(words.given)
    )


def _phone(chance: random.Random) -> str:
    return (
        f"+{chance.randint(30, 99)} {chance.randint(100, 999)} {chance.randint(1000000, 9999999)}"
    )

"""New records are the same, and leave the same behind, whichever way they are written."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa

from core.collab.models import Follower, Notification
from core.custom.models import CustomChosen, CustomClaim, CustomValue
from core.data import adding
from core.data.audit import AuditEntry
from core.identity.service import actor_for, find_user
from core.search.index import number_of
from core.search.models import SearchToken
from core.webhooks.models import WebhookDelivery
from plugin_api.context import SYSTEM, acting_as, current_company, today
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.crm.models import Account, Contact, Opportunity, StageChange
from tests.harness import Installation
from tests.plugins.crm.kit import acting, stage, store_rate, user

BESIDE = (
    StageChange, AuditEntry, SearchToken, Follower, Notification, WebhookDelivery, CustomClaim,
    CustomValue, CustomChosen,
)  # fmt: skip
OWN = {"id", "record_id", "opportunity_id", "message"}
"""Columns that differ from one record to the next of the same kind."""
_revisions = count(10_000)
"""What is remembered of a test is of no other, whose company has other webhooks."""
Values = dict[str, Any]
Way = Callable[[Sequence[Values]], list[Opportunity]]


def one_by_one(rows: Sequence[Values]) -> list[Opportunity]:
    return [host().records.create(Opportunity, row) for row in rows]


def together(rows: Sequence[Values]) -> list[Opportunity]:
    return host().records.create_many(Opportunity, rows)


def as_objects(rows: Sequence[Values]) -> list[Opportunity]:
    """As the ORM writes them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adding, "able", lambda records: False)
        return together(rows)


def plain(model: Any, row: Any, places: dict[int, int]) -> Values:
    """A row without what tells it from another of its kind."""
    made = {}
    for name, held in row._mapping.items():
        if name in OWN:
            continue
        value = held
        if isinstance(held, dt.datetime):
            is_now = abs(held - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)
            value = "now" if is_now else held
        if name == "body":
            said = json.loads(held)["data"]
            shown = {**said["record"], "id": 0, "created_at": 0, "updated_at": 0}
            value = {**said, "id": places[said["id"]], "record": shown}
        made[name] = value
    return made


def left_behind(records: Sequence[Opportunity]) -> dict[str, list[Any]]:
    """What the database holds of the records and of all that goes with them, in order."""
    session = host().session
    session.flush()
    places = {record.id: i for i, record in enumerate(records)}
    found: dict[str, list[Any]] = {}
    for model in (Opportunity, *BESIDE):
        columns = model.__table__.c
        key = columns.opportunity_id if model is StageChange else columns.get("record_id")
        key = columns.id if key is None else key
        asked = sa.select(*columns).where(key.in_(places))
        if model is SearchToken:
            asked = asked.where(columns.model == number_of(Opportunity))
        elif "model" in columns:
            asked = asked.where(columns.model == "crm.Opportunity")
        rows = [
            (places[row._mapping[key.name]], plain(model, row, places))
            for row in session.execute(asked)
        ]
        found[model.__name__] = sorted(rows, key=lambda each: (each[0], str(each[1])))
    return found


def some_rows(seed: int, given: dict[str, Any], number: int = 12) -> list[Values]:
    dice = random.Random(seed)
    rows = []
    for i in range(number):
        row: Values = {
            "name": dice.choice(
                [None, "Bell", "张伟 集团有限公司", "  Ünï 'quoted' \\ 100 %(x)s", "x"]
            ),
            "amount": dice.choice([None, 0, 12_345, 10**12]),
            "currency": dice.choice(["CNY", "USD"]),
            "owner": dice.choice([*given["people"], None]),
            "account": dice.choice([*given["accounts"], None]),
            "expected_close": dice.choice([None, today(), dt.date(2031, 2, 3)]),
            "external_id": dice.choice([None, f"X-{seed}-{i}"]),
            "description": dice.choice([None, "two\nlines"]),
            "x_score": dice.choice([None, Decimal("12.5")]),
            "x_code": dice.choice([None, f"C{i}"]),
            "x_needs": dice.choice([None, "pumps", "pumps;pipes"]),
        }
        row |= dice.choice(
            [
                {}, {"stage": given["stages"][0]}, {"stage": given["stages"][1], "probability": 7},
                {"outcome": "won", "closed_on": dt.date(2026, 1, 2)},
                {"outcome": "lost", "stage": given["stages"][1], "created_on": dt.date(2025, 3, 4)},
                {"outcome": "void"}, {"contact": given["contact"]},
            ]
        )  # fmt: skip
        rows.append({name: value for name, value in row.items() if value is not None or i % 2})
    return rows


@pytest.fixture
def given(acme: Installation) -> dict[str, Any]:
    """What the rows refer to, custom fields, and a program that listens."""
    records = host().records
    store_rate("USD", dt.date(2020, 1, 1), "7")
    field: Any = model_of("core.CustomField")
    same = {"model": "crm.Opportunity"}
    records.create(
        field, {**same, "label": "Score", "kind": "decimal", "scale": 1, "indexed": True}
    )
    records.create(field, {**same, "label": "Code", "kind": "text", "unique": True})
    needs = {**same, "label": "Needs", "kind": "choices", "indexed": True}
    of = {"field": records.create(field, needs).id}
    for label in ("Pumps", "Pipes"):
        records.create(model_of("core.CustomOption"), {**of, "label": label})
    accounts = [records.create(Account, {"name": name}).id for name in ("Mill", "Baker")]
    contact = records.create(Contact, {"name": "Li", "account": accounts[0]}).id
    hook: Any = model_of("core.Webhook")
    with acting("ada"):
        told = {"on_create": True, "address": "https://example.com/x", **same}
        records.create(hook, {"name": "Told", **told})
    host().session.flush()
    return {
        "accounts": accounts, "contact": contact, "people": [user("ann"), user("cai"), user("ada")],
        "stages": [stage("Prospecting"), stage("Proposal")],
    }  # fmt: skip


@contextmanager
def heard(who: str) -> Iterator[None]:
    """Act in the company as it is since it has webhooks."""
    company = replace(current_company(), webhooks_revision=1, revision=next(_revisions))
    with acting_as(company, SYSTEM):
        if who == "system":
            yield
            return
        actor = actor_for(find_user(f"{who}@{company.slug}.example"))
        with acting_as(company, actor):
            yield


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("who", ["ada", "system"])
def test_they_leave_the_same_behind(
    acme: Installation, given: dict[str, Any], who: str, seed: int
) -> None:
    rows = some_rows(seed, given)
    found = {}
    for way in (one_by_one, together, as_objects):
        with host().session.begin_nested() as undone:
            with heard(who):
                made = way(rows)
            assert [each.id for each in made] == sorted(each.id for each in made)
            found[way.__name__] = left_behind(made)
            undone.rollback()
    # The system follows nothing.
    assert [n for n, held in found["one_by_one"].items() if not held] in ([], ["Follower"])
    for name in found["one_by_one"]:
        assert found["together"][name] == found["one_by_one"][name], name
        assert found["as_objects"][name] == found["one_by_one"][name], name


def test_what_is_made_is_in_the_session_like_any_record(
    acme: Installation, given: dict[str, Any]
) -> None:
    session = host().session
    (made,) = together([{"name": "Bell", "amount": 5}])
    assert made in session
    assert session.get(Opportunity, made.id) is made
    held = {name: getattr(made, name) for name in made.__table__.c.keys()}  # noqa: SIM118
    session.flush()
    session.expire(made)
    assert {name: getattr(made, name) for name in held} == held
    host().records.update(made, {"amount": 7}, version=1)
    assert (made.version, made.amount) == (2, 7)
    with session.begin_nested() as undone:
        (gone,) = together([{"name": "Gone"}])
        undone.rollback()
    assert gone not in session
    assert session.get(Opportunity, gone.__dict__.get("id") or 10**9) is None

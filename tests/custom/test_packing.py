"""A page that is written as text at once says what its records say one by one."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from core.api.reading import names_in, page_of
from core.api.values import shower
from core.data import query
from core.data.fields import every_field, put
from core.extensions import db
from tests.custom.kit import field
from tests.data.workshop import World, add, model

CUSTOM = (
    "text",
    "longtext",
    "integer",
    "decimal",
    "boolean",
    "date",
    "instant",
    "choice",
    "email",
    "choices",
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
MOMENTS = st.integers(-(2**52), 2**52).map(
    lambda microseconds: dt.datetime(2000, 1, 1, tzinfo=dt.UTC) + dt.timedelta(0, 0, microseconds)
)
DAYS = st.dates(dt.date(1000, 1, 1))
STEPS = st.decimals(-(10**9), 10**9, places=2, allow_nan=False)


def maybe(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | of


JOBS = st.fixed_dictionaries(
    {
        "name": TEXTS,
        "number": TEXTS,
        "fee": maybe(st.integers(-(2**60), 2**60)),
        "currency": st.sampled_from(["CNY", "JPY", "KWD", "EUR"]),
        "hours": maybe(STEPS),
        "margin": maybe(st.decimals(-100, 100, places=2, allow_nan=False)),
        "priority": maybe(st.integers(-(2**31), 2**31 - 1)),
        "urgent": st.booleans(),
        "due": maybe(DAYS),
        "called_at": maybe(MOMENTS),
        "note": maybe(TEXTS),
        "extra": maybe(st.dictionaries(TEXTS, st.integers() | TEXTS | st.none(), max_size=3)),
        "client": st.sampled_from(["", "x", "“销冠” \\ \n\t"]),
        "custom": st.fixed_dictionaries(
            {
                "text": maybe(TEXTS), "longtext": maybe(TEXTS),
                "integer": maybe(st.integers(-(2**50), 2**50)),
                "decimal": maybe(STEPS), "boolean": maybe(st.booleans()),
                "date": maybe(DAYS), "instant": maybe(MOMENTS),
                "choices": st.sampled_from([None, "one", "one;two"]),
            }
        ),
    }
)  # fmt: skip


@pytest.fixture(scope="module")
def fields(workshop: World) -> World:
    """A custom field of each kind."""
    from core.custom.models import CustomField

    with workshop.as_(""):
        for each in db.session.query(CustomField):
            db.session.delete(each)
        for kind in CUSTOM:
            options = {"options": ["One", "Two"]} if kind in ("choice", "choices") else {}
            field(kind, f"F {kind}", **options)
        db.session.commit()
    return workshop


@settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(jobs=st.lists(JOBS, max_size=4), person=st.sampled_from(["", "ada", "rita"]),
       only=st.sampled_from(["", "name,fee,extra", "client,called_at"]))  # fmt: skip
def test_a_page_says_what_its_records_say(
    fields: World, jobs: list[dict[str, Any]], person: str, only: str
) -> None:
    with fields.as_(""):
        job = model("Job")
        clients: dict[str, int] = {}
        for each in jobs:
            _add(job, {**each}, clients, fields.people["rita"])
        with fields.acting(person):
            asked = {"sort": "-fee", "limit": "3"} | ({"fields": only} if only else {})
            said = json.loads(page_of(job, MultiDict(asked)))
            question = query.parse_query(job, asked)
            items, after = query.read(question, shower(job, names_in(only)))
    assert said == {"items": json.loads(json.dumps(items)), "next": after}
    assert len(items) == min(3, len(jobs))


def _add(job: Any, values: dict[str, Any], clients: dict[str, int], owner: int) -> None:
    metas = {meta.kind: meta for meta in every_field(job).values() if meta.custom}
    name, custom = values.pop("client"), values.pop("custom")
    if name and name not in clients:
        clients[name] = add("Client", name=name).id
    made = add("Job", **values, owner_id=owner, client_id=clients.get(name))
    for kind, value in custom.items():
        if value is not None:
            put(made, metas[kind], value)
    db.session.flush()


def test_numbers_keep_every_step() -> None:
    from core.api.packing import _steps

    for scale in range(5):
        for steps in (0, 1, -1, 5, -5, 10**scale, -(10**scale), 123456789012345678, -99999):
            assert _steps(scale)(steps) == f'"{Decimal(steps).scaleb(-scale):f}"'

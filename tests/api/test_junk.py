"""Whatever is sent, the answer is a record or a problem: never a failure of the program."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.kit import Api

SALES = "/ledger/sales"
FIELDS = [
    "id", "version", "name", "notes", "customer", "user", "outcome", "kind", "amount", "currency",
    "amount_company", "quantity", "chance", "days", "urgent", "opened_on", "closed_on",
    "called_at", "extra", "created_at", "nothing", "company_id", "customer_id", "custom",
]  # fmt: skip
WORDS = st.sampled_from(
    ["", "1", "-1", "1e400", "nan", "true", "2026-01-31", "9999-12-31T23:59:59+14:00",
     "0001-01-01T00:00:00-12:00", "A" * 300, "=1", "%", "_", "\\", "'", "中文", "EUR", "won",
     "99999999999999999999", "١", "1,2", "1__in"]
)  # fmt: skip
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | WORDS
    | st.sampled_from([2**63, 2**63 - 1, -(2**63), 10**30, 0])
)  # fmt: skip
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
BODIES = st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=5), JSON, max_size=8)
OPERATORS = [
    "",
    "in",
    "gte",
    "gt",
    "lte",
    "lt",
    "ne",
    "contains",
    "startswith",
    "isnull",
    "x",
    "name",
]
QUERIES = st.lists(
    st.tuples(
        st.sampled_from([*FIELDS, "updated_at", "q", "sort", "limit", "cursor", "count", "fields"]),
        st.sampled_from(OPERATORS),
        WORDS | st.text(max_size=10) | st.sampled_from(FIELDS),
    ),
    max_size=4,
)
KEYS = [
    "from", "to", "by", "user", "team", "customer", "urgent", "outcome", "customer__in",
    "customer__isnull", "nothing",
]  # fmt: skip
QUESTIONS = st.lists(
    st.tuples(
        st.sampled_from(KEYS),
        WORDS | st.text(max_size=10) | st.sampled_from(["month", "user", "month,customer", "day"]),
    ),
    max_size=4,
)
relaxed = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def told(response: Any) -> None:
    assert response.status_code < 500, response.get_data(as_text=True)
    assert response.status_code < 400 or response.mimetype == "application/problem+json"


@relaxed
@given(body=BODIES)
def test_bodies_of_new_records(ada: Api, body: Any) -> None:
    told(ada.call("POST", SALES, {"name": "A"} | body))


@relaxed
@given(body=BODIES)
def test_bodies_of_changes(ada: Api, body: Any) -> None:
    id_ = ada.make(SALES, name="A")["id"]
    told(ada.call("PATCH", f"{SALES}/{id_}", {"version": 1} | body))


@relaxed
@given(body=JSON | st.dictionaries(st.sampled_from(["create", "update", "delete"]), st.lists(
    BODIES | st.fixed_dictionaries({"id": st.just(1), "version": st.just(1)}) | JSON, max_size=3)
))  # fmt: skip
def test_bodies_of_bulk_requests(ada: Api, body: Any) -> None:
    told(ada.call("POST", f"{SALES}/bulk", body))


@relaxed
@given(body=BODIES, name=st.sampled_from(["win", "lose", "reopen"]))
def test_bodies_of_transitions(ada: Api, body: Any, name: str) -> None:
    id_ = ada.make(SALES, name="A")["id"]
    told(ada.call("POST", f"{SALES}/{id_}/transitions/{name}", body))


@relaxed
@given(asked=QUERIES)
def test_arguments_of_lists(ada: Api, asked: Any) -> None:
    found = [(f"{name}__{operator}".removesuffix("__"), value) for name, operator, value in asked]
    told(ada.client.get(f"/api/v1{SALES}", query_string=found, headers=ada.headers))


@relaxed
@given(
    asked=QUESTIONS,
    key=st.sampled_from(["won_amount", "win_rate", "open_amount"]),
    tail=st.sampled_from(["", "/records"]),
)
def test_arguments_of_measures(ada: Api, asked: Any, key: str, tail: str) -> None:
    path = f"/api/v1/measures/ledger.{key}{tail}"
    told(ada.client.get(path, query_string=asked, headers=ada.headers))


@relaxed
@given(
    raw=st.binary(max_size=50),
    kind=st.sampled_from(["application/json", "application/merge-patch+json", "text/plain", ""]),
)
def test_raw_bytes(ada: Api, raw: bytes, kind: str) -> None:
    for path in (SALES, f"{SALES}/bulk", f"{SALES}/1/transitions/win"):
        told(ada.client.post(f"/api/v1{path}", data=raw, content_type=kind, headers=ada.headers))

"""Values of every kind of field, from text and from JSON."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data import finding
from core.data.fields import FieldMeta, fields_of
from core.data.parse import parse_json, parse_value
from core.data.query import Ref
from plugin_api.errors import Rejected
from tests.data.query.kit import World, add, model, statements

SALE, CUSTOMER, TREE = "ledger.Sale", "ledger.Customer", "orchard.Tree"


def field(key: str, name: str) -> FieldMeta:
    return fields_of(model(key))[name]


def refusal(read: Any, key: str, name: str, value: Any, **more: Any) -> str:
    with pytest.raises(Rejected) as refused:
        read(field(key, name), value, **more)
    assert refused.value.field == name
    return str(refused.value.message)


@pytest.mark.parametrize(
    ("key", "name", "text", "value"),
    [
        (SALE, "name", "  A\r\nB \t C ", "A B C"), (SALE, "notes", " a\n\nb ", "a\n\nb"),
        (SALE, "notes", "  ", None), (SALE, "amount", "", None),
        (SALE, "amount", "￥1,234.5", 123450), (SALE, "amount", "１万", 1000000),
        (SALE, "currency", "cny", "CNY"), (SALE, "quantity", "1.5", Decimal("1.500")),
        (SALE, "chance", "50%", Decimal(50)), (SALE, "days", "1,000", 1000),
        (SALE, "days", "5.0", 5), (SALE, "urgent", "是", True), (SALE, "urgent", "no", False),
        (SALE, "opened_on", "2017/3/1", date(2017, 3, 1)),
        (SALE, "called_at", "2017-03-01T10:30", datetime(2017, 3, 1, 2, 30, tzinfo=UTC)),
        (SALE, "called_at", "2017-03-01", datetime(2017, 2, 28, 16, tzinfo=UTC)),
        (SALE, "kind", "again", "again"), (SALE, "kind", "AGAIN", "again"),
        (SALE, "kind", " New ", "new"), (SALE, "outcome", "won", "won"),
        (CUSTOMER, "email", "a@b.cn", "a@b.cn"), (CUSTOMER, "external_id", "０７", "０７"),
        (TREE, "site", "example.com", "https://example.com"),
        (TREE, "phone", "（010）8888", "(010)8888"), (TREE, "size", "LARGE", "large"),
    ],
)  # fmt: skip
def test_values_of_text(on_sqlite: World, key: str, name: str, text: str, value: Any) -> None:
    with on_sqlite.as_():
        found = parse_value(field(key, name), text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("key", "name", "text", "message"),
    [
        (SALE, "name", " ", "A value is needed."), (SALE, "urgent", "", "A value is needed."),
        (SALE, "name", "x" * 201, "At most 200 characters; these are 201."),
        (SALE, "name", "a\0", "cannot be stored"), (SALE, "amount", "1.005", "At most 2 decimal"),
        (SALE, "amount", "$5", "the amount is in CNY"), (SALE, "amount", "9" * 30, "too large"),
        (SALE, "currency", "XYZ", "is no currency code"),
        (SALE, "quantity", "-1", "At least 0."), (SALE, "quantity", "0.0001", "At most 3 decimal"),
        (SALE, "chance", "100.01", "At most 100."), (SALE, "days", "1.5", "Expected a whole"),
        (SALE, "days", str(2**63), "too large"), (SALE, "urgent", "x", "Expected yes or no"),
        (SALE, "opened_on", "32 Mar 2017", "is not a date such as"),
        (SALE, "called_at", "soon", "is not a date such as"),
        (SALE, "kind", "old", "“old” is none of: new, again."),
        (SALE, "extra", "{}", "This cannot be entered."),
        (CUSTOMER, "email", "a@b", "is no e-mail address"),
        (TREE, "site", "javascript:x", "is no web address"),
        (TREE, "phone", "me", "is no telephone number"),
    ],
)  # fmt: skip
def test_refusals_of_text(on_sqlite: World, key: str, name: str, text: str, message: str) -> None:
    with on_sqlite.as_():
        assert message in refusal(parse_value, key, name, text)


def test_amounts_in_the_currency_of_the_record(on_sqlite: World) -> None:
    with on_sqlite.as_():
        amount, other = field(SALE, "amount"), field(SALE, "amount_company")
        assert parse_value(amount, "1000", record={"currency": "JPY"}) == 1000
        assert parse_value(amount, "1000", record={"currency": None}) == 100000
        assert parse_value(other, "1000", record={"currency": "JPY"}) == 100000
        assert parse_json(amount, "1.234", record={"currency": "KWD"}) == 1234
        assert "the amount is in JPY" in refusal(
            parse_value, SALE, "amount", "€5", record={"currency": "JPY"}
        )


def test_a_format_of_dates(on_sqlite: World) -> None:
    with on_sqlite.as_():
        opened = field(SALE, "opened_on")
        assert parse_value(opened, "1.3.2017", date_format="%d.%m.%Y") == date(2017, 3, 1)
        assert "written as %d.%m.%Y" in refusal(
            parse_value, SALE, "opened_on", "2017-03-01", date_format="%d.%m.%Y"
        )


def test_choices_by_label_in_either_language(on_sqlite: World) -> None:
    with on_sqlite.as_():
        level = field("targets.Target", "level")
        assert parse_value(level, "Person") == "user"
        assert parse_value(level, "人员") == "user"
        assert "is none of: company, team, user." in refusal(
            parse_value, "targets.Target", "level", "职员"
        )


@pytest.mark.parametrize(
    ("text", "name"),
    [("C-1", "Acme"), (" Acme ", "Acme"), ("acme", "Acme"), ("c-2", "Beta"), ("beta", "beta"),
     ("Beta", "Beta")],
)  # fmt: skip
def test_references_by_what_they_are_called(world: World, text: str, name: str) -> None:
    with world.as_("rita"):
        found = parse_value(field(SALE, "customer"), text)
        assert _name(found) == name
        assert parse_value(field(SALE, "customer"), f"#{found}") == found
        assert parse_value(field(SALE, "user"), "rita") == world.people["rita"]


def _name(id_: int) -> str:
    from core.extensions import db

    return str(db.session.get(model(CUSTOMER), id_).name)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Twin", "Several records are called “Twin”."), ("BETA", "Several records are called"),
        ("Gamma", "Customer: there is no “Gamma”."), ("Foreign", "there is no “Foreign”"),
        ("#999999", "there is no “#999999”"), (f"#{2**70}", "there is no"), ("12", "there is no"),
        ("a\0", "cannot be stored"), ("%", "there is no"),
    ],
)  # fmt: skip
def test_references_that_are_not_to_be_found(world: World, text: str, message: str) -> None:
    with world.as_("rita"):
        assert message in refusal(parse_value, SALE, "customer", text)


def test_nobody_finds_what_they_may_not_read(on_sqlite: World) -> None:
    with on_sqlite.as_("ana"):
        assert "You may not look" in refusal(parse_value, SALE, "customer", "Acme")
        assert parse_value(field(SALE, "user"), "Rita") == on_sqlite.people["rita"]
    with on_sqlite.as_():
        mine = add(TREE, keeper_id=on_sqlite.people["rita"], worth=1, site="https://a.cn")
        theirs = add(TREE, keeper_id=on_sqlite.people["ravi"], worth=1)
        ids = (mine.id, theirs.id)
        assert [finding.find(TREE, f"#{id_}") for id_ in ids] == list(ids)
    with on_sqlite.as_("rita"), pytest.raises(finding.UnfoundError):
        finding.find(TREE, f"#{ids[1]}")


def test_a_reference_must_fit_what_is_known_of_the_record(on_sqlite: World) -> None:
    with on_sqlite.as_():
        plots = [add("orchard.Plot", name=name, number=n) for n, name in enumerate("ab")]
        rows = [add("orchard.Row", name="First", plot_id=plot.id) for plot in plots]
        row = field(TREE, "row")
        assert "Several records" in refusal(parse_value, TREE, "row", "First")
        assert parse_value(row, "First", record={"plot": plots[1].id}) == rows[1].id
        assert parse_value(row, "first", record={"plot": Ref(plots[0].id, "a")}) == rows[0].id
        assert parse_json(row, {"name": "First"}, record={"plot": plots[1].id}) == rows[1].id
        assert parse_value(field(TREE, "plot"), "1") == plots[1].id
        assert parse_value(field(TREE, "plot"), "b") == plots[1].id


def test_many_names_in_few_statements(world: World) -> None:
    names = [f"nobody {i}" for i in range(900)] + ["Acme", "C-2", "twin", "", "Rita"]
    with world.as_(), statements(world) as seen:
        found = finding.find_all(CUSTOMER, names)
    assert len(seen) <= 12
    assert {name for name, id_ in found.items() if isinstance(id_, int)} == {"Acme", "C-2"}
    assert "Several" in str(found["twin"])


@pytest.mark.parametrize(
    ("key", "name", "sent", "value"),
    [
        (SALE, "name", " A ", "A"), (SALE, "notes", None, None), (SALE, "notes", "", None),
        (SALE, "amount", "1234.5", 123450), (SALE, "amount", 1234.5, 123450),
        (SALE, "amount", Decimal("1234.50"), 123450), (SALE, "amount", -1, -100),
        (SALE, "quantity", "1.5", Decimal("1.500")), (SALE, "quantity", 0.1, Decimal("0.100")),
        (SALE, "chance", 12, Decimal("12.00")), (SALE, "days", 3, 3),
        (SALE, "days", Decimal("3.0"), 3), (SALE, "urgent", False, False),
        (SALE, "opened_on", "2017-03-01", date(2017, 3, 1)),
        (SALE, "called_at", "2017-03-01T10:30:00+08:00",
         datetime(2017, 3, 1, 2, 30, tzinfo=UTC)),
        (SALE, "outcome", "won", "won"), (SALE, "extra", {"a": [1]}, {"a": [1]}),
        (SALE, "customer", 7, 7), (SALE, "customer", {"id": 7}, 7),
        (SALE, "customer", {"id": 7, "label": "x"}, 7),
    ],
)  # fmt: skip
def test_values_of_json(on_sqlite: World, key: str, name: str, sent: Any, value: Any) -> None:
    with on_sqlite.as_():
        found = parse_json(field(key, name), sent)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("key", "name", "sent", "message"),
    [
        (SALE, "name", None, "A value is needed."), (SALE, "name", 5, "Expected a text."),
        (SALE, "name", "\ud800", "cannot be stored"), (SALE, "amount", True, "Expected a number."),
        (SALE, "amount", "1,000", "Expected a number."), (SALE, "amount", "￥5", "Expected a"),
        (SALE, "amount", {}, "Expected a number."), (SALE, "amount", 0.001, "At most 2 decimal"),
        (SALE, "amount", Decimal("1e999999999"), "too large"), (SALE, "amount", 2**80, "too large"),
        (SALE, "amount", float("nan"), "Expected a number."), (SALE, "days", "3", "Expected a"),
        (SALE, "days", 3.5, "Expected a whole"), (SALE, "days", -1, "At least 0."),
        (SALE, "days", 10**500, "too large"), (SALE, "urgent", "true", "Expected true or false"),
        (SALE, "urgent", 1, "Expected true or false"), (SALE, "urgent", None, "A value is needed"),
        (SALE, "opened_on", 20170301, "Expected a text."), (SALE, "called_at", "2017-03-01T10:30",
         "with its zone"), (SALE, "outcome", "Won", "is none of: open, won, lost."),
        (SALE, "customer", "7", "Expected an id, or an object"),
        (SALE, "customer", True, "Expected an id"), (SALE, "customer", 0, "no record with this id"),
        (SALE, "customer", 2**63, "no record with this id"), (SALE, "customer", {}, "Expected an"),
        (SALE, "customer", {"email": "x"}, "one of: external_id, name."),
        (SALE, "customer", {"name": 5}, "one of: external_id, name."),
        (SALE, "customer", {"name": "Gamma"}, "Customer: there is no “Gamma”."),
        (SALE, "customer", {"name": "C-1"}, "there is no"), (SALE, "customer", [1], "Expected an"),
    ],
)  # fmt: skip
def test_refusals_of_json(on_sqlite: World, key: str, name: str, sent: Any, message: str) -> None:
    with on_sqlite.as_():
        assert message in refusal(parse_json, key, name, sent)


def test_json_finds_references(on_sqlite: World) -> None:
    with on_sqlite.as_():
        one = parse_json(field(SALE, "customer"), {"external_id": "C-4"})
        assert one != parse_json(field(SALE, "customer"), {"external_id": "C-5"})


@settings(deadline=None)
@given(
    name=st.sampled_from(["name", "amount", "quantity", "days", "urgent", "opened_on", "called_at",
                          "kind", "customer", "currency"]),
    text=st.text(max_size=30),
)  # fmt: skip
def test_any_text_is_a_value_or_is_refused(on_sqlite: World, name: str, text: str) -> None:
    with on_sqlite.as_():
        try:
            parse_value(field(SALE, name), text)
        except Rejected as refused:
            assert refused.field == name


@settings(deadline=None)
@given(
    name=st.sampled_from(["name", "amount", "quantity", "days", "urgent", "opened_on", "called_at",
                          "kind", "customer", "currency"]),
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "name", "x"]), inner, max_size=2),
        max_leaves=4,
    ),
)  # fmt: skip
def test_any_json_is_a_value_or_is_refused(on_sqlite: World, name: str, value: Any) -> None:
    with on_sqlite.as_():
        try:
            parse_json(field(SALE, name), value)
        except Rejected as refused:
            assert refused.field == name
            assert json.dumps(str(refused.message))

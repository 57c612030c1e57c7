"""Lists and single records: what they hold, how they are narrowed, what they cost."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from core.host import services
from tests.api.kit import Api, statements, working

SALES, CUSTOMERS = "/ledger/sales", "/ledger/customers"


def test_every_kind_of_field_on_the_wire(ada: Api, world: Any) -> None:
    acme = ada.make(CUSTOMERS, name="Acme GmbH", external_id="C1", email="a@example.com")
    made = ada.make(
        SALES, name="First", notes="two\nlines", customer=acme["id"], user=world.users["rita"],
        kind="again", amount="1054.00", currency="CNY", amount_company="1054", quantity="1.5",
        chance="25", days=3, urgent=True, opened_on="2026-01-31", closed_on=None,
        called_at="2026-01-31T10:20:30+08:00",
    )  # fmt: skip
    assert made == {
        "id": made["id"], "version": 1, "name": "First", "notes": "two\nlines",
        "customer": {"id": acme["id"], "label": "Acme GmbH"},
        "user": {"id": world.users["rita"], "label": "Rita"},
        "outcome": "open", "kind": "again", "amount": "1054.00", "currency": "CNY",
        "amount_company": "1054.00", "quantity": "1.500", "chance": "25.00", "days": 3,
        "urgent": True, "opened_on": "2026-01-31", "closed_on": None,
        "called_at": "2026-01-31T02:20:30Z",
        "created_at": made["created_at"], "updated_at": made["updated_at"],
    }  # fmt: skip
    assert made["created_at"].endswith("Z")
    assert ada.get(f"{SALES}/{made['id']}") == made
    assert ada.get(SALES) == {"items": [made], "next": None}


def test_what_is_read_may_be_sent_back(ada: Api) -> None:
    acme = ada.make(CUSTOMERS, name="Acme")
    made = ada.make(SALES, name="A", customer=acme["id"], amount="1.50", currency="EUR")
    sent = {k: made[k] for k in ("version", "name", "customer", "amount", "currency", "quantity")}
    assert ada.patch(f"{SALES}/{made['id']}", sent)["customer"] == made["customer"]


def test_amounts_have_the_places_of_their_currency(ada: Api) -> None:
    for currency, sent, told in (
        ("JPY", "1054", "1054"), ("KWD", "1.234", "1.234"), ("EUR", "-0.05", "-0.05"),
        ("CNY", 1054, "1054.00"), ("CNY", 0.1, "0.10"), (None, 1e3, "1000.00"),
    ):  # fmt: skip
        made = ada.make(SALES, name=f"In {currency}", amount=sent, currency=currency)
        assert made["amount"] == told
        found = ada.get(f"{SALES}?fields=amount&id={made['id']}")["items"]
        assert found == [{"id": made["id"], "version": 1, "amount": told}]


def test_a_large_number_stays_exact(ada: Api) -> None:
    made = ada.make(SALES, name="A", amount="9999999999999.93", quantity="9007199254740.993")
    assert made["amount"] == "9999999999999.93"
    assert Decimal(made["quantity"]) == Decimal("9007199254740.993")


def test_fields_narrow_what_is_told(ada: Api) -> None:
    made = ada.make(SALES, name="A", amount="1")
    narrow = ada.get(f"{SALES}/{made['id']}?fields=name,created_at,customer")
    assert set(narrow) == {"id", "version", "name", "created_at", "customer"}
    assert set(ada.get(f"{SALES}?fields=id")["items"][0]) == {"id", "version"}
    assert ada.get(f"{SALES}/{made['id']}?fields=extra")["extra"] == made.get("extra")
    assert ada.get(f"{SALES}?fields=nme", 422)["errors"].keys() == {"fields"}
    assert ada.get(f"{SALES}/{made['id']}?fields=nme", 422)["errors"].keys() == {"fields"}
    assert ada.get(f"{SALES}/{made['id']}?nothing=1", 422)["errors"].keys() == {"nothing"}


def test_filters(ada: Api) -> None:
    acme, bolt = (ada.make(CUSTOMERS, name=n, external_id=n)["id"] for n in ("Acme", "Bolt"))
    for name, amount, customer, day, urgent in (
        ("One", "10", acme, "2026-01-01", True),
        ("Two", "20", bolt, "2026-02-01", False),
        ("Three", "30", None, None, False),
    ):
        ada.make(SALES, name=name, amount=amount, customer=customer, closed_on=day, urgent=urgent)
    for asked, expected in {
        "amount=20": ["Two"], "amount__gte=20": ["Two", "Three"], "amount__lt=20.00": ["One"],
        "name__contains=t": ["Two", "Three"], "name__startswith=T": ["Two", "Three"],
        f"customer={acme}": ["One"], f"customer__in={acme},{bolt}": ["One", "Two"],
        "customer__name=Bolt": ["Two"], "customer=Bolt": ["Two"],
        "customer__isnull=true": ["Three"], "customer__isnull=false": ["One", "Two"],
        "closed_on__gte=2026-01-15": ["Two"], "urgent=true": ["One"],
        "name__in=One,Three": ["One", "Three"], "name__ne=One": ["Two", "Three"],
        "outcome=open": ["One", "Two", "Three"], "outcome=won": [], "q=thr": ["Three"],
    }.items():  # fmt: skip
        assert ada.names(f"{SALES}?sort=id&{asked}") == expected, asked
    assert ada.names(f"{SALES}?sort=-amount,id") == ["Three", "Two", "One"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("nothing=1", "nothing"), ("amount=much", "amount"), ("closed_on=soon", "closed_on"),
        ("amount__about=1", "amount__about"), ("sort=nothing", "sort"), ("limit=0", "limit"),
        ("limit=1001", "limit"), ("limit=x", "limit"), ("count=maybe", "count"),
        ("cursor=xyz", "cursor"), ("name=A&name=B", "name"), ("outcome=gone", "outcome"),
        ("id__gte=99999999999999999999", "id__gte"), ("created_at=x", "created_at"),
    ],
)  # fmt: skip
def test_a_parameter_that_does_not_fit_is_named(ada: Api, asked: str, field: str) -> None:
    assert ada.get(f"{SALES}?{asked}", 422)["errors"].keys() == {field}


def test_pages_follow_one_another_without_gap_or_repeat(ada: Api) -> None:
    rows = [{"name": f"n{i % 7}", "amount": str(i % 5)} for i in range(50)]
    ada.post(f"{SALES}/bulk", {"create": rows})
    for order in ("id", "-id", "amount,id", "-amount,name", "-closed_on,amount"):
        seen: list[int] = []
        cursor = ""
        while True:
            page = ada.get(f"{SALES}?limit=7&sort={order}&cursor={cursor}")
            seen += [item["id"] for item in page["items"]]
            cursor = page["next"]
            if cursor is None:
                break
        assert len(seen) == len(set(seen)) == 50, order
        assert seen == [item["id"] for item in ada.get(f"{SALES}?sort={order}")["items"]]


def test_the_total_is_counted_only_when_asked(ada: Api) -> None:
    ada.post(f"{SALES}/bulk", {"create": [{"name": f"n{i}"} for i in range(5)]})
    assert "total" not in ada.get(f"{SALES}?limit=2")
    page = ada.get(f"{SALES}?limit=2&count=true&name__ne=n0")
    assert (len(page["items"]), page["total"]) == (2, 4)
    assert "total" not in ada.get(f"{SALES}?count=false")


def test_a_page_of_80_costs_two_statements(app: Any, ada: Api) -> None:
    acme = ada.make(CUSTOMERS, name="Acme")["id"]
    rows = [{"name": f"n{i}", "customer": acme, "amount": "1"} for i in range(100)]
    ada.post(f"{SALES}/bulk", {"create": rows})
    ada.get(SALES)
    with statements(app) as seen:
        page = ada.get(f"{SALES}?sort=-amount,id&customer={acme}")
    assert len(page["items"]) == 80
    assert len(seen) == 2, "\n\n".join(seen)
    with statements(app) as seen:
        ada.get(f"{SALES}/{page['items'][0]['id']}")
    assert len(seen) == 2, "\n\n".join(seen)
    with statements(app) as seen:
        ada.get(f"{SALES}?count=true")
    assert len(seen) == 3


def test_record_rules_hold(as_: Any, world: Any, ada: Api) -> None:
    for name in ("rita", "ravi", "max"):
        ada.make(SALES, name=f"Of {name}", user=world.users[name])
    assert as_("rita").names(f"{SALES}?sort=id") == ["Of rita"]
    assert as_("max").names(f"{SALES}?sort=id") == ["Of rita", "Of max"]
    assert len(as_("ana").names(SALES)) == 3
    foreign = ada.get(f"{SALES}?name=Of ravi")["items"][0]
    as_("rita").get(f"{SALES}/{foreign['id']}", 404)
    as_("ana").get(CUSTOMERS, 403)
    as_("ana").get(f"{CUSTOMERS}/1", 403)


def test_the_host_s_own_collections_are_there(ada: Api, world: Any) -> None:
    people = ada.get("/core/users?sort=name")["items"]
    assert {p["name"] for p in people} == {"Ada", "Max", "Rita", "Ravi", "Ana"}
    assert all("password" not in str(p) and "hash" not in str(p) for p in people)
    assert ada.get(f"/core/users/{world.users['rita']}")["team"]["label"] == "North"


def test_amounts_without_a_field_for_it_carry_the_company_s_currency(
    app: Any, monkeypatch: Any
) -> None:
    from core.api.values import adds_currency, shower

    with working(app):
        sale = services().registry.models["ledger.Sale"]
        assert not adds_currency(sale)
        assert not adds_currency(services().registry.models["ledger.Customer"])
        fields = {
            name: meta
            for name, meta in __import__("core.data.fields").data.fields.fields_of(sale).items()
            if name != "currency"
        }
        monkeypatch.setattr("core.api.values.fields_of", lambda model: fields)
        assert adds_currency(sale)
        shape: Any = SimpleNamespace(
            at=["id", "version", "amount_company", "name"].index, keep=lambda key, make: make()
        )
        row = (1, 1, 105400, "A")
        assert shower(sale, ["amount_company"])(shape)(row) == {
            "id": 1, "version": 1, "amount_company": "1054.00", "currency": "CNY",
        }  # fmt: skip
        assert shower(sale, ["name"])(shape)(row) == {"id": 1, "version": 1, "name": "A"}


def test_what_one_has_already_is_not_sent_again(ada: Api) -> None:
    made = ada.make(SALES, name="Known", user=None)
    path = f"{SALES}/{made['id']}"
    for tag in ('"1"', 'W/"1"', '"7", "1"', "*"):
        same = ada.call("GET", path, If_None_Match=tag)
        assert (same.status_code, same.data, same.headers["ETag"]) == (304, b"", '"1"')
    for tag in ('"2"', "", "1x", '"11"'):
        assert ada.call("GET", path, If_None_Match=tag).json == made
    ada.patch(path, {"version": 1, "name": "Changed"})
    changed = ada.call("GET", path, If_None_Match='"1"')
    assert (changed.status_code, changed.json["name"]) == (200, "Changed")
    assert ada.call("GET", f"{SALES}/99999", If_None_Match="*").status_code == 404


def test_the_description_has_a_tag_of_what_one_may_see(ada: Api, as_: Any) -> None:
    first = ada.call("GET", "/openapi.json", Accept_Encoding="gzip")
    assert first.headers["Content-Encoding"] == "gzip"
    tag = first.headers["ETag"]
    assert ada.call("GET", "/openapi.json", If_None_Match=tag).status_code == 304
    assert as_("rita").call("GET", "/openapi.json", If_None_Match=tag).status_code == 200

"""The page and the call (``register_reports``) that explain a price, and who sees what of it."""

from __future__ import annotations

from decimal import Decimal
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa

from plugin_api.context import current_company, today
from plugin_api.host import host
from plugins.catalog.models import Product
from plugins.pricing.models import Promotion, Rule
from plugins.sales.models import Order, OrderLine
from tests.api.test_openapi import fits
from tests.harness import Installation
from tests.importing.test_pages import shown_form
from tests.plugins.pricing.kit import (
    account,
    floor,
    line,
    order,
    price_list,
    product,
    promotion,
    rule,
    terms,
)


@pytest.fixture(scope="module")
def web(inst: Installation) -> dict[str, int]:
    """A product of which the price is made of its cost, for an account of Rita's."""
    with inst.working("web"):
        goods = product("Explained", cost=600_00, code="EX")
        made = price_list("Own")
        rita = inst.user_id("web", "rita")
        mine = account("Mine", grade="A", owner_id=rita)
        other = account("Theirs", grade="A", owner_id=inst.user_id("web", "boss"))
        terms(made, condition=f"id={mine.id}")
        rule(price_list_id=made.id, kind="plus", percent="50", product_id=goods.id)
        floor(product_id=goods.id, margin=Decimal(40), action="release")
        return {"product": goods.id, "mine": mine.id, "other": other.id, "list": made.id}


def test_the_page_says_the_price_and_why(inst: Installation, web: dict[str, int]) -> None:
    client = inst.client("web", "ada")
    assert "What does a product cost whom" in client.get("/pricing/explain").text
    asked = f"product__id={web['product']}&account__id={web['mine']}&quantity=12"
    page = client.get(f"/pricing/explain?{asked}").text
    assert "CN¥900.00" in page and "The cost and 50 % more." in page
    assert "The margin is too low." in page and "Needs a release" in page
    assert "CN¥1,000.00" in client.get("/pricing/explain?product=EX").text


def test_it_is_read_in_chinese(inst: Installation, web: dict[str, int]) -> None:
    page = inst.client("web", "ada", "zh").get(
        f"/pricing/explain?product__id={web['product']}&account__id={web['mine']}"
    )
    assert "成本加 50%" in page.text and "价格解释" in page.text


def test_what_a_price_is_made_of_is_not_for_everybody(
    inst: Installation, web: dict[str, int]
) -> None:
    asked = f"/pricing/explain?product__id={web['product']}&account__id={web['mine']}"
    page = inst.client("web", "rita").get(asked).text
    assert "CN¥900.00" in page and "By a formula." in page
    assert "50" not in page.split("<tbody>")[1].split("By a formula")[1].split("</td>")[0]
    assert "The margin is too low." not in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("product=Nothing", "There is no such product."),
        ("product=EX&quantity=x", "“x” is no number."),
        ("product=EX&quantity=-1", "A quantity is more than zero."),
        ("product=EX&on=2026-13-01", "is not a date"),
        ("product=EX&currency=EUR", "EUR"),
        ("product__id=" + "9" * 30, "What does a product cost"),
    ],
)
def test_bad_questions_are_answered_in_words(
    inst: Installation, web: dict[str, int], asked: str, said: str
) -> None:
    answer = inst.client("web", "ada").get(f"/pricing/explain?{asked}")
    assert answer.status_code == 200 and said in answer.text


def test_programs_ask_the_same(inst: Installation, web: dict[str, int]) -> None:
    client, token = inst.app.test_client(), inst.token("web", "ada")

    def ask(asked: str, headers: Any = token) -> Any:
        return client.get(f"/api/v1/reports/pricing.explain?{asked}", headers=headers)

    found = ask(f"product={web['product']}&account={web['mine']}&quantity=2.5").json
    assert (found["price"], found["list_price"], found["floor"]) == ("900", "1000", "release")
    assert [step["why"] for step in found["steps"]] == ["list", "fits", "by_plus", "below_margin"]
    listed = client.get("/api/v1/reports", headers=token).json["items"]
    assert [each["key"] for each in listed] == ["pricing.explain"]
    document = client.get("/api/v1/openapi.json", headers=token).json
    said = document["paths"]["/api/v1/reports/pricing.explain"]["get"]["responses"]["200"]
    schema = said["content"]["application/json"]["schema"]
    assert fits(document, schema, found) and fits(document, schema, schema["examples"][0])
    assert found.keys() == schema["properties"].keys()
    assert fits(document, {"$ref": "#/components/schemas/Report"}, listed[0])
    for asked, status, name in (
        ("", 422, "product"), ("product=x", 422, "product"),
        ("product=1&colour=red", 422, "colour"),
        (f"product={web['product']}&on=x", 422, "on"), ("product=999999999", 404, None),
    ):  # fmt: skip
        answer = ask(asked)
        assert answer.status_code == status, asked
        assert name is None or name in answer.json["errors"], answer.json
    rita = inst.token("web", "rita")
    assert ask(f"product={web['product']}&account={web['other']}", rita).status_code == 404
    assert ask(f"product={web['product']}&account={web['mine']}", rita).json["price"] == "900"
    assert client.get("/api/v1/reports/pricing.nothing", headers=token).status_code == 404


def test_records_say_what_they_have_to_do_with_prices(
    inst: Installation, web: dict[str, int]
) -> None:
    client = inst.client("web", "ada")
    assert "Price today" in client.get(f"/catalog/products/{web['product']}").text
    assert "Say whom it is for" in client.get(f"/catalog/price-lists/{web['list']}").text
    page = client.get(f"/crm/accounts/{web['mine']}").text
    assert "Give it a price list of its own" in page and "Own" in page
    theirs = client.get(f"/crm/accounts/{web['other']}").text
    assert "It pays the prices of the standard list." in theirs


def test_reps_do_not_set_prices(inst: Installation, web: dict[str, int]) -> None:
    client, token = inst.app.test_client(), inst.token("web", "rita")
    made = client.post(
        "/api/v1/pricing/rules", json={"kind": "off", "percent": "90"}, headers=token
    )
    assert made.status_code == 403
    assert client.get("/api/v1/pricing/rules", headers=token).status_code == 200
    assert client.get("/api/v1/pricing/floors", headers=token).status_code in (403, 404)
    with inst.working("web"):
        assert host().session.get(Product, web["product"]) is not None


def test_prices_are_run_over_past_orders(inst: Installation) -> None:
    with inst.working("web"):
        goods = product("Simulated", cost=1_00)
        made = promotion("On the page", goods, percent=10, valid_from=today())
        sale = order()
        line(sale, goods, 3)
        host().records.transition(sale, "confirm")
        id_ = made.id
    client = inst.client("web", "ada")
    assert "Nothing is written" in client.get("/pricing/simulate").text
    page = client.get(f"/pricing/simulate?promotion={id_}").text
    assert "On the page" in page and "What it brought" in page
    page = client.get("/pricing/simulate?percent=-5").text
    assert "Has to sell more by" in page and "Simulated" in page
    for asked, said in (("percent=x", "no number"), ("percent=-101", "Between"),
                        ("from=x", "not a date"), ("promotion=99999", "")):  # fmt: skip
        assert said in client.get(f"/pricing/simulate?{asked}").text
    assert "Run it over past orders" in client.get(f"/pricing/promotions/{id_}").text
    assert inst.client("web", "rita").get("/pricing/simulate").status_code == 403
    with inst.working("web"):
        assert host().session.get(Promotion, id_) is not None


def test_many_lines_are_pasted_from_a_spreadsheet(inst: Installation) -> None:
    with inst.working("web"):
        product("Pasted", code="PA")
    client = inst.client("web", "ada")
    with inst.working("web"):
        company = str(current_company().id)
    rows = "External ID\tProduct\tFrom quantity\tPrice by\tAmount\n"
    rows += "".join(f"p{n}\tPA\t{n * 10}\tfixed\t{900 - n}\n" for n in range(1, 4))
    start = "/pricing/rules/import"
    assert "paste them here" in client.get(start).text
    assert client.post(start, data={"_company": company, "pasted": " "}).status_code == 422
    went = client.post(start, data={"_company": company, "pasted": rows})
    assert went.status_code == 303
    address = went.headers["Location"]
    form = shown_form(client, address)
    assert "Pasted rows" in client.get(address).text
    client.post(address, data={**form, "action": "import"})
    with inst.working("web"):
        asked = sa.select(Rule.from_quantity, Rule.amount).where(Rule.external_id.like("p_"))
        found = list(host().session.execute(asked.order_by(Rule.from_quantity)))
    assert [(int(row[0]), row[1]) for row in found] == [(10, 899_00), (20, 898_00), (30, 897_00)]


def test_a_line_says_what_it_comes_to_while_it_is_typed(
    inst: Installation, web: dict[str, int]
) -> None:
    """Price, floor and total of a line that is not saved, for who may write it; none is kept."""
    with inst.working("web"):
        made = order(account_id=web["mine"], owner_id=inst.user_id("web", "rita"))
        before = host().session.query(OrderLine).count()
        number, company = made.id, str(current_company().id)
    rita = inst.client("web", "rita")
    assert (
        'hx-post="/sales/order-lines/preview"'
        in rita.get(f"/sales/order-lines/new?order={number}").text
    )
    small = rita.get(f"/sales/order-lines/new?order={number}", headers={"HX-Request": "true"}).text
    assert 'hx-post="/sales/order-lines/preview"' in small
    typed = {"_company": company, "order__id": str(number), "order": "x", "order__label": "x",
             "product__id": str(web["product"]), "product": "x", "product__label": "x",
             "quantity": "2"}  # fmt: skip

    def asked(path: str = "/sales/order-lines/preview", who: Any = rita, **more: str) -> Any:
        return who.post(path, data={**typed, **more})

    said = asked()
    assert said.status_code == 200
    for words in ("CN¥900.00", "CN¥1,800.00", "Price check", "Needs a release"):
        assert words in said.text, said.text
    dearer = asked(price="1200")
    assert "CN¥2,400.00" in dearer.text and "Needs a release" not in dearer.text
    assert "“two” is not a number." in asked(quantity="two").text
    assert "more than zero" in asked(quantity="0").text
    with inst.working("web"):
        assert host().session.query(OrderLine).count() == before
        kept = line(host().session.get_one(Order, (int(company), number)), host().session.get_one(
            Product, (int(company), web["product"])), 1)  # fmt: skip
        line_id = kept.id
    path = f"/sales/order-lines/{line_id}"
    assert f'hx-post="{path}/preview"' in rita.get(path).text
    [opened] = shown_form(rita, path)["_before"]
    changed = asked(f"{path}/preview", _before=unescape(opened), quantity="3")
    assert "CN¥2,700.00" in changed.text
    with inst.working("web"):
        assert host().session.get_one(OrderLine, (int(company), line_id)).quantity == 1
    with inst.working("web"):
        boss = inst.user_id("web", "boss")
        theirs = order(account_id=web["other"], owner_id=boss).id
    hidden = asked(order__id=str(theirs)).text
    assert "CN¥" not in hidden and "There is no such Order" in hidden
    assert (
        inst.client("web", "ada")
        .post("/catalog/products/preview", data={"_company": company})
        .status_code
        == 404
    )

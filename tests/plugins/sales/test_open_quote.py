"""The page on which a customer decides about a quote, by a link and without a log-in: what
``register_open_pages`` returns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from core.collab import open_links
from core.extensions import db
from core.hosting import enablement
from plugin_api.errors import Forbidden, Rejected
from plugin_api.host import host
from plugins.crm.models import Account
from plugins.sales.models import Order, Quote, QuoteLine
from tests.harness import Installation
from tests.plugins.sales.kit import acting, on, user

MARCH = date(2026, 3, 10)


@pytest.fixture
def web(sales: Installation) -> Iterator[Installation]:
    """Works for the company of tests that commit."""
    with sales.working("web"):
        yield sales


@pytest.fixture
def link(web: Installation) -> Iterator[tuple[int, str]]:
    """The id of a quote that was sent, and the address of its page."""
    account = host().session.query(Account).filter_by(name="Blue Mill").one()
    quote = host().records.create(
        Quote, {"account_id": account.id, "owner_id": user("ann"), "subject": "Pumps"}
    )
    host().records.create(
        QuoteLine,
        {"quote_id": quote.id, "description": "Pump 40", "quantity": Decimal(3),
         "price": Decimal("33.35")},
    )  # fmt: skip
    host().records.transition(quote, "send")
    made = open_links.make(quote, "sales.decide")
    address = f"/open/{open_links.token_of(made)}"
    db.session.commit()
    yield quote.id, address


@pytest.fixture
def customer(web: Installation) -> FlaskClient:
    return web.app.test_client()


def again(id_: int) -> Quote:
    db.session.rollback()
    db.session.expire_all()
    return host().session.get_one(Quote, id_)


def test_a_customer_reads_what_was_offered(link: tuple[int, str], customer: FlaskClient) -> None:
    page = customer.get(link[1])
    assert page.status_code == 200
    for words in ("Blue Mill", "Pump 40", "33.35", "100.05", "Pumps", "Accept the quote"):
        assert words in page.text
    for hidden in ("Ann", "/sales/", "Sign in", "side-menu"):
        assert hidden not in page.text
    assert open_links.of_record(again(link[0]))[0].opened_at is not None


def test_who_accepts_it_is_written_down_and_the_order_is_made(
    link: tuple[int, str], customer: FlaskClient
) -> None:
    form = {"decision": "accept", "name": " Ms  Blue ", "agreed": "yes"}
    answer = customer.post(link[1], data=form)
    assert (answer.status_code, answer.headers["Location"]) == (303, link[1])
    quote = again(link[0])
    assert (quote.status, quote.decided_by) == ("accepted", "Ms Blue")
    order = host().session.query(Order).filter_by(quote_id=quote.id).one()
    assert order.amount == 10005
    assert open_links.of_record(quote)[0].answered_at is not None
    page = customer.get(link[1]).text
    assert "Accepted by Ms Blue" in page
    assert "Accept the quote" not in page
    refused = customer.post(link[1], data={**form, "decision": "decline"})
    assert refused.status_code == 422
    assert "It is decided already." in refused.text
    assert again(link[0]).status == "accepted"


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"decision": "accept", "agreed": "yes", "name": " "}, "Say who you are."),
        ({"decision": "accept", "name": "Ms Blue"}, "Tick the box"),
        ({"decision": "accept", "agreed": "yes", "name": "x" * 201}, "too long"),
        ({"decision": "decline", "name": "Ms Blue", "reason": "x" * 501}, "too long"),
        ({"name": "Ms Blue"}, "Choose whether"),
    ],
)
def test_what_does_not_fit_is_said_and_kept(
    link: tuple[int, str], customer: FlaskClient, form: dict[str, str], words: str
) -> None:
    answer = customer.post(link[1], data=form)
    assert answer.status_code == 422
    assert words in answer.text
    if form["name"].strip():
        assert form["name"] in answer.text
    assert again(link[0]).status == "sent"


def test_who_declines_may_say_why(link: tuple[int, str], customer: FlaskClient) -> None:
    form = {"decision": "decline", "name": "Ms Blue", "reason": "Too late"}
    assert customer.post(link[1], data=form).status_code == 303
    quote = again(link[0])
    assert (quote.status, quote.decline_reason) == ("declined", "Too late")


def test_the_paper_can_be_had(link: tuple[int, str], customer: FlaskClient) -> None:
    answer = customer.get(f"{link[1]}/quote.pdf")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF-")
    assert customer.get(f"{link[1]}/secrets.txt").status_code == 404


def test_a_draft_shows_nothing(link: tuple[int, str], customer: FlaskClient) -> None:
    quote = host().session.get_one(Quote, link[0])
    newer = host().records.transition(quote, "new_version")["open"]
    address = f"/open/{open_links.token_of(open_links.make(newer, 'sales.decide'))}"
    db.session.commit()
    page = customer.get(address)
    assert page.status_code == 200
    assert "Pump 40" not in page.text
    assert customer.post(
        address, data={"decision": "accept", "name": "Ms Blue", "agreed": "yes"}
    ).status_code == 422  # fmt: skip


def test_a_link_ends(link: tuple[int, str], customer: FlaskClient) -> None:
    quote = host().session.get_one(Quote, link[0])
    with on(host().session.get_one(Quote, link[0]).quoted_on + timedelta(days=31)):
        assert customer.get(link[1]).status_code == 410
    assert customer.get(link[1]).status_code == 200
    changed = link[1][:-3] + ("abc" if not link[1].endswith("abc") else "abd")
    assert customer.get(changed).status_code == 410
    [held] = open_links.of_record(quote)
    open_links.take_back(quote, held.id)
    db.session.commit()
    gone = customer.get(link[1])
    assert gone.status_code == 410
    assert "Blue Mill" not in gone.text
    assert customer.post(link[1], data={"decision": "decline", "name": "x"}).status_code == 410


def test_nothing_is_served_while_the_plugin_is_off(
    link: tuple[int, str], customer: FlaskClient
) -> None:
    enablement.disable("sales")
    db.session.commit()
    try:
        assert customer.get(link[1]).status_code == 410
    finally:
        enablement.enable("sales")
        db.session.commit()


def test_links_are_for_who_may_change_the_quote(link: tuple[int, str]) -> None:
    quote = host().session.get_one(Quote, link[0])
    with acting("bo"):
        with pytest.raises(Forbidden):
            open_links.make(quote, "sales.decide")
        with pytest.raises(Forbidden):
            open_links.take_back(quote, open_links.of_record(quote)[0].id)
    with acting("ann"):
        assert open_links.make(quote, "sales.decide").until > MARCH
        with pytest.raises(Rejected):
            open_links.make(quote, "sales.decide", date(2026, 1, 1))
        with pytest.raises(Forbidden):
            open_links.make(quote, "sales.nothing")


def test_a_rep_makes_and_takes_back_a_link_by_hand(
    link: tuple[int, str], web: Installation, customer: FlaskClient
) -> None:
    db.session.rollback()
    ann = web.client("web", "ann")
    base = f"/sales/quotes/{link[0]}"
    page = ann.get(f"{base}/access").text
    assert "Make a link: Page for the customer" in page
    company = re.search(r'name="_company" value="(\d+)"', page)
    assert company is not None
    form = {"_company": company[1], "page": "sales.decide", "until": ""}
    shown = ann.post(f"{base}/links", data=form)
    assert shown.status_code == 200
    address = re.search(r'value="http://[^/]+(/open/[^"]+)"', shown.text)
    assert address is not None
    assert customer.get(address[1]).status_code == 200
    refused = ann.post(f"{base}/links", data={**form, "until": "2020-01-01"})
    assert refused.status_code == 303
    newest = open_links.of_record(again(link[0]))[0].id
    assert ann.post(f"{base}/links/{newest}/revoke", data=form).status_code == 303
    assert customer.get(address[1]).status_code == 410

"""Quotes: versions, optional lines, releases, and the order that follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from core.data import settings
from plugin_api.errors import Forbidden, Rejected
from plugin_api.host import host
from plugin_api.paper import Font, font
from plugins.crm.models import Account, Opportunity, OpportunityLine
from plugins.sales.models import Quote, QuoteLine
from plugins.sales.services import paper, quoting
from plugins.sales.services.orders import lines_of
from plugins.sales.services.quotes import lines_of as parts_of
from tests.harness import Installation
from tests.plugins.sales.kit import acting, on, opened, user

MARCH = date(2026, 3, 10)
Make = Callable[..., Quote]


@pytest.fixture
def quote(acme: Installation) -> Make:
    """Makes quotes: ``quote((quantity, price), {"description": …}, …, owner_id=…)``."""

    def make(*lines: Any, sent: bool = False, **values: Any) -> Quote:
        account = host().session.query(Account).filter_by(name="Blue Mill").one()
        given = {"account_id": account.id, "owner_id": user("ann"), **values}
        made = host().records.create(Quote, given)
        for i, line in enumerate(lines):
            more = line if isinstance(line, dict) else {"quantity": line[0], "price": line[1]}
            more = {n: Decimal(v) if n in NUMBERS else v for n, v in more.items()}
            host().records.create(
                QuoteLine, {"quote_id": made.id, "description": f"Line {i}", "position": i, **more}
            )
        if sent:
            host().records.transition(made, "send")
        return made

    return make


NUMBERS = ("quantity", "price", "discount", "tax_rate")


def deal(**values: Any) -> Opportunity:
    account = host().session.query(Account).filter_by(name="Blue Mill").one()
    given = {"name": "Line 4", "account_id": account.id, "owner_id": user("ann"), **values}
    return host().records.create(Opportunity, given)


def test_discounts_stand_on_each_other_and_are_reckoned_anew(quote: Make) -> None:
    """R32, C31: 20 % and 10 % of 1,000 are 720; another discount begins at the list again."""
    made = quote({"quantity": 1, "price": 1000, "discount": 20, "tax_rate": 13}, discount=10)
    assert (made.amount, made.tax, made.total) == (720_00, 93_60, 813_60)
    host().records.update(made, {"discount": Decimal(0)})
    assert made.amount == 800_00
    [line] = parts_of(made.id)
    host().records.update(line, {"discount": Decimal(30)})
    assert made.amount == 700_00


def test_optional_lines_count_once_they_are_chosen(quote: Make) -> None:
    made = quote((1, 100), {"quantity": 2, "price": 50, "optional": True, "group": "Service"})
    assert made.amount == 100_00
    host().records.transition(made, "send")
    base, extra = parts_of(made.id)
    host().records.update(extra, {"chosen": True})
    assert made.amount == 200_00
    with pytest.raises(Rejected, match="Make a new version"):
        host().records.update(base, {"quantity": Decimal(2)})


def test_what_is_sent_stays_and_a_version_takes_everything_over(quote: Make) -> None:
    with on(MARCH):
        made = quote((3, "33.35"), sent=True, subject="Pumps", terms="Ex works", payment_days=14)
    assert (made.number, made.valid_until) == ("Q-2026-00001", MARCH + timedelta(days=30))
    for change in ({"subject": "Valves"}, {"valid_until": MARCH}, {"discount": Decimal(5)}):
        with pytest.raises(Rejected, match="Make a new version"):
            host().records.update(made, change)
    with pytest.raises(Rejected, match="Make a new version"):
        host().records.delete(made)
    second = opened(host().records.transition(made, "new_version"))
    assert (second.name, second.amount, second.terms, second.payment_days) == (
        "Q-2026-00001 v2 · Blue Mill · Pumps", 100_05, "Ex works", 14,
    )  # fmt: skip
    with pytest.raises(Rejected, match="newer version"):
        host().records.transition(made, "new_version")
    [line] = parts_of(second.id)
    host().records.update(line, {"discount": Decimal(10)})
    assert (made.status, made.amount, second.amount) == ("sent", 100_05, 90_05)
    with on(MARCH):
        host().records.transition(second, "send")
    assert (made.status, made.superseded, second.number) == ("replaced", True, made.number)


def test_a_quote_beyond_the_limits_needs_a_release(quote: Make) -> None:
    settings.store("sales.most_discount", 15)
    made = quote({"quantity": 1, "price": 100, "discount": 20})
    fair = quote({"quantity": 1, "price": 100, "discount": 15})
    with acting("ann"):
        with pytest.raises(Rejected, match=r"20 % below the list"):
            host().records.transition(made, "send")
        with pytest.raises(Rejected, match="send it"):
            host().records.transition(fair, "ask_release", {"release_reason": "?"})
        host().records.transition(fair, "send")
        host().records.transition(made, "ask_release", {"release_reason": "A large customer"})
        with pytest.raises(Rejected, match="Make a new version"):
            host().records.update(parts_of(made.id)[0], {"discount": Decimal(50)})
        with pytest.raises(Forbidden):
            host().records.transition(made, "release")
    with acting("boss"):
        host().records.transition(made, "release")
    assert (made.status, made.released_by_id) == ("released", user("boss"))
    with acting("ann"):
        host().records.transition(made, "take_back")
        host().records.update(parts_of(made.id)[0], {"discount": Decimal(21)})
        with pytest.raises(Rejected, match="21 %"):
            host().records.transition(made, "send")
        host().records.transition(made, "ask_release", {"release_reason": "Again"})
    with acting("boss"):
        host().records.transition(made, "release")
    with acting("ann"):
        host().records.transition(made, "send")
    assert made.status == "sent"


def test_what_is_accepted_becomes_an_order_with_all_that_was_offered(quote: Make) -> None:
    made = quote(
        (3, "33.35"), {"quantity": 1, "price": 500, "tax_rate": 13, "discount": 10},
        {"quantity": 1, "price": 7, "optional": True},
        sent=True, discount=5, payment_days=14, region="West", opportunity_id=deal().id,
    )  # fmt: skip
    order = opened(host().records.transition(made, "accept", {"decided_by": "Ms Blue"}))
    assert (made.status, order.quote_id, made.decided_by) == ("accepted", made.id, "Ms Blue")
    assert (order.status, order.total, order.region, order.payment_days) == (
        "draft", made.total, "West", 14,
    )  # fmt: skip
    assert (order.account_id, order.opportunity_id, order.owner_id, order.quote_id) == (
        made.account_id, made.opportunity_id, user("ann"), made.id,
    )  # fmt: skip
    assert [line.net for line in lines_of(order.id)] == [
        line.net for line in parts_of(made.id) if not line.optional
    ]
    host().records.transition(order, "confirm")
    for move in ("accept", "decline", "new_version"):
        with pytest.raises(Rejected):
            host().records.transition(made, move)


def test_a_rep_takes_a_quote_all_the_way_to_a_confirmed_order(quote: Make) -> None:
    account = host().session.query(Account).filter_by(name="Blue Mill").one()
    host().records.update(account, {"owner_id": user("ann")})
    with acting("ann"):
        made = quote({"product_id": 1, "quantity": 2, "description": None})
        assert [(each.description, each.cost) for each in parts_of(made.id)] == [("Pump", 500)]
        host().records.transition(made, "send")
        second = opened(host().records.transition(made, "new_version"))
        host().records.transition(second, "send")
        order = opened(host().records.transition(second, "accept"))
        host().records.transition(order, "confirm")
    assert (order.status, order.total, lines_of(order.id)[0].cost) == ("confirmed", 2000_00, 500)


def test_the_opportunity_follows_the_quote_that_leads_it(quote: Make) -> None:
    found = deal()
    first = quote((1, 100), opportunity_id=found.id)
    assert (found.amount, first.leading) == (100_00, True)
    second = quote((1, 300), opportunity_id=found.id)
    assert (found.amount, first.leading, second.leading) == (300_00, False, True)
    host().records.update(first, {"leading": True})
    assert (found.amount, second.leading) == (100_00, False)
    host().records.transition(first, "send")
    host().records.transition(first, "accept")
    assert (found.outcome, found.amount) == ("won", 100_00)
    other = host().records.create(Account, {"name": "Red Mill"})
    with pytest.raises(Rejected, match="another account"):
        quote((1, 1), opportunity_id=found.id, account_id=other.id)


def test_a_quote_begins_with_the_lines_of_its_opportunity(quote: Make) -> None:
    found = deal()
    host().records.create(
        OpportunityLine,
        {"opportunity_id": found.id, "description": "Pump", "quantity": Decimal(2), "price": 99_00},
    )
    made = quote(opportunity_id=found.id)
    assert [(line.description, line.quantity, line.price) for line in parts_of(made.id)] == [
        ("Pump", 2, 99)
    ]
    host().records.transition(made, "send")
    second = opened(host().records.transition(made, "new_version"))
    assert len(parts_of(second.id)) == 1


def test_quotes_expire_and_are_not_accepted_then(quote: Make) -> None:
    with on(MARCH):
        made, kept = (
            quote((1, 1), sent=True),
            quote((1, 1), sent=True, valid_until=date(2026, 5, 1)),
        )
        with pytest.raises(Rejected, match="This day is over"):
            quote((1, 1), sent=True, valid_until=date(2026, 3, 9))
    with on(date(2026, 4, 10)):
        with pytest.raises(Rejected, match="It has expired"):
            host().records.transition(made, "accept")
        assert quoting.expire() == 1
    assert (made.status, kept.status) == ("expired", "sent")
    host().records.transition(made, "decline", {"decline_reason": "Too dear"})
    with pytest.raises(Rejected, match="needs a line"):
        quote(sent=True)


@pytest.mark.parametrize(("language", "word"), [("zh", "报价单"), ("en", "Quote")])
def test_a_quote_is_a_paper_in_both_languages(quote: Make, language: str, word: str) -> None:
    made = quote(
        *[(2, "33.335")] * 40, {"quantity": 1, "price": 5, "optional": True, "group": "Service"},
        sent=True, subject="Pumps", discount=5, terms="Ex works\n" * 5, payment_days=30,
    )  # fmt: skip
    face = font()
    if not face.path and language == "zh":
        with pytest.raises(Rejected, match="no font"):
            paper.pdf(made, language)
        return
    found = paper.pdf(made, language)
    assert found.startswith(b"%PDF-")
    assert found.count(b"/Type /Page\n") >= 2 or b"/Count 2" in found
    assert len(found) < 200_000


def test_a_paper_that_no_font_can_write_is_refused_in_words(quote: Make) -> None:
    with pytest.raises(Rejected, match="Noto Sans CJK"):
        paper.pdf(quote((1, 1), subject="水泵"), "en", Font())
    assert paper.pdf(quote((1, 1), subject="Pump"), "en", Font()).startswith(b"%PDF-")

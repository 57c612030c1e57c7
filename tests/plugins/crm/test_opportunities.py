"""What a new opportunity is made of, and what a change makes of it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from plugin_api.context import today
from plugin_api.errors import Forbidden, Invalid, Rejected
from plugin_api.host import host
from plugins.catalog.api import Product
from plugins.crm.models import Account, Contact, Opportunity
from tests.plugins.crm.conftest import Make
from tests.plugins.crm.kit import acting, name_of_stage, stage, stays, user


def create(model: Any, **values: Any) -> Any:
    return host().records.create(model, values)


def test_nothing_needs_to_be_given(deal: Make) -> None:
    made = deal(amount=None)
    assert (made.name, made.outcome, made.currency) == ("Opportunity", "open", "CNY")
    assert name_of_stage(made) == "Prospecting"
    assert made.probability == 10
    assert made.created_on == made.stage_since == today()
    assert made.stalls_on == today() + timedelta(days=30)
    assert (made.amount_company, made.weighted_amount, made.cycle_days) == (None, None, None)
    assert stays(made) == [("Prospecting", False)]


def test_the_name_is_made_of_what_is_known(deal: Make, account: Account) -> None:
    product = create(Product, name="GTX Pro")
    assert deal(account=account.id, product=product.id).name == "Blue Mill · GTX Pro"
    assert deal(product=product.id, external_id="X1").name == "GTX Pro · X1"
    assert deal(external_id="X2").name == "X2"
    assert deal(name="Roof").name == "Roof"


def test_the_account_of_the_contact_is_the_account(deal: Make, account: Account) -> None:
    contact = create(Contact, name="Jo", account=account.id)
    assert deal(contact=contact.id).account_id == account.id


@pytest.mark.parametrize(("outcome", "stage_name"), [("won", "Won"), ("lost", "Lost")])
def test_the_outcome_finds_its_stage(deal: Make, outcome: str, stage_name: str) -> None:
    made = deal(outcome=outcome, created_on=date(2016, 10, 20), closed_on=date(2017, 3, 1))
    assert name_of_stage(made) == stage_name
    assert made.closed_on == date(2017, 3, 1)
    assert made.cycle_days == 132
    assert made.weighted_amount is None
    assert made.probability == (100 if outcome == "won" else 0)


def test_the_stage_finds_its_outcome(deal: Make) -> None:
    made = deal(stage=stage("Won"), closed_on=date(2017, 3, 1), created_on=date(2017, 1, 1))
    assert (made.outcome, made.cycle_days) == ("won", 59)
    assert stays(made) == [("Won", False)]


def test_one_that_was_lost_in_a_stage_comes_from_there(deal: Make) -> None:
    made = deal(
        outcome="lost", stage=stage("Proposal"), amount=0, closed_on=date(2025, 5, 2),
        created_on=date(2025, 4, 1),
    )  # fmt: skip
    assert name_of_stage(made) == "Lost"
    assert made.closed_from_id == stage("Proposal")
    assert stays(made) == [("Proposal", True), ("Lost", False)]


def test_stage_and_outcome_that_disagree_are_refused(deal: Make) -> None:
    with pytest.raises(Rejected, match=r"Won.*says otherwise"):
        deal(outcome="lost", stage=stage("Won"))


def test_what_is_void_lies_in_no_stage(deal: Make) -> None:
    made = deal(outcome="void", stage=stage("Proposal"))
    assert (made.stage_id, made.closed_on, made.weighted_amount) == (None, None, None)
    assert stays(made) == [("Proposal", True)]


def test_days_of_a_new_opportunity(deal: Make) -> None:
    past = date(2025, 5, 2)
    assert deal(outcome="won").closed_on == today()
    assert deal(outcome="won", expected_close=past).closed_on == past
    assert deal(outcome="won", expected_close=date(2999, 1, 1)).closed_on == today()
    still = deal(closed_on=past)
    assert (still.outcome, still.closed_on, still.expected_close) == ("open", None, past)
    assert deal(outcome="won", closed_on=past).created_on is None
    assert deal(created_on=None).created_on is None
    assert deal(outcome="won", closed_on=past, created_on=date(2025, 6, 1)).cycle_days is None


def test_equal_rows_are_not_duplicates(deal: Make) -> None:
    assert deal(name="Same").id != deal(name="Same").id
    deal(external_id="1")
    with pytest.raises(Rejected, match="already exists"):
        deal(external_id="1")


def test_a_probability_of_ones_own_is_kept_until_the_stage_changes(deal: Make) -> None:
    made = deal(probability=Decimal(35))
    assert made.weighted_amount == 35_000_00
    host().records.update(made, {"amount": 200_000_00})
    assert made.weighted_amount == 70_000_00
    host().records.transition(made, "move", {"stage": stage("Negotiation")})
    assert (made.probability, made.weighted_amount) == (75, 150_000_00)


def test_an_empty_probability_is_that_of_the_stage(deal: Make) -> None:
    made = deal(probability=Decimal(35))
    host().records.update(made, {"probability": None})
    assert (made.probability, made.weighted_amount) == (10, 10_000_00)


def test_putting_off_is_counted_and_written_down(deal: Make) -> None:
    from plugins.crm.models import CloseDateChange

    made = deal(expected_close=date(2025, 6, 1))
    for day in (date(2025, 7, 1), date(2025, 6, 15), date(2025, 8, 1)):
        host().records.update(made, {"expected_close": day})
    assert made.pushes == 2
    rows = host().session.query(CloseDateChange).order_by("id").all()
    assert [row.days for row in rows] == [30, -16, 47]
    assert rows[0].old_date == date(2025, 6, 1)


def test_what_is_won_is_corrected_by_those_who_may(deal: Make) -> None:
    made = deal(owner=user("ann"), outcome="won")
    with acting("ann"):
        host().records.update(made, {"next_step": "Thank them"})
        with pytest.raises(Rejected, match="It is won"):
            host().records.update(made, {"amount": 900_000_00})
        for name in ("reopen", "void", "lose"):
            with pytest.raises(Forbidden, match="It is won"):
                host().records.transition(made, name)
        with pytest.raises(Forbidden):
            host().records.transition(made, "move", {"stage": stage("Lost")})
    with acting("boss"):
        host().records.update(made, {"amount": 90_000_00})
        host().records.transition(made, "redate", {"closed_on": date(2025, 1, 31)})
    assert (made.amount_company, made.closed_on) == (90_000_00, date(2025, 1, 31))


def test_the_closing_day_is_not_changed_in_passing(deal: Make) -> None:
    made = deal(outcome="won")
    with pytest.raises(Invalid, match="another look") as refused:
        host().records.update(made, {"closed_on": date(2025, 1, 1)})
    assert "Correct the closing day" in str(refused.value.errors["closed_on"])


def test_a_rep_owns_what_they_make_and_sees_no_other(deal: Make) -> None:
    theirs = deal(owner=user("bo"))
    with acting("ann"):
        mine = host().records.create(Opportunity, {"name": "Mine"})
        assert mine.owner_id == user("ann")
        assert host().records.may(mine, "update")
        assert not host().records.may(theirs, "read")
    with acting("boss"):
        assert host().records.may(mine, "update")
        assert host().records.may(theirs, "update")
    with acting("cai"):
        assert not host().records.may(mine, "read")
    with acting("eve"):
        assert host().records.may(mine, "read")
        assert not host().records.may(mine, "update")

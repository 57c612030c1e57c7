"""Split credit and lines of an opportunity."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from plugin_api.errors import Forbidden, Rejected
from plugin_api.host import host
from plugins.catalog.api import Product
from plugins.crm.models import Opportunity, OpportunityCredit, OpportunityLine
from tests.plugins.crm.conftest import Make
from tests.plugins.crm.kit import acting, figure, user


def credit(record: Opportunity, name: str, share: str) -> OpportunityCredit:
    values = {"opportunity": record.id, "user": user(name), "share": Decimal(share)}
    return host().records.create(OpportunityCredit, values)


def shares(record: Opportunity) -> list[tuple[int | None, Decimal, int | None, bool]]:
    host().session.flush()
    rows = host().session.query(OpportunityCredit).filter_by(opportunity_id=record.id)
    return [(r.user_id, r.share, r.amount, r.is_rest) for r in rows.order_by("id")]


class TestCredit:
    def test_the_owner_keeps_the_rest(self, deal: Make) -> None:
        made = deal(owner=user("ann"), amount=220_000_00)
        credit(made, "bo", "40")
        assert shares(made) == [
            (user("bo"), 40, 88_000_00, False),
            (user("ann"), 60, 132_000_00, True),
        ]

    def test_r6_three_parts_add_up_to_the_cent(self, deal: Make) -> None:
        made = deal(owner=user("ann"), amount=1000_00)
        credit(made, "bo", "33.3333")
        credit(made, "cai", "33.3333")
        amounts = sorted(amount or 0 for _user, _share, amount, _rest in shares(made))
        assert amounts == [333_33, 333_33, 333_34]

    def test_figures_of_people_add_up_to_that_of_the_company(self, deal: Make) -> None:
        made = deal(owner=user("ann"), amount=220_000_00, outcome="won")
        credit(made, "bo", "40")
        assert figure("won_amount") == 220_000_00
        assert figure("won_amount", user=user("ann")) == 132_000_00
        assert figure("won_amount", user=user("bo")) == 88_000_00
        assert figure("won_count", user=user("ann")) == 1
        assert figure("won_count", user=user("bo")) == 0
        assert figure("won_count") == 1

    def test_it_follows_amount_and_owner(self, deal: Make) -> None:
        made = deal(owner=user("ann"), amount=100_00)
        credit(made, "bo", "40")
        host().records.update(made, {"amount": 50_01, "owner": user("cai")})
        assert shares(made) == [(user("bo"), 40, 20_00, False), (user("cai"), 60, 30_01, True)]
        host().records.update(made, {"amount": None})
        assert [amount for _user, _share, amount, _rest in shares(made)] == [None, None]

    def test_all_may_be_given_away_and_taken_back(self, deal: Make) -> None:
        made = deal(owner=user("ann"), amount=100_00)
        all_of_it = credit(made, "bo", "100")
        assert shares(made) == [(user("bo"), 100, 100_00, False)]
        host().records.update(all_of_it, {"share": Decimal(30)})
        assert [(share, rest) for _u, share, _a, rest in shares(made)] == [(30, False), (70, True)]
        host().records.delete(all_of_it)
        assert shares(made) == []
        assert figure("open_amount", user=user("ann")) == 100_00

    def test_shares_beyond_the_whole_are_refused(self, deal: Make) -> None:
        made = deal(owner=user("ann"))
        credit(made, "bo", "70")
        with pytest.raises(Rejected, match="add up to 110 %"):
            credit(made, "cai", "40")
        with pytest.raises(Rejected, match="has a share already"):
            credit(made, "bo", "10")
        with pytest.raises(Rejected, match="more than 0"):
            credit(made, "cai", "0")

    def test_the_rest_is_kept_by_itself(self, deal: Make) -> None:
        made = deal(owner=user("ann"))
        credit(made, "bo", "70")
        rest = host().session.query(OpportunityCredit).filter_by(is_rest=True).one()
        with pytest.raises(Rejected, match="by itself"):
            host().records.update(rest, {"share": Decimal(10)})
        with pytest.raises(Rejected, match="by itself"):
            host().records.delete(rest)

    def test_who_has_a_share_sees_the_opportunity_and_no_more(self, deal: Make) -> None:
        made = deal(owner=user("ann"), amount=100_00, outcome="won")
        with acting("cai"):
            assert not host().records.may(made, "read")
        credit(made, "cai", "40")
        with acting("cai"):
            assert host().records.get(Opportunity, made.id) is made
            assert figure("won_amount", user=user("cai")) == 40_00
            with pytest.raises(Forbidden):
                host().records.update(made, {"name": "Mine"})
            with pytest.raises(Forbidden):
                credit(made, "bo", "10")


class TestLines:
    @pytest.fixture
    def felt(self, acme: object) -> int:
        values = {"name": "Felt", "list_price": 33_35}
        return host().records.create(Product, values).id

    def line(self, record: Opportunity, **values: object) -> OpportunityLine:
        return host().records.create(OpportunityLine, {"opportunity": record.id, **values})

    def test_the_amount_is_their_sum(self, deal: Make, felt: int) -> None:
        made = deal(amount=None)
        first = self.line(made, product=felt, quantity=Decimal(3), discount=Decimal(10))
        assert (first.price, first.amount) == (33_35, 90_05)
        self.line(made, description="Freight", price=9_95)
        assert (made.amount, made.amount_company, made.weighted_amount) == (100_00, 100_00, 10_00)
        host().records.update(first, {"quantity": Decimal(1)})
        assert made.amount == 30_02 + 9_95
        host().records.delete(first)
        assert made.amount == 9_95

    def test_the_amount_is_not_set_against_them(self, deal: Make, felt: int) -> None:
        made = deal()
        self.line(made, product=felt)
        with pytest.raises(Rejected, match="sum of the lines"):
            host().records.update(made, {"amount": 1_00})
        with pytest.raises(Rejected, match="another currency"):
            host().records.update(made, {"currency": "EUR"})

    def test_a_line_needs_a_price(self, deal: Make) -> None:
        made = deal()
        with pytest.raises(Rejected, match="what it costs"):
            self.line(made)
        free = host().records.create(Product, {"name": "Nothing"}).id
        with pytest.raises(Rejected, match="no price"):
            self.line(made, product=free)

    def test_a_line_stays_where_it_is(self, deal: Make, felt: int) -> None:
        one, other = deal(), deal()
        made = self.line(one, product=felt)
        with pytest.raises(Rejected, match="stays with its opportunity"):
            host().records.update(made, {"opportunity": other.id})

    def test_they_go_with_the_opportunity(self, deal: Make, felt: int) -> None:
        made = deal(outcome="lost", closed_on=date(2025, 1, 1))
        self.line(made, product=felt)
        credit(made, "bo", "10")
        host().records.delete(made)
        assert host().session.query(OpportunityLine).count() == 0
        assert host().session.query(OpportunityCredit).count() == 0

"""Two years of demo records, in both languages."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from core.identity.models import Team
from plugin_api.context import current_company, today
from plugin_api.host import host
from plugins.catalog.models import Product
from plugins.crm import demo
from plugins.crm.models import Account, Lead, Opportunity, Stage, StageChange
from plugins.crm.services import starting
from tests.harness import Installation, install
from tests.plugins.crm.kit import figure


@pytest.fixture(scope="module", params=["en", "zh"])
def filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Installation:
    made = install(tmp_path_factory.mktemp("demo"))
    made.company("acme", "crm", currency="CNY", country="CN", language=request.param)
    with made.working("acme"):
        team = Team(name="North")
        host().session.add(team)
        host().session.flush()
        team_id = team.id
        host().records.create(Product, {"name": "Felt", "list_price": 900_00})
    for name in ("ann", "bo"):
        made.person("acme", name, "rep", team_id)
    with made.working("acme"):
        demo.load(current_company(), 7)
    return made


def test_load_demo_makes_a_plausible_company(filled: Installation) -> None:
    with filled.working("acme"):
        session = host().session
        outcomes = Counter(session.scalars(sa.select(Opportunity.outcome)))
        assert sum(outcomes.values()) == demo.OPPORTUNITIES
        assert outcomes["open"] > 50
        assert 0 < outcomes["void"] < 50
        rate = figure("win_rate")
        assert Decimal("0.2") < rate < Decimal("0.4")
        assert 40 < figure("cycle_days") < 90
        currencies = set(session.scalars(sa.select(Opportunity.currency)))
        assert currencies == {"CNY", "USD", "EUR"}
        assert session.query(Account).count() == demo.ACCOUNTS
        assert session.query(Account).filter(Account.parent_id.is_not(None)).count() > 10
        assert session.query(Lead).filter(Lead.opportunity_id.is_not(None)).count() > 50
        first = session.query(Account).first()
        assert any("\u4e00" < letter < "\u9fff" for letter in first.name) == (
            current_company().language == "zh"
        )


def test_nothing_of_it_lies_in_the_future(filled: Installation) -> None:
    with filled.working("acme"):
        session = host().session
        for column in (Opportunity.created_on, Opportunity.closed_on, Opportunity.stage_since):
            assert session.scalar(sa.select(sa.func.max(column))) <= today()
        assert session.scalar(sa.select(sa.func.min(Opportunity.created_on))) < today()


def test_its_history_agrees_with_where_everything_is(filled: Installation) -> None:
    with filled.working("acme"):
        lasting = sa.select(StageChange.opportunity_id, StageChange.stage_id).where(
            StageChange.left_at.is_(None)
        )
        found = dict(host().session.execute(lasting).all())
        there = sa.select(Opportunity.id, Opportunity.stage_id).where(
            Opportunity.stage_id.is_not(None)
        )
        assert found == dict(host().session.execute(there).all())
        points = host().measures.table("crm.reached", by=("stage",))
        order = dict(host().session.execute(sa.select(Stage.name, Stage.position)).all())
        reached = [p.value for p in sorted(points, key=lambda point: order[point.labels[0]])]
        assert reached == sorted(reached, reverse=True)
        assert reached[-1] == figure("won_count")


def test_it_is_made_once(filled: Installation) -> None:
    with filled.working("acme"):
        demo.load(current_company(), 7)
        assert host().session.query(Opportunity).count() == demo.OPPORTUNITIES
        starting.fill(current_company())
        assert host().session.query(Stage).count() == 6


def test_without_people_nothing_is_made(tmp_path: Path) -> None:
    made = install(tmp_path)
    made.company("empty", "crm")
    with made.working("empty"):
        demo.load(current_company(), 7)
        assert host().session.query(Opportunity).count() == 0

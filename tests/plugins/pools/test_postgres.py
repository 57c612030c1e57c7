"""The same on PostgreSQL, and two who claim the same at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa

from core.host import services
from plugin_api.errors import Rejected
from plugin_api.host import host
from plugins.crm.models import Account
from plugins.pools.models import Change, Place
from tests.harness import Installation
from tests.plugins.pools.conftest import settled
from tests.plugins.pools.kit import account, pool, user
from tests.plugins.pools.test_rules import *  # noqa: F403


@pytest.fixture(scope="module")
def inst(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    """In place of the one on the embedded database."""
    made = settled(tmp_path_factory.mktemp("pools-pg"), database_url=new_postgres_url())
    yield made
    with made.app.app_context():
        services().engine.dispose()


def claiming(inst: Installation, name: str, place_id: int, gate: Barrier) -> str:
    """What comes of it when somebody claims a place at the same moment as others."""
    try:
        with inst.working("web", name):
            place = host().records.get(Place, place_id)
            gate.wait(20)
            host().records.transition(place, "claim")
    except Rejected as refused:
        return str(refused.message)
    return "claimed"


def test_two_claim_one_account_at_once(inst: Installation) -> None:
    with inst.working("web"):
        pool(name="Race", limit=4)
        mills = [account(f"Mill {i}").id for i in range(4)]
        asked = sa.select(Place.id).where(Place.account_id.in_(mills)).order_by(Place.id)
        places = list(host().session.scalars(asked))
    with ThreadPoolExecutor(2) as both:
        for place_id in places:
            gate = Barrier(2)
            tried = [both.submit(claiming, inst, name, place_id, gate) for name in ("ann", "bo")]
            said = sorted(each.result(60) for each in tried)
            assert said[1] == "claimed"
            assert "has it already, since" in said[0]
            winner = "Ann" if said[0].startswith("Ann") else "Bo"
            with inst.working("web"):
                place = host().session.scalars(sa.select(Place).where(Place.id == place_id)).one()
                assert place.owner_id == user(winner.lower())
                mine = sa.select(Account.owner_id).where(Account.id == place.account_id)
                assert host().session.scalar(mine) == place.owner_id
                made = sa.select(sa.func.count()).where(
                    Change.place_id == place_id, Change.kind == "claimed"
                )
                assert host().session.scalar(made) == 1


def test_one_claims_two_at_once_and_holds_no_more_than_allowed(inst: Installation) -> None:
    with inst.working("web"):
        pool(name="Narrow", limit=1, condition="city=Wuxi", position=-1)
        mills = [account(f"Wuxi {i}", city="Wuxi").id for i in range(2)]
        asked = sa.select(Place.id).where(Place.account_id.in_(mills)).order_by(Place.id)
        places = list(host().session.scalars(asked))
    gate = Barrier(2)
    with ThreadPoolExecutor(2) as both:
        tried = [both.submit(claiming, inst, "cai", place_id, gate) for place_id in places]
        said = sorted(each.result(60) for each in tried)
    assert said[1] == "claimed"
    assert said[0] == "Cai holds as much from the pool “Narrow” as is allowed: 1."

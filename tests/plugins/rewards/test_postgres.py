"""The same on PostgreSQL, and people who spend, thank and vote at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa

from core.host import services
from plugin_api.errors import Refused
from plugin_api.host import host
from plugins.rewards.models import Award, Entry, Reward
from tests.harness import Installation
from tests.plugins.rewards.conftest import settled
from tests.plugins.rewards.kit import acting, balance, grant, reward, user
from tests.plugins.rewards.test_contests import *  # noqa: F403
from tests.plugins.rewards.test_rewards import *  # noqa: F403


@pytest.fixture(scope="module")
def inst(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    """In place of the one on the embedded database."""
    made = settled(tmp_path_factory.mktemp("rewards-pg"), database_url=new_postgres_url())
    yield made
    with made.app.app_context():
        services().engine.dispose()


def spending(inst: Installation, gate: Barrier, reward_id: int, name: str) -> bool:
    """Have a reward while others do."""
    try:
        with inst.working("web"), acting(name, "web"):
            of = host().records.get(Reward, reward_id)
            gate.wait(20)
            host().records.transition(of, "redeem")
    except Refused:
        return False
    return True


def at_once(inst: Installation, reward_id: int, *names: str) -> int:
    """How many of these get a reward at the same moment."""
    gate = Barrier(len(names))
    with ThreadPoolExecutor(len(names)) as all_:
        done = [all_.submit(spending, inst, gate, reward_id, name) for name in names]
        return sum(each.result(60) for each in done)


def test_points_and_stock_hold_when_several_spend_at_once(inst: Installation) -> None:
    with inst.working("web"):
        many = reward("Cup", points=400).id
        one = reward("Boat", points=1, stock=1).id
        grant("ann", 1000)
        grant("bo", 10)
    assert at_once(inst, many, "ann", "ann", "ann") == 2
    with inst.working("web"):
        assert balance("ann") == 200
        asked = sa.select(Entry.number, Entry.balance).where(Entry.user_id == user("ann"))
        assert [tuple(row) for row in host().session.execute(asked.order_by(Entry.number))] == [
            (1, 1000), (2, 600), (3, 200)
        ]  # fmt: skip
    assert at_once(inst, one, "ann", "bo") == 1
    with inst.working("web"):
        asked_ = sa.select(sa.func.count(Award.id)).where(Award.reward_id == one)
        assert host().session.scalar(asked_) == 1


def test_the_database_refuses_a_balance_below_zero_and_changes_of_entries(
    inst: Installation,
) -> None:
    with inst.working("acme"):
        session = host().session
        session.add(
            Entry(user_id=user("cai"), posted_on=sa.func.current_date(), kind="spent", points=-1,
                  balance=-1, number=1)
        )  # fmt: skip
        with pytest.raises(sa.exc.IntegrityError):
            session.flush()
        session.rollback()

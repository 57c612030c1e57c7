"""What rules find on PostgreSQL, and what two do at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
import sqlalchemy as sa

from core.host import services
from plugin_api.errors import Rejected
from plugin_api.host import host
from plugins.risk.models import Control, Risk
from plugins.risk.services import overview
from plugins.risk.services.detecting import proposing
from tests.harness import Installation
from tests.plugins.risk.conftest import settled
from tests.plugins.risk.kit import control, in_money, risk, scores
from tests.plugins.risk.test_detecting import *  # noqa: F403
from tests.plugins.risk.test_detecting import account, owed, rule


@pytest.fixture(scope="module")
def inst(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    """In place of the one on the embedded database."""
    made = settled(tmp_path_factory.mktemp("risk-pg"), database_url=new_postgres_url())
    yield made
    with made.app.app_context():
        services().engine.dispose()


def test_sums_and_scores_are_the_same_here() -> None:
    made = risk(**in_money("inherent", 30, 200_000))
    risk(**in_money("inherent", 10, 1000), category="market")
    assert [(each.category, each.expected) for each in overview.totals()] == [
        ("customer", 60_000_00), ("market", 100_00),
    ]  # fmt: skip
    assert host().measures.value("risk.expected_loss") == 60_100_00
    assert overview.incidents() == (0, 0)
    assert len(overview.perils()[0]) == 2
    assert scores(made) == [("inherent", 12, 60_000_00)]


def proposing_at(inst: Installation, gate: Barrier) -> int:
    """How many are proposed when somebody looks at the same moment as others."""
    with inst.working("acme"):
        of = rule("overdue")
        gate.wait(20)
        return len(proposing.propose(of, all_seen=True))


def test_two_who_propose_at_once_propose_once(inst: Installation) -> None:
    host().session.rollback()
    with inst.working("acme"):
        owed(account("Raced Mill"), 500, 40)
    gate = Barrier(2)
    with ThreadPoolExecutor(2) as both:
        done = [both.submit(proposing_at, inst, gate) for _number in range(2)]
        assert sorted(each.result(60) for each in done) == [0, 1]
    with inst.working("acme"):
        asked = sa.select(sa.func.count(Risk.id)).where(Risk.about == "Raced Mill")
        assert host().session.scalar(asked) == 1


def held_back(inst: Installation, first: Callable[[], None], second: Callable[[], None]) -> str:
    """What somebody is told who does the second thing while the first is not committed yet."""

    def other() -> str:
        with inst.working("acme"):
            try:
                second()
                host().session.settle()
            except Rejected as refused:
                host().session.rollback()
                return refused.words
        return ""

    with ThreadPoolExecutor(1) as beside:
        with inst.working("acme"):
            first()
            host().session.settle()
            waiting = beside.submit(other)
            with suppress(TimeoutError):
                waiting.result(0.4)
        return waiting.result(20)


@pytest.mark.parametrize("level", ("residual", "current"))
@pytest.mark.parametrize("retired_first", (True, False))
def test_no_level_is_left_without_the_control_that_it_rests_on(
    inst: Installation, level: str, retired_first: bool
) -> None:
    host().session.rollback()
    with inst.working("acme"):
        made = risk(inherent_likelihood=4, inherent_impact=5)
        only = control(made).id
        id_ = made.id

    def assess() -> None:
        values = {f"{level}_likelihood": 2, f"{level}_impact": 4}
        host().records.update(host().records.get(Risk, id_), values)

    def retire() -> None:
        host().records.update(host().records.get(Control, only), {"state": "retired"})

    steps = (retire, assess) if retired_first else (assess, retire)
    said = held_back(inst, *steps)
    assert ("control" in said) if retired_first else ("rests on it" in said)

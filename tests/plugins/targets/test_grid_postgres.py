"""The sheet on PostgreSQL, and two who save the same cell in the same moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from core.extensions import db
from core.host import services
from plugins.targets.services import grid_saving
from plugins.targets.services.grid_saving import Change, Outcome
from plugins.targets.services.periods import Period
from tests.harness import Installation
from tests.plugins.targets.test_grid import (
    FEB,
    JAN,
    empty,
    frame,
    held,
    person,
    settled,
    test_one_of_many_that_a_rule_refuses_keeps_none_back,
    test_people_stand_under_their_teams_with_sums,
    test_two_managers_at_once_lose_nothing,
)

__all__ = [
    "empty",
    "test_one_of_many_that_a_rule_refuses_keeps_none_back",
    "test_people_stand_under_their_teams_with_sums",
    "test_two_managers_at_once_lose_nothing",
]


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    """In place of the one on the embedded database."""
    found = settled(tmp_path_factory.mktemp("grid-pg"), database_url=new_postgres_url())
    yield found
    with found.app.app_context():
        services().engine.dispose()


def saving(made: Installation, gate: Barrier, seen: tuple[int, int | None], text: str) -> Outcome:
    """Save a cell that others save as well, having seen what stood in it."""
    period: Period = JAN if seen[0] else FEB
    with made.working("acme", "ada"):
        change = Change(
            user_id=person("ann"), period=period, text=text, version=seen[0], before=seen[1]
        )
        of = frame()
        gate.wait(20)
        outcome = grid_saving.save(of, [change], {change.user_id})
        db.session.commit()
    return outcome


@pytest.mark.parametrize("seen", [(0, None), (1, 100_00)])
def test_one_of_two_at_once_is_saved_and_the_other_told(
    made: Installation, seen: tuple[int, int | None]
) -> None:
    gate = Barrier(2)
    with ThreadPoolExecutor(2) as both:
        asked = [both.submit(saving, made, gate, seen, text) for text in ("110", "120")]
        done = [each.result(60) for each in asked]
    saved = [n for n, outcome in enumerate(done) if outcome.saved]
    assert len(saved) == 1
    kept = (110_00, 120_00)[saved[0]]
    assert held(made)["Ann", "2026-01" if seen[0] else "2026-02"] == kept
    lost = done[1 - saved[0]]
    assert [present.steps for present in lost.conflicts.values()] == [kept]

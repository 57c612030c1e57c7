"""The same on PostgreSQL, and two who give out at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa

from core.host import services
from plugin_api.host import host
from plugins.assignment.models import Given
from tests.harness import Installation
from tests.plugins.assignment.conftest import settled
from tests.plugins.assignment.test_giving import *  # noqa: F403
from tests.plugins.assignment.test_giving import leads, rule


@pytest.fixture(scope="module")
def inst(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    """In place of the one on the embedded database."""
    made = settled(tmp_path_factory.mktemp("assignment-pg"), database_url=new_postgres_url())
    yield made
    with made.app.app_context():
        services().engine.dispose()


def entering(inst: Installation, gate: Barrier) -> None:
    """Leads come in while others do."""
    with inst.working("web"):
        gate.wait(20)
        leads(4, city="Race")


def test_turns_stay_fair_when_leads_come_in_at_once(inst: Installation) -> None:
    with inst.working("web"):
        rule_id = rule("ann", "bo", "cai", name="Race", position=-1, condition="city=Race").id
    gate = Barrier(3)
    with ThreadPoolExecutor(3) as all_:
        for done in [all_.submit(entering, inst, gate) for _number in range(3)]:
            done.result(60)
    with inst.working("web"):
        asked = sa.select(Given.user_id).where(Given.rule_id == rule_id)
        assert sorted(Counter(host().session.scalars(asked)).values()) == [4, 4, 4]

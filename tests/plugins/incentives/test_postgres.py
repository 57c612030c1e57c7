"""The same on PostgreSQL, and two calculations at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa

from core.host import services
from plugin_api.host import host
from plugins.incentives.models import Entry, Plan
from plugins.incentives.services import posting
from tests.harness import Installation
from tests.plugins.incentives.conftest import settled
from tests.plugins.incentives.kit import on, plan, takes_part, version, won
from tests.plugins.incentives.test_paying import (  # noqa: F401
    test_a_month_is_paid_by_its_tiers_and_a_return_takes_back_what_it_brought,
    test_joiners_managers_teams_and_targets,
    test_statements_are_disputed_approved_and_paid_once,
    test_what_is_approved_stays_and_the_difference_goes_into_the_next_statement,
)

pytestmark = pytest.mark.usefixtures("acme")


@pytest.fixture(scope="module")
def inst(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    """In place of the one on the embedded database."""
    made = settled(tmp_path_factory.mktemp("incentives-pg"), database_url=new_postgres_url())
    yield made
    with made.app.app_context():
        services().engine.dispose()


def test_two_calculations_at_once_enter_a_difference_once(inst: Installation) -> None:
    with inst.working("web"):
        of = plan()
        version(of)
        takes_part(of)
        won(220_000, "2025-03-05")
        number = of.id
    gate = Barrier(2)

    def calculate() -> int:
        with inst.working("web"), on("2025-03-31"):
            gate.wait(20)
            found = host().session.scalars(sa.select(Plan).where(Plan.id == number)).one()
            return posting.calculate(found).entries

    with ThreadPoolExecutor(2) as both:
        made = sorted(done.result(60) for done in [both.submit(calculate) for _ in range(2)])
    assert made == [0, 3]
    with inst.working("web"):
        assert host().session.scalar(sa.select(sa.func.sum(Entry.amount))) == 1_400_000

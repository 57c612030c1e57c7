"""The same on PostgreSQL, and two who close a circle at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa

from core.host import services
from plugin_api.errors import Rejected
from plugin_api.host import host
from plugins.plans.models import Dependency
from tests.harness import Installation
from tests.plugins.plans.conftest import settled
from tests.plugins.plans.kit import step
from tests.plugins.plans.test_plans import *  # noqa: F403
from tests.plugins.plans.test_steps import *  # noqa: F403


@pytest.fixture(scope="module")
def inst(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    """In place of the one on the embedded database."""
    made = settled(tmp_path_factory.mktemp("plans-pg"), database_url=new_postgres_url())
    yield made
    with made.app.app_context():
        services().engine.dispose()


def linking(inst: Installation, gate: Barrier, step_id: int, before_id: int) -> str:
    """Have a step wait for another while somebody has that one wait for it."""
    try:
        with inst.working("web"):
            gate.wait(20)
            host().records.create(Dependency, {"step_id": step_id, "before_id": before_id})
    except Rejected as refused:
        return str(refused.errors["before"][0])
    return ""


def test_two_who_close_a_circle_at_once(inst: Installation) -> None:
    with inst.working("web"):
        one, two = step("One").id, step("Two").id
    gate = Barrier(2)
    with ThreadPoolExecutor(2) as both:
        asked = [
            both.submit(linking, inst, gate, *pair) for pair in ((one, two), (two, one))
        ]  # fmt: skip
        said = sorted(each.result(60) for each in asked)
    assert said[0] == "" and "That is a circle" in said[1]
    with inst.working("web"):
        assert host().session.scalar(sa.select(sa.func.count(Dependency.id))) == 1

"""The same on PostgreSQL, and two who merge at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from core.host import services
from plugin_api.errors import Refused
from plugins.duplicates.services import merging
from tests.harness import Installation
from tests.plugins.duplicates.conftest import settled
from tests.plugins.duplicates.test_entering import (  # noqa: F401
    test_a_warning_tells_who_has_it_and_may_be_passed,
    test_fuzzy_pinyin_and_archived,
    test_who_may_not_see_a_match_learns_only_that_there_is_one,
)
from tests.plugins.duplicates.test_merging import (  # noqa: F401
    ACCOUNT,
    account,
    test_groups_are_decided_once,
    test_undoing_leaves_everything_as_it_was,
    test_undoing_says_what_has_changed_since,
    test_what_hangs_on_them_moves_and_values_are_chosen,
    test_what_stands_beside_the_records_follows_a_merge_and_its_undoing,
)


@pytest.fixture(scope="module")
def inst(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    """In place of the one on the embedded database."""
    made = settled(tmp_path_factory.mktemp("duplicates-pg"), database_url=new_postgres_url())
    yield made
    with made.app.app_context():
        services().engine.dispose()


@pytest.fixture(scope="module")
def ids(inst: Installation) -> dict[str, int]:
    """The people of Acme there."""
    return {name: inst.user_id("acme", name) for name in ("boss", "ann", "bo", "ada")}


def merge(inst: Installation, gate: Barrier, numbers: list[int]) -> str:
    """Merge records while somebody else does; what came of it."""
    with inst.working("other"):
        gate.wait(20)
        try:
            plan = merging.plan(ACCOUNT, numbers, numbers[0], lock=True)
            merging.merge(plan, merging.defaults(plan))
        except Refused as refused:
            return str(refused.message)
    return "merged"


def test_of_two_who_merge_at_once_one_is_told(inst: Installation) -> None:
    with inst.working("other"):
        numbers = [account(f"Race {i}").id for i in range(2)]
    gate = Barrier(2)
    with ThreadPoolExecutor(2) as both:
        asked = [both.submit(merge, inst, gate, order) for order in (numbers, numbers[::-1])]
        said = sorted(str(done.result(60)) for done in asked)
    assert said == ["One of them was merged into another already.", "merged"]

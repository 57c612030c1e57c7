"""The same on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from core.host import services
from tests.harness import Installation
from tests.plugins.contracts.conftest import settled
from tests.plugins.contracts.test_contracts import (  # noqa: F401
    test_a_contract_from_draft_to_force,
    test_a_renewal_is_opened_once_and_its_contract_drafted_when_it_is_won,
    test_figures_cards_and_pages_of_others,
    test_obligations_are_told_of_once_and_shown,
    test_the_payment_plan_becomes_that_of_an_order,
    test_versions_say_what_they_change,
)


@pytest.fixture(scope="module")
def inst(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    """In place of the one on the embedded database."""
    made = settled(tmp_path_factory.mktemp("contracts-pg"), database_url=new_postgres_url())
    yield made
    with made.app.app_context():
        services().engine.dispose()

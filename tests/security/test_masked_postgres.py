"""Masks on PostgreSQL, which makes them by functions of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from core.host import services
from tests.security.conftest import settled
from tests.security.kit import World
from tests.security.test_masked import (  # noqa: F401
    planted,
    test_a_value_is_not_found_out_by_asking,
    test_groups_are_of_masks,
    test_no_reference_is_found_by_it,
    test_showing_it_is_noted_and_counted,
    test_the_database_masks_alike,
    test_the_order_tells_nothing,
    test_the_search_over_everything_finds_names_only,
    test_what_comes_back_masked_overwrites_nothing,
)


@pytest.fixture(scope="module")
def world(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[World]:
    """In place of the one on the embedded database."""
    made = settled(tmp_path_factory.mktemp("security-postgres"), new_postgres_url())
    yield made
    with made.app.app_context():
        services().engine.dispose()

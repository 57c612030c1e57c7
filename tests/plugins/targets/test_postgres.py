"""Closing on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from core.host import services
from tests.harness import Installation
from tests.plugins.targets.test_closing import *  # noqa: F403
from tests.plugins.targets.test_closing import sellers


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    """In place of the one on the embedded database."""
    found = sellers(tmp_path_factory.mktemp("closing-pg"), new_postgres_url())
    yield found
    with found.app.app_context():
        services().engine.dispose()

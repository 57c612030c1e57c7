"""The same on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from core.host import services
from tests.harness import Installation
from tests.plugins.segments.conftest import settled
from tests.plugins.segments.test_grades import *  # noqa: F403
from tests.plugins.segments.test_health import *  # noqa: F403
from tests.plugins.segments.test_personas import *  # noqa: F403
from tests.plugins.segments.test_segments import *  # noqa: F403


@pytest.fixture(scope="module")
def inst(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    """In place of the one on the embedded database."""
    made = settled(tmp_path_factory.mktemp("segments-pg"), database_url=new_postgres_url())
    yield made
    with made.app.app_context():
        services().engine.dispose()

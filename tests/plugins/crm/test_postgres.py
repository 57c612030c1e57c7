"""The same figures and splits on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from core.host import services
from tests.harness import Installation
from tests.plugins.crm.conftest import settled
from tests.plugins.crm.test_cards import *  # noqa: F403
from tests.plugins.crm.test_fiscal import *  # noqa: F403
from tests.plugins.crm.test_measures import *  # noqa: F403
from tests.plugins.crm.test_money import *  # noqa: F403
from tests.plugins.crm.test_parts import *  # noqa: F403


@pytest.fixture(scope="module")
def crm(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    """In place of the one on the embedded database."""
    made = settled(tmp_path_factory.mktemp("crm-postgres"), database_url=new_postgres_url())
    yield made
    with made.app.app_context():
        services().engine.dispose()

"""The same orders, ledger and figures on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from core.host import services
from tests.harness import Installation
from tests.plugins.sales.conftest import settled
from tests.plugins.sales.test_invoices import *  # noqa: F403
from tests.plugins.sales.test_ledger import *  # noqa: F403
from tests.plugins.sales.test_orders import *  # noqa: F403
from tests.plugins.sales.test_quotes import *  # noqa: F403
from tests.plugins.sales.test_receipts import *  # noqa: F403
from tests.plugins.sales.test_receivables import *  # noqa: F403


@pytest.fixture(scope="module")
def sales(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    """In place of the one on the embedded database."""
    made = settled(tmp_path_factory.mktemp("sales-postgres"), database_url=new_postgres_url())
    yield made
    with made.app.app_context():
        services().engine.dispose()

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from core.config import with_driver
from core.host import services
from tests.rest.kit import Served, serve
from tests.tenancy.roles import make_roles


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """On PostgreSQL as the role that its policies bind."""
    settings: dict[str, Any] = {}
    if request.param == "postgres":
        _, access = make_roles(request.getfixturevalue("new_postgres_url"))
        settings = {
            "database_url": with_driver(access.app_url),
            "owner_database_url": with_driver(access.owner_url),
        }
    made = serve(tmp_path_factory.mktemp("rest"), **settings)
    yield made
    with made.app.app_context():
        services().engine.dispose()

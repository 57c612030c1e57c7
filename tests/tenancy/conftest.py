from collections.abc import Iterator

import pytest

from core.extensions import db
from tests.postgres import new_postgres_url, postgres_server, postgres_url
from tests.tenancy.companies import Two, make_two

__all__ = ["new_postgres_url", "postgres_server", "postgres_url"]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def two(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    """Two companies; on PostgreSQL as a superuser, whom the third wall does not bind."""
    url = "" if request.param == "sqlite" else request.getfixturevalue("new_postgres_url")()
    made = make_two(tmp_path_factory.mktemp("walls"), url)
    yield made
    with made.app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def mine(two: Two) -> Iterator[Two]:
    """Working as the first company."""
    with two.acting():
        yield two

from collections.abc import Callable, Iterator

import pytest

from core.config import with_driver
from core.extensions import db
from tests.tenancy.companies import Two, make_two
from tests.tenancy.roles import Alone, Rich, Walled, close, engine_of, installed, make_roles


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


@pytest.fixture(scope="module")
def walled(
    new_postgres_url: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Walled]:
    _admin, access = make_roles(new_postgres_url)
    folder = tmp_path_factory.mktemp("walled")
    two = make_two(folder, with_driver(access.app_url), with_driver(access.owner_url))
    engine = engine_of(access.app_url)
    yield Walled(two, access, engine)
    engine.dispose()
    with two.app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def alone(walled: Walled) -> Iterator[Alone]:
    """A session of the first company."""
    with walled.session(walled.two.mine.id) as session:
        yield session


@pytest.fixture(scope="module")
def rich(
    new_postgres_url: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Rich]:
    """An installation with all its roles. Who damages it mends it."""
    admin, access = make_roles(new_postgres_url)
    made = installed(tmp_path_factory.mktemp("rich"), access.app_url, access.owner_url)
    yield Rich(admin, access, made)
    close(made)

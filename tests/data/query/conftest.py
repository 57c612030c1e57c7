from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from core.host import services
from tests.data.query.kit import World, fill, make_world


@pytest.fixture(scope="session")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Filled, and never changed by a test."""
    yield from _filled(make_world(tmp_path_factory.mktemp("sqlite")))


@pytest.fixture(scope="session")
def on_postgres(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[World]:
    yield from _filled(make_world(tmp_path_factory.mktemp("postgres"), new_postgres_url()))


def _filled(world: World) -> Iterator[World]:
    fill(world)
    yield world
    with world.made.app.app_context():
        services().engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"], scope="session")
def world(request: pytest.FixtureRequest) -> World:
    """The same content on either database."""
    made: World = request.getfixturevalue(f"on_{request.param}")
    return made

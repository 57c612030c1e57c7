from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from core.host import services
from tests.collab.kit import World, make_world


@pytest.fixture(scope="session")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    yield from _closed(make_world(tmp_path_factory.mktemp("collab")))


@pytest.fixture(scope="session")
def on_postgres(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[World]:
    yield from _closed(make_world(tmp_path_factory.mktemp("collab"), new_postgres_url()))


def _closed(world: World) -> Iterator[World]:
    yield world
    with world.made.app.app_context():
        services().engine.dispose()


@pytest.fixture
def world(on_sqlite: World) -> World:
    """The installation; what earlier tests told people is forgotten."""
    on_sqlite.forget()
    return on_sqlite


@pytest.fixture(params=["on_sqlite", "on_postgres"])
def either(request: pytest.FixtureRequest) -> World:
    """The same on either database."""
    found: Any = request.getfixturevalue(request.param)
    found.forget()
    made: World = found
    return made

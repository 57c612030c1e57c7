from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.extensions import db
from core.host import services
from tests.harness import Installation, install
from tests.importing.kit import Desk

PLUGINS = (
    Path(__file__).parent / "plugins" / "store",
    Path(__file__).parents[1] / "api" / "plugins" / "ledger",
)


def _installed(folder: Path, database_url: str = "") -> Iterator[Installation]:
    made = install(folder, plugins=PLUGINS, database_url=database_url)
    yield made
    with made.app.app_context():
        db.session.remove()
        services().engine.dispose()


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    yield from _installed(tmp_path_factory.mktemp("importing"))


@pytest.fixture(scope="session")
def on_postgres(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    yield from _installed(tmp_path_factory.mktemp("importing"), new_postgres_url())


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A new company, worked in by the system; on SQLite unless a test says ``BOTH``."""
    name = "on_postgres" if getattr(request, "param", "") == "postgres" else "installation"
    with Desk.opened(request.getfixturevalue(name), tmp_path) as desk:
        yield desk

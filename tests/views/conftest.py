from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.extensions import db
from core.host import services
from tests.views.kit import Workshop, fill, make_workshop


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workshop, Path]:
    """A workshop without repairs, and a copy of its database as it was at the start."""
    folder = tmp_path_factory.mktemp("workshop")
    shop = make_workshop(folder)
    _rest(shop)
    shutil.copy(folder / "xiaoguan.db", folder / "start.db")
    return shop, folder


@pytest.fixture
def shop(settled: tuple[Workshop, Path]) -> Workshop:
    """The workshop as it was at the start, whatever tests before did to it."""
    made, folder = settled
    _rest(made)
    for old in folder.glob("xiaoguan.db*"):
        old.unlink()
    shutil.copy(folder / "start.db", folder / "xiaoguan.db")
    for key in [k for k in made.made.app.extensions if k.startswith("xiaoguan.")]:
        if key != "xiaoguan.config":
            made.made.app.extensions.pop(key)
    return made


@pytest.fixture(scope="session")
def full_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """With ninety repairs, never changed by a test."""
    made = make_workshop(tmp_path_factory.mktemp("full"))
    fill(made)
    return made


@pytest.fixture(scope="session")
def full_on_postgres(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Workshop]:
    made = make_workshop(tmp_path_factory.mktemp("pg"), new_postgres_url())
    fill(made)
    yield made
    _rest(made)


@pytest.fixture(params=["sqlite", "postgres"], scope="session")
def full(request: pytest.FixtureRequest) -> Workshop:
    """The same content on either database."""
    made: Workshop = request.getfixturevalue(f"full_on_{request.param}")
    return made


def _rest(shop: Workshop) -> None:
    with shop.made.app.app_context():
        db.session.remove()
        services().engine.dispose()

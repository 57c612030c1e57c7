from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from core.extensions import db
from core.host import services
from tests.api.kit import Api, World, make_app, make_instance, settle

REMEMBERED = ("xiaoguan.enabled", "xiaoguan.actors", "xiaoguan.openapi", "xiaoguan.behind")


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_instance(tmp_path_factory.mktemp("api"))


@pytest.fixture(scope="session")
def settled(instance: Path) -> tuple[Flask, World]:
    """An application and a copy of its database as it was at the start."""
    app = make_app(instance)
    world = settle(app)
    with app.app_context():
        db.session.remove()
        services().engine.dispose()
    shutil.copy(instance / "xiaoguan.db", instance / "start.db")
    return app, world


@pytest.fixture
def app(settled: tuple[Flask, World], instance: Path) -> Iterator[Flask]:
    """The application as it was at the start, whatever tests before did to it."""
    made = settled[0]
    with made.app_context():
        services().engine.dispose()
    for old in instance.glob("xiaoguan.db*"):
        old.unlink()
    shutil.copy(instance / "start.db", instance / "xiaoguan.db")
    for key in REMEMBERED:
        made.extensions.pop(key, None)
    yield made


@pytest.fixture
def world(settled: tuple[Flask, World]) -> World:
    return settled[1]


@pytest.fixture
def as_(app: Flask, world: World) -> Callable[[str], Api]:
    """A client for a person: ``as_("rita")``."""
    return lambda name: Api(app, world.tokens[name])


@pytest.fixture
def ada(as_: Any) -> Api:
    """The admin of Acme."""
    return as_("ada")


@pytest.fixture
def olga(as_: Any) -> Api:
    """The admin of the other company."""
    return as_("olga")

"""The scripts of every bundled plugin make exactly the tables of its models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from core.app import create_app
from core.config import Config
from core.host import services
from core.hosting import migrate
from core.hosting.schema import revisions_of, status, version_table
from tests.architecture.sources import BUNDLED
from tests.harness import shared_cache


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An installation that the scripts, not the models, have made the tables of."""
    app = create_app(Config(cache=shared_cache(), instance=tmp_path_factory.mktemp("migrated")))
    with app.app_context():
        steps = migrate.upgrade_all(services().engine, services().registry)
        assert [step for step in steps if step.error] == []
        yield app


@pytest.mark.parametrize("plugin", ["core", *BUNDLED])
def test_scripts_and_models_agree(upgraded: Flask, plugin: str) -> None:
    loaded = services().registry.plugins[plugin]
    assert migrate.differences(services().engine, loaded) == [], "run: xiaoguan db revision"
    assert bool(revisions_of(loaded)) == bool(loaded.contribution.models)


def test_nothing_is_left_to_run(upgraded: Flask) -> None:
    found = status(services().engine, services().registry)
    assert [each.plugin for each in found if each.state != "current"] == []


def test_every_script_can_be_taken_back(tmp_path: Path) -> None:
    app = create_app(Config(cache=shared_cache(), instance=tmp_path))
    with app.app_context():
        engine, registry = services().engine, services().registry
        migrate.upgrade_all(engine, registry)
        for plugin in reversed(registry.plugins):
            if revisions_of(registry.plugins[plugin]):
                migrate.downgrade(engine, registry, plugin)
        left = [
            name
            for name in sa.inspect(engine).get_table_names()
            if not name.startswith((version_table(""), "sqlite_"))
        ]
    assert left == []

"""The host's own scripts make exactly the tables of its models; those of plugins are rules."""

from __future__ import annotations

from collections.abc import Iterator

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


def test_scripts_and_models_agree(upgraded: Flask) -> None:
    loaded = services().registry.plugins["core"]
    assert migrate.differences(services().engine, loaded) == [], "run: xiaoguan db revision"


@pytest.mark.parametrize("plugin", BUNDLED)
def test_whoever_has_models_has_scripts(upgraded: Flask, plugin: str) -> None:
    loaded = services().registry.plugins[plugin]
    assert bool(revisions_of(loaded)) == bool(loaded.contribution.models)


def test_nothing_is_left_to_run(upgraded: Flask) -> None:
    found = status(services().engine, services().registry)
    assert [each.plugin for each in found if each.state != "current"] == []


def test_every_script_of_the_host_can_be_taken_back(upgraded: Flask) -> None:
    engine, registry = services().engine, services().registry
    for plugin in reversed(registry.plugins):
        if revisions_of(registry.plugins[plugin]):
            migrate.downgrade(engine, registry, plugin)
    left = [
        name
        for name in sa.inspect(engine).get_table_names()
        if not name.startswith((version_table(""), "sqlite_"))
    ]
    assert left == []

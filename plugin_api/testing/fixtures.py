"""What a plugin's tests ask for by name; ``pytest_plugins = ["plugin_api.testing"]``."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

import pytest
from flask import Flask

from core.config import Config
from core.mail import sending
from plugin_api.testing import loading
from plugin_api.testing.contract.base import World
from plugin_api.testing.installing import Installation, install
from plugin_api.testing.outside import nothing_outside
from plugin_api.testing.workplace import Clock, Workplace

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Sent:
    """A mail that would have gone out."""

    to: str
    subject: str
    text: str
    html: str


@pytest.fixture(scope="session")
def own_plugins(pytestconfig: pytest.Config) -> tuple[str, ...]:
    """Ids of the plugins whose tests are run: by the ``setup.cfg`` where pytest was started, and
    by the folders that it was given."""
    return loading.own(pytestconfig)


@pytest.fixture(scope="session")
def installation(
    own_plugins: tuple[str, ...],
    pytestconfig: pytest.Config,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Installation]:
    """One with all plugins that are found, on SQLite in a folder that goes away; it serves the
    whole run, so a test works in a company of its own."""
    loading.scratch(pytestconfig)
    plugins = loading.local(pytestconfig)
    made = install(tmp_path_factory.mktemp("installation"), plugins=plugins)
    yield made
    made.close()


@pytest.fixture(scope="session")
def contract_world(installation: Installation) -> World:
    """The companies in which contracts are checked."""
    return World(installation)


@pytest.fixture(scope="session")
def app(installation: Installation) -> Flask:
    """The application."""
    return installation.app


@pytest.fixture
def new_company(installation: Installation) -> Callable[..., Workplace]:
    """Makes an empty company that uses the given plugins: ``new_company("crm", country="CN")``."""

    def make(*plugins: str, **given: str) -> Workplace:
        slug = f"company{next(_numbers)}"
        given = {"currency": "USD", "country": "DE", "language": "en", **given}
        installation.company(slug, *plugins, **given)
        return Workplace(installation, slug)

    return make


@pytest.fixture
def company(new_company: Callable[..., Workplace], own_plugins: tuple[str, ...]) -> Workplace:
    """An empty company that uses the plugins of this folder and what they need."""
    return new_company(*own_plugins)


@pytest.fixture
def other_company(new_company: Callable[..., Workplace], own_plugins: tuple[str, ...]) -> Workplace:
    """Another one, of which the first must not notice anything."""
    return new_company(*own_plugins)


@pytest.fixture
def as_user(company: Workplace) -> Callable[..., AbstractContextManager[int]]:
    """Works in the company as somebody in a role: ``with as_user("manager") as user_id:``."""
    return company.as_user


@pytest.fixture
def enable(company: Workplace) -> Callable[..., None]:
    """Switches plugins on for the company."""
    return company.enable


@pytest.fixture
def disable(company: Workplace) -> Callable[..., None]:
    """Switches plugins off for the company."""
    return company.disable


@pytest.fixture
def run_jobs(installation: Installation) -> Callable[[], int]:
    """Does every job that waits; answers how many were looked at."""
    return installation.run_jobs


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The clock; ``clock.set("2026-03-31")``, ``clock.move(days=1)``."""
    made = Clock()
    yield made
    made.release()


@pytest.fixture(autouse=True)
def outside() -> Iterator[None]:
    """A test that reaches another machine, or sends mail, fails and says what it tried."""
    with nothing_outside():
        yield


@pytest.fixture
def outbox(app: Flask, outside: None, monkeypatch: pytest.MonkeyPatch) -> list[Sent]:
    """Lets the installation send mail, which comes here and goes nowhere. Jobs send it:
    ``run_jobs()`` first."""
    kept: list[Sent] = []
    config: Config = app.extensions["xiaoguan.config"]
    monkeypatch.setitem(app.extensions, "xiaoguan.config", replace(config, mail="folder"))
    monkeypatch.setattr(sending, "send", lambda *sent: kept.append(Sent(*sent)))
    return kept

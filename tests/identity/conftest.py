"""The installation of each test, copied from one that is made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.app import create_app
from core.config import Config
from core.host import services
from tests.harness import Installation, install
from tests.identity.kit import set_hash

PEOPLE = (
    ("acme", "ada", "admin"), ("acme", "rick", "rep"), ("acme", "rita", "rep"),
    ("other", "olga", "admin"),
)  # fmt: skip


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with two companies and their people."""
    made = install(tmp_path_factory.mktemp("identity") / "pattern")
    made.company("acme", language="en", country="DE")
    made.company("other", language="en", country="DE")
    for slug, name, role in PEOPLE:
        made.person(slug, name, role)
    set_hash(made, *(f"{name}@{slug}.example" for slug, name, _role in PEOPLE))
    with made.app.app_context():
        services().engine.dispose()
    return made.instance


@pytest.fixture
def inst(pattern: Path, tmp_path: Path) -> Iterator[Installation]:
    """Acme with ada (admin), rick and rita (reps), and a company beside it with olga (admin)."""
    yield from _copied(pattern, tmp_path / "instance")


def _copied(pattern: Path, to: Path) -> Iterator[Installation]:
    shutil.copytree(pattern, to)
    app = create_app(Config(instance=to))
    app.config.update(TESTING=False, WTF_CSRF_ENABLED=False)
    yield Installation(app, to)
    with app.app_context():
        services().engine.dispose()

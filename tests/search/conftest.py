"""One clinic for all tests that only search; those that write make their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.extensions import db
from tests.harness import Installation
from tests.search.kit import furnish


@pytest.fixture(scope="session")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """On the embedded database; to be read only."""
    return furnish(tmp_path_factory.mktemp("clinic"))


@pytest.fixture(scope="session")
def big_clinic(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    """The same on PostgreSQL."""
    made = furnish(tmp_path_factory.mktemp("big-clinic"), new_postgres_url())
    yield made
    with made.app.app_context():
        db.engine.dispose()


@pytest.fixture
def fresh(tmp_path: Path) -> Installation:
    """One to write in."""
    return furnish(tmp_path / "instance")

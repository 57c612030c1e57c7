from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness import Installation, install
from tests.importing.kit import Desk

PLUGINS = (
    Path(__file__).parent / "plugins" / "store",
    Path(__file__).parents[1] / "api" / "plugins" / "ledger",
)


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install(tmp_path_factory.mktemp("importing"), plugins=PLUGINS)


@pytest.fixture
def desk(installation: Installation, tmp_path: Path) -> Iterator[Desk]:
    """A new company, worked in by the system."""
    with Desk.opened(installation, tmp_path) as desk:
        yield desk

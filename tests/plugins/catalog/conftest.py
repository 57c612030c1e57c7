from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.extensions import db
from tests.harness import Installation, install


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    made = install(tmp_path_factory.mktemp("catalog"))
    for slug, language in (("acme", "en"), ("qinghe", "zh")):
        made.company(slug, "catalog", currency="CNY", country="CN", language=language)
    return made


@pytest.fixture
def acme(installation: Installation) -> Iterator[Installation]:
    """Works for Acme as the system during the test, which leaves nothing behind."""
    with installation.working("acme"):
        yield installation
        db.session.rollback()

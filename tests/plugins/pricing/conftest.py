from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.extensions import db
from tests.harness import Installation, install

PEOPLE = (("boss", "manager"), ("rita", "rep"), ("ada", "admin"))


def settled(folder: Path, **given: object) -> Installation:
    """A company with orders and prices; another that only has prices; and one for pages."""
    made = install(folder, **given)  # type: ignore[arg-type]
    for slug, plugins in (
        ("acme", ("sales", "pricing")), ("alone", ("pricing",)), ("web", ("sales", "pricing")),
    ):  # fmt: skip
        made.company(slug, *plugins, currency="CNY", country="CN", language="en")
    for slug in ("acme", "web"):
        for name, role in PEOPLE:
            made.person(slug, name, role)
    return made


@pytest.fixture(scope="package")
def inst(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return settled(tmp_path_factory.mktemp("pricing"))


@pytest.fixture
def acme(inst: Installation) -> Iterator[Installation]:
    """Works for Acme as the system during the test, which leaves nothing behind."""
    with inst.working("acme"):
        yield inst
        db.session.rollback()

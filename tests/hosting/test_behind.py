"""A plugin whose tables wait for an upgrade: nothing of it is written meanwhile."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.extensions import db
from plugin_api.errors import Refused
from plugin_api.host import host
from plugins.catalog.models import Category, Product
from tests.harness import Installation, install


@pytest.fixture
def acme(tmp_path: Path) -> Iterator[Installation]:
    made = install(tmp_path)
    made.company("acme", "catalog", language="en")
    with made.working("acme"):
        yield made
        db.session.rollback()


def test_nothing_is_written_past_its_hooks(acme: Installation) -> None:
    pumps = host().records.create(Category, {"name": "Pumps"})
    db.session.commit()
    acme.app.extensions["xiaoguan.behind"] = (time.monotonic(), frozenset({"catalog"}))
    records = host().records
    for change in (
        lambda: records.create(Category, {"name": "Valves"}),
        lambda: records.create_many(Product, [{"name": "A"}, {"name": "B"}]),
        lambda: records.update(pumps, {"name": "Other"}),
        lambda: records.delete(pumps),
    ):
        with pytest.raises(Refused, match=r"catalog.*waits for an upgrade"):
            change()
        db.session.rollback()
    acme.app.extensions.pop("xiaoguan.behind")
    assert [each.name for each in host().session.query(Category)] == ["Pumps"]
    assert host().session.query(Product).count() == 0
    assert records.create(Category, {"name": "Valves"}).id

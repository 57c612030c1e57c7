"""Processes that change the same record at the same time lose nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from core.data.audit import AuditEntry
from core.extensions import db
from core.host import services
from tests.data import contender
from tests.data.contender import TIMES
from tests.data.workshop import World, make, make_world, model
from tests.processes import together

PROCESSES = 3
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_every_update_is_kept_or_told_to_be_stale(
    workshop_instance: Path,
    new_postgres_url: Callable[[], str],
    tmp_path: Path,
    database: str,
    request: pytest.FixtureRequest,
) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}" if database == "sqlite" else new_postgres_url()
    world: World = make_world(workshop_instance, url)
    with world.app.app_context():
        request.addfinalizer(services().engine.dispose)
    with world.as_():
        make("Job", name="Bell", fee=0)
        db.session.commit()
    calls = [(str(workshop_instance), url, str(seed)) for seed in range(PROCESSES)]
    told = [json.loads(said) for said in together(contender.main, *calls)]
    saved, stale = (sum(each[key] for each in told) for key in ("saved", "stale"))
    assert saved + stale == PROCESSES * TIMES
    assert stale > 0
    with world.as_():
        job = db.session.query(model("Job")).one()
        assert (job.fee, job.version) == (saved, saved + 1)
        entries = db.session.scalars(
            sa.select(AuditEntry)
            .where(AuditEntry.model == "workshop.Job", AuditEntry.action == "update")
            .order_by(AuditEntry.id)
        ).all()
        assert [entry.changes["fee"] for entry in entries] == [[n, n + 1] for n in range(saved)]

"""An import in the background whose worker is killed in the middle goes on where it stopped."""

from __future__ import annotations

import io
import os

import sqlalchemy as sa

from core.data.importing import background, uploads
from core.data.importing.mapping import as_data, make_map
from core.data.importing.models import ImportedRow, ImportRun
from core.extensions import db
from core.jobs import runs
from core.tenancy.engine import reading
from tests.jobs.kit import SLUG, Shed, until

ROWS = int(os.environ.get("XIAOGUAN_TEST_ROWS", "8000"))


def test_a_killed_import_goes_on_and_doubles_nothing(shed: Shed) -> None:
    content = "name\n" + "".join(f"thing {number}\n" for number in range(ROWS))
    with shed.installation.working(SLUG):
        run = ImportRun(
            collection="shed.items",
            file_name="things.csv",
            upload=uploads.keep(io.BytesIO(content.encode())),
            map=as_data(make_map({"columns": {"name": "name"}})),
        )
        db.session.add(run)
        db.session.flush()
        job = background.start(run, "skip")
        import_id = run.id

    def reached() -> int:
        with shed.installation.working(SLUG), reading():
            return db.session.scalars(sa.select(ImportRun.rows).filter_by(id=import_id)).one()

    with shed.worker() as first:
        until(reached)
        first.kill()
        first.finish()
    stopped_at = reached()
    assert 0 < stopped_at < ROWS
    assert (shed.run(job).state, len(shed.items(of="thing"))) == ("running", stopped_at)
    with shed.worker():
        until(lambda: shed.run(job).state == "done", 120)
    assert len(shed.items(of="thing")) == len(set(shed.items(of="thing"))) == ROWS
    with shed.installation.working(SLUG):
        done = db.session.get(ImportRun, import_id)
        assert (done.state, done.created, done.rows) == ("done", ROWS, ROWS)
        notes = sa.select(ImportedRow.id, ImportedRow.created_at).filter_by(run_id=import_id)
        assert len(db.session.execute(notes).all()) == ROWS


def test_a_worker_that_lost_its_run_writes_no_step_more(on_sqlite: Shed) -> None:
    """It was stopped for so long that another has the run by now."""
    with on_sqlite.installation.working(SLUG):
        run = runs.start("shed.make", {"name": "late"}, about="lost")
        assert not runs.hold(run, "of nobody")
        assert runs.claim(run, "mine", "w")
        assert runs.hold(run, "mine")
        assert not runs.hold(run, "another")

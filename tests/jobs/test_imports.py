"""An import in the background whose worker is killed in the middle."""

from __future__ import annotations

import io
import signal

from core.data.importing import background, uploads
from core.data.importing.mapping import as_data, make_map
from core.data.importing.models import ImportRun
from core.extensions import db
from core.jobs import runs
from plugin_api.context import current_company
from tests.jobs.kit import SLUG, Shed, until

ROWS = 12_000


def test_a_killed_import_is_taken_up_again_and_doubles_nothing(shed: Shed) -> None:
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
        job = background.start(run, "stop")
        import_id, key = run.id, runs.progress_key(current_company().id, job)
    with shed.worker() as first:
        until(lambda: (shed.told(key) or {}).get("percent"))
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert (shed.run(job).state, shed.items(of="thing")) == ("running", [])
    with shed.worker():
        until(lambda: shed.run(job).state == "done", 120)
    assert len(shed.items(of="thing")) == len(set(shed.items(of="thing"))) == ROWS
    with shed.installation.working(SLUG):
        done = db.session.get(ImportRun, import_id)
        assert (done.state, done.created) == ("done", ROWS)

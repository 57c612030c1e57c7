"""The pages of work in the background."""

from __future__ import annotations

import io
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core.data.importing import background
from core.data.importing.models import ImportRun
from core.extensions import db
from core.host import services
from core.identity.login import authenticate
from core.identity.models import Role
from core.identity.service import find_user
from core.jobs import exports, runs
from core.jobs.models import JobRun
from core.jobs.queue import queue
from core.jobs.running import Cancelled
from core.jobs.work import work_off
from core.tenancy.models import Company
from plugin_api.context import current_company, now
from tests.harness import Installation, install

SHED = Path(__file__).parents[1] / "jobs" / "plugins" / "shed"


@pytest.fixture(scope="module")
def inst(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    made = install(tmp_path_factory.mktemp("jobs"), plugins=[SHED])
    for slug in ("acme", "other"):
        made.company(slug, "shed", language="en")
        made.person(slug, "ada", "admin")
        made.person(slug, "rita", "rep")
    yield made


@pytest.fixture
def ada(inst: Installation) -> FlaskClient:
    return inst.client("acme", "ada")


def company_id(inst: Installation, slug: str = "acme") -> int:
    with inst.working(slug):
        return int(db.session.query(Company.id).scalar())


def post(client: FlaskClient, inst: Installation, path: str, **form: Any) -> TestResponse:
    return client.post(path, data={"_company": company_id(inst), **form})


def run_of(answer: TestResponse) -> int:
    found = re.search(r"/core/jobs/(\d+)$", answer.headers["Location"])
    assert found is not None
    return int(found[1])


def stored(inst: Installation, run_id: int) -> JobRun:
    with inst.working("acme"):
        found = db.session.get(JobRun, run_id)
        db.session.expunge(found)
        return found


def test_an_admin_starts_a_job_and_sees_it_done(inst: Installation, ada: FlaskClient) -> None:
    page = ada.get("/core/jobs").text
    for text in ("Tidy up", "Daily at 03:20", "Every 15 minutes", "By hand", "Start now: Make"):
        assert text in page
    assert 'name="job" value="core.import"' not in page, "it needs a file"
    run_id = run_of(post(ada, inst, "/core/jobs", job="shed.make"))
    waiting = ada.get(f"/core/jobs/{run_id}").text
    assert "Waiting" in waiting
    assert 'hx-trigger="every 1s"' in waiting
    work_off(inst.app)
    part = ada.get(f"/core/jobs/{run_id}", headers={"HX-Request": "true"}).text
    assert "Done" in part
    assert "hx-trigger" not in part
    assert "<html" not in part
    listed = ada.get("/core/jobs?state=done&job=shed.make").text
    assert f'href="/core/jobs/{run_id}"' in listed
    assert (
        f'href="/core/jobs/{run_id}"'
        not in ada.get("/core/jobs?job=shed.refuse").text.split('id="runs"')[1]
    )


def test_a_failure_says_why_and_is_tried_again(inst: Installation, ada: FlaskClient) -> None:
    run_id = run_of(post(ada, inst, "/core/jobs", job="shed.refuse"))
    work_off(inst.app)
    page = ada.get(f"/core/jobs/{run_id}").text
    assert "There is no wood." in page
    assert "Try again" in page
    assert post(ada, inst, f"/core/jobs/{run_id}/again").status_code == 303
    assert stored(inst, run_id).state == "queued"
    assert post(ada, inst, f"/core/jobs/{run_id}/cancel").status_code == 303
    assert stored(inst, run_id).error == "Cancelled by Ada."


def test_progress_is_shown_of_a_run_at_work(inst: Installation, ada: FlaskClient) -> None:
    run_id = run_of(post(ada, inst, "/core/jobs", job="shed.make"))
    with inst.working("acme"):
        assert runs.claim(run_id, "secret", "here:1")
        here = current_company().id
        told = {"claim": "secret", "beat": 0, "percent": 42, "text": "half of it"}
        queue().put(runs.progress_key(here, run_id), told)
    for path in ("/core/jobs", f"/core/jobs/{run_id}"):
        assert "half of it" in ada.get(path).text
    assert "42 %" in ada.get(f"/core/jobs/{run_id}").text
    post(ada, inst, f"/core/jobs/{run_id}/cancel")
    page = ada.get(f"/core/jobs/{run_id}").text
    assert "Is being cancelled" in page
    assert f"/core/jobs/{run_id}/cancel" not in page
    with inst.working("acme"):
        assert runs.finish(run_id, "secret", {}, "")
        queue().forget(runs.progress_key(here, run_id), runs.cancel_key(here, run_id))


def test_a_job_that_nobody_does_is_told(inst: Installation, ada: FlaskClient) -> None:
    run_id = run_of(post(ada, inst, "/core/jobs", job="shed.make"))
    with inst.working("acme"):
        run = db.session.get(JobRun, run_id)
        run.created_at = now().replace(year=now().year - 1)
    assert "No worker gives a sign of life" in ada.get("/core/jobs").text
    work_off(inst.app)


def test_runs_of_others_are_not_there(inst: Installation, ada: FlaskClient) -> None:
    run_id = run_of(post(ada, inst, "/core/jobs", job="shed.make"))
    rita, elsewhere = inst.client("acme", "rita"), inst.client("other", "ada")
    assert rita.get("/core/jobs").status_code == 403
    for client in (rita, elsewhere):
        assert client.get(f"/core/jobs/{run_id}").status_code == 404
        assert client.get(f"/core/jobs/{run_id}/file").status_code == 404
    for act in ("cancel", "again"):
        assert post(rita, inst, f"/core/jobs/{run_id}/{act}").status_code == 404
    assert post(rita, inst, "/core/jobs", job="shed.make").status_code == 403
    assert post(ada, inst, "/core/jobs", job="core.export").status_code == 404
    assert post(ada, inst, "/core/jobs", job="no.job").status_code == 404
    work_off(inst.app)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_long_export_is_written_by_a_job_for_who_asked(
    inst: Installation, ada: FlaskClient, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(exports, "MANY", 1)
    path = f"/core/users/export?format={form}&name=Rita"
    page = ada.get(path)
    assert "These are 1 rows" in page.text
    with inst.working("acme"):
        assert not db.session.query(JobRun).filter_by(job="core.export", state="queued").count()
    run_id = run_of(post(ada, inst, path))
    work_off(inst.app)
    page = ada.get(f"/core/jobs/{run_id}").text
    assert f"Fetch People.{form}" in page
    told = ada.get("/notifications").text
    assert f'<a href="/core/jobs/{run_id}">Export: People</a>' in told
    assert "The file is ready" in told
    with ada.get(f"/core/jobs/{run_id}/file") as answer:
        assert f"People.{form}" in answer.headers["Content-Disposition"]
        if form == "csv":
            assert "rita@acme.example" in answer.text
            assert "ada@acme.example" not in answer.text
    with inst.working("acme"):
        find_user("ada@acme.example").role_id = find_user("rita@acme.example").role_id
    assert ada.get(f"/core/jobs/{run_id}/file").status_code == 403, "the role may no longer"
    with inst.working("acme"):
        admin = db.session.scalars(sa.select(Role.id).where(Role.code == "admin")).one()
        find_user("ada@acme.example").role_id = admin
    inst.person("acme", f"boss-{form}", "admin")
    boss = inst.client("acme", f"boss-{form}")
    assert "Fetch" not in boss.get(f"/core/jobs/{run_id}").text
    assert boss.get(f"/core/jobs/{run_id}/file").status_code == 403


def test_an_export_holds_what_the_person_may_see_when_it_is_written(
    inst: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MANY", 1)
    inst.person("acme", "gone", "admin")
    gone = inst.client("acme", "gone")
    run_id = run_of(post(gone, inst, "/core/users/export"))
    with inst.working("acme"):
        find_user("gone@acme.example").active = False
    work_off(inst.app)
    run = stored(inst, run_id)
    assert (run.state, run.error) == ("failed", "Who asked for it does not work here any more.")


def test_a_large_import_is_done_by_a_job(
    inst: Installation, ada: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "LARGE", 1)
    content = "name\n" + "".join(f"thing {number}\n" for number in range(1200))
    address = uploaded(inst, ada, content)
    answer = post(ada, inst, address, action="import", **{"column-1": "name", "header": "true"})
    run_id = run_of(answer)
    again = post(ada, inst, address, action="import", **{"column-1": "name", "header": "true"})
    assert again.headers["Location"].endswith(address), "it is on its way"
    assert ada.get(address).headers["Location"].endswith(f"/core/jobs/{run_id}")
    work_off(inst.app)
    run = stored(inst, run_id)
    assert (run.state, run.progress, run.progress_text) == ("done", 100, "1,200 rows imported")
    page = ada.get(f"/core/jobs/{run_id}").text
    assert f'href="{address}"' in page
    assert "1,200" in ada.get(address).text
    with inst.working("acme"):
        imported = db.session.get(ImportRun, run.result["import"])
        assert (imported.state, imported.created) == ("done", 1200)
    told = ada.get("/notifications").text
    assert f'<a href="/core/jobs/{run_id}">Import: things.csv</a>' in told
    assert "It is done" in told


def test_an_import_that_has_stopped_in_the_middle_goes_on_or_is_taken_back(
    inst: Installation, ada: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "LARGE", 1)
    monkeypatch.setattr(background, "MANY", 1)
    address = uploaded(inst, ada, "name\n" + "".join(f"part {n}\n" for n in range(1200)))
    form = {"column-1": "name", "header": "true", "action": "import"}
    run_id = run_of(post(ada, inst, address, **form))

    def cancelled(done: int, total: int, text: object = "") -> None:
        if done > total // 2:
            raise Cancelled("Ada")

    with monkeypatch.context() as patched:
        patched.setattr(background, "progress", cancelled)
        work_off(inst.app)
    assert stored(inst, run_id).state == "cancelled"
    page = ada.get(address).text
    assert "Partly imported" in page
    assert "Go on" in page
    assert run_of(post(ada, inst, address, action="go_on")) == run_id
    taking = post(ada, inst, f"{address}/revert")
    assert taking.headers["Location"] == address, "not while it is being imported"
    work_off(inst.app)
    assert stored(inst, run_id).state == "done"
    run_id = run_of(post(ada, inst, f"{address}/revert"))
    work_off(inst.app)
    assert stored(inst, run_id).progress_text == ("Deleted: 1200. Set back: 0. Left alone: 0.")
    assert "Taken back" in ada.get(address).text
    assert post(ada, inst, address, action="go_on").headers["Location"] == address


def test_an_import_that_fails_can_be_mended(
    inst: Installation, ada: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "LARGE", 1)
    address = uploaded(inst, ada, "name\n\nlong " + "x" * 300 + "\n")
    run_id = run_of(
        post(ada, inst, address, action="import", **{"column-1": "name", "header": "true"})
    )
    work_off(inst.app)
    run = stored(inst, run_id)
    assert (run.state, run.error) == ("failed", "1 row is wrong, so nothing was imported.")
    assert "Columns of the file" in ada.get(address).text
    assert "It failed; the page says why" in ada.get("/notifications").text


def uploaded(inst: Installation, client: FlaskClient, content: str) -> str:
    file = (io.BytesIO(content.encode()), "things.csv")
    answer = post(client, inst, "/shed/items/import", file=file)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def test_who_has_the_right_password_logs_in_while_a_job_holds_the_only_lock(
    inst: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.identity.login.fits", lambda password, _hash: password == "right")
    holder = sqlite3.connect(inst.instance / "xiaoguan.db", isolation_level=None)
    with closing(holder), inst.app.app_context():
        services().engine.dispose()
        holder.execute("begin immediate")
        monkeypatch.setattr("core.tenancy.engine.PRAGMAS", ("journal_mode=wal", "busy_timeout=10"))
        assert authenticate("ada@acme.example", "right") is not None
        with pytest.raises(sa.exc.OperationalError):
            authenticate("ada@acme.example", "wrong")
        holder.execute("rollback")
        services().engine.dispose()

"""A PostgreSQL that goes away under a running program, and comes back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

import pytest
from flask.testing import FlaskClient

from core.extensions import db
from core.host import services
from core.jobs.queue import queue
from tests.harness import Installation, install
from tests.jobs.kit import until
from tests.postgres import Server, postgres_of_its_own
from tests.processes import begun, xiaoguan

SLUG = "acme"
THREADS = 4


@dataclass
class Place:
    """An installation on a server that a test may stop."""

    inst: Installation
    server: Server
    client: FlaskClient
    token: dict[str, str]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with postgres_of_its_own() as server:
        url = f"postgresql+psycopg://postgres@/postgres?host={server.folder}"
        inst = install(tmp_path_factory.mktemp("place"), database_url=url)
        inst.company(SLUG, "crm", language="en")
        inst.person(SLUG, "ada", "admin")
        yield Place(inst, server, inst.client(SLUG, "ada"), inst.token(SLUG, "ada"))
        with inst.app.app_context():
            queue().huey.storage.close()
            services().engine.dispose()


def ask_at_once(place: Place) -> list[int]:
    """Status of as many requests at one time as there are threads."""
    together = Barrier(THREADS)

    def ask(_: int) -> int:
        together.wait(30)
        answer = place.inst.app.test_client().get("/api/v1/crm/accounts", headers=place.token)
        return answer.status_code

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(ask, range(THREADS)))


def test_while_it_is_away_everything_says_so_and_works_again_after(place: Place) -> None:
    form = {"name": "Kept", "_company": "1"}
    assert place.client.get("/crm/accounts").status_code == 200
    place.server.stop()
    try:
        for path in ("/crm/accounts", "/", "/login", "/core/profile", "/crm/accounts/new"):
            page = place.client.get(path)
            assert page.status_code == 503, (path, page.status_code)
            assert "The database does not answer" in page.text
            assert int(page.headers["Retry-After"]) > 0
        posted = place.client.post("/crm/accounts/new", data=form)
        assert posted.status_code == 503
        assert "Kept" in posted.text, "what was typed is shown again"
        for method, path in (("GET", ""), ("POST", ""), ("GET", "/1"), ("POST", "/bulk")):
            told = place.inst.app.test_client().open(
                f"/api/v1/crm/accounts{path}", method=method, json={}, headers=place.token
            )
            assert told.status_code == 503, told.text
            assert told.mimetype == "application/problem+json"
            assert int(told.headers["Retry-After"]) > 0
        assert place.client.get("/healthz").status_code == 200
        assert place.client.get("/readyz").status_code == 503
    finally:
        place.server.start()
    assert place.client.get("/crm/accounts").status_code == 200
    assert place.client.post("/crm/accounts/new", data=form).status_code == 303
    assert "Kept" in place.client.get("/crm/accounts").text
    assert place.client.get("/readyz").status_code == 200


def test_dead_connections_are_replaced_before_anybody_meets_them(place: Place) -> None:
    assert ask_at_once(place) == [200] * THREADS
    place.server.stop()
    place.server.start()
    assert ask_at_once(place) == [200] * THREADS


def test_the_queue_goes_on(place: Place) -> None:
    with place.inst.app.app_context():
        queue().put("a", 1)
        place.server.stop()
        place.server.start()
        assert queue().get("a") == 1
        queue().forget("a")
        db.session.remove()


def test_a_worker_waits_for_it_and_goes_on(place: Place) -> None:
    config = place.inst.app.extensions["xiaoguan.config"]
    environment = {
        **os.environ, "XIAOGUAN_INSTANCE": str(place.inst.instance),
        "XIAOGUAN_DATABASE_URL": config.database_url, "XIAOGUAN_JOB_LEASE": "2",
    }  # fmt: skip
    with begun(xiaoguan, "jobs", "run", "--threads", "1", env=environment) as worker:
        until(lambda: worked(place))
        place.server.stop()
        place.server.start()
        assert worker.poll() is None
        until(lambda: worked(place))


def worked(place: Place) -> bool:
    """Whether a job that is asked for now is done."""
    from core.jobs import runs
    from core.jobs.models import JobRun

    with place.inst.working(SLUG):
        run = runs.start("core.tidy_up")

    def state() -> bool:
        with place.inst.working(SLUG):
            found = db.session.get(JobRun, run)
            return found is not None and found.state == "done"

    return bool(until(state))

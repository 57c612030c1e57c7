"""Behind a pooler that shares connections between transactions, every wall stands.

Without PgBouncer on the path, or named by ``XIAOGUAN_TEST_PGBOUNCER``, it is tried without one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa

from core.config import with_driver
from core.extensions import db
from core.host import services
from core.identity import service
from core.identity.passwords import hash_password
from core.jobs import runs
from core.jobs.models import JobRun
from core.jobs.queue import queue
from core.jobs.work import work_off
from plugin_api.models import model_of
from tests.harness import Installation, install
from tests.scale.pooler import PGBOUNCER, pgbouncer
from tests.tenancy.roles import make_roles

PASSWORD = "correct horse battery"
SLUGS = ("acme", "beta", "coda")


@pytest.fixture(scope="module")
def behind(
    tmp_path_factory: pytest.TempPathFactory,
    postgres_server: Path,
    new_postgres_url: Callable[[], str],
) -> Iterator[Installation]:
    """Three companies behind a pooler with fewer connections than there are threads."""
    _admin, access = make_roles(new_postgres_url)
    folder = tmp_path_factory.mktemp("pooler")
    with ExitStack() as stack:
        url = sa.make_url(with_driver(access.app_url))
        if PGBOUNCER:
            port = stack.enter_context(pgbouncer(postgres_server, folder))
            url = url.set(host="127.0.0.1", port=port, query={})
        made = install(
            folder / "instance",
            database_url=url.render_as_string(hide_password=False),
            owner_database_url=with_driver(access.owner_url),
            pooler=True,
        )
        for slug in SLUGS:
            made.company(slug, "crm")
            with made.working(slug):
                hashed = hash_password(PASSWORD)
                service.add_user(
                    name="Ada", email=f"ada@{slug}.example", role="admin", password_hash=hashed
                )
        yield made
        with made.app.app_context():
            db.session.remove()
            queue().huey.storage.close()
            services().engine.dispose()


def test_companies_stay_apart_on_shared_connections(behind: Installation) -> None:
    tokens = {slug: behind.token(slug, "ada") for slug in SLUGS}

    def work(number: int) -> set[str]:
        slug = SLUGS[number % len(SLUGS)]
        client, headers = behind.app.test_client(), tokens[slug]
        for each in range(8):
            name = {"name": f"{slug} {number} {each}"}
            made = client.post("/api/v1/crm/accounts", json=name, headers=headers)
            assert made.status_code == 201, made.text
        found = client.get("/api/v1/crm/accounts?limit=1000", headers=headers)
        assert found.status_code == 200, found.text
        names = {item["name"] for item in found.json["items"]}
        assert {f"{slug} {number} {each}" for each in range(8)} <= names
        return {name.split()[0] for name in names} - {slug}

    with ThreadPoolExecutor(4) as pool:
        assert set().union(*pool.map(work, range(12))) == set()


def test_people_log_in_and_work(behind: Installation) -> None:
    def work(slug: str) -> None:
        client = behind.app.test_client()
        wrong = {"email": f"ada@{slug}.example", "password": "wrong"}
        assert client.post("/login", data=wrong).status_code == 422
        right = client.post("/login", data=wrong | {"password": PASSWORD})
        assert right.status_code == 303, right.text
        for path in ("/", "/crm/accounts", "/crm/opportunities?view=kanban", "/core/jobs",
                     "/core/health", "/search?q=a", "/core/audit"):  # fmt: skip
            assert client.get(path).status_code in (200, 303), path
        assert client.post("/logout").status_code == 303

    with ThreadPoolExecutor(len(SLUGS)) as pool:
        list(pool.map(work, SLUGS))


def test_jobs_are_asked_for_and_done(behind: Installation) -> None:
    for slug in SLUGS:
        with behind.working(slug):
            model = model_of("crm.Account")
            services().records.create(model, {"name": slug.title()})  # type: ignore[type-var]
            runs.start("core.rebuild_search")
    assert work_off(behind.app) == len(SLUGS)
    for slug in SLUGS:
        with behind.working(slug):
            assert set(db.session.scalars(sa.select(JobRun.state))) == {"done"}

"""Two web servers and a worker behave as one: what is done in one holds in the others with the
next request."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import sqlalchemy as sa

from core.data.settings import store
from core.extensions import db
from core.identity.login import MOST_FAILURES
from core.identity.models import RoleGrant
from core.jobs.models import JobRun
from core.tenancy.engine import reading
from tests.scale.conftest import PASSWORD
from tests.scale.kit import Answer, Browser, Cluster, until


def log_in(cluster: Cluster, name: str, server: str, password: str = PASSWORD) -> Browser:
    browser = Browser()
    answer = browser.send(server, "/login", email=f"{name}@acme.example", password=password)
    assert answer.status == 303, answer.text
    return browser


def runs(cluster: Cluster, job: str) -> list[tuple[str, int]]:
    with cluster.installation.working("acme"), reading():
        asked = sa.select(JobRun.state, JobRun.attempts).where(JobRun.job == job)
        return [(row[0], row[1]) for row in db.session.execute(asked.order_by(JobRun.id))]


def at_once(*asked: Any) -> list[Any]:
    with ThreadPoolExecutor(len(asked)) as pool:
        return [each.result() for each in [pool.submit(ask) for ask in asked]]


def test_a_session_begins_and_ends_everywhere(cluster: Cluster) -> None:
    browser = log_in(cluster, "ada", cluster.a)
    for server in (cluster.b, cluster.a):
        assert browser.ask(server, "/crm/accounts").status == 200
    other = log_in(cluster, "ada", cluster.b)
    form = other.form_of(cluster.b, "/profile/security")
    assert other.ask(cluster.b, "/profile/security/sessions/end", form).status == 303
    for server in (cluster.a, cluster.b):
        assert browser.ask(server, "/crm/accounts").status in (302, 303), "ended from afar"
        assert other.ask(server, "/crm/accounts").status == 200


def test_logging_out_ends_the_session_in_both(cluster: Cluster) -> None:
    browser = log_in(cluster, "rita", cluster.a)
    assert browser.ask(cluster.b, "/crm/accounts").status == 200
    assert browser.send(cluster.b, "/logout").status in (302, 303)
    for server in (cluster.a, cluster.b):
        answer = browser.ask(server, "/crm/accounts")
        assert answer.status in (302, 303)
        assert "/login" in answer.headers["Location"]


def test_a_plugin_is_on_and_off_everywhere_with_the_next_request(cluster: Cluster) -> None:
    admin = log_in(cluster, "ada", cluster.a)
    path = "/targets/targets"
    for server in (cluster.a, cluster.b):
        assert cluster.rest(server, "GET", path).status == 404
    assert admin.send(cluster.a, "/core/plugins/targets").status == 303
    assert cluster.rest(cluster.b, "GET", path).status == 200
    assert path in cluster.rest(cluster.b, "GET", "/openapi.json").text
    assert admin.send(cluster.b, "/core/plugins/targets").status == 303
    for server in (cluster.a, cluster.b):
        assert cluster.rest(server, "GET", path).status == 404


def test_failures_of_a_login_are_counted_together(cluster: Cluster) -> None:
    guesser = Browser()
    for number in range(MOST_FAILURES):
        server = (cluster.a, cluster.b)[number % 2]
        answer = guesser.send(server, "/login", email="lou@acme.example", password="guess")
        assert answer.status == 422
    for server in (cluster.a, cluster.b):
        answer = guesser.send(server, "/login", email="lou@acme.example", password=PASSWORD)
        assert answer.status == 422, "locked, with the right password too"


def test_an_address_is_slowed_down_by_both_together(cluster: Cluster) -> None:
    def wrong(number: int) -> int:
        server = (cluster.a, cluster.b)[number % 2]
        cluster.tokens["nobody"] = {"Authorization": "Bearer xg_nobody"}
        return cluster.rest(server, "GET", "/crm/accounts", who="nobody").status

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(wrong, range(104)))
    assert sorted(answers) == [401] * 100 + [429] * 4


def test_of_two_changes_of_one_version_one_holds(cluster: Cluster) -> None:
    made = cluster.rest(cluster.a, "POST", "/crm/accounts", {"name": "Acme 0"}).data
    path, version = f"/crm/accounts/{made['id']}", made["version"]
    for number in range(1, 6):
        first, second = at_once(
            *(
                partial(
                    cluster.rest, server, "PATCH", path,
                    {"name": f"Acme {number} {server[-5:]}", "version": version},
                )
                for server in (cluster.a, cluster.b)
            )
        )  # fmt: skip
        assert sorted([first.status, second.status]) == [200, 409]
        won = first if first.status == 200 else second
        for server in (cluster.a, cluster.b):
            assert cluster.rest(server, "GET", path).data["name"] == won.data["name"]
        version = won.data["version"]


def test_a_request_that_is_sent_to_both_is_done_once(cluster: Cluster) -> None:
    def make(server: str) -> Answer:
        key = {"Idempotency-Key": "once-for-both"}
        return cluster.rest(server, "POST", "/crm/accounts", {"name": "Twice"}, **key)

    make(cluster.a)
    assert make(cluster.b).status == 201
    found = cluster.rest(cluster.b, "GET", "/crm/accounts?name=Twice").data["items"]
    assert len(found) == 1


def test_roles_and_settings_hold_everywhere_with_the_next_request(cluster: Cluster) -> None:
    path = "/crm/accounts"
    for server in (cluster.a, cluster.b):
        assert cluster.rest(server, "GET", path, who="rita").status == 200
    with cluster.installation.working("acme"):
        grants = db.session.scalars(
            sa.select(RoleGrant).where(RoleGrant.permission == "crm.Account.read")
        ).all()
        kept = [(grant.role_id, grant.scope) for grant in grants]
        for grant in grants:
            db.session.delete(grant)
    for server in (cluster.a, cluster.b):
        assert cluster.rest(server, "GET", path, who="rita").status == 403
    with cluster.installation.working("acme"):
        for role_id, scope in kept:
            db.session.add(RoleGrant(role_id=role_id, permission="crm.Account.read", scope=scope))
        store("core.keep_exports", 3)
    admin = log_in(cluster, "ada", cluster.a)
    for server in (cluster.b, cluster.a):
        assert cluster.rest(server, "GET", path, who="rita").status == 200
        page = admin.ask(server, "/core/settings").text
        (field,) = re.findall(r'<input [^>]*name="core.keep_exports"[^>]*>', page)
        assert 'value="3"' in field


def test_a_job_is_done_once_and_its_file_is_had_from_either(cluster: Cluster) -> None:
    admin = log_in(cluster, "ada", cluster.a)
    form = admin.form_of(cluster.a, "/core/jobs")
    asked = {**form, "job": "core.rebuild_search"}
    at_once(*(partial(admin.ask, server, "/core/jobs", asked) for server in (cluster.a, cluster.b)))
    sent = admin.ask(cluster.b, "/crm/accounts/export?format=csv", form)
    where = sent.headers["Location"]
    until(lambda: "Fetch" in admin.ask(cluster.a, where).text)
    for server in (cluster.a, cluster.b):
        assert "name" in admin.ask(server, f"{where}/file").text.splitlines()[0]
    until(lambda: {state for state, _n in runs(cluster, "core.rebuild_search")} == {"done"})
    assert {attempts for _state, attempts in runs(cluster, "core.rebuild_search")} == {1}

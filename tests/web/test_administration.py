"""Teams as a tree, a role's permissions, how things are, and figures for who watches."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from core.app import create_app
from core.config import Config
from core.data.audit import AuditEntry
from core.extensions import db
from core.host import services
from core.hosting.doctor import examine
from core.hosting.models import CompanyPlugin
from core.identity.models import Team
from core.identity.service import role_named
from core.jobs.models import JobRun
from core.jobs.queue import queue
from core.jobs.work import work_off
from core.web import metrics
from plugin_api.context import current_company, now
from plugin_api.host import host
from plugin_api.models import model_of
from tests.harness import Installation, install, shared_cache
from tests.views.kit import text_of


@pytest.fixture(scope="module")
def inst(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    made = install(tmp_path_factory.mktemp("administration"), metrics_token="s3cret")
    for slug in ("acme", "other"):
        made.company(slug, "crm", language="en")
        made.person(slug, "ada", "admin")
    with made.working("acme"):
        top = Team(name="Sun")
        host().session.add(top)
        host().session.flush()
        inner = Team(name="Moon", parent_id=top.id)
        host().session.add_all([inner, Team(name="Comet")])
        host().session.flush()
        ids = {"top": top.id, "inner": inner.id}
    for name, team in (("rita", ids["inner"]), ("ronn", ids["inner"]), ("boss", ids["top"])):
        made.person("acme", name, "rep", team)
    boss = made.user_id("acme", "boss")
    with made.working("acme"):
        host().session.get(Team, ids["top"]).manager_id = boss
    yield made


def test_teams_are_shown_as_the_tree_they_are(inst: Installation) -> None:
    page = inst.client("acme", "rita").get("/core/teams/tree").text
    tree = page[page.index('class="team-tree"') :]
    assert re.search(r"Comet.*Sun.*<ul>.*Moon.*</ul>", tree, re.DOTALL)
    assert ">Boss</a>" in tree
    assert "Without a manager" in tree
    assert "2 people" in tree
    assert "3 with the teams inside" in tree
    assert "Sun" not in inst.client("other", "ada").get("/core/teams/tree").text
    assert 'href="/core/teams/tree"' in inst.client("acme", "ada").get("/core/teams").text


def test_a_team_whose_parent_is_out_of_sight_is_still_shown(inst: Installation) -> None:
    with inst.working("acme"):
        sun = db.session.query(Team).filter_by(name="Sun").one()
        assert sun.parent_id is None
    page = inst.client("acme", "ada").get("/core/teams/tree").text
    assert page.count('class="team-name"') == 3


def test_a_role_leads_to_what_it_may_do(inst: Installation) -> None:
    with inst.working("acme"):
        roles = {code: role_named(code).id for code in ("rep", "admin")}
    ada = inst.client("acme", "ada")
    page = ada.get(f"/core/roles/{roles['rep']}").text
    assert f'href="/core/roles/{roles["rep"]}/permissions"' in page
    assert re.search(r"\d+ permissions", page)
    assert "everything" in ada.get(f"/core/roles/{roles['admin']}").text


def test_how_things_are_is_told_to_admins(inst: Installation) -> None:
    page = inst.client("acme", "ada").get("/core/health").text
    assert "The keys of every company table begin with the company." in page
    assert "SQLAlchemy" in page
    assert re.search(r'href="/core/teams">Teams <span class="num">3</span></a>', page)
    assert re.search(
        r'href="/core/teams">Teams <span class="num">0</span></a>',
        inst.client("other", "ada").get("/core/health").text,
    )
    assert inst.client("acme", "rita").get("/core/health").status_code == 403


def test_nothing_is_told_of_plugins_in_other_companies(
    inst: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    with inst.working("other"):
        gone = CompanyPlugin(plugin="gone", enabled=True, enabled_at=now())
        db.session.add(gone)
    with inst.app.app_context():
        assert any("gone is switched on" in str(finding.text) for finding in examine())
    assert "gone is switched on" not in inst.client("acme", "ada").get("/core/health").text
    with inst.working("other"):
        db.session.delete(db.session.query(CompanyPlugin).filter_by(plugin="gone").one())


def test_a_job_that_nobody_does_is_a_finding(inst: Installation) -> None:
    with inst.working("acme"):
        host().jobs.start("core.tidy_up")
    with inst.working("acme"):
        run = db.session.query(JobRun).one()
        run.due_at = now().replace(year=now().year - 1)
        queue().forget("alive")
    with inst.app.app_context():
        found = [each for each in examine() if each.check == "jobs"]
    assert [(each.state, str(each.hint)) for each in found] == [("fail", "Run: xiaoguan jobs run")]
    work_off(inst.app)
    with inst.app.app_context():
        assert [each.state for each in examine() if each.check == "jobs"] == ["ok"]


def settings_form(inst: Installation, **more: object) -> dict[str, object]:
    """What the page of settings sends when nothing is changed on it."""
    with inst.working("acme"):
        company, registry = current_company(), services().registry
        form: dict[str, object] = {
            key: str(host().setting(key)).lower()
            for key in registry.settings
            if key.partition(".")[0] in ("core", "crm")
        }
        for name in ("name", "currency", "timezone", "language", "country", "fiscal_year_start"):
            form[name] = str(getattr(company, name))
        return {**form, "work_days": list("12345"), "_company": company.id, **more}


def test_settings_are_checked_kept_and_traced(inst: Installation) -> None:
    ada, path = inst.client("acme", "ada"), "/core/settings"
    with inst.working("acme"):
        before = db.session.query(AuditEntry).count()
    assert ada.post(path, data=settings_form(inst)).status_code == 303
    with inst.working("acme"):
        assert db.session.query(AuditEntry).count() == before, "nothing was changed"
    wrong = {"name": "y" * 201, "fiscal_year_start": "13", "core.keep_runs": "0", "work_days": []}
    refused = ada.post(path, data=settings_form(inst, timezone="Europe/Berlin", **wrong))
    assert refused.status_code == 422
    for said in ("At most 200 characters.", "Choose one of the values.", "At least 1.",
                 "At least one day is worked."):  # fmt: skip
        assert said in refused.text
    assert 'value="Europe/Berlin" selected' in refused.text
    right = {"name": "Acme East", "work_days": list("123456"), "core.keep_runs": "60"}
    assert ada.post(path, data=settings_form(inst, **right)).status_code == 303
    with inst.working("acme"):
        assert current_company().name == "Acme East"
        assert current_company().work_days == frozenset(range(1, 7))
        assert current_company().timezone != "Europe/Berlin"
        assert host().setting("core.keep_runs") == 60
    trail = text_of(ada.get("/core/audit").text)
    assert "Company #1 Name: Acme → Acme East Working days: 12345 → 123456" in trail
    assert "core.keep_runs Setting #" in trail and "value: 30 → 60" in trail


def test_who_opened_the_settings_before_another_saved_them_is_told(inst: Installation) -> None:
    ada, path = inst.client("acme", "ada"), "/core/settings"

    def seen(page: str) -> str:
        return re.findall(r'name="_seen" value="(\w+)"', page)[0]

    opened = seen(ada.get(path).text)
    other = settings_form(inst, _seen=opened, **{"core.keep_runs": "45"})
    assert ada.post(path, data=other).status_code == 303
    stale = ada.post(path, data=settings_form(inst, _seen=opened, name="Acme West"))
    assert stale.status_code == 409
    assert "Somebody else has changed the settings" in stale.text
    assert 'value="Acme West"' in stale.text, "nothing that was typed is lost"
    with inst.working("acme"):
        assert (current_company().name, host().setting("core.keep_runs")) != ("Acme West", 30)
        assert host().setting("core.keep_runs") == 45
    again = settings_form(inst, _seen=seen(stale.text), name="Acme West")
    assert ada.post(path, data=again).status_code == 303


def test_a_currency_that_cannot_change_is_said_beside_it(inst: Installation) -> None:
    with inst.working("acme"):
        host().records.create(model_of("crm.Account"), {"name": "Nord"})
        deal = {"name": "Deal", "account": db.session.query(model_of("crm.Account")).one().id}
        host().records.create(model_of("crm.Opportunity"), deal)
    form = settings_form(inst, currency="EUR", country="DE")
    refused = inst.client("acme", "ada").post("/core/settings", data=form)
    assert refused.status_code == 422
    assert "The currency stays as it is" in refused.text
    assert 'value="DE"' in refused.text, "nothing that was typed is lost"


def figures(text: str) -> dict[str, float]:
    return {
        line.rpartition(" ")[0]: float(line.rpartition(" ")[2])
        for line in text.splitlines()
        if line and not line.startswith("#")
    }


def test_metrics_for_this_machine(inst: Installation) -> None:
    client = inst.app.test_client()
    client.get("/healthz")
    client.get("/no/such/page/at/all")
    inst.app.extensions["xiaoguan"].dispatcher.failures['we"b', "menu_badges"] += 2
    answer = client.get("/metrics")
    assert answer.content_type == metrics.TYPE
    found = figures(answer.text)
    requests = {
        name: value for name, value in found.items() if name.startswith("xiaoguan_requests")
    }
    assert any('method="GET",status="200"' in name for name in requests)
    assert any(r'plugin="we\"b",hook="menu_badges"' in name for name in found)
    assert found['xiaoguan_jobs{state="done"}'] >= 1
    assert found["xiaoguan_job_wait_seconds"] == 0
    assert found['xiaoguan_plugins{state="loaded"}'] >= 3
    assert "acme" not in answer.text, "no company is named"
    inst.app.extensions["xiaoguan"].dispatcher.failures.clear()


@pytest.mark.parametrize(
    ("headers", "address", "status"),
    [
        ({}, "127.0.0.1", 200),
        ({}, "::1", 200),
        ({}, "10.0.0.7", 404),
        ({"X-Forwarded-For": "127.0.0.1"}, "127.0.0.1", 404),
        ({"Forwarded": "for=127.0.0.1"}, "127.0.0.1", 404),
        ({"Authorization": "Bearer s3cret"}, "10.0.0.7", 200),
        ({"Authorization": "Bearer s3cret", "X-Forwarded-For": "10.0.0.7"}, "127.0.0.1", 200),
        ({"Authorization": "Bearer wrong"}, "10.0.0.7", 404),
        ({"Authorization": "Bearer "}, "10.0.0.7", 404),
        ({"Authorization": "Bearer \u00e9"}, "10.0.0.7", 404),
    ],
)
def test_metrics_are_not_for_strangers(
    inst: Installation, headers: dict[str, str], address: str, status: int
) -> None:
    answer = inst.app.test_client().get(
        "/metrics", headers=headers, environ_base={"REMOTE_ADDR": address}
    )
    assert answer.status_code == status


def test_without_a_token_in_the_settings_none_opens_them(inst: Installation) -> None:
    other = create_app(Config(cache=shared_cache(), instance=inst.instance))
    answer = other.test_client().get(
        "/metrics",
        headers={"Authorization": "Bearer "},
        environ_base={"REMOTE_ADDR": "10.0.0.7"},
    )
    assert answer.status_code == 404

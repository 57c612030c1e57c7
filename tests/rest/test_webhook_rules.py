"""Webhooks: who may have one, whom it reaches, what it shows, and what it costs."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from core.cli.main import main
from core.extensions import db
from core.identity.models import RoleField, User
from core.identity.service import role_named
from core.intranet import Intranet
from core.jobs.models import JobRun
from core.webhooks import events, waking
from core.webhooks.models import Webhook
from core.webhooks.signing import signature
from tests.api.kit import statements
from tests.rest.kit import ACME, Served
from tests.rest.receiving import ACCOUNTS, HOOKS, LOG, Receiver, listen, log, told

pytestmark = pytest.mark.usefixtures("listening")


def test_it_shows_what_its_person_may_see(served: Served, port: int) -> None:
    """Records of others and fields that are hidden are not told; nor anything, once they left."""
    ada = served("ada")
    with served.inst.working(ACME):
        rep = role_named("manager").id
        hidden = RoleField(role_id=rep, model="crm.Account", field="phone", narrowed="hidden")
        db.session.add(hidden)
        from core.identity.models import RoleGrant

        grants = [
            RoleGrant(role_id=rep, permission=f"core.Webhook.{each}", scope="own")
            for each in ("read", "create", "update", "delete")
        ]
        db.session.add_all(grants)
    hook = listen(served("max"), port)
    served("rita").make(ACCOUNTS, name="Of the team", phone="+49 731 1234567")
    served("ravi").make(ACCOUNTS, name="Of another")
    served.work()
    [seen] = told()
    assert seen["data"]["record"]["name"] == "Of the team"
    assert "phone" not in seen["data"]["record"]
    assert log(served, hook)[0]["record_id"] == seen["data"]["id"]
    # Who gives it another address sees it from then on as themselves.
    Receiver.got.clear()
    held = ada.get(f"{HOOKS}/{hook['id']}")
    changed = ada.patch(f"{HOOKS}/{hook['id']}", {"version": held["version"],
                        "address": f"http://127.0.0.1:{port}/other"})  # fmt: skip
    assert (held["user"]["label"], changed["user"]["label"]) == ("Max", "Ada")
    served("ravi").make(ACCOUNTS, name="Of another still")
    served.work()
    assert [each["data"]["record"]["name"] for each in told()] == ["Of another still"]
    with served.inst.working(ACME):
        for each in (hidden, *grants):
            db.session.delete(db.session.merge(each))


def test_who_has_left_is_told_nothing(served: Served, port: int) -> None:
    hook = listen(served("ada"), port)
    with served.inst.working(ACME):
        db.session.get_one(User, served.ids["ada"]).active = False
    served("rita").make(ACCOUNTS, name="Nobody hears")
    served.work()
    with served.inst.working(ACME):
        db.session.get_one(User, served.ids["ada"]).active = True
    assert told() == [] and log(served, hook) == []


def test_a_write_that_nobody_listens_to_costs_nothing(served: Served, port: int) -> None:
    rita = served("rita")
    rita.make(ACCOUNTS, name="Warm")
    with statements(served.app) as before:
        rita.make(ACCOUNTS, name="Alone")
    listen(served("ada"), port, model="crm.Lead")
    rita.make(ACCOUNTS, name="Read anew")
    with statements(served.app) as other:
        rita.make(ACCOUNTS, name="Not for it")
    assert len(other) <= len(before)
    assert not [each for each in before if "webhook" in each and "core_company" not in each]


def test_many_at_once_are_few_statements(served: Served, port: int) -> None:
    hook = listen(served("ada"), port)
    rows = [{"name": f"Bulk {n}"} for n in range(60)]
    served("ada").make(ACCOUNTS, name="Warm")
    with statements(served.app) as seen:
        served("ada").post(f"{ACCOUNTS}/bulk", {"create": rows})
    assert sum("core_webhook" in each for each in seen) <= 2
    served.work()
    assert len(told()) == 61
    with served.inst.working(ACME):
        runs = db.session.scalars(sa.select(JobRun).where(JobRun.about == waking.about(hook["id"])))
        assert len(runs.all()) <= 2


def test_nobody_is_reached_who_is_not_public(served: Served, port: int) -> None:
    ada = served("ada")
    hook = listen(ada, port)
    served.app.extensions["xiaoguan.intranet"] = Intranet()
    for address in (
        "https://127.0.0.1/", "https://localhost/x", "https://10.0.0.8/", "https://[::1]/",
        "https://[::ffff:127.0.0.1]/", "https://169.254.169.254/latest", "https://intra/",
        "http://example.com/", "ftp://example.com/", "https://", "x", "https://u:p@example.com/",
    ):  # fmt: skip
        sent = {"name": "No", "address": address, "model": "crm.Account"}
        assert list(ada.post(HOOKS, sent, 422)["errors"]) == ["address"], address
    # Where a name leads is looked at each time it is used.
    ada.make(ACCOUNTS, name="Inside")
    served.work()
    [row] = log(served, hook)
    assert (row["state"], row["status"]) == ("pending", None) and "public" in row["error"]
    assert Receiver.got == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"filter": "nothing=1"}, "filter"),
        ({"filter": "limit=1"}, "filter"),
        ({"filter": "city=Ulm", "model": None}, "filter"),
        ({"model": "core.Webhook"}, "model"),
        ({"model": "no.Model"}, "model"),
        ({"on_create": False, "on_update": False, "on_transition": False, "on_delete": False},
         "on_create"),
        ({"state": "off"}, "state"),
        ({"secret": "x"}, "secret"),
        ({"user": 1}, "user"),
    ],
)  # fmt: skip
def test_a_webhook_that_cannot_be_is_refused(
    served: Served, port: int, given: dict[str, Any], field: str
) -> None:
    sent = {"name": "No", "address": f"http://127.0.0.1:{port}/", "model": "crm.Account", **given}
    assert list(served("ada").post(HOOKS, sent, 422)["errors"]) == [field]


def test_they_are_for_administrators_of_the_company(served: Served, port: int) -> None:
    hook = listen(served("ada"), port)
    served("ada").make(ACCOUNTS, name="Of Acme", phone="+49 731 5550")
    served.work()
    [row] = log(served, hook)
    for name in ("rita", "ana", "max"):
        # The auditor reads them.
        seen = 200 if name == "ana" else 403
        served(name).get(HOOKS, seen)
        served(name).get(f"{LOG}/{row['id']}", seen)
        served(name).post(HOOKS, {"name": "x", "address": "https://example.com/"}, 403)
    served("ana").post(f"{LOG}/{row['id']}/transitions/resend", {}, 403)
    check_log_of_auditor(served, hook, row)
    olga = served("olga")
    for path in (f"{HOOKS}/{hook['id']}", f"{LOG}/{row['id']}"):
        olga.get(path, 404)
    olga.post(f"{LOG}/{row['id']}/transitions/resend", {}, 404)
    olga.post(f"{HOOKS}/{hook['id']}/transitions/new_secret", {}, 404)
    Receiver.got.clear()
    olga.make(ACCOUNTS, name="Of the other")
    served.work()
    assert told() == []


def check_log_of_auditor(served: Served, hook: dict[str, Any], row: dict[str, Any]) -> None:
    """Neither what was sent and answered, as the webhook's person sees it, nor the address, whose
    end may be the key of a chat group, nor any secret."""
    ana, client = served("ana"), served.inst.client(ACME, "ana")
    with served.inst.working(ACME):
        sealed = db.session.scalars(sa.select(Webhook.secret)).all()
    shown = [json.dumps(ana.get(path)) for path in (
        HOOKS, f"{HOOKS}/{hook['id']}", LOG, f"{LOG}/{row['id']}", f"{HOOKS}?fields=address",
    )]  # fmt: skip
    shown += [client.get(path).text for path in (
        HOOKS, f"{HOOKS}/{hook['id']}", LOG, f"{LOG}/{row['id']}", "/core/audit",
        f"{HOOKS}/{hook['id']}/timeline", f"{LOG}/{row['id']}/timeline",
    )]  # fmt: skip
    for secret in ("731 5550", hook["address"], *sealed):
        assert not [text for text in shown if secret in text], secret


def test_both_secrets_count_for_a_day(served: Served, port: int) -> None:
    ada = served("ada")
    hook = listen(ada, port)
    path = f"{HOOKS}/{hook['id']}/transitions"
    old = ada.post(f"{path}/new_secret", {})["_result"]["secret"]
    new = ada.post(f"{path}/new_secret", {})["_result"]["secret"]
    ada.post(f"{path}/ping", {})
    served.work()
    [(headers, body)] = Receiver.got
    at = int(headers["webhook-timestamp"])
    both = [signature(each, headers["webhook-id"], at, body) for each in (new, old)]
    assert headers["webhook-signature"].split(" ") == both


def test_the_pages_of_an_administrator(served: Served, port: int) -> None:
    client = served.inst.client(ACME, "ada")
    hook = listen(served("ada"), port)
    served("ada").post(f"{HOOKS}/{hook['id']}/transitions/ping", {})
    served.work()
    [row] = log(served, hook)
    for path in (HOOKS, f"{HOOKS}/{hook['id']}", f"{HOOKS}/new", LOG, f"{LOG}/{row['id']}"):
        assert client.get(path).status_code == 200, path
    secret_page = f"{HOOKS}/{hook['id']}/secret"
    assert "whsec_" not in client.get(secret_page).text
    with served.inst.working(ACME):
        from plugin_api.context import current_company

        company = current_company().id
    answer = client.post(secret_page, data={"_company": str(company)})
    assert answer.status_code == 200 and "whsec_" in answer.text
    assert served.inst.client(ACME, "rita").get(secret_page).status_code in (403, 404)


def test_what_it_remembers_is_of_one_company(served: Served, port: int) -> None:
    listen(served("ada"), port)
    served("ada").make(ACCOUNTS, name="Remembered")
    memory = served.app.extensions["xiaoguan.webhooks"].held
    assert {len(found) for found in memory.values()} >= {1}
    assert events.EVENTS.keys() == {"create", "update", "transition", "delete"}
    served.work()


def test_an_operator_s_commands(served: Served, port: int) -> None:
    def run(*arguments: str, ok: bool = True) -> Any:
        done = CliRunner().invoke(main, ["webhook", *arguments], obj=lambda: served.app)
        assert (done.exit_code == 0) is ok, done.output
        return done

    of = ("--company", ACME, "--json")
    where = f"http://127.0.0.1:{port}/in"
    [made] = json.loads(run("add", where, *of, "--as", "Ada", "--model", "crm.Account",
                            "--event", "create", "--filter", "city=Hof").stdout)  # fmt: skip
    served("ada").make(ACCOUNTS, name="By command", city="Hof")
    served.work()
    [(headers, body)] = Receiver.got
    at = int(headers["webhook-timestamp"])
    assert headers["webhook-signature"] == signature(
        made["secret"], headers["webhook-id"], at, body
    )
    [listed] = json.loads(run("list", *of).stdout)
    assert (listed["webhook"], listed["state"]) == (made["webhook"], "active")
    [row] = json.loads(run("log", *of, "--webhook", str(made["webhook"])).stdout)
    assert (row["event"], row["status"]) == ("crm.Account.created", 204)
    run("resend", str(row["delivery"]), "--company", ACME)
    served.work()
    assert len(Receiver.got) == 2
    run("resend", "--company", ACME, ok=False)
    run("resend", "999999", "--company", ACME, ok=False)
    run("add", "https://localhost/", *of, "--as", "Ada", ok=False)

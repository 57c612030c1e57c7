"""Saving a record's form: what is touched, two who save, sessions that end meanwhile."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from core.host import services
from core.identity.service import find_user, set_password
from tests.collab.kit import World, model, record

HERE = {"Origin": "http://localhost"}


def value(world: World, job: int, name: str) -> Any:
    with world.made.working("acme"):
        return getattr(record(job), name)


def version(world: World, job: int) -> str:
    return str(value(world, job, "version"))


def test_only_what_was_touched_is_saved(world: World) -> None:
    job = world.job("rita", note="Old", priority=3)
    before = json.dumps({"note": "Old", "priority": "3"})
    with world.acting("max"):
        services().records.update(record(job), {"priority": 5})
    answer = world.post(
        "rita", f"/workshop/jobs/{job}", note="New", priority="3", _before=before,
        version=version(world, job),
    )  # fmt: skip
    assert answer.status_code == 303
    assert (value(world, job, "note"), value(world, job, "priority")) == ("New", 5)


def test_a_stale_save_shows_both_versions_and_takes_the_chosen(world: World) -> None:
    job = world.job("rita", note="Old", priority=3)
    opened = version(world, job)
    before = json.dumps({"note": "Old", "priority": "3", "kind": "repair"})
    with world.acting("max"):
        services().records.update(record(job), {"note": "Max's", "priority": 5, "kind": "build"})
    form = {"note": "Rita's", "priority": "4", "kind": "repair", "_before": before}
    answer = world.post("rita", f"/workshop/jobs/{job}", version=opened, **form)
    assert answer.status_code == 409
    page = html.unescape(answer.text)
    assert 'name="_choose.note"' in page and 'name="_choose.priority"' in page
    assert 'name="_choose.kind"' not in page, "only Max has changed it"
    assert "Max's" in page and "Rita's" in page and "was Old" in page
    assert "Last saved by Max" in page
    assert ">Rita's</textarea>" in page, "what was typed is in the form"
    assert (value(world, job, "note"), value(world, job, "priority")) == ("Max's", 5)
    now = re.search(r'name="_before" value="([^"]*)"', answer.text)
    assert now is not None
    form |= {"_before": html.unescape(now[1]), "kind": "build", "_choose.note": "theirs",
             "_choose.priority": "mine", "version": version(world, job)}  # fmt: skip
    assert world.post("rita", f"/workshop/jobs/{job}", **form).status_code == 303
    found = [value(world, job, name) for name in ("note", "priority", "kind")]
    assert found == ["Max's", 4, "build"]


def test_errors_stand_beside_their_fields_and_nothing_is_lost(world: World) -> None:
    job = world.job("rita")
    answer = world.post(
        "rita", f"/workshop/jobs/{job}", note="Kept", priority="99", hours="many", name="x" * 21
    )
    assert answer.status_code == 422
    assert answer.text.count('aria-invalid="true"') == 3
    for said in (">Kept</textarea>", 'value="99"', 'value="many"', "x" * 21):
        assert said in answer.text
    assert value(world, job, "note") is None


def test_names_of_records_out_of_sight_are_not_told(world: World) -> None:
    with world.made.working("acme"):
        hidden = (
            services()
            .records.create(model("Client"), {"name": "Top secret", "owner": world.ids["ravi"]})
            .id
        )
    client = world.client("rita")
    assert "Top secret" not in client.get(f"/workshop/jobs/new?client={hidden}").text
    job = world.job("rita")
    picked = {"client": "Guess", "client__label": "Guess", "client__id": str(hidden)}
    for path in (f"/workshop/jobs/{job}", "/workshop/jobs/new"):
        answer = world.post("rita", path, name="Job", priority="bad", **picked)
        assert answer.status_code == 422 and "Top secret" not in answer.text
        answer = world.post("rita", path, name="Job", **picked)
        assert answer.status_code == 422 and "Top secret" not in answer.text


@pytest.mark.parametrize("id_", ["0", "-1", "9" * 30, "x", "1 or 1"])
def test_a_picked_number_that_is_none(world: World, id_: str) -> None:
    picked = {"client": "A", "client__label": "A", "client__id": id_}
    answer = world.post("rita", f"/workshop/jobs/{world.job('rita')}", **picked)
    assert answer.status_code == 422


def test_a_copy_leaves_out_what_is_there_only_once(world: World) -> None:
    job = world.job("rita", name="Model", external_id="only here", note="Same", state="draft")
    page = world.client("max").get(f"/workshop/jobs/new?copy={job}").text
    assert 'value="Model"' in page and ">Same</textarea>" in page
    assert "only here" not in page
    assert f'name="owner__id" value="{world.ids["max"]}"' in page
    hidden = world.job("ravi", name="Secret")
    assert world.client("rita").get(f"/workshop/jobs/new?copy={hidden}").status_code == 404


def test_a_small_form_for_a_dialog(world: World) -> None:
    job = world.job("rita")
    client = world.client("rita")
    script = {"HX-Request": "true"}
    small = client.get(f"/workshop/parts/new?job={job}&next=/workshop/jobs/{job}", headers=script)
    assert small.text.lstrip().startswith("<dialog") and 'name="job__id"' in small.text
    data = {"_company": world.company_id(), "job": "Lathe", "job__label": "Lathe",
            "job__id": str(job), "next": f"/workshop/jobs/{job}"}  # fmt: skip
    wrong = client.post("/workshop/parts/new", data=data, headers=script)
    assert wrong.status_code == 422 and 'aria-invalid="true"' in wrong.text
    made = client.post("/workshop/parts/new", data=data | {"name": "Screw"}, headers=script)
    assert (made.status_code, made.json) == (201, {"open": f"/workshop/jobs/{job}"})


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_next_leads_nowhere_else(world: World, address: str) -> None:
    answer = world.post("rita", "/workshop/jobs/new", name="Job", next=address)
    assert urlsplit(answer.headers["Location"]).path.startswith("/workshop/jobs/")
    assert urlsplit(answer.headers["Location"]).netloc in ("", "localhost")


def test_instants_are_typed_and_shown_by_the_persons_clock(world: World) -> None:
    from core.identity.service import set_preferences

    job = world.job("rita", called_at=dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC))
    assert 'value="2026-07-01T20:00"' in world.client("rita").get(f"/workshop/jobs/{job}").text
    with world.made.working("acme"):
        login_id = find_user("rita@acme.example").login_id
    with world.made.working("acme"):
        set_preferences(login_id or 0, timezone="America/New_York")
    try:
        page = world.client("rita").get(f"/workshop/jobs/{job}").text
        assert 'value="2026-07-01T08:00"' in page
        world.post("rita", f"/workshop/jobs/{job}", called_at="2026-07-01T09:30")
        assert value(world, job, "called_at") == dt.datetime(2026, 7, 1, 13, 30, tzinfo=dt.UTC)
    finally:
        with world.made.working("acme"):
            set_preferences(login_id or 0, timezone=None)


# -- a session that ended while something was typed -----------------------------------------


def relog(world: World, page: Any, name: str = "rita", slug: str = "acme") -> Any:
    """Log in on the page that asks for it; the answer."""
    kept = re.search(r'name="kept" value="([^"]+)"', page.text)
    assert kept is not None, page.text
    with world.made.working(slug):
        login_id = find_user(f"{name}@{slug}.example").login_id or 0
        set_password(login_id, "correct horse")
    client = world.made.app.test_client()
    data = {"email": f"{name}@{slug}.example", "password": "correct horse", "kept": kept[1]}
    return client, client.post("/login", data=data)


def lost(world: World, path: str, **form: str) -> Any:
    """A form that comes in without a session, from a page of this site."""
    data = {"_company": world.company_id(), **form}
    return world.made.app.test_client().post(path, data=data, headers=HERE)


def test_a_lost_session_keeps_what_was_typed(world: World) -> None:
    job = world.job("rita", note="Old")
    opened = version(world, job)
    asked = lost(world, f"/workshop/jobs/{job}", note="Typed", _before='{"note": "Old"}',
                 version=opened)  # fmt: skip
    assert asked.status_code == 401 and "what you typed is kept" in asked.text
    assert "Typed" not in asked.text, "it is signed and packed"
    assert value(world, job, "note") == "Old", "nothing is done without a session"
    client, answer = relog(world, asked)
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"]).text
    assert ">Typed</textarea>" in page and "not saved yet" in page
    assert value(world, job, "note") == "Old"
    draft = re.search(r'name="_draft" value="(\d+)"', page)
    assert draft is not None
    data = {"_company": world.company_id(), "note": "Typed", "version": opened,
            "_before": '{"note": "Old"}', "_draft": draft[1]}  # fmt: skip
    assert client.post(f"/workshop/jobs/{job}", data=data).status_code == 303
    assert value(world, job, "note") == "Typed"
    assert ">Typed</textarea>" in client.get(answer.headers["Location"]).text
    assert "not saved yet" not in client.get(answer.headers["Location"]).text, "it is used up"


def test_a_form_that_came_back_still_knows_that_the_record_changed(world: World) -> None:
    job = world.job("rita", note="Old")
    opened = version(world, job)
    asked = lost(world, f"/workshop/jobs/{job}", note="Typed", _before='{"note": "Old"}',
                 version=opened)  # fmt: skip
    with world.acting("max"):
        services().records.update(record(job), {"note": "Max's"})
    client, answer = relog(world, asked)
    page = client.get(answer.headers["Location"]).text
    assert f'name="version" value="{opened}"' in page
    data = {"_company": world.company_id(), "note": "Typed", "version": opened,
            "_before": '{"note": "Old"}'}  # fmt: skip
    assert client.post(f"/workshop/jobs/{job}", data=data).status_code == 409


@pytest.mark.parametrize(
    ("path", "form", "found"),
    [
        ("/workshop/jobs/new", {"name": "Brand new"}, 'value="Brand new"'),
        ("/workshop/jobs/{job}/comments", {"text": "Half a thought"}, ">Half a thought<"),
        ("/workshop/jobs/{job}/transitions/place", {"bench": "Bench 7"}, 'value="Bench 7"'),
    ],
)
def test_other_forms_come_back_too(
    world: World, path: str, form: dict[str, str], found: str
) -> None:
    asked = lost(world, path.format(job=world.job("rita")), **form)
    client, answer = relog(world, asked)
    assert found in client.get(answer.headers["Location"]).text


def test_a_draft_is_its_persons_alone(world: World) -> None:
    job = world.job("rita")
    _client, answer = relog(world, lost(world, f"/workshop/jobs/{job}", note="Mine only"))
    place = answer.headers["Location"]
    assert "Mine only" not in world.client("max").get(place).text
    assert "Mine only" not in world.client("ada").get(place.replace(str(job), "1")).text
    assert world.client("olga", "other").get(place).status_code == 404


def test_another_company_gets_nothing_of_the_form(world: World) -> None:
    asked = lost(world, f"/workshop/jobs/{world.job('rita')}", note="Of Acme")
    _client, answer = relog(world, asked, "olga", "other")
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
def test_no_other_site_fills_in_forms(world: World, headers: dict[str, str]) -> None:
    data = {"_company": world.company_id(), "note": "Planted"}
    path = f"/workshop/jobs/{world.job('rita')}"
    answer = world.made.app.test_client().post(path, data=data, headers=headers)
    assert answer.status_code == 302 and "kept" not in answer.text


def test_what_is_kept_cannot_be_forged(world: World) -> None:
    asked = lost(world, f"/workshop/jobs/{world.job('rita')}", note="Typed")
    kept = re.search(r'name="kept" value="([^"]+)"', asked.text)
    assert kept is not None
    for forged in ("x", kept[1][:-2] + "xx", kept[1] + "x", ""):
        page = type("Page", (), {"text": f'name="kept" value="{forged or "-"}"'})
        _client, answer = relog(world, page)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_the_token_of_an_earlier_session_does_not_lose_the_form(world: World) -> None:
    app = world.made.app
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        job = world.job("rita", note="Old")
        client = world.client("rita")
        data = {"_company": world.company_id(), "note": "Typed", "csrf_token": "of yesterday"}
        answer = client.post(f"/workshop/jobs/{job}", data=data, headers=HERE)
        assert answer.status_code == 303 and "draft=" in answer.headers["Location"]
        assert ">Typed</textarea>" in client.get(answer.headers["Location"]).text
        assert value(world, job, "note") == "Old"
        forged = client.post(f"/workshop/jobs/{job}", data=data)
        assert forged.status_code == 400, "not from a page of this site"
        strange = app.test_client().post(f"/workshop/jobs/{job}", data=data, headers=HERE)
        assert strange.status_code == 401 and 'name="kept"' in strange.text
    finally:
        app.config["WTF_CSRF_ENABLED"] = False

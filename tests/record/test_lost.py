"""Forms of any page that came in without a session."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from tests.collab.kit import World
from tests.record.test_forms import lost, relog

FORMS = {
    "a view": ("/workshop/jobs/views/new", {"name": "My open ones", "state": "state=draft"}),
    "a setting": ("/core/settings/core", {"name": "Acme & Sons"}),
    "a dashboard": ("/dashboards/new", {"name": "Monday\nmorning"}),
    "a profile": ("/profile", {"language": "en", "timezone": "Asia/Shanghai"}),
    "an import": ("/workshop/jobs/import/1/map", {"to.0": "name", "fixed.note": "From the fair"}),
    "a share": ("/workshop/jobs/1/shares", {"person": "Max", "until": ""}),
}


def offered(world: World, asked: Any) -> tuple[Any, str]:
    client, answer = relog(world, asked)
    assert re.search(r"/drafts/\d+$", answer.location), answer.location
    return client, client.get(answer.location).text


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_what_was_typed_is_offered_again(world: World, form: tuple[str, dict[str, str]]) -> None:
    path, typed = form
    asked = lost(world, path, **typed)
    assert asked.status_code == 401 and "what you typed is kept" in asked.text
    _client, page = offered(world, asked)
    assert f'action="{path}"' in page
    fields = dict(re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.S))
    held = {name: unescape(value) for name, value in fields.items()}
    assert held == {**typed, "_company": str(world.company_id())}


def test_it_is_sent_and_done(world: World) -> None:
    path, typed = FORMS["a view"]
    client, page = offered(world, lost(world, path, **typed))
    fields = dict(re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.S))
    done = client.post(path, data=fields)
    assert done.status_code == 303 and "saved=" in done.location
    assert "My open ones" in client.get(done.location).text


def test_it_is_thrown_away_and_nobody_else_sees_it(world: World) -> None:
    client, answer = relog(world, lost(world, *FORMS["a view"][:1], **FORMS["a view"][1]))
    assert world.client("max").get(answer.location).status_code == 404
    data = {"_company": world.company_id()}
    assert world.client("max").post(f"{answer.location}/drop", data=data).status_code == 404
    assert client.get(answer.location).status_code == 200
    assert client.post(f"{answer.location}/drop", data=data).status_code == 303
    assert client.get(answer.location).status_code == 404


def test_secrets_are_never_kept(world: World) -> None:
    secrets = {"password": "hunter two", "new_password": "hunter two", "api_token": "t-o-k",
               "shop.secret": "s-e-c", "code": "12ab56", "shop.key": "k-e-y"}  # fmt: skip
    _client, page = offered(world, lost(world, "/core/settings/core", name="Acme", **secrets))
    assert not any(value in page for value in secrets.values())
    for path in ("/login/code", "/profile/second-factor", "/profile/proof"):
        assert 'name="kept" value="e' not in lost(world, path, note="Some words", **secrets).text


def test_a_button_alone_is_nothing_that_was_typed(world: World) -> None:
    answer = lost(world, "/notifications/read", id="7")
    assert answer.status_code == 302 and 'name="kept"' not in answer.text

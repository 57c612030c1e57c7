"""The page of the search and what the palette is answered."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from core.extensions import db
from core.identity import sessions
from core.identity.login import identify
from core.identity.models import User
from core.identity.service import find_user
from tests.harness import Installation
from tests.search.kit import people

OPTION = re.compile(r'<(?:a|button) class="palette-line[^>]*>.*?</(?:a|button)>', re.S)
LABEL = re.compile(r'<span class="palette-label">(.*?)</span>', re.S)


def lines(client: FlaskClient, search: str, path: str = "/search/palette") -> list[str]:
    """What the lines of the palette say."""
    answer = client.get(path, query_string={"q": search})
    assert answer.status_code == 200
    return [unescape(LABEL.search(each)[1]) for each in OPTION.findall(answer.text)]  # type: ignore[index]


@pytest.mark.parametrize(
    ("search", "language", "first"),
    [
        ("new per", "en", "New person"),
        ("new person", "zh", "新建人员"),
        ("新建人员", "en", "New person"),
        ("xinjianren", "zh", "新建人员"),
        ("xjry", "en", "New person"),
        ("rooms", "zh", "Rooms"),
        ("log out", "zh", "退出登录"),
        ("tcdl", "en", "Log out"),
        ("退出", "en", "Log out"),
        ("中文", "en", "Language: 中文"),
        ("shense", "en", "Theme: Dark"),
        ("dark", "zh", "主题：深色"),
        ("english", "zh", "语言：English"),
        ("jianpan", "en", "Keyboard shortcuts"),
    ],
)
def test_commands_are_found_in_both_languages(
    clinic: Installation, search: str, language: str, first: str
) -> None:
    assert lines(clinic.client("acme", "rita", language), search)[0] == first


def test_before_anything_is_typed_it_offers_what_can_be_done(clinic: Installation) -> None:
    offered = lines(clinic.client("acme", "rita"), "")
    assert offered[:2] == ["New person", "New plant"]
    assert {"Home", "Rooms", "Plants", "Log out"} <= set(offered)
    assert "New room" not in offered
    assert "Plugins" not in offered
    assert "New room" in lines(clinic.client("acme", "ada"), "")


def test_parts_are_made_with_their_whole_and_not_alone(clinic: Installation) -> None:
    assert "New visit" not in lines(clinic.client("acme", "ada"), "")


def test_what_is_off_is_not_offered(fresh: Installation) -> None:
    from core.hosting import enablement

    with fresh.working("acme"):
        enablement.disable("garden")
    offered = lines(fresh.client("acme", "ada"), "")
    assert "Plants" not in offered
    assert "New plant" not in offered


def test_records_follow_the_commands(clinic: Installation) -> None:
    page = clinic.client("acme", "ada").get("/search/palette?q=pdfz").text
    assert page.index('href="/clinic/patients/') > 0
    assert lines(clinic.client("acme", "ada"), "pdfz") == ["pdfz", "上海浦东发展银行"]
    assert lines(clinic.client("acme", "rita"), "pdfz") == ["pdfz"]
    assert lines(clinic.client("acme", "ravi"), "pdfz") == []


def test_more_than_a_few_are_shown_in_their_list(clinic: Installation) -> None:
    page = clinic.client("acme", "ada").get("/search/palette?q=s").text
    assert 'href="/clinic/patients?q=s"' in page


def test_nothing_is_said_to_be_found(clinic: Installation) -> None:
    page = clinic.client("acme", "ada").get("/search/palette?q=nobody<b>").text
    assert "Nothing found for “nobody&lt;b&gt;”." in page


@pytest.mark.parametrize("search", ["\x00", "%00", "a" * 5000, "\ud800", "浦" * 300, "'\"<>&%_"])
def test_any_search_is_answered(clinic: Installation, search: str) -> None:
    client = clinic.client("acme", "ada")
    for path in ("/search", "/search/palette"):
        assert (
            client.get(path, query_string={"q": search.encode("utf-8", "replace")}).status_code
            == 200
        )


def test_the_page_finds_without_script(clinic: Installation) -> None:
    client = clinic.client("acme", "ada")
    assert lines(client, "pdfz", "/search") == ["pdfz", "上海浦东发展银行"]
    assert lines(client, "log out", "/search") == ["Log out"]
    assert lines(client, "keyboard", "/search") == []
    assert "Search everything you may see" in client.get("/search").text


def test_colours_are_chosen(fresh: Installation) -> None:
    client = fresh.client("acme", "ada")
    answer = client.post("/search/theme", data={"theme": "dark", "next": "/clinic/rooms"})
    assert answer.location == "/clinic/rooms"
    assert 'data-theme="dark"' in client.get("/search").text
    for wrong in ("pink", ""):
        client.post("/search/theme", data={"theme": wrong, "next": "//elsewhere.example"})
        assert 'data-theme="dark"' in client.get("/search").text


def test_strangers_are_asked_who_they_are(clinic: Installation) -> None:
    client = clinic.app.test_client()
    assert client.get("/search?q=a").status_code == 302
    assert client.get("/search/palette?q=a", headers={"HX-Request": "true"}).status_code == 401


def test_what_was_opened_last_comes_first(fresh: Installation) -> None:
    with fresh.working("acme"):
        ids = people(*({"name": f"Number {i}"} for i in range(10)))
    client = fresh.client("acme", "ada")
    for id_ in [*ids, ids[8]]:
        assert client.get(f"/clinic/patients/{id_}").status_code == 200
    expected = [f"Number {i}" for i in (8, 9, 7, 6, 5, 4, 3, 2)]
    assert lines(client, "")[:9] == [*expected, "New room"]
    assert lines(client, "", "/search") == expected


def test_what_was_opened_is_shown_as_far_as_it_may_still_be_seen(fresh: Installation) -> None:
    rita = fresh.user_id("acme", "rita")
    with fresh.working("acme"):
        mine, other = people(
            {"name": "Mine", "doctor": rita}, {"name": "Mine for now", "doctor": rita}
        )
    client = fresh.client("acme", "rita")
    for id_ in (mine, other):
        assert client.get(f"/clinic/patients/{id_}").status_code == 200
    assert lines(client, "", "/search") == ["Mine for now", "Mine"]
    with fresh.working("acme"):
        from plugin_api.host import host
        from tests.search.kit import patient

        host().records.update(host().records.get(patient(), other), {"doctor": None})
    assert lines(client, "", "/search") == ["Mine"]
    assert client.get(f"/clinic/patients/{other}").status_code == 404
    assert lines(client, "", "/search") == ["Mine"]


def opened(key: str) -> int:
    """The number of a session."""
    found = identify(key)
    assert found is not None
    return found.session.id


def test_another_company_starts_anew(fresh: Installation) -> None:
    with fresh.working("acme"):
        (id_,) = people({"name": "Only here"})
    client = fresh.client("acme", "ada")
    client.get(f"/clinic/patients/{id_}")
    with fresh.app.app_context():
        from core.identity.service import load_company

        other, acme = load_company("other").id, load_company("acme").id
    with fresh.working("acme"):
        login_id = find_user("ada@acme.example").login_id
    with fresh.working("other"):
        people({"name": "Same number"})
        db.session.add(User(name="Ada", login_id=login_id))
    for company, expected in ((other, []), (acme, ["Only here"])):
        with client.session_transaction() as cookie, fresh.app.app_context():
            sessions.work_for(opened(cookie["key"]), company)
        shown = client.get("/search")
        if shown.status_code == 200:
            assert [unescape(each) for each in LABEL.findall(shown.text)] == expected

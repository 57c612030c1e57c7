"""Comments, notifications and settings over HTTP."""

from __future__ import annotations

import re

import pytest

from core.collab import comments
from core.collab.notify import KINDS
from core.identity.service import find_user, set_password
from tests.collab.kit import World, record

SCRIPT = {"HX-Request": "true"}


def test_a_comment_is_shown_as_text_with_links_and_names(world: World) -> None:
    job = world.job("rita")
    text = "@Max see https://a.example/?x=1&y=<b> <script>alert(1)</script>\njavascript:alert(2)"
    assert world.post("rita", f"/workshop/jobs/{job}/comments", text=text).status_code == 303
    page = world.client("max").get(f"/workshop/jobs/{job}").text
    assert f'<a class="mention" href="/core/users/{world.ids["max"]}">@Max</a>' in page
    assert '<a href="https://a.example/?x=1&amp;y=" target="_blank" rel="noopener' in page
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page
    assert 'href="javascript' not in page


def test_a_script_gets_the_box_and_others_the_page(world: World) -> None:
    job = world.job("rita")
    client = world.client("rita")
    data = {"_company": world.company_id(), "text": "Hello"}
    box = client.post(f"/workshop/jobs/{job}/comments", data=data, headers=SCRIPT)
    assert box.text.lstrip().startswith("<section") and "Hello" in box.text
    empty = client.post(f"/workshop/jobs/{job}/comments", data=data | {"text": " "}, headers=SCRIPT)
    assert (empty.status_code, "data-error" in empty.text) == (422, True)
    long = client.post(f"/workshop/jobs/{job}/comments", data=data | {"text": "x" * 10_001})
    assert long.status_code == 422 and "x" * 10_001 in long.text, "what was typed stays"


def test_who_was_not_told_is_said(world: World) -> None:
    job = world.job("rita")
    client = world.client("rita")
    data = {"_company": world.company_id(), "text": "@Ravi look"}
    page = client.post(f"/workshop/jobs/{job}/comments", data=data, follow_redirects=True)
    assert "they may not see this record: Ravi" in page.text


def test_comments_are_changed_and_deleted_by_their_author(world: World) -> None:
    job = world.job("rita")
    with world.acting("rita"):
        made = comments.add(record(job), "First").comment.id
    path = f"/workshop/jobs/{job}/comments/{made}"
    assert world.post("max", path, text="Taken").status_code == 403
    assert world.post("max", f"{path}/delete").status_code == 403
    assert world.post("rita", path, text="Second").status_code == 303
    page = world.client("max").get(f"/workshop/jobs/{job}").text
    assert "Second" in page and "(changed)" in page and path not in page
    assert world.post("rita", f"{path}/delete").status_code == 303
    assert "Second" not in world.client("rita").get(f"/workshop/jobs/{job}").text


def test_another_companys_comment_is_not_reached(world: World) -> None:
    theirs, ours = world.job("olga", "other"), world.job("rita")
    with world.acting("olga", "other"):
        made = comments.add(record(theirs), "Other's secret").comment.id
    for job in (theirs, ours):
        path = f"/workshop/jobs/{job}/comments/{made}"
        assert world.post("ada", path, text="x").status_code == 404
        assert world.post("ada", f"{path}/delete").status_code == 404
    page = world.client("olga", "other").get(f"/workshop/jobs/{theirs}").text
    assert "Other&#39;s secret" in page


def test_a_form_of_another_company_is_refused(world: World) -> None:
    job = world.job("rita")
    data = {"_company": world.company_id("other"), "text": "x", "wants": "true"}
    for part in ("comments", "files", "follow"):
        answer = world.client("rita").post(f"/workshop/jobs/{job}/{part}", data=data)
        assert answer.status_code == 409


def test_proposals_are_people_who_may_see_the_record(world: World) -> None:
    job = world.job("rita")
    client = world.client("rita")

    def proposed(text: str) -> list[str]:
        page = client.get(f"/workshop/jobs/{job}/people", query_string={"q": text}).text
        return re.findall(r'data-name="([^"]+)"', page)

    assert proposed("") == ["Ada", "Ann", "Annabel", "Max", "Rita"]
    assert proposed("an") == ["Ann", "Annabel"]
    assert proposed("rav") == proposed("olga") == []
    assert world.client("otto").get(f"/workshop/jobs/{job}/people").status_code in (403, 404)


def test_the_bell_counts_lists_and_clears(world: World) -> None:
    jobs = [world.job("rita", told=True) for _ in range(3)]
    client = world.client("rita")
    page = client.get("/notifications").text
    assert page.count('class="notice unread"') == 3
    assert 'unread-count">3<' in client.get("/profile").text
    number = re.search(r'name="id" value="(\d+)"', page)
    assert number is not None
    world.post("rita", "/notifications/read", id=number[1])
    assert client.get("/notifications?unread=1").text.count('class="notice unread"') == 2
    world.post("max", "/notifications/read")
    assert client.get("/notifications/latest").text.count('class="notice unread"') == 2
    assert world.post("rita", "/notifications/read").status_code == 303
    assert "unread-count" not in client.get("/notifications").text
    assert f"/workshop/jobs/{jobs[0]}" in client.get("/notifications").text


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example"])
def test_marking_leads_nowhere_else(world: World, address: str) -> None:
    answer = world.post("rita", "/notifications/read", next=address)
    assert answer.headers["Location"] == "/notifications"


# -- settings of a person -----------------------------------------------------------------

CHOSEN = {"language": "en", "timezone": "Asia/Tokyo", "theme": "dark", "density": "compact"}


def test_settings_are_kept_and_shown_at_once(world: World) -> None:
    try:
        client = world.client("rita")
        assert "data-theme" not in client.get("/profile").text
        data = {"_company": world.company_id(), **CHOSEN, "kind": ["mention", "comment"]}
        assert client.post("/profile", data=data).status_code == 303
        page = client.get("/profile").text
        assert '<html lang="en" data-theme="dark" data-density="compact">' in page
        assert '<option value="Asia/Tokyo" selected>' in page
        assert page.count('name="kind"') == len(KINDS)
        assert len(re.findall(r'name="kind" value="\w+" checked', page)) == 2
        elsewhere = world.client("rita").get("/notifications").text
        assert 'data-theme="dark"' in elsewhere, "in every browser of the person"
        with world.made.working("acme"):
            assert find_user("rita@acme.example").muted == [
                kind for kind in KINDS if kind not in ("mention", "comment")
            ]
    finally:
        usual = {"language": "en", "timezone": "", "theme": "system", "density": "comfortable"}
        assert world.post("rita", "/profile", **usual, kind=list(KINDS)).status_code == 303


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("language", "xx"), ("timezone", "Mars/Base"), ("theme", '"><script>'), ("density", "")],
)
def test_other_values_are_refused(world: World, name: str, wrong: str) -> None:
    answer = world.post("rita", "/profile", **{**CHOSEN, name: wrong})
    assert answer.status_code == 422
    assert "<script>" not in answer.text.split("</head>")[1]
    assert "data-theme" not in world.client("rita").get("/profile").text


def test_another_password_asks_for_the_old_one(world: World) -> None:
    with world.made.working("acme"):
        set_password(find_user("annabel@acme.example").login_id or 0, "correct horse")
    client, other = world.client("annabel"), world.client("annabel")

    def change(old: str, new: str, again: str = "") -> tuple[int, str]:
        data = {"_company": world.company_id(), "old_password": old, "new_password": new,
                "again_password": again or new}  # fmt: skip
        answer = client.post("/profile/security/password", data=data)
        return answer.status_code, answer.text

    assert change("wrong one", "battery staple")[0] == 422
    assert "not the password" in change("wrong one", "battery staple")[1]
    assert "at least 8" in change("correct horse", "short")[1]
    assert "not the same" in change("correct horse", "battery staple", "battery")[1]
    assert "old password" in change("correct horse", "correct horse")[1]
    assert change("correct horse", "battery staple")[0] == 303
    assert client.get("/profile").status_code == 200, "this session goes on"
    assert other.get("/profile").status_code == 302, "others end"
    data = {"email": "annabel@acme.example", "password": "battery staple"}
    assert world.made.app.test_client().post("/login", data=data).status_code == 303


def test_guessing_the_old_password_locks_the_login(world: World) -> None:
    world.made.person("acme", "guessed")
    with world.made.working("acme"):
        set_password(find_user("guessed@acme.example").login_id or 0, "correct horse")
    data = {"old_password": "wrong", "new_password": "battery staple",
            "again_password": "battery staple"}  # fmt: skip
    for _ in range(10):
        world.post("guessed", "/profile/security/password", **data)
    locked = world.post(
        "guessed", "/profile/security/password", **{**data, "old_password": "correct horse"}
    )
    assert locked.status_code == 422 and "not the password" in locked.text

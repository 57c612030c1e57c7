"""Saved views: whose they are, who may use them, which opens first."""

from __future__ import annotations

from typing import Any

import pytest

from core.views import saved
from plugin_api.errors import Forbidden, Invalid, NotFound
from tests.views.kit import REPAIRS, Workshop, links, model, text_of

VIEWS = f"{REPAIRS}/views"
STATE = "price__gte=500&sort=-price&group=bay"


def save(shop: Workshop, name: str, who: str = "max", share: str = "private", **more: Any) -> int:
    """Save a view over the page; its number."""
    form = {"name": name, "state": STATE, "share": share} | more
    where = shop.post(f"{VIEWS}/new", form, who).headers["Location"]
    return int(where.rpartition("saved=")[2])


def tabs(page: str) -> list[str]:
    found = page.partition('<div class="tabs"')[2].partition("</div>")[0]
    return [text_of(f"<a{each}") for each in found.split('<a class="tab"')[1:]]


def test_a_view_keeps_the_state_and_stands_above_the_list(shop: Workshop) -> None:
    shop.add("One", price=100_00)
    assert tabs(shop.page(REPAIRS)) == []
    number = save(shop, "Dear ones")
    page = shop.page(REPAIRS)
    assert tabs(page) == ["All records", "Dear ones"]
    (where,) = links(page, "Dear ones")
    assert where == f"{REPAIRS}?group=bay&price__gte=500&sort=-price&saved={number}"
    assert "Price ≥ 500" in text_of(shop.page(where))


def test_saving_is_offered_while_the_state_is_another(shop: Workshop) -> None:
    assert links(shop.page(REPAIRS), "Save view") == []
    assert links(shop.page(f"{REPAIRS}?view=kanban"), "Save view") == []
    assert len(links(shop.page(f"{REPAIRS}?{STATE}"), "Save view")) == 1
    number = save(shop, "Dear ones")
    assert links(shop.page(f"{REPAIRS}?{STATE}&saved={number}"), "Save view") == []
    (href,) = links(shop.page(f"{REPAIRS}?{STATE}&urgent=true&saved={number}"), "Save view")
    asked = shop.page(href)
    assert "Change “Dear ones”" in text_of(asked)
    form = {"do": "replace", "state": f"urgent=true&saved={number}"}
    answer = shop.post(f"{VIEWS}/new", form)
    assert answer.headers["Location"] == f"{REPAIRS}?urgent=true&saved={number}"
    assert tabs(shop.page(REPAIRS)) == ["All records", "Dear ones"]


def test_another_s_private_view_is_never_seen(shop: Workshop) -> None:
    number = save(shop, "Dear ones")
    for name in ("ada", "rita"):
        assert tabs(shop.page(REPAIRS, name)) == []
        shop.page(f"{VIEWS}/{number}", name, 404)
        shop.post(f"{VIEWS}/{number}", {"do": "deleted"}, name, 404)
        shop.post(f"{VIEWS}/{number}", {"name": "Mine now", "first": "1"}, name, 404)
        page = shop.page(f"{REPAIRS}?saved={number}", name)
        assert "Dear ones" not in page


@pytest.mark.parametrize(
    ("share", "seen_by"), [("team", {"rita"}), ("company", {"rita", "ravi", "ada", "ana"})]
)
def test_sharing(shop: Workshop, share: str, seen_by: set[str]) -> None:
    """Max shares with the people of his team, or with everybody."""
    save(shop, "Dear ones", share=share)
    for name in ("rita", "ravi", "ada", "ana"):
        assert (tabs(shop.page(REPAIRS, name)) != []) == (name in seen_by), name


def test_sharing_needs_a_permission(shop: Workshop) -> None:
    page = shop.page(f"{VIEWS}/new?state=urgent%3Dtrue", "rita")
    assert 'name="share"' not in page
    form = {"name": "Mine", "state": "urgent=true", "share": "company"}
    answer = shop.post(f"{VIEWS}/new", form, "rita", 403)
    assert "Your role does not allow sharing views." in answer.text
    assert 'value="Mine"' in answer.text
    assert tabs(shop.page(REPAIRS, "rita")) == []


def test_only_the_owner_changes_a_shared_view_and_others_may_open_it_first(
    shop: Workshop,
) -> None:
    number = save(shop, "Dear ones", share="company")
    page = shop.page(f"{VIEWS}/{number}", "rita")
    assert "Shared by Max." in text_of(page)
    assert 'name="name"' not in page
    shop.post(f"{VIEWS}/{number}", {"name": "Rita's", "first": "1"}, "rita")
    assert shop.read(number, "core.SavedView")["name"] == "Dear ones"
    answer = shop.client("rita").get(REPAIRS)
    assert answer.headers["Location"].endswith(f"&saved={number}")
    shop.post(f"{VIEWS}/{number}", {"do": "deleted"}, "rita", 404)


def test_the_one_that_opens_first(shop: Workshop) -> None:
    number = save(shop, "Dear ones", first="1")
    opened = f"{REPAIRS}?group=bay&price__gte=500&sort=-price&saved={number}"
    for start in (REPAIRS, f"{REPAIRS}?view=kanban"):
        answer = shop.client().get(start)
        assert (answer.status_code, answer.headers["Location"]) == (302, opened)
    page = shop.page(opened)
    assert links(page, "All records") == [f"{REPAIRS}?saved=all"]
    plain = shop.page(f"{REPAIRS}?saved=all")
    assert links(plain, "Board") == [f"{REPAIRS}?saved=all&view=kanban"]
    shop.post(f"{VIEWS}/{number}", {"name": "Dear ones"})
    assert shop.client().get(REPAIRS).status_code == 200


def test_renaming_and_deleting(shop: Workshop) -> None:
    number, other = save(shop, "Dear ones"), save(shop, "Other ones")
    taken = shop.post(f"{VIEWS}/{number}", {"name": "Other  ones"}, status=422)
    assert "You have a view of this name already." in text_of(taken.text)
    empty = shop.post(f"{VIEWS}/{number}", {"name": " "}, status=422)
    assert "A value is needed." in text_of(empty.text)
    shop.post(f"{VIEWS}/{number}", {"name": "Costly"})
    assert tabs(shop.page(REPAIRS)) == ["All records", "Costly", "Other ones"]
    doubt = shop.post(f"{VIEWS}/{number}", {"do": "delete"}, status=200)
    assert "Delete the view “Costly”? The records stay." in text_of(doubt.text)
    shop.post(f"{VIEWS}/{number}", {"do": "deleted"})
    assert tabs(shop.page(REPAIRS)) == ["All records", "Other ones"]
    assert shop.read(other, "core.SavedView") is not None


def test_a_view_that_is_gone_no_longer_opens_first(shop: Workshop) -> None:
    number = save(shop, "Dear ones", share="company")
    shop.post(f"{VIEWS}/{number}", {"first": "1"}, "rita")
    shop.post(f"{VIEWS}/{number}", {"do": "deleted"})
    assert shop.client("rita").get(REPAIRS).status_code == 200


def test_who_administers_tidies_up_what_is_shared(shop: Workshop) -> None:
    number = save(shop, "Dear ones", share="company")
    shop.post(f"{VIEWS}/{number}", {"do": "deleted"}, "ada")
    assert tabs(shop.page(REPAIRS)) == []


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("?cursor=x&saved=3&on=2026-01-01&show=note&fold=1&urgent=true", "urgent=true"),
        ("view=kanban&parent=2&q=a b&scope=mine", "parent=2&q=a+b&scope=mine&view=kanban"),
        ("state__in=done&state__in=open", "state__in=done,open"),
        ("columns=name,price&group=due__month", "columns=name,price&group=due__month"),
        ("", ""),
    ],
)
def test_what_a_view_keeps(shop: Workshop, query: str, kept: str) -> None:
    with shop.made.working("acme", "max"):
        assert saved.clean(model("repairs.Repair"), query) == kept


@pytest.mark.parametrize("query", ["nmae=x", "price__gte=much", "group=bai", "where=%7B", "q=" +
                                   "%20".join("abcdefghijklmn")])  # fmt: skip
def test_what_no_list_takes_is_no_view(shop: Workshop, query: str) -> None:
    with shop.made.working("acme", "max"), pytest.raises(Invalid):
        saved.clean(model("repairs.Repair"), query)


def test_without_reading_there_are_no_views(shop: Workshop) -> None:
    with shop.made.working("acme", "ana"), pytest.raises(Forbidden):
        saved.clean(model("repairs.Visit"), "")
    with shop.made.working("acme", "rita"), pytest.raises(NotFound):
        saved.opens_first(model("repairs.Repair"), 99)


def test_views_are_remembered_and_asked_for_once(shop: Workshop) -> None:
    from tests.views.kit import selects

    save(shop, "Dear ones")
    client = shop.client()
    client.get(REPAIRS)
    with selects(shop) as seen:
        client.get(REPAIRS)
    assert not [statement for statement in seen if "core_saved_view" in statement]


def test_over_rest(shop: Workshop) -> None:
    number = save(shop, "Dear ones", share="company")
    save(shop, "Of Rita", "rita")
    headers = shop.made.token("acme", "rita")
    found = shop.made.app.test_client().get("/api/v1/repairs/repairs/views", headers=headers)
    assert [(v["name"], v["mine"], v["owner"], v["share"]) for v in found.json["items"]] == [
        ("Of Rita", True, "Rita", "private"),
        ("Dear ones", False, "Max", "company"),
    ]
    dear = found.json["items"][1]
    assert dear["id"] == number
    assert dear["query"] == "group=bay&price__gte=500&sort=-price"
    assert dear["href"] == "/api/v1/repairs/repairs?price__gte=500&sort=-price"
    shop.add("Cheap", price=499_99)
    shop.add("Dear", price=500_00)
    items = shop.made.app.test_client().get(dear["href"], headers=headers).json["items"]
    assert [item["name"] for item in items] == ["Dear"]

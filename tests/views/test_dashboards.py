"""Dashboards: declared ones, one's own, shared ones; each tile alone, as the person who looks."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from core.hosting import enablement
from tests.views.kit import REPAIRS, Workshop, links, text_of
from tests.views.test_pictures import table

SHOP = "/dashboards/repairs.shop"
HOURS = {
    "kind": "records", "source": "repairs.Repair", "title": "Hours", "width": "2", "on": "new",
    "name": "Mine", "state": "view=pivot&rows=worker&cols=none&figure=hours__sum",
}  # fmt: skip


def titles(page: str) -> list[str]:
    """What stands on a dashboard."""
    return re.findall(r'<h2 id="tile-head-\d+">(.*?)</h2>', page)


@pytest.fixture
def busy(shop: Workshop) -> Workshop:
    """Three repairs of Rita, one of Ravi."""
    shop.add("a", hours=2, bay="Wash", due=dt.date(2026, 3, 1))
    shop.add("b", hours=3, bay="Wash", due=dt.date(2025, 3, 1))
    shop.add("c", hours=5, bay="Yard", worker="ravi")
    return shop


def test_a_role_opens_with_what_register_dashboards_gave_it(busy: Workshop) -> None:
    assert busy.client("max").get("/dashboards").location == SHOP
    page = busy.page(SHOP)
    assert titles(page) == ["By bay", "Storm", "Rain", "Due", "First", "Visits"]
    assert f'hx-get="{SHOP}/tiles/1"' in page
    assert "wide-2" in page


def test_each_tile_stands_alone(busy: Workshop) -> None:
    by_bay = busy.page(f"{SHOP}/tiles/1")
    assert table(by_bay) == [["Bay", "Sum: Hours"], ["Wash", "5"], ["Yard", "5"], ["Total", "10"]]
    assert 'id="tile-1-spec"' in by_bay
    assert "could not be made" in busy.page(f"{SHOP}/tiles/2")
    assert "Your role does not let you see this." in busy.page(f"{SHOP}/tiles/6")
    whole = busy.page(f"{SHOP}?all=1")
    assert "could not be made" in whole
    assert "Sum: Hours" in whole
    assert f"{REPAIRS}?sort=name" in links(whole, "Show all 3")


def test_tiles_run_as_the_person_who_looks(busy: Workshop) -> None:
    own = busy.page(f"{SHOP}/tiles/1", name="rita")
    assert table(own)[1:] == [["Wash", "5"], ["Total", "5"]]
    assert table(busy.page(f"{SHOP}/tiles/1", name="ravi"))[-1] == ["Total", "5"]
    assert busy.client("ana").get(SHOP).status_code == 200


def test_one_period_for_all_that_knows_a_date(busy: Workshop) -> None:
    tile = busy.page(f"{SHOP}/tiles/4?period=last_365_days")
    assert "Due: Last 365 days" in text_of(tile)
    assert "due__period=last_365_days" in tile
    assert "Due:" not in text_of(busy.page(f"{SHOP}/tiles/1?period=last_365_days"))


def test_a_picture_is_put_on_a_new_dashboard_and_shared(busy: Workshop) -> None:
    page = busy.page(f"{REPAIRS}?view=pivot&rows=worker")
    [href] = links(page, "Put on a dashboard…")
    assert 'value="new" selected' in busy.page(href) or "A new dashboard" in busy.page(href)
    went = busy.post("/dashboards/put", HOURS)
    key = went.location
    assert titles(busy.page(key)) == ["Hours"]
    assert busy.client("rita").get(key).status_code == 404
    busy.post(f"{key}/edit", {"do": "save", "name": "Ours", "share": "team", "version": 1})
    assert "Ours" in busy.page(key, name="rita")
    assert table(busy.page(f"{key}/tiles/1", name="rita"))[1:] == [["Rita", "5"], ["Total", "5"]]
    assert table(busy.page(f"{key}/tiles/1"))[-1] == ["Total", "10"]
    assert busy.client("ravi").get(key).status_code == 404
    busy.post(f"{key}/edit", {"do": "remove", "tile": 1, "version": 2}, name="rita", status=404)


def test_who_may_not_share_keeps_it(busy: Workshop) -> None:
    key = busy.post("/dashboards/put", HOURS, name="rita").location
    sent = {"do": "save", "name": "Mine", "share": "company", "version": 1}
    busy.post(f"{key}/edit", sent, name="rita", status=403)


def test_order_and_width_without_script(busy: Workshop) -> None:
    key = busy.post("/dashboards/put", HOURS).location
    number = key.rpartition("/")[2]
    busy.post("/dashboards/put", {**HOURS, "title": "More", "on": number})
    busy.post(f"{key}/edit", {"do": "up", "tile": 2, "version": 2})
    assert titles(busy.page(key)) == ["More", "Hours"]
    busy.post(f"{key}/edit", {"do": "width-3", "tile": 1, "version": 3})
    assert "wide-3" in busy.page(key)
    stale = busy.post(f"{key}/edit", {"do": "down", "tile": 2, "version": 1}, status=409)
    assert "alert" in stale.text
    busy.post(f"{key}/edit", {"do": "remove", "tile": 2, "version": 4})
    assert titles(busy.page(key)) == ["Hours"]
    asked = busy.post(f"{key}/edit", {"do": "delete", "version": 5}, status=200)
    assert "Delete the dashboard “Mine”?" in asked.text
    busy.post(f"{key}/edit", {"do": "deleted", "version": 5})
    assert busy.client("max").get(key).status_code == 404


def test_a_declared_one_is_copied_to_be_arranged(busy: Workshop) -> None:
    edit = busy.post(f"{SHOP}/copy", {}).location
    assert titles(busy.page(edit.removesuffix("/edit")))[0] == "By bay"
    busy.post(f"{SHOP}/edit", {"do": "up", "tile": 2, "version": 0}, status=404)


def test_the_home_page_takes_tiles_too(busy: Workshop) -> None:
    assert busy.post("/dashboards/put", {**HOURS, "on": "home"}).location == "/"
    page = busy.page("/")
    assert "Hours" in page
    assert table(busy.page("/home/cards/tile.1"))[-1] == ["Total", "10"]
    assert "/home/cards/tile.1" not in busy.page("/", name="rita")
    busy.post("/home/arrange", {"action": "remove", "card": "tile.1"})
    assert "tile.1" not in busy.page("/home/arrange")


def test_what_could_not_be_shown_is_not_put(busy: Workshop) -> None:
    for wrong, status in (
        ({"title": ""}, 422),
        ({"name": ""}, 422),
        ({"state": "view=chart&by=plate"}, 422),
        ({"source": "repairs.Visit"}, 403),
        ({"source": "core.Login"}, 422),
        ({"kind": "card", "source": "repairs.sun"}, 422),
    ):
        busy.post("/dashboards/put", HOURS | wrong, status=status)


def test_a_plugin_that_is_off_takes_its_tiles_along_and_brings_them_back(busy: Workshop) -> None:
    key = busy.post("/dashboards/put", HOURS).location
    with busy.made.working("acme"):
        enablement.disable("climate")
        enablement.disable("repairs")
    assert titles(busy.page(key)) == []
    assert busy.client("max").get(f"{key}/tiles/1").status_code == 404
    assert busy.client("max").get(SHOP).status_code == 404
    with busy.made.working("acme"):
        enablement.enable("repairs")
    assert titles(busy.page(key)) == ["Hours"]


def test_other_companies_see_nothing_of_it(busy: Workshop) -> None:
    key = busy.post("/dashboards/put", HOURS).location
    busy.post(f"{key}/edit", {"do": "save", "name": "Ours", "share": "company", "version": 1})
    busy.made.company("other", "repairs")
    busy.made.person("other", "olga", "admin")
    client = busy.made.client("other", "olga")
    assert client.get(key).status_code == 404
    assert "Ours" not in client.get(SHOP).text

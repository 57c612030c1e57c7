"""Which columns a list shows, and those that other plugins add to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from core.host import services
from tests.views.kit import REPAIRS, Workshop, rows_of, text_of

COLUMNS = f"{REPAIRS}/columns"


@pytest.fixture
def climate(full_on_sqlite: Workshop) -> Iterator[Any]:
    """The plugin that adds to the list; told to fail by name of what shall fail."""
    hooks = import_module("plugins.climate.hooks")
    hooks.broken.clear()
    hooks.asked.clear()
    yield hooks
    hooks.broken.clear()


def heads(page: str) -> list[str]:
    head = page.partition("<thead")[2].partition("</thead>")[0]
    return [text_of(cell) for cell in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', head, re.S)]


DECLARED = ["Name", "Bay", "Worker", "State", "Price", "Hours", "Due", "Urgent"]
WITH_EXTRA = [*DECLARED[:3], "Degrees", *DECLARED[3:]]


def test_a_plugin_s_column_stands_where_it_wants_and_is_asked_once(
    full_on_sqlite: Workshop, climate: Any
) -> None:
    page = full_on_sqlite.page(REPAIRS)
    assert heads(page) == WITH_EXTRA
    assert len(climate.asked) == 1
    assert len(climate.asked[0]) == 80
    rows = rows_of(page)
    assert rows[0][3] == f"{climate.asked[0][0] % 40} °C"
    assert rows[1][3] == ""
    assert 'class="cell-share"' in page


def test_without_its_column_it_comes_last_and_others_in_the_order_of_their_plugin(
    full_on_sqlite: Workshop,
) -> None:
    assert heads(full_on_sqlite.page("/repairs/bays")) == ["Name", "Sun", "Shade", "Kind", "Wind"]


def test_without_permission_there_is_no_such_column(full_on_sqlite: Workshop) -> None:
    page = full_on_sqlite.page(REPAIRS, "ana")
    assert heads(page) == DECLARED
    asked = full_on_sqlite.page(f"{REPAIRS}?columns=name,climate.degrees", "ana")
    assert heads(asked) == ["Name"]


@pytest.mark.parametrize("part", ["column", "panel"])
def test_what_fails_is_left_out_and_counted(
    full_on_sqlite: Workshop, climate: Any, part: str, caplog: pytest.LogCaptureFixture
) -> None:
    climate.broken.add(part)
    page = full_on_sqlite.page(REPAIRS)
    assert len(rows_of(page)) == 80
    assert ("Outside" in page) == (part == "column")
    assert ("°C" in page) == (part == "panel")
    assert "plugin climate failed in" in caplog.text
    with full_on_sqlite.made.app.app_context():
        assert any(plugin == "climate" for plugin, _what in services().dispatcher.failures)


def test_a_plugin_s_panel_stands_above_the_list(full_on_sqlite: Workshop) -> None:
    page = full_on_sqlite.page(REPAIRS)
    strip = page.partition('<div class="strip">')[2].partition("</div>")[0]
    assert text_of(strip) == "Outside Rain 3 mm As of noon"
    assert 'href="/repairs/repairs?urgent=true"' in strip


def test_switched_off_both_are_gone(shop: Workshop) -> None:
    from core.extensions import db
    from core.hosting import enablement

    with shop.made.working("acme"):
        enablement.disable("climate")
        db.session.commit()
    shop.add("One")
    page = shop.page(REPAIRS)
    assert heads(page) == DECLARED
    assert "Outside" not in page


def test_columns_of_the_address_in_their_order(full_on_sqlite: Workshop) -> None:
    page = full_on_sqlite.page(f"{REPAIRS}?columns=price,climate.degrees,name,nonsense,note")
    assert heads(page) == ["Price", "Degrees", "Name", "Note"]
    assert rows_of(page)[0][0] == "€100.00"
    assert "CN¥372,600.00<br>€36,900.00</td>" in page


def test_choosing_for_the_address(shop: Workshop) -> None:
    form = [("c", "name"), ("c", "note"), ("do", "apply"), ("state", "sort=-price")]
    answer = shop.post(COLUMNS, form)
    assert answer.headers["Location"] == f"{REPAIRS}?sort=-price&columns=name,note"
    back = [("c", name) for name in ("name", "bay", "worker", "climate.degrees", "state", "price",
                                     "hours", "due", "urgent")]  # fmt: skip
    answer = shop.post(COLUMNS, [*back, ("do", "apply"), ("state", "columns=name")])
    assert answer.headers["Location"] == REPAIRS


def test_choosing_for_oneself_from_now_on(shop: Workshop) -> None:
    shop.add("One")
    form = [("c", "name"), ("c", "price"), ("do", "keep"), ("state", "columns=note")]
    assert shop.post(COLUMNS, form).headers["Location"] == REPAIRS
    assert heads(shop.page(REPAIRS)) == ["Name", "Price"]
    assert heads(shop.page(f"{REPAIRS}?columns=name,note")) == ["Name", "Note"]
    assert heads(shop.page(REPAIRS, "ada")) == WITH_EXTRA
    shop.post(COLUMNS, [("c", "name"), ("do", "reset")])
    assert heads(shop.page(REPAIRS)) == WITH_EXTRA


def test_columns_change_places_without_script(shop: Workshop) -> None:
    form = [("c", "name"), ("c", "price"), ("c", "due"), ("do", "up:due")]
    page = shop.post(COLUMNS, form, status=200).text
    assert re.findall(r'name="c" value="(\w+)" checked', page) == ["name", "due", "price"]

"""Putting conditions together on a page, and reading them in words."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.views.kit import REPAIRS, Workshop, links, rows_of, text_of

PAGE = f"{REPAIRS}/conditions"


def where(location: str) -> Any:
    found = parse_qs(urlsplit(location).query).get("where")
    return json.loads(found[0]) if found else None


def row(number: int, field: str, operator: str, value: str, group: int = 0) -> dict[str, str]:
    return {
        f"f{number}": field, f"o{number}": operator, f"v{number}": value, f"g{number}": str(group),
        f"p{number}": field,
    }  # fmt: skip


def test_rows_and_groups_become_one_argument(full_on_sqlite: Workshop) -> None:
    rita = full_on_sqlite.people["rita"]
    form = {
        "state": "sort=-price", "do": "apply", "m0": "any", "m1": "all", "groups": "1",
        **row(0, "price", "gte", "8,900"),
        **row(1, "worker", "", "Rita", 1), "v1__id": str(rita), "v1__label": "Rita",
        **row(2, "note", "filled", "", 1),
        **row(3, "", "", ""),
    }  # fmt: skip
    location = full_on_sqlite.post(PAGE, form).headers["Location"]
    assert where(location) == {
        "any": [
            {"price__gte": "8,900"},
            {"all": [{"worker": str(rita)}, {"note__isnull": "false"}]},
        ]
    }
    assert location.startswith(f"{REPAIRS}?sort=-price&where=")
    page = full_on_sqlite.page(location)
    assert "Price is at least 8,900 or (Worker is Rita and Note is not empty)" in text_of(page)
    assert [cells[0][14:18] for cells in rows_of(page)] == ["0089", "0088"]


def test_conditions_that_must_all_hold_are_chips_of_their_own(full_on_sqlite: Workshop) -> None:
    text = '{"all":[{"urgent":"true"},{"due__period":"this_week"},{"state__ne":"done"}]}'
    page = full_on_sqlite.page(f"{REPAIRS}?where={text}")
    for words in ("Urgent is Yes", "Due is within This week", "State is not Done"):
        assert words in text_of(page)
    (href,) = links(page, "Remove: Due is within This week")
    assert where(href) == {"all": [{"urgent": "true"}, {"state__ne": "done"}]}
    (edit,) = {href for href in links(page, "Urgent is Yes") if "conditions" in href}
    again = full_on_sqlite.page(edit)
    assert 'value="period" selected' in again
    assert re.search(r'<option value="ne" selected>\s*is not', again)


def test_nothing_chosen_takes_the_conditions_away(full_on_sqlite: Workshop) -> None:
    form = {"state": 'where={"all":[{"urgent":"true"}]}', "do": "apply", **row(0, "", "", "")}
    assert full_on_sqlite.post(PAGE, form).headers["Location"] == REPAIRS


def test_what_is_wrong_stands_beside_its_row_and_what_was_typed_stays(
    full_on_sqlite: Workshop,
) -> None:
    form = {
        "do": "apply", **row(0, "price", "gte", "much"), **row(1, "name", "contains", "abc"),
        **row(2, "hours", "", ""),
    }  # fmt: skip
    page = full_on_sqlite.post(PAGE, form, status=422).text
    assert "“much” is not a number." in text_of(page)
    assert "Say a value" in text_of(page)
    for value in ("much", "abc"):
        assert f'value="{value}"' in page


@pytest.mark.parametrize(
    ("action", "fields", "groups"),
    [
        ("add:0", ["price", "name", ""], [0, 1, 0]),
        ("add:1", ["price", "name", ""], [0, 1, 1]),
        ("group", ["price", "name", "", ""], [0, 1, 2, 2]),
        ("drop:0", ["name"], [1]),
        ("again", ["price", "name"], [0, 1]),
        ("add:9", ["price", "name"], [0, 1]),
        ("drop:x", ["name"], [1]),
    ],
)
def test_buttons_without_script(
    full_on_sqlite: Workshop, action: str, fields: list[str], groups: list[int]
) -> None:
    form = {"do": action, "groups": "1", **row(0, "price", "gte", "1"),
            **row(1, "name", "contains", "x", 1)}  # fmt: skip
    page = full_on_sqlite.post(PAGE, form, status=200).text
    assert [int(g) for _n, g in sorted(re.findall(r'name="g(\d)" value="(\d)"', page))] == groups
    assert [f for _n, f in sorted(re.findall(r'name="p(\d)" value="(\w*)"', page))] == fields


def test_another_field_starts_with_its_usual_operator(full_on_sqlite: Workshop) -> None:
    form = {"do": "again", **row(0, "state", "gte", "500"), "p0": "price"}
    page = full_on_sqlite.post(PAGE, form, status=200).text
    assert re.search(r'<option value="in" selected>', page)
    assert 'value="500"' not in page


def test_a_script_is_told_where_to_go(full_on_sqlite: Workshop) -> None:
    form = {"do": "apply", **row(0, "urgent", "", "true")}
    answer = full_on_sqlite.post(PAGE, form, status=204, script=True)
    told = json.loads(answer.headers["HX-Trigger"])
    assert where(told["xg:go"]["href"]) == {"all": [{"urgent": "true"}]}
    page = full_on_sqlite.client().get(PAGE, headers={"HX-Request": "true"}).text
    assert page.lstrip().startswith("<dialog")

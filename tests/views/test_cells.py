"""Changing a field where the list shows it."""

from __future__ import annotations

import re

import pytest

from tests.views.kit import REPAIRS, Workshop, rows_of, text_of


def cell(record_id: int, name: str) -> str:
    return f"{REPAIRS}/{record_id}/cell/{name}"


def marked(page: str) -> list[str]:
    return re.findall(r'data-edit="(\w+)"', page)


def test_columns_that_may_be_changed_are_marked(shop: Workshop) -> None:
    shop.add("One")
    assert marked(shop.page(REPAIRS)) == [
        "name", "bay", "worker", "price", "hours", "due", "urgent",
    ]  # fmt: skip
    assert marked(shop.page(REPAIRS, "ana")) == []


def test_the_input_holds_what_is_stored_and_the_version(shop: Workshop) -> None:
    id_ = shop.add("One", price=1234_50, currency="EUR")
    form = shop.page(cell(id_, "price"))
    assert 'value="1,234.50"' in form
    assert 'name="version" value="1"' in form
    assert "EUR" in text_of(form)


def test_saving_answers_the_row_with_its_columns(shop: Workshop) -> None:
    id_ = shop.add("One", price=100_00)
    form = {"price": "2,500", "version": "1", "columns": "name,price,hours"}
    answer = shop.post(cell(id_, "price"), form, status=200, script=True)
    assert rows_of(answer.text) == [["One", "CN¥2,500.00", ""]]
    assert shop.read(id_)["price"] == 2500_00
    assert shop.read(id_)["version"] == 2


def test_a_reference_is_picked_or_typed(shop: Workshop) -> None:
    id_ = shop.add("One")
    paint = shop.bays["Paint"]
    form = {"bay": "Paint", "bay__id": str(paint), "bay__label": "Paint", "version": "1"}
    shop.post(cell(id_, "bay"), form, status=200, script=True)
    assert shop.read(id_)["bay_id"] == paint
    shop.post(cell(id_, "bay"), {"bay": "Wash", "version": "2"}, status=200, script=True)
    assert shop.read(id_)["bay_id"] == shop.bays["Wash"]
    shop.post(cell(id_, "bay"), {"bay": "", "version": "3"}, status=200, script=True)
    assert shop.read(id_)["bay_id"] is None


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("price", "much", "“much” is not a number."),
        ("hours", "-1", "At least 0."),
        ("due", "soon", "“soon” is not a date"),
        ("bay", "Attic", "Bay: there is no “Attic”."),
        ("name", "", "A value is needed."),
    ],
)
def test_what_is_wrong_is_said_in_place_and_stays_typed(
    shop: Workshop, name: str, text: str, why: str
) -> None:
    id_ = shop.add("One")
    answer = shop.post(cell(id_, name), {name: text, "version": "1"}, status=422, script=True)
    assert why in text_of(answer.text)
    assert f'value="{text}"' in answer.text
    assert answer.headers["HX-Retarget"] == "this"
    assert shop.read(id_)["version"] == 1


def test_a_stale_save_shows_what_is_there_now_and_keeps_what_was_typed(shop: Workshop) -> None:
    id_ = shop.add("One", hours=1)
    shop.post(cell(id_, "hours"), {"hours": "5", "version": "1"}, status=200, script=True)
    answer = shop.post(cell(id_, "hours"), {"hours": "7", "version": "1"}, status=409, script=True)
    assert "this is “5” now. Save again to replace it." in text_of(answer.text)
    assert 'value="7"' in answer.text
    assert 'name="version" value="2"' in answer.text
    shop.post(cell(id_, "hours"), {"hours": "7", "version": "2"}, status=200, script=True)
    assert shop.read(id_)["hours"] == 7


@pytest.mark.parametrize("name", ["state", "hidden", "nonsense", "id", "created_at"])
def test_fields_of_the_workflow_and_of_code_are_not_for_cells(shop: Workshop, name: str) -> None:
    id_ = shop.add("One")
    shop.page(cell(id_, name), status=404)
    shop.post(cell(id_, name), {name: "done", "version": "1"}, status=404)


def test_other_people_s_records_are_not_for_cells(shop: Workshop) -> None:
    id_ = shop.add("One", worker="ravi")
    shop.page(cell(id_, "price"), "rita", 404)
    shop.post(cell(id_, "price"), {"price": "1", "version": "1"}, "rita", 404)
    shop.page(cell(id_, "price"), "ana", 404)
    assert shop.read(id_)["price"] is None


def test_a_form_of_another_company_is_refused(shop: Workshop) -> None:
    id_ = shop.add("One")
    form = {"_company": "999", "price": "1", "version": "1"}
    answer = shop.client().post(cell(id_, "price"), data=form)
    assert answer.status_code == 409
    assert shop.read(id_)["price"] is None

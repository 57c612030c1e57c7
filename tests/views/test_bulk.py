"""Acting on many records: all of them or none, with the reason."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.views.kit import REPAIRS, Workshop, fill, links, needs, text_of

BULK = f"{REPAIRS}/bulk"


def order(action: str, *ids: int, **more: str) -> list[tuple[str, Any]]:
    return [("action", action), *(("ids", id_) for id_ in ids), *more.items()]


def test_what_may_be_done_depends_on_the_grants(shop: Workshop) -> None:
    shop.add("One")
    page = shop.page(REPAIRS)
    for action in ("edit", "assign", "transition:finish", "transition:reopen", "delete"):
        assert f'name="action" value="{action}"' in page
    assert 'name="action"' not in shop.page(REPAIRS, "ana")


def test_changing_a_field_of_many(shop: Workshop) -> None:
    ids = [shop.add(f"No {i}", hours=i) for i in range(3)]
    asked = shop.post(BULK, order("edit", *ids[:2]), status=200).text
    assert "Change 2 × Repairs" in text_of(asked)
    assert "No 0, No 1" in text_of(asked)
    assert 'value="state"' not in asked.partition('id="bulk-field"')[2].partition("</select>")[0]
    chosen = shop.post(BULK, order("edit", *ids[:2], field="hours"), status=200).text
    assert 'name="confirmed" value="1"' in chosen
    form = order("edit", *ids[:2], field="hours", hours="9", confirmed="1", next=REPAIRS)
    answer = shop.post(BULK, form)
    assert answer.headers["Location"] == REPAIRS
    assert [shop.read(id_)["hours"] for id_ in ids] == [9, 9, 2]


def test_emptying_a_field_of_many(shop: Workshop) -> None:
    ids = [shop.add(f"No {i}", note="x") for i in range(2)]
    shop.post(BULK, order("edit", *ids, field="note", note="", confirmed="1"))
    assert [shop.read(id_)["note"] for id_ in ids] == [None, None]


def test_several_choices_of_many(shop: Workshop) -> None:
    ids = needs(shop)
    chosen = shop.post(BULK, order("edit", *ids[1:], field="x_needs"), status=200).text
    for value in ("pumps", "pipes"):
        assert f'type="checkbox" name="x_needs" value="{value}"' in chosen
    ticked = [("x_needs", ""), ("x_needs", "pipes"), ("x_needs", "pumps")]
    form = order("edit", *ids[1:], field="x_needs", confirmed="1")
    shop.post(BULK, [*form, *ticked])
    assert [shop.read(id_)["custom"] for id_ in ids] == [{"x_needs": "pumps;pipes"}] * 3
    answer = shop.post(BULK, [*form, ("x_needs", "nails")], status=422)
    assert "Nothing was changed." in text_of(answer.text)
    shop.post(BULK, [*form, ("x_needs", "")])
    held = [shop.read(id_)["custom"].get("x_needs") for id_ in ids]
    assert held == ["pumps;pipes", None, None]


def test_a_value_that_does_not_fit_changes_nothing(shop: Workshop) -> None:
    ids = [shop.add(f"No {i}", hours=i) for i in range(2)]
    form = order("edit", *ids, field="hours", hours="-3", confirmed="1")
    answer = shop.post(BULK, form, status=422)
    assert "Nothing was changed. These stand against it:" in text_of(answer.text)
    assert "No 0 : At least 0." in text_of(answer.text)
    assert 'value="-3"' in answer.text
    assert [shop.read(id_)["hours"] for id_ in ids] == [0, 1]


def test_all_or_nothing_names_who_stands_against_it(shop: Workshop) -> None:
    ids = [shop.add("Priced", price=1), shop.add("Free"), shop.add("Gone", state="done")]
    form = order("transition:finish", *ids, hours="2", confirmed="1")
    answer = shop.post(BULK, form, status=422)
    text = text_of(answer.text)
    assert "Free : Say what it costs first." in text
    assert "Gone : “Finish” is not possible while this is “Done”." in text
    assert "Priced :" not in text
    assert [shop.read(id_)["state"] for id_ in ids] == ["open", "open", "done"]


def test_a_move_with_inputs(shop: Workshop) -> None:
    ids = [shop.add(f"No {i}", price=1) for i in range(2)]
    asked = shop.post(BULK, order("transition:finish", *ids), status=200).text
    assert "Finish · 2 × Repairs" in text_of(asked)
    assert 'name="hours"' in asked and 'name="note"' in asked
    missing = shop.post(BULK, order("transition:finish", *ids, confirmed="1"), status=422)
    assert "No 0" in text_of(missing.text)
    form = order("transition:finish", *ids, hours="2", note="Well done", confirmed="1")
    shop.post(BULK, form)
    assert [(r["state"], r["hours"], r["note"]) for r in map(shop.read, ids)] == [
        ("done", 2, "Well done"), ("done", 2, "Well done"),
    ]  # fmt: skip


def test_handing_over(shop: Workshop) -> None:
    ids = [shop.add(f"No {i}") for i in range(2)]
    ravi = str(shop.people["ravi"])
    picked = {"worker": "Ravi", "worker__id": ravi, "worker__label": "Ravi"}
    shop.post(BULK, order("assign", *ids, confirmed="1", **picked))
    assert {shop.read(id_)["worker_id"] for id_ in ids} == {shop.people["ravi"]}


def test_deleting_asks_first(shop: Workshop) -> None:
    ids = [shop.add(f"No {i}") for i in range(2)]
    asked = shop.post(BULK, order("delete", *ids), status=200).text
    assert "Delete 2 × Repairs?" in text_of(asked)
    assert shop.read(ids[0]) is not None
    shop.post(BULK, order("delete", *ids, confirmed="1"))
    assert [shop.read(id_) for id_ in ids] == [None, None]


def test_everything_that_matches(shop: Workshop) -> None:
    fill(shop, 90)
    page = shop.page(f"{REPAIRS}?urgent=true")
    assert "All 30 that match" not in text_of(page)
    whole = shop.page(REPAIRS)
    assert "All 90 that match" in text_of(whole)
    form = order("edit", all="1", state="urgent=true&sort=name", field="note")
    asked = shop.post(BULK, form, status=200).text
    assert "Change 30 × Repairs" in text_of(asked)
    assert asked.count('name="ids"') == 30
    assert "and 22 more" in text_of(asked)


def test_no_more_than_a_thousand_at_once(shop: Workshop) -> None:
    fill(shop, 1001)
    page = shop.page(REPAIRS)
    assert "All 1,001 are too many: at most 1,000 at once" in text_of(page)
    answer = shop.post(BULK, order("edit", all="1", state=""), status=422)
    assert "These are 1,001 records; at most 1,000 can be changed at once." in text_of(answer.text)


def test_a_thousand_are_deleted_together(shop: Workshop) -> None:
    fill(shop, 1000)
    asked = shop.post(BULK, order("delete", all="1", state=""), status=200).text
    assert asked.count('name="ids"') == 1000
    shop.post(BULK, order("delete", all="1", state="", confirmed="1"))
    assert "No Repairs yet" in text_of(shop.page(REPAIRS))


def test_records_out_of_reach_stand_against_it(shop: Workshop) -> None:
    own, other = shop.add("Own"), shop.add("Of Ravi", worker="ravi")
    form = order("edit", own, other, field="note", note="x", confirmed="1")
    answer = shop.post(BULK, form, "rita", 422)
    assert f"#{other}" in text_of(answer.text)
    assert "Of Ravi" not in answer.text
    assert shop.read(own)["note"] is None


@pytest.mark.parametrize(
    "action", ["", "nonsense", "transition:nonsense", "edit-field", "assign:x"]
)
def test_no_such_action(shop: Workshop, action: str) -> None:
    shop.post(BULK, order(action, shop.add("One"), confirmed="1"), status=404)


@pytest.mark.parametrize("field", ["state", "hidden", "nonsense"])
def test_no_such_field(shop: Workshop, field: str) -> None:
    form = order("edit", shop.add("One"), field=field, confirmed="1", **{field: "done"})
    shop.post(BULK, form, status=404)


def test_nothing_ticked_leads_back(shop: Workshop) -> None:
    assert shop.post(BULK, order("delete")).headers["Location"] == REPAIRS


def test_a_script_gets_a_dialog_and_then_word_that_it_is_done(shop: Workshop) -> None:
    id_ = shop.add("One")
    asked = shop.post(BULK, order("edit", id_, field="note"), status=200, script=True)
    assert asked.text.lstrip().startswith("<dialog")
    form = order("edit", id_, field="note", note="x", confirmed="1")
    done = shop.post(BULK, form, status=204, script=True)
    assert json.loads(done.headers["HX-Trigger"]) == {"xg:done": {"message": "1 record changed."}}


def test_where_to_go_on_is_on_this_site(shop: Workshop) -> None:
    form = order("edit", shop.add("One"), field="note", note="x", confirmed="1",
                 next="//evil.example")  # fmt: skip
    assert shop.post(BULK, form).headers["Location"] == REPAIRS
    assert links(shop.page(REPAIRS), "Next page") == []

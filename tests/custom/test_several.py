"""A field of several choices: kept, asked for, read from texts, changed, on either database."""

from __future__ import annotations

from typing import Any

import pytest
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from core.custom import changes
from core.data import query, several
from core.data.exporting import Export, Table
from core.data.fields import fields_of
from core.data.parse import parse_json, parse_value
from core.data.query.conditions import Clause
from core.extensions import db
from core.views import cells, forms, words
from core.views.names import Names
from plugin_api.errors import Invalid, Refused, Rejected
from tests.custom.kit import field, names, rows
from tests.data.workshop import World, make, model, records, trail

LABELS = ("Pumps", "Valves, brass", "Pipes")
PARTS = st.text("abc0_-", min_size=1, max_size=4)


@pytest.fixture
def jobs(workshop: World) -> Any:
    """Jobs with products: a has two, b another, c none."""
    with workshop.as_():
        made = field("choices", "Products", label_zh="产品", options=LABELS)
        make("Job", name="a", x_products="pipes;pumps")
        make("Job", name="b", x_products="valves_brass")
        make("Job", name="c")
        yield made


def meta() -> Any:
    return fields_of(model("Job"))["x_products"]


def option(value: str) -> Any:
    found = model("core.CustomOption")
    return db.session.query(found).filter_by(value=value).one()


def test_it_is_kept_in_the_order_in_which_it_is_offered(jobs: Any) -> None:
    assert [row["x_products"] for row in rows(sort="name")] == [
        "pumps;pipes", "valves_brass", None,
    ]  # fmt: skip
    job = db.session.query(model("Job")).filter_by(name="a").one()
    records().update(job, {"x_products": "pipes"})
    assert trail(job)[-1][2] == {"x_products": ("pumps;pipes", "pipes")}
    with pytest.raises(Invalid) as refused:
        records().update(job, {"x_products": "pipes;nails"})
    assert "x_products" in refused.value.errors


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"x_products": "pumps"}, ["a"]),
        ({"x_products__in": "pumps,valves_brass"}, ["a", "b"]),
        ({"x_products__all": "pumps,pipes"}, ["a"]),
        ({"x_products__all": "pumps,valves_brass"}, []),
        ({"x_products__none": "pumps"}, ["b", "c"]),
        ({"x_products__none": "pumps,valves_brass"}, ["c"]),
        ({"x_products__isnull": "true"}, ["c"]),
        ({"x_products__isnull": "false"}, ["a", "b"]),
        ({"where": '{"any": [{"x_products__all": "pumps,pipes"}, {"name": "c"}]}'}, ["a", "c"]),
    ],
)
def test_lists_are_asked_for_any_all_or_none(
    jobs: Any, asked: dict[str, str], found: list[str]
) -> None:
    assert names(sort="name", **asked) == found


def test_what_makes_no_sense_is_refused_in_words(jobs: Any) -> None:
    for asked in (
        {"x_products__in": "nails"}, {"x_products__gte": "pumps"}, {"x_products": " "},
        {"sort": "x_products"},
    ):  # fmt: skip
        with pytest.raises(Invalid):
            names(**asked)
    with pytest.raises(ValueError, match="x_products"):
        query.read_by(model("Job"), "x_products")
    for name in ("unique", "searchable"):
        with pytest.raises(Refused) as refused:
            field("choices", "Needs", **{name: True})
        assert name in refused.value.errors


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Pumps; Pipes", "pumps;pipes"),
        ("pipes；PUMPS\npumps", "pumps;pipes"),
        ("Valves, brass", "valves_brass"),
        ("Valves, brass|pipes", "valves_brass;pipes"),
        ("pumps、pipes", "pumps;pipes"),
        ("Pumps, Pipes", "pumps;pipes"),
        (" ", None),
    ],
)
def test_texts_name_them_by_label_or_value(jobs: Any, text: str, value: str | None) -> None:
    assert parse_value(meta(), text) == value


def test_a_text_or_json_that_names_something_else_is_refused(jobs: Any) -> None:
    for text in ("Pumps; Nails", "Pumps, Nails", "Nails"):
        with pytest.raises(Rejected, match="Nails"):
            parse_value(meta(), text)
    assert parse_json(meta(), ["pipes", "pumps", "pipes"]) == "pumps;pipes"
    assert parse_json(meta(), []) is None
    for sent in ("pumps", ["nails"], [1], {"pumps": True}, ["pumps;pipes"], [""]):
        with pytest.raises(Rejected):
            parse_json(meta(), sent)


def test_a_retired_one_stays_where_it_is_and_another_name_tells_of_all(jobs: Any) -> None:
    records().update(option("pumps"), {"retired": True, "label": "Old pumps"})
    assert names(x_products="pumps") == ["a"]
    assert cells.cell(meta(), {"x_products": "pumps;pipes"}).text == "Old pumps, Pipes"
    with pytest.raises(Rejected, match="Old pumps"):
        parse_value(meta(), "pumps")
    held = {"x_products": "pumps;pipes"}
    assert parse_value(meta(), "pumps; valves_brass", record=held) == "pumps;valves_brass"
    with pytest.raises(Refused):
        records().delete(option("pipes"))


def test_forms_tick_them_and_say_them_in_words(jobs: Any) -> None:
    sent = MultiDict([("x_products", ""), ("x_products", "pipes"), ("x_products", "pumps")])
    assert forms.typed_texts(sent, {"x_products": meta()}) == {"x_products": "pumps;pipes"}
    nothing = MultiDict([("x_products", "")])
    assert forms.typed_texts(nothing, {"x_products": meta()}) == {"x_products": ""}
    shown = forms.field(meta(), {"x_products": "pipes"})
    assert [(o.value, o.selected) for o in shown.options] == [
        ("pumps", False), ("valves_brass", False), ("pipes", True),
    ]  # fmt: skip
    clause = Clause("x_products__none", "pumps,pipes")
    said = words.said(clause, {"x_products": meta()}, Names())
    assert said == "Products holds none of Pumps, Pipes"
    with force_locale("zh"):
        assert words.said(clause, {"x_products": meta()}, Names()).startswith("产品")


def test_an_export_comes_back_through_the_parser(jobs: Any) -> None:
    table = Table(Export(model=model("Job"), arguments={"fields": "x_products", "sort": "name"}))
    cells_of = [row[0] for row in table.rows()]
    assert [parse_value(meta(), str(cell or "")) for cell in cells_of] == cells_of


def test_another_type_takes_what_fits(jobs: Any) -> None:
    with pytest.raises(Refused) as refused:
        records().update(jobs, {"kind": "choice"})
    assert "kind" in refused.value.errors
    job = db.session.query(model("Job")).filter_by(name="a").one()
    records().update(job, {"x_products": "pumps"})
    records().update(option("pumps"), {"retired": True})
    records().update(jobs, {"kind": "choice"})
    assert names(x_products="pumps") == ["a"]
    records().update(jobs, {"kind": "choices"})
    assert names(x_products__in="pumps,valves_brass", sort="name") == ["a", "b"]
    assert changes.count(jobs) == 2
    records().update(jobs, {"kind": "text"})
    assert [row["x_products"] for row in rows(sort="name")] == ["Pumps", "Valves, brass", None]


@given(st.lists(PARTS), st.lists(PARTS))
def test_the_same_choices_are_the_same_text(first: list[str], second: list[str]) -> None:
    class Known:
        choices = ()

    one = several.joined(Known, first)  # type: ignore[arg-type]
    assert several.parts(one) == list(dict.fromkeys(first))
    again = several.joined(Known, [*first, *several.parts(one)])  # type: ignore[arg-type]
    assert again == one
    assert (several.joined(Known, second) is None) == (not second)  # type: ignore[arg-type]

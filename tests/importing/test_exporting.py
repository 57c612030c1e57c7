"""What is exported comes back as it was."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.data.escaping import escape, unescape
from core.data.exporting import Export, write_csv, write_xlsx
from core.extensions import db
from core.host import services
from core.identity import service
from plugin_api.context import acting_as, current_company
from plugin_api.errors import Forbidden, Invalid
from plugin_api.models import model_of
from tests.importing.kit import Desk, counts, reasons

BOXES = """name,place,kind,worth,weight,filled,pieces,fragile,packed_on,seen_at,notes,external_id
A,Hall,tin,-1234.50,2.5,50,3,yes,2026-01-31,2026-01-31 09:30,"x
y",1
"=1+1",,,,,,,,,,"-5",2
"""
NAMES = ("id", "version", "name", "place.name", "kind", "worth", "weight", "filled", "pieces",
         "fragile", "packed_on", "seen_at", "notes", "phone", "external_id")  # fmt: skip


def as_csv(key: str, *, ids: bool = False, **arguments: str) -> str:
    out = io.StringIO()
    model: Any = model_of(key)
    write_csv(Export(model=model, arguments=arguments, ids=ids), out)
    return out.getvalue()


def as_xlsx(key: str, path: Path, **arguments: str) -> Path:
    model: Any = model_of(key)
    with path.open("wb") as out:
        write_xlsx(Export(model=model, arguments=arguments), out)
    return path


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def boxes(desk: Desk) -> Desk:
    desk.make("store.Place", name="Hall")
    desk.take("store.Box", BOXES)
    return desk


def test_values_are_written_for_programs_and_people(boxes: Desk) -> None:
    first, second = table(as_csv("store.Box"))
    assert first == {
        "id": str(boxes.rows("store.Box", "id")[0][0]), "name": "A", "place": "Hall", "shelf": "",
        "owner": "", "kind": "tin", "worth": "-1234.50", "weight": "2.500", "filled": "50.00",
        "pieces": "3", "fragile": "true", "packed_on": "2026-01-31",
        "seen_at": "2026-01-31T01:30:00Z", "notes": "x\ny", "phone": "", "checked": "",
        "external_id": "1", "currency": "CNY",
    }  # fmt: skip
    assert (second["name"], second["notes"]) == ("'=1+1", "-5")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_comes_back_without_a_change(boxes: Desk, tmp_path: Path, form: str) -> None:
    before = boxes.rows("store.Box", *NAMES)
    file: Any = (
        as_csv("store.Box") if form == "csv" else as_xlsx("store.Box", tmp_path / "out.xlsx")
    )
    report = boxes.take("store.Box", file, {"options": {"key": "id"}})
    assert reasons(report) == []
    assert counts(report) == (0, 0, 2, 0, 0)
    assert boxes.rows("store.Box", *NAMES) == before


def test_an_export_is_what_the_list_shows(boxes: Desk) -> None:
    text = as_csv("store.Box", kind="tin", fields="name,worth,place", sort="-name")
    assert table(text) == [{"name": "A", "worth": "-1234.50", "place": "Hall", "currency": "CNY"}]
    assert len(table(as_csv("store.Box", q="1+1"))) == 1
    with pytest.raises(Invalid):
        as_csv("store.Box", colour="red")


def test_the_currency_of_an_amount_stands_beside_it(desk: Desk) -> None:
    desk.take("ledger.Sale", "name,amount,currency\nA,1000,JPY\n")
    assert table(as_csv("ledger.Sale", fields="amount")) == [{"amount": "1000", "currency": "JPY"}]


def test_references_may_be_written_by_number_too(boxes: Desk) -> None:
    row = table(as_csv("store.Box", ids=True, fields="name,place"))[0]
    assert row["place.id"] == str(boxes.rows("store.Place", "id")[0][0])
    for _number in range(2):
        boxes.make("store.Place", name="Twin")
    boxes.make("store.Box", name="C", place=boxes.rows("store.Place", "id")[-1][0])
    report = boxes.take("store.Box", as_csv("store.Box"), {"options": {"key": "id"}})
    assert [field for _line, field, _reason in reasons(report)] == ["place"]
    report = boxes.take("store.Box", as_csv("store.Box", ids=True), {"options": {"key": "id"}})
    assert counts(report) == (0, 0, 3, 0, 0)


def test_columns_that_are_no_fields_come_last(boxes: Desk) -> None:
    out = io.StringIO()
    model: Any = model_of("store.Box")
    more = {"lab.seal": lambda ids: {ids[0]: "=red"}}
    write_csv(Export(model=model, arguments={"fields": "name"}, more=more), out)
    assert out.getvalue() == "name,lab.seal\nA,'=red\n'=1+1,\n"


def test_pages_follow_each_other(desk: Desk) -> None:
    desk.take("store.Place", "name\n" + "\n".join(f"P{number}" for number in range(2500)))
    rows = table(as_csv("store.Place", sort="-name"))
    assert len({row["name"] for row in rows}) == 2500
    assert rows[0]["name"] == "P999"


def test_an_export_needs_its_permission_and_keeps_to_the_rules(boxes: Desk) -> None:
    ada = service.add_user(name="Ada", role="rep")
    boxes.make("store.Box", name="Mine", owner=ada.id)
    with acting_as(current_company(), service.actor_for(ada)):
        assert [row["name"] for row in table(as_csv("store.Box"))] == ["Mine"]
        with pytest.raises(Forbidden):
            as_csv("store.Place")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"), ("+49 30", "'+49 30"), ("-1-1", "'-1-1"), ("@x", "'@x"),
        ("＝1", "'＝1"), ("\t=1", "'\t=1"), ("'=1", "''=1"), ("-5", "-5"), ("+1,5%", "+1,5%"),
        ("'x", "'x"), ("x=1", "x=1"), ("", ""),
    ],
)  # fmt: skip
def test_formulas_are_made_harmless(text: str, written: str) -> None:
    assert escape(text) == written
    assert unescape(written) == text


@given(st.text("='+-@x1 \t＝", max_size=8))
def test_no_text_is_lost_by_escaping(text: str) -> None:
    assert unescape(escape(text)) == text


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20).map(str.strip)
dates = st.dates(dt.date(1800, 1, 1), dt.date(9000, 1, 1))
numbers = st.decimals(-(10**12), 10**12, places=3).map(lambda number: number + 0)
odd = st.sampled_from(["=1", "'", "-", "NULL", "a,b", '"', "1e5"])
instants = st.builds(
    lambda day, second: dt.datetime.combine(day, dt.time(), dt.UTC) + dt.timedelta(seconds=second),
    dates,
    st.floats(0, 86399).map(lambda second: round(second, 6)),
)
rows = st.fixed_dictionaries(
    {
        "name": st.one_of(
            st.sampled_from(["=1", "'", "-", "NULL", "a,b", '"', "1e5"]), texts
        ).filter(bool),
        "kind": st.sampled_from(["wood", "tin"]),
        "worth": st.none() | st.integers(-(10**15), 10**15),
        "weight": st.none() | numbers,
        "filled": st.none() | st.decimals(0, 100, places=2),
        "pieces": st.none() | st.integers(0, 2**63 - 1),
        "fragile": st.booleans(),
        "packed_on": st.none() | dates,
        "seen_at": st.none() | instants,
        "notes": st.none() | texts,
    }
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(rows, min_size=1, max_size=6), st.sampled_from(["csv", "xlsx"]))
def test_whatever_is_exported_comes_back(
    desk: Desk, values: list[dict[str, Any]], form: str
) -> None:
    model: Any = model_of("store.Box")
    for record in db.session.query(model):
        db.session.delete(record)
    services().records.create_many(model, values)
    db.session.commit()
    names = tuple(values[0])
    before = desk.rows("store.Box", *names)
    file: Any = (
        as_csv("store.Box") if form == "csv" else as_xlsx("store.Box", desk.folder / "out.xlsx")
    )
    report = desk.take("store.Box", file, {"options": {"key": "id"}})
    assert reasons(report) == []
    assert counts(report) == (0, 0, len(values), 0, 0)
    report = desk.take("store.Box", file)
    assert counts(report) == (len(values), 0, 0, 0, 0)
    after = desk.rows("store.Box", *names)
    assert [_told(row) for row in after] == [_told(row) for row in before] * 2


def _told(row: tuple[Any, ...]) -> list[Any]:
    return [value or None if isinstance(value, str | Decimal) else value for value in row]

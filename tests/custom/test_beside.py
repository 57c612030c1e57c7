"""Values beside the records: lists answer the same with them as without, and by an index."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from core.custom import beside, metas
from core.custom.models import CustomField, CustomValue
from core.data import query, several
from core.extensions import db
from core.host import services
from plugin_api.errors import Rejected
from tests.custom.kit import field, names, rows
from tests.data.workshop import World, add, make, model, records

AT = dt.datetime(2026, 3, 9, 23, 59, tzinfo=dt.UTC)
VALUES: dict[str, tuple[Any, ...]] = {
    "text": ("Shanghai", "nanjing", "", "a,b"),
    "integer": (-1, 0, 9, 10),
    "decimal": (Decimal("0.30"), Decimal("2"), Decimal("-2.50")),
    "money": (999, 100000, -5),
    "date": (dt.date(2026, 2, 27), dt.date(2026, 3, 31)),
    "instant": (AT, AT + dt.timedelta(minutes=1)),
    "choice": ("one", "two"),
    "choices": ("one", "two", "one;two", "two;three"),
}
ASKED: dict[str, tuple[dict[str, str], ...]] = {
    "text": (
        {"$": "Shanghai"}, {"$__ne": "Shanghai"}, {"$__in": "nanjing,none"},
        {"$__contains": "NAN"}, {"$__startswith": "sh"},
    ),
    "integer": ({"$": "9"}, {"$__gte": "9"}, {"$__lt": "0"}, {"$__in": "0,10"}, {"$__ne": "0"}),
    "decimal": ({"$": "0.3"}, {"$__lt": "1"}, {"$__gt": "0.3"}, {"$__ne": "2"}),
    "money": ({"$": "9.99"}, {"$__gt": "9.99"}, {"$__lte": "0"}, {"$__ne": "9.99"}),
    "date": ({"$": "2026-02-27"}, {"$__lte": "2026-03-01"}, {"$__ne": "2026-03-31"}),
    "instant": ({"$": "2026-03-10"}, {"$__ne": "2026-03-10"}, {"$__gte": "2026-03-10"}),
    "choice": ({"$": "one"}, {"$__in": "one,two"}, {"$__ne": "two"}),
    "choices": (
        {"$": "two"}, {"$__in": "one,three"}, {"$__all": "one,two"}, {"$__all": "two"},
        {"$__none": "one"}, {"$__none": "one,three"}, {"$__all": "one,two", "$__none": "three"},
        {"where": '{"any":[{"$__all":"two,three"},{"$__none":"one,two"}]}', "sort": "-name"},
    ),
}  # fmt: skip
COMMON: tuple[dict[str, str], ...] = (
    {}, {"$__isnull": "true"}, {"$__isnull": "false"},
    {"where": '{"any":[{"$__isnull":"true"},{"name":"j1"}]}'},
)  # fmt: skip
SORTED: tuple[dict[str, str], ...] = (
    {"sort": "$"}, {"sort": "-$"}, {"sort": "-$", "$__isnull": "false"},
)  # fmt: skip


def pages(arguments: dict[str, str], name: str) -> list[str]:
    """Names of all records that a list answers, a sorted one read a page at a time."""
    asked = {key.replace("$", name): each.replace("$", name) for key, each in arguments.items()}
    found, more = [], {"limit": "4"} if "sort" in asked else {}
    while True:
        page = query.run(query.parse_query(model("Job"), {**asked, **more}))
        found += [row["name"] for row in page.rows]
        if page.next is None:
            return found
        more["cursor"] = page.next


@pytest.mark.parametrize("kind", list(VALUES))
def test_lists_answer_the_same(workshop: World, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    low, *others = VALUES[kind]
    values = (None, low, *others, low, None, *others)
    with workshop.as_():
        options = {"options": ["One", "Two", "Three"]} if kind in several.CHOOSING else {}
        made = field(kind, "Rank", indexed=True, **options)
        assert made.filled, "nothing is to be filled"
        for number, value in enumerate(values):
            make("Job", name=f"j{number}", x_rank=value)
        asked = (*COMMON, *ASKED[kind], *(() if kind == "choices" else SORTED))
        found = [pages(arguments, "x_rank") for arguments in asked]
        monkeypatch.setattr(beside, "serves", lambda meta: False)
        assert found == [pages(arguments, "x_rank") for arguments in asked]
        assert found[0] != found[1]


def rows_of(made: CustomField) -> dict[int, Any]:
    asked = sa.select(CustomValue.record_id, CustomValue.text).where(
        CustomValue.field_id == made.id
    )
    return {row[0]: row[1] for row in db.session.execute(asked)}


def test_they_follow_every_change(workshop: World) -> None:
    with workshop.as_():
        made = field("text", "City", indexed=True)
        one, two = (make("Job", name=n, x_city=c) for n, c in (("a", "Xi'an"), ("b", None)))
        assert rows_of(made) == {one.id: "Xi'an"}
        records().update(two, {"x_city": "Wuhan"})
        records().update(one, {"x_city": None})
        assert rows_of(made) == {two.id: "Wuhan"}
        assert names(x_city="Wuhan") == ["b"]
        records().delete(two)
        assert rows_of(made) == {}
        make("Job", name="c", x_city="Wuhan")
        records().update(made, {"indexed": False})
        assert rows_of(made) == {}
        assert names(x_city="Wuhan") == ["c"]


def test_a_job_writes_what_is_there_and_mends_what_differs(workshop: World) -> None:
    with workshop.as_():
        made = field("integer", "Rank")
        jobs = [make("Job", name=f"j{i}", x_rank=i or None) for i in range(4)]
        records().update(made, {"indexed": True})
        assert not metas.active(model("Job"))["x_rank"].filled
        assert names(x_rank__gte="2", sort="name") == ["j2", "j3"], "asked of the records"
        assert _numbers(made) == {}
        db.session.flush()
        meta = metas.active(model("Job"))["x_rank"]
        assert list(beside.mend(model("Job"), meta)) == [3]
        assert _numbers(made) == {job.id: i for i, job in enumerate(jobs) if i}
        assert list(beside.mend(model("Job"), meta)) == []
        db.session.execute(
            sa.update(CustomValue).where(CustomValue.number == 2).values(number=7),
            execution_options={"synchronize_session": False},
        )
        db.session.execute(
            sa.insert(CustomValue),
            [{"field_id": made.id, "record_id": 10**9, "number": 1, "text": None, "day": None,
              "moment": None}],
        )  # fmt: skip
        assert list(beside.mend(model("Job"), meta)) == [1, 1]
        assert _numbers(made) == {job.id: i for i, job in enumerate(jobs) if i}


def _numbers(made: CustomField) -> dict[int, int]:
    asked = sa.select(CustomValue.record_id, CustomValue.number)
    return {
        row[0]: row[1] for row in db.session.execute(asked.where(CustomValue.field_id == made.id))
    }


def test_another_type_is_written_anew(workshop: World) -> None:
    with workshop.as_():
        made = field("text", "Count", indexed=True)
        job = make("Job", name="a", x_count="12")
        records().update(made, {"kind": "integer"})
        assert not made.filled
        meta = metas.active(model("Job"))["x_count"]
        assert list(beside.mend(model("Job"), meta)) == [1]
        assert _numbers(made) == {job.id: 12}
    with workshop.as_(), pytest.raises(Rejected, match="of long texts"):
        field("longtext", "Story", indexed=True)


def test_an_index_leads_to_the_records_on_postgresql(workshop_on_postgres: World) -> None:
    with workshop_on_postgres.as_():
        made = field("text", "City", indexed=True)
        for number in range(600):
            add("Job", name=f"{number}", number="", currency="CNY", custom={"x_city": f"c{number}"})
        meta = metas.active(model("Job"))["x_city"]
        list(beside.mend(model("Job"), meta))
        for arguments in ({"x_city": "c7"}, {"sort": "x_city", "limit": "5"}):
            plan = _plan(query.parse_query(model("Job"), arguments))
            assert "ix_core_custom_value" in plan, plan
            assert "Seq Scan on workshop_job" not in plan, plan
        assert made.filled


def _plan(asked: query.Query) -> str:
    from core.data.query.picking import places_of
    from core.data.query.reading import _joined

    engine = services().engine
    session: Any = db.session()
    statement = places_of(asked).select(_joined)
    compiled = statement.compile(dialect=session.get_bind().dialect, compile_kwargs={})
    found: list[str] = []

    def explain(connection: Any, cursor: Any, text: str, *more: Any) -> Any:
        return f"explain {text}", more[0]

    sa.event.listen(engine, "before_cursor_execute", explain, retval=True)
    try:
        found = [str(row[0]) for row in session.ask(compiled, None).cursor.fetchall()]
    finally:
        sa.event.remove(engine, "before_cursor_execute", explain)
    return "\n".join(found)


def test_of_who_is_erased_what_says_nothing_stays(workshop: World) -> None:
    from core.privacy.erasing import _blank

    with workshop.as_():
        text, number = field("text", "City", indexed=True), field("integer", "Rank", indexed=True)
        job = make("Job", name="a", x_city="Xi'an", x_rank=7)
        _blank(job)
        db.session.flush()
        assert rows_of(text) == {}
        assert _numbers(number) == {job.id: 7}
        assert len(rows(x_rank="7")) == 1

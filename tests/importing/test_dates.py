"""Dates as other systems write them: told from the whole column, and never guessed."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.data import dates
from core.data.importing.sequence import order_in, order_of
from tests.importing.files import workbook
from tests.importing.kit import Desk, columns, reasons

BOX = "store.Box"
ASKED = (
    "“05/03/2026” may be any of 2026-03-05, 2026-05-03: say how dates are written (on the "
    "page “Dates”, in a map “date_format”)."
)


def file_of(*texts: str, column: str = "packed_on") -> str:
    rows = [[f"B{at}", f'"{text}"'] for at, text in enumerate(texts)]
    return columns(["name", column], *rows)


def packed(desk: Desk, text: str, map: Any = None) -> list[str]:
    """What a file makes of the days of its boxes, all of them sound."""
    before = len(desk.rows(BOX, "id"))
    assert reasons(desk.take(BOX, text, map)) == []
    return [str(day) for (day,) in desk.rows(BOX, "packed_on")[before:]]


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["05.03.2026", "31.12.2026"], "dmy"), (["12/31/2026"], "mdy"), (["31-12-2026"], "dmy"),
        (["05/03/2026"], "?"), (["05/05/2026"], "dmy"), (["31/12/2026", "12/31/2026"], "!"),
        (["2026-12-31", "2026年12月31日", "Dec 31, 2026", "x", ""], ""), (["99/99/2026"], ""),
        (["12/31/26"], "mdy"), (["31.12.26"], "?"), (["31/12/2026", "99/99/2026"], "dmy"),
        (["31.12.69"], "dmy"), (["26-12-31", "26-1-5", "45-12-31"], "ymd"),
        (["31.12.26", "15.01.26", "03.02.26", "28.02.26", "07.03.26"], "dmy"),
        (["26/12/31", "26/01/15", "26/02/03", "26/02/28", "26/03/07"], "ymd"),
        (["31.12.26", "31.12.2026"], "dmy"), (["31. 12. 2026"], "dmy"), (["1.2.3.4"], ""),
        (["31.12.2026 15:45", "31/12/2026, 3:45 PM"], "dmy"), (["３１．１２．２０２６"], "dmy"),
    ],
)  # fmt: skip
def test_the_order_is_told_from_the_whole_column(texts: list[str], order: str) -> None:
    assert order_of(texts) == order


@pytest.mark.parametrize(
    ("form", "order"),
    [
        ("%d.%m.%Y", "dmy"), ("%m/%d/%y", "mdy"), ("%Y-%m-%d", "ymd"), ("%d.%m.", ""),
        ("%Y-%d-%m", ""), ("%d.%d.%d", ""), ("%d.%m.%Y %H:%M", ""),
    ],
)  # fmt: skip
def test_a_form_may_say_an_order(form: str, order: str) -> None:
    assert order_in(form) == order


def test_days_are_read_in_the_order_of_their_column(desk: Desk) -> None:
    report = desk.take(BOX, file_of("31.12.2026", "05.03.2026", "2026-03-05", "Dec 31, 2026"))
    assert reasons(report) == []
    assert report.details["packed_on"] == "“packed_on” dates as in 31.12.2026"
    called = {"columns": {"name": "name", "packed_on": "created"}}
    found = desk.take(BOX, file_of("31.12.2026", column="created"), called).as_dict()
    assert found["created"] == 1, "what is told of a column takes no count's place"
    assert packed(desk, file_of("12/31/2026", "03/05/2026")) == ["2026-12-31", "2026-03-05"]
    assert packed(desk, file_of("12/31/26", "3/5/26")) == ["2026-12-31", "2026-03-05"]
    assert packed(desk, file_of("31.12.26", "5.3.69")) == ["2026-12-31", "1969-03-05"]


def test_what_may_be_another_day_is_refused_until_somebody_says(desk: Desk) -> None:
    text = file_of("05/03/2026", "01/02/2026")
    report = desk.take(BOX, text)
    assert reasons(report)[0] == (2, "packed_on", ASKED)
    assert report.errors == 2
    assert (
        report.details["packed_on"]
        == "“packed_on” in which order are day, month and year? Say it under “Dates”"
    )
    for form, first in (("%d.%m.%Y", "2026-03-05"), ("%m/%d/%Y", "2026-05-03")):
        assert packed(desk, text, {"options": {"date_format": form}})[0] == first
    assert packed(desk, file_of("26-03-05"), {"options": {"date_format": "%y-%m-%d"}}) == [
        "2026-03-05"
    ]


def test_dates_in_different_orders_are_taken_only_where_each_is_clear(desk: Desk) -> None:
    report = desk.take(BOX, file_of("31/12/2026", "12/31/2026", "05/03/2026"), on_error="skip")
    reason = "“05/03/2026” may be any of 2026-03-05, 2026-05-03: the dates of the column are "
    assert reasons(report) == [(4, "packed_on", f"{reason}not all in one order.")]
    assert desk.rows(BOX, "packed_on") == [(dt.date(2026, 12, 31),)] * 2


def test_a_column_that_does_not_tell_is_as_the_others_of_the_file(desk: Desk) -> None:
    text = "name,packed_on,seen_at\nA,05/03/2026,12/31/2026 3:45 PM\nB,01/02/2026,\n"
    report = desk.take(BOX, text)
    assert reasons(report) == []
    assert report.details["packed_on"] == "“packed_on” dates as in 12/31/2026"
    at = dt.datetime(2026, 12, 31, 7, 45, tzinfo=dt.UTC)
    assert desk.rows(BOX, "packed_on", "seen_at") == [
        (dt.date(2026, 5, 3), at), (dt.date(2026, 1, 2), None),
    ]  # fmt: skip
    two = "name,packed_on,seen_at\nA,05/03/26,31/12/2026\n"
    assert reasons(desk.take(BOX, two)) == []


def test_a_form_that_is_given_takes_what_is_clear_besides(desk: Desk) -> None:
    map = {"options": {"date_format": "%d.%m.%Y"}}
    text = file_of("05.03.2026", "2026-03-05", "2026年3月5日", "5 Mar 2026", "5/3/26", "2026/3/5")
    assert packed(desk, text, map) == ["2026-03-05"] * 6
    report = desk.take(BOX, file_of("12/31/2026"), map)
    assert reasons(report)[0][2] == "“12/31/2026” is not a date written as %d.%m.%Y."
    map = {"options": {"date_format": "%Y-%d-%m"}}
    assert packed(desk, file_of("2026-05-03"), map) == ["2026-03-05"]
    assert reasons(desk.take(BOX, file_of("2026-05-13"), map))[0][2].startswith("“2026-05-13” is")
    map = {"options": {"date_format": "%d of %m in %Y"}}
    assert packed(desk, file_of("05 of 03 in 2026", "2026-03-05"), map) == ["2026-03-05"] * 2


def test_days_of_a_workbook_keep_their_time_under_a_form(desk: Desk) -> None:
    rows = [["name", "seen_at", "packed_on"]]
    rows += [["A", dt.datetime(2026, 3, 5, 9, 30), dt.date(2026, 3, 5)]]  # type: ignore[list-item]  # noqa: DTZ001
    for form in ("%d.%m.%Y", "%Y-%d-%m %H:%M"):
        map = {"options": {"date_format": form}}
        columns = {"name": "name", "seen_at": "seen_at"}
        assert (
            reasons(desk.take(BOX, workbook(desk.folder, {"x": rows}), map | {"columns": columns}))
            == []
        )
    at = dt.datetime(2026, 3, 5, 1, 30, tzinfo=dt.UTC)
    assert desk.rows(BOX, "seen_at") == [(at,), (at,)]


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2026-12-31 3:45 PM", "15:45"), ("2026-12-31 12:00 am", "00:00"),
        ("2026-12-31, 12:30 p.m.", "12:30"), ("2026/12/31 下午3:45:10", "15:45:10"),
        ("2026/12/31 上午 12:05", "00:05"), ("2026年12月31日 15时45分", "15:45"),
        ("2026年12月31日15点45分30秒", "15:45:30"), ("Dec 31, 2026 03:45 PM", "15:45"),
        ("2026-12-31 下午15:45", "15:45"), ("2026-12-31T15:45:00.5Z", "15:45:00.500000"),
    ],
)  # fmt: skip
def test_times_of_half_a_day(text: str, clock: str) -> None:
    found = dates.moment(text, ZoneInfo("UTC"))
    assert found == dt.datetime.fromisoformat(f"2026-12-31T{clock}+00:00")


@pytest.mark.parametrize("text", ["2026-12-31 13:00 AM", "2026-12-31 0:30 PM", "2026-12-31 3 PM x"])
def test_times_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time such as"):
        dates.moment(text, ZoneInfo("UTC"))


def test_midnight_in_twelve_hours_is_a_day(desk: Desk) -> None:
    assert packed(desk, file_of("12/31/2026 12:00 AM", "12/30/2026, 12:00:00 AM")) == [
        "2026-12-31", "2026-12-30",
    ]  # fmt: skip
    (found,) = reasons(desk.take(BOX, file_of("12/31/2026 3:45 PM")))
    assert found[2] == (
        "“12/31/2026 3:45 PM” has a time, and the field only a day: rounding cuts it off (on the "
        "page “Round what is finer than its field”, in a map “round”)."
    )
    assert packed(desk, file_of("12/31/2026 3:45 PM"), {"options": {"round": True}}) == [
        "2026-12-31"
    ]

"""Calendars: months and weeks, records that last, moving to another day."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from plugin_api.context import clock_at
from tests.views.kit import REPAIRS, Workshop, links, text_of

CALENDAR = f"{REPAIRS}?view=calendar"
VISITS = "/repairs/visits"
NOON = dt.datetime(2026, 3, 10, 4, tzinfo=dt.UTC)


def days(page: str) -> dict[str, list[str]]:
    """ISO day → titles of what stands on it."""
    found = re.findall(r'<td class="cal-day[^>]*data-day="([\d-]+)".*?</td>', page, re.S)
    cells = re.findall(r'<td class="cal-day.*?</td>', page, re.S)
    return {
        day: [text_of(mark) for mark in re.findall(r'<li class="mark-line.*?</li>', cell, re.S)]
        for day, cell in zip(found, cells, strict=True)
    }


def test_a_month_of_whole_weeks_from_monday(shop: Workshop) -> None:
    page = shop.page(f"{CALENDAR}&on=2026-03-10")
    shown = list(days(page))
    assert (shown[0], shown[-1], len(shown)) == ("2026-02-23", "2026-04-05", 42)
    assert "March 2026" in text_of(page)
    assert links(page, "Earlier") == [f"{CALENDAR}&on=2026-02-01"]
    assert links(page, "Later") == [f"{CALENDAR}&on=2026-04-01"]
    assert links(page, "Today") == [CALENDAR]
    assert links(page, "Week") == [f"{CALENDAR}&span=week&on=2026-03-10"]


def test_the_head_is_in_the_reader_s_language(shop: Workshop) -> None:
    page = shop.page(f"{CALENDAR}&on=2026-03-10", language="zh")
    assert "2026年3月" in text_of(page)
    assert "周一" in text_of(page)
    week = shop.page(f"{CALENDAR}&on=2026-03-10&span=week", language="zh")
    assert "3月9日 – 2026年3月15日" in text_of(week)


def test_records_stand_on_their_days_and_last(shop: Workshop) -> None:
    shop.add("Short", due=dt.date(2026, 3, 10))
    shop.add("Long", due=dt.date(2026, 3, 9), until=dt.date(2026, 3, 11))
    shop.add("Before", due=dt.date(2026, 2, 1), until=dt.date(2026, 2, 23))
    shop.add("Elsewhere", due=dt.date(2026, 5, 1))
    shop.add("Nowhere")
    page = shop.page(f"{CALENDAR}&on=2026-03-10")
    shown = {day: marks for day, marks in days(page).items() if marks}
    assert shown == {
        "2026-02-23": ["Before · Rita"],
        "2026-03-09": ["Long · Rita"],
        "2026-03-10": ["Long · Rita", "Short · Rita"],
        "2026-03-11": ["Long · Rita"],
    }
    assert page.count("goes-on") == 3


def test_three_a_day_and_the_way_to_the_others(shop: Workshop) -> None:
    for i in range(6):
        shop.add(f"No {i}", due=dt.date(2026, 3, 10), urgent=True)
    page = shop.page(f"{CALENDAR}&on=2026-03-10&urgent=true")
    assert len(days(page)["2026-03-10"]) == 3
    assert links(page, "3 more") == [
        f"{REPAIRS}?urgent=true&due__gte=2026-03-10&due__lte=2026-03-10"
    ]
    week = shop.page(f"{CALENDAR}&on=2026-03-10&span=week")
    assert len(days(week)["2026-03-10"]) == 6
    assert len(days(week)) == 7


def test_a_click_on_a_day_makes_a_record(shop: Workshop) -> None:
    page = shop.page(f"{CALENDAR}&on=2026-03-10")
    assert links(page, "New on Tuesday, March 10, 2026") == [
        f"{REPAIRS}/new?due=2026-03-10&next=%2Frepairs%2Frepairs%3Fview%3Dcalendar%26on%3D2026-03-10"
    ]
    assert links(shop.page(f"{CALENDAR}&on=2026-03-10", "ana"), "New on") == []


def test_moving_keeps_the_length(shop: Workshop) -> None:
    id_ = shop.add("Long", due=dt.date(2026, 3, 9), until=dt.date(2026, 3, 11))
    answer = _move(shop, f"{REPAIRS}/{id_}/day", "2026-03-20")
    assert (answer.status_code, answer.json) == (200, {"version": 2})
    found = shop.read(id_)
    assert (found["due"], found["until"]) == (dt.date(2026, 3, 20), dt.date(2026, 3, 22))


def test_an_instant_keeps_its_hour_by_the_reader_s_clock(shop: Workshop) -> None:
    with shop.made.working("acme"):
        from core.extensions import db
        from tests.views.kit import model

        at = dt.datetime(2026, 3, 9, 17, 30, tzinfo=dt.UTC)
        visit = model("repairs.Visit")(name="Dr Li", at=at)
        db.session.add(visit)
        db.session.flush()
        id_ = visit.id
    page = shop.page(f"{VISITS}?view=calendar&on=2026-03-10", "rita")
    assert days(page)["2026-03-10"] == ["01:30 Dr Li"]
    answer = _move(shop, f"{VISITS}/{id_}/day", "2026-03-12", "rita")
    assert answer.status_code == 200
    found = shop.read(id_, "repairs.Visit")
    assert found["at"] == dt.datetime(2026, 3, 11, 17, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("day", "version", "who", "status"),
    [("soon", "1", "max", 422), ("2026-03-20", "7", "max", 409), ("2026-03-20", "1", "rita", 404),
     ("2026-03-20", "1", "ana", 403)],
)  # fmt: skip
def test_moves_that_are_refused(
    shop: Workshop, day: str, version: str, who: str, status: int
) -> None:
    id_ = shop.add("One", worker="ravi", due=dt.date(2026, 3, 9))
    answer = _move(shop, f"{REPAIRS}/{id_}/day", day, who, version)
    assert answer.status_code == status
    assert answer.json["message"]
    assert shop.read(id_)["due"] == dt.date(2026, 3, 9)


def test_today_is_the_company_s(shop: Workshop) -> None:
    with clock_at(NOON):
        page = shop.page(CALENDAR)
    assert "March 2026" in text_of(page)
    assert re.search(r'cal-day[^"]* today[^"]*" data-day="2026-03-10"', page)


def test_filters_narrow_and_what_is_wrong_is_said(shop: Workshop) -> None:
    shop.add("One", due=dt.date(2026, 3, 10), urgent=True)
    shop.add("Two", due=dt.date(2026, 3, 10))
    page = shop.page(f"{CALENDAR}&on=2026-03-10&urgent=true")
    assert days(page)["2026-03-10"] == ["One · Rita"]
    wrong = shop.page(f"{CALENDAR}&on=2026-03-10&hours__gte=x")
    assert "“x” is not a number." in text_of(wrong)
    assert len(days(wrong)["2026-03-10"]) == 2
    shop.page("/repairs/bays?view=calendar", status=404)


def _move(shop: Workshop, path: str, day: str, who: str = "max", version: str = "1") -> Any:
    form = {"_company": shop.company_id, "day": day, "version": version}
    return shop.client(who).post(path, data=form, headers={"Accept": "application/json"})

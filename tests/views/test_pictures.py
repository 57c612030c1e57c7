"""Charts and pivots of a model: groups, sums, currencies, totals, and the way to the records."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

from python_calamine import CalamineWorkbook

from tests.views.kit import REPAIRS, Workshop, links, rows_of, selects, text_of


def table(page: str) -> list[list[str]]:
    """The cells of every line of the picture's table, heads among them."""
    found = re.search(r'<table class="table figures matrix">(.*?)</table>', page, re.S)
    assert found is not None, text_of(page)
    return [
        [text_of(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", found[1], re.S)
    ]


def spec(page: str) -> dict[str, Any]:
    """What is drawn."""
    found = re.search(r'<script type="application/json" id="picture-spec">(.*?)</script>', page)
    assert found is not None
    made: dict[str, Any] = json.loads(found[1])
    return made


def test_a_model_that_declares_nothing_is_counted_by_its_first_choice(full: Workshop) -> None:
    page = full.page("/repairs/bays?view=chart")
    assert table(page) == [
        ["Kind", "Number of records"], ["Open", "2"], ["Done", "1"], ["Total", "3"],
    ]  # fmt: skip
    assert table(full.page("/repairs/bays?view=pivot"))[-1] == ["Total", "3", "3"]


def test_references_stand_as_in_their_own_list_and_empty_last(full: Workshop) -> None:
    with selects(full) as asked:
        page = full.page(f"{REPAIRS}?view=chart&by=bay")
    assert table(page) == [
        ["Bay", "Number of records"], ["Wash", "23"], ["Paint", "23"], ["Yard", "22"],
        ["Empty", "22"], ["Total", "90"],
    ]  # fmt: skip
    assert sum("GROUP BY" in statement for statement in asked) == 1
    assert f"{REPAIRS}?bay__isnull=true" in links(page, "22")


def test_currencies_are_never_added(full: Workshop) -> None:
    """As the list's totals: every tenth repair is in euros."""
    page = full.page(f"{REPAIRS}?view=chart&by=bay&figure=price__sum")
    assert table(page)[1] == ["Wash", "CN¥83,000.00 €20,500.00"]
    assert table(page)[-1] == ["Total", "CN¥372,600.00 €36,900.00"]
    assert "Drawn in CNY. Amounts in EUR stand in the table only" in text_of(page)
    drawn = spec(page)["data"]["values"][0]
    assert (drawn["x"], drawn["value"], drawn["href"]) == (
        "Wash", 83000.0, f"{REPAIRS}?bay={full.bays['Wash']}",
    )  # fmt: skip
    one = full.page(f"{REPAIRS}?view=chart&by=bay&figure=price__sum&currency=EUR")
    assert "Drawn in" not in text_of(one)
    assert table(one)[-1] == ["Total", "€36,900.00"]


def test_averages_and_extremes_leave_empty_values_out(shop: Workshop) -> None:
    for hours in (1, 2, None, 6):
        shop.add("a", hours=hours, price=None, currency="CNY")
    shop.add("b", hours=None, state="done")
    page = {
        each: table(shop.page(f"{REPAIRS}?view=chart&by=state&figure=hours__{each}"))
        for each in ("sum", "avg", "min", "max")
    }
    assert page["sum"][1:] == [["Open", "9"], ["Done", "–"], ["Total", "9"]]
    assert page["avg"][1:] == [["Open", "3"], ["Done", "–"], ["Total", "3"]]
    assert page["min"][1][1] == "1"
    assert page["max"][3][1] == "6"


def test_yes_and_no(full: Workshop) -> None:
    page = full.page(f"{REPAIRS}?view=chart&by=urgent&figure=count")
    assert table(page)[1:3] == [["Yes", "30"], ["No", "60"]]
    assert f"{REPAIRS}?urgent=true" in links(page, "30")


def test_dates_by_every_period_with_gaps_shown(shop: Workshop) -> None:
    for day in ("2026-03-31", "2026-04-01", "2026-06-01", None):
        shop.add("r", due=dt.date.fromisoformat(day) if day else None)
    by = {
        grain: [row[0] for row in table(shop.page(f"{REPAIRS}?view=chart&by=due__{grain}"))][1:-1]
        for grain in ("week", "month", "quarter", "year")
    }
    gaps = table(shop.page(f"{REPAIRS}?view=chart&by=due__month"))
    assert [row[1] for row in gaps[1:]] == ["1", "1", "0", "1", "1", "4"]
    split = table(shop.page(f"{REPAIRS}?view=chart&by=due__month&split=state"))
    assert [row[1] for row in split[1:]] == ["1", "1", "", "1", "1", "4"]
    assert by["month"] == ["March 2026", "April 2026", "May 2026", "June 2026", "Empty"]
    assert by["quarter"] == ["Jan 2026 – Mar 2026", "Apr 2026 – Jun 2026", "Empty"]
    assert by["year"] == ["2026", "Empty"]
    assert (by["week"][0], len(by["week"])) == ("Mar 30, 2026 – Apr 5, 2026", 11)
    page = shop.page(f"{REPAIRS}?view=chart&by=due__month&due__gte=2026-04-01&due__lte=2026-06-15")
    june = [href for href in links(page, "1") if "2026-06-01" in href]
    assert june == [f"{REPAIRS}?due__gte=2026-06-01&due__lte=2026-06-15"]


def test_instants_are_grouped_by_the_company_s_clock(full: Workshop) -> None:
    """In Shanghai it is the first of May eight hours before it is in Greenwich."""
    for at in ("2026-04-30T15:59:59", "2026-04-30T16:00:00", "2026-05-31T15:59:59"):
        with full.made.working("acme"):
            from core.extensions import db
            from tests.views.kit import model

            moment = dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC)
            db.session.add(model("repairs.Visit")(name="clock", at=moment))
    page = full.page("/repairs/visits?view=chart&by=at__month&name=clock", name="ada")
    assert table(page)[1:] == [["April 2026", "1"], ["May 2026", "2"], ["Total", "3"]]
    [may] = links(page, "2")[:1]
    assert len(rows_of(full.page(may, name="ada"))) == 2
    days = table(full.page("/repairs/visits?view=chart&by=at__day&name=clock", name="ada"))
    assert [days[1], days[2], days[-2]] == [
        ["Apr 30, 2026", "1"], ["May 1, 2026", "1"], ["May 31, 2026", "1"],
    ]  # fmt: skip


def test_a_pivot_with_subtotals_and_totals(full: Workshop) -> None:
    page = full.page(f"{REPAIRS}?view=pivot&rows=worker,urgent&cols=bay&figure=count")
    lines = table(page)
    assert lines[0] == ["Worker", "Urgent", "Wash", "Paint", "Yard", "Empty", "Total"]
    assert lines[1][:2] == ["Ravi", "Yes"]
    assert lines[-1] == ["Total", "23", "23", "22", "22", "90"]
    subtotals = [row for row in lines if row[0] == "Total" and len(row) == 6]
    assert [row[-1] for row in subtotals] == ["45", "45", "90"]
    rita = full.people["rita"]
    assert f"{REPAIRS}?worker={rita}&urgent=true&bay={full.bays['Paint']}" in links(page, "7")


def test_two_keys_on_each_side(full: Workshop) -> None:
    page = full.page(f"{REPAIRS}?view=pivot&rows=worker&cols=due__month,urgent&figure=hours__sum")
    assert table(page)[:2] == [
        ["Worker", "March 2026", "April 2026", "Total"],
        ["Yes", "No", "Total", "Yes", "No", "Total"],
    ]
    hours = sum(i % 7 for i in range(90))
    assert table(page)[-1][-1] == str(hours)


def test_the_picture_is_of_what_the_list_shows(full: Workshop) -> None:
    """Filters, words, conditions and the reader's own rules."""
    where = json.dumps({"any": [{"urgent": "true"}, {"hours": "6"}]})
    page = full.client("max").get(
        REPAIRS, query_string={"view": "chart", "by": "worker", "where": where, "bay": "Wash"}
    )
    listed = full.client("max").get(REPAIRS, query_string={"where": where, "bay": "Wash"})
    assert table(page.text)[-1][-1] == str(len(rows_of(listed.text)))
    own = full.page(f"{REPAIRS}?view=chart&by=worker", name="rita")
    assert table(own)[1:] == [["Rita", "45"], ["Total", "45"]]


def test_a_picture_of_nothing_teaches(full: Workshop) -> None:
    assert "Nothing matches" in full.page(f"{REPAIRS}?view=chart&q=nowhere")
    assert "Nothing matches" in full.page(f"{REPAIRS}?view=pivot&q=nowhere")


def test_what_makes_no_sense_is_said(full: Workshop) -> None:
    page = full.page(f"{REPAIRS}?view=chart&by=plate")
    assert "There is no field “plate”." in text_of(page)
    assert "There is no such chart." in full.page(f"{REPAIRS}?view=chart&draw=pie")
    assert "hours__sum" in unescape(full.page(f"{REPAIRS}?view=pivot&figure=hours__summ"))


def test_files_of_the_table(full: Workshop) -> None:
    state = "by=bay&figure=price__sum"
    answer = full.client("ada").get(f"{REPAIRS}/figures?view=chart&{state}&format=csv")
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert lines[0] == ["Bay", "Sum: Price (CNY)", "Sum: Price (EUR)"]
    assert lines[1] == ["Wash", "83000.00", "20500.00"]
    assert lines[-1] == ["Total", "372600.00", "36900.00"]
    book = full.client("ada").get(f"{REPAIRS}/figures?view=pivot&rows=bay&cols=urgent&format=xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book.data)).get_sheet_by_index(0).to_python()
    assert sheet[0] == ["Bay", "Yes", "No", "Total"]
    assert sheet[-1] == ["Total", 30, 60, 90]


def test_files_are_for_whom_may_export(full: Workshop) -> None:
    path = f"{REPAIRS}/figures?view=chart&by=bay"
    assert len(full.client("max").get(path).data.splitlines()) == 6
    assert "Table as CSV" in full.page(f"{REPAIRS}?view=chart&by=bay")
    for view in ("chart", "pivot"):
        assert full.client("ana").get(f"{REPAIRS}/figures?view={view}").status_code == 403
        page = full.page(f"{REPAIRS}?view={view}", "ana")
        assert "/figures?" not in page and "Table as CSV" not in page
    assert full.client("ada").get("/repairs/visits/figures?view=chart").status_code == 200
    assert full.client("ana").get("/repairs/visits/figures?view=chart").status_code == 403


def test_many_cells_are_refused_in_words(full: Workshop, monkeypatch: Any) -> None:
    from core.data.query import pivoting

    monkeypatch.setattr(pivoting, "MOST", 3)
    page = full.page(f"{REPAIRS}?view=chart&by=due__day")
    assert "This makes more than 3 cells" in text_of(page)


def test_rows_that_are_left_out_are_counted(full: Workshop, monkeypatch: Any) -> None:
    from core.views import charts

    monkeypatch.setattr(charts, "MOST_SERIES", 2)
    page = full.page(f"{REPAIRS}?view=chart&by=worker&split=bay")
    assert "2 more columns are not shown; totals count them." in text_of(page)
    assert table(page)[-1] == ["Total", "23", "23", "90"]


def test_a_picture_is_saved_as_a_view(shop: Workshop) -> None:
    shop.add("one", hours=3)
    state = "view=pivot&rows=worker&figure=hours__sum"
    shop.post(f"{REPAIRS}/views/new", {"name": "Hours", "state": state})
    page = shop.page(f"{REPAIRS}?{state}&saved=1")
    href = next(href for href in links(page, "Hours"))
    assert parse_qs(urlsplit(href).query)["rows"] == ["worker"]
    bad = {"name": "Bad", "state": "view=chart&by=plate"}
    shop.post(f"{REPAIRS}/views/new", bad, status=422)

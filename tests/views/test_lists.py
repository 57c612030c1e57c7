"""Lists as people see them: rows, totals, filters, scopes, pages."""

from __future__ import annotations

import pytest

from tests.views.kit import REPAIRS, Workshop, links, needs, rows_of, selects, text_of


def test_a_page_of_eighty_in_six_statements_and_under_100_kilobytes(full: Workshop) -> None:
    client = full.client()
    client.get(REPAIRS)
    with selects(full) as seen:
        answer = client.get(REPAIRS)
    assert len(rows_of(answer.text)) == 80
    assert len(seen) <= 6, "\n".join(seen)
    assert len(answer.data) < 100_000


@pytest.mark.parametrize(
    "query", ["?group=bay", "?group=due__month", "?worker={rita}&bay={wash}&state=open",
              "?view=kanban", "?view=calendar&on=2026-03-10"]
)  # fmt: skip
def test_other_shapes_need_no_more(full: Workshop, query: str) -> None:
    path = REPAIRS + query.format(rita=full.people["rita"], wash=full.bays["Wash"])
    client = full.client()
    client.get(path)
    with selects(full) as seen:
        assert client.get(path).status_code == 200
    assert len(seen) <= 6, "\n".join(seen)


def test_totals_are_of_all_pages_a_line_a_currency(full: Workshop) -> None:
    page = full.page(REPAIRS)
    # 1 + 11 + … + 81 hundreds are in euros, the rest of 1 + … + 90 in yuan.
    assert "CN¥372,600.00<br>€36,900.00</td>" in page
    assert ">267<" in page
    assert text_of(page).count("Total") == 1


def test_keyset_pages(full: Workshop) -> None:
    first = full.page(REPAIRS)
    (forward,) = links(first, "Next page")
    second = full.page(forward)
    assert len(rows_of(second)) == 10
    assert links(second, "First page") == [REPAIRS]
    assert links(second, "Next page") == []


def test_five_filters_show_and_the_others_wait(full: Workshop) -> None:
    page = full.page(REPAIRS)
    for name in ("state", "bay", "worker", "due", "urgent"):
        assert f'id="filter-{name}"' in page
    for name in ("price", "called_at", "plate"):
        assert f'id="filter-{name}"' not in page
    assert links(page, "Plate") == [f"{REPAIRS}?show=plate"]
    shown = full.page(f"{REPAIRS}?show=plate")
    assert 'id="filter-plate"' in shown
    asked = full.page(f"{REPAIRS}?plate__contains=HH+1")
    assert 'id="filter-plate"' in asked
    assert len(rows_of(asked)) == 11


@pytest.mark.parametrize(
    ("asked", "way", "said", "found"),
    [
        ("show=x_needs", "in", "Needs Any of these", "abc"),
        ("x_needs=pumps", "in", "Needs Pumps", "a"),
        ("x_needs__in=pumps,pipes", "in", "Needs Pumps, Pipes", "ab"),
        ("x_needs__all=pumps,pipes", "all", "Needs holds all of Pumps, Pipes", "a"),
        ("x_needs__none=pumps", "none", "Needs holds none of Pumps", "bc"),
    ],
)
def test_ticked_choices_match_any_all_or_none(
    shop: Workshop, asked: str, way: str, said: str, found: str
) -> None:
    needs(shop)
    page = shop.page(f"{REPAIRS}?{asked}&sort=name")
    assert "".join(row[0] for row in rows_of(page)) == found
    bar = page.partition('id="filter-x_needs"')[2].partition("</details>")[0]
    assert said in text_of(f"<{bar}")
    assert f'name="x_needs__match" value="{way}" checked>' in bar
    ticked = [each for each in ("pumps", "pipes") if f'value="{each}" checked>' in bar]
    assert ticked == [each for each in ("pumps", "pipes") if each in asked]
    assert 'name="x_needs__in" value="pipes"' in bar
    assert 'type="hidden" name="x_needs' not in page


def test_without_script_the_way_to_match_goes_into_the_address(shop: Workshop) -> None:
    needs(shop)
    client = shop.client()
    for way in ("in", "all", "none"):
        form = f"x_needs__match={way}&x_needs__in=pumps&x_needs__in=pipes&q="
        answer = client.get(f"{REPAIRS}?{form}")
        assert answer.headers["Location"] == f"{REPAIRS}?x_needs__{way}=pumps,pipes"
    assert client.get(f"{REPAIRS}?x_needs__match=all&q=a").headers["Location"] == f"{REPAIRS}?q=a"


def test_a_second_way_to_match_is_told_and_carried_on(shop: Workshop) -> None:
    needs(shop)
    page = shop.page(f"{REPAIRS}?x_needs__in=pipes&x_needs__none=pumps")
    assert [row[0] for row in rows_of(page)] == ["b"]
    assert "Needs Pipes, holds none of Pumps" in text_of(page)
    assert '<input type="hidden" name="x_needs__none" value="pumps">' in page


def test_filters_in_words_with_names_of_records(full: Workshop) -> None:
    rita, wash = full.people["rita"], full.bays["Wash"]
    page = full.page(
        f"{REPAIRS}?worker={rita}&bay__ne={wash}&due__period=last_30_days&price__gte=500&state=done"
    )
    text = text_of(page)
    assert "Worker Rita" in text
    assert "Bay is not Wash" in text
    assert "Due Last 30 days" in text
    assert "Price ≥ 500" in text
    assert "State Done" in text
    assert "Nothing matches" in text


def test_a_filter_that_no_control_holds_is_carried_on(full: Workshop) -> None:
    page = full.page(f"{REPAIRS}?hours__gt=2&sort=-price&group=bay")
    for name, value in (("hours__gt", "2"), ("sort", "-price"), ("group", "bay")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


def test_names_of_records_that_one_may_not_see_stay_hidden(full: Workshop) -> None:
    """Rita reads her own repairs only; the address does not tell her what others are called."""
    page = full.page(f"{REPAIRS}?where=%7B%22any%22:[%7B%22id%22:%2299%22%7D]%7D", "rita")
    assert "Nothing matches" in text_of(page)


@pytest.mark.parametrize(
    ("name", "scopes"), [("max", ["Mine", "My team", "All"]), ("ana", ["Mine", "All"]),
                         ("rita", [])],
)  # fmt: skip
def test_scopes_that_the_grant_allows(full: Workshop, name: str, scopes: list[str]) -> None:
    page = full.page(REPAIRS, name)
    control = page.partition('aria-label="Whose records"')[2].partition("</nav>")[0]
    assert [s for s in ("Mine", "My team", "All") if links(control, s)] == scopes


def test_mine_and_my_team_narrow(full: Workshop) -> None:
    assert rows_of(full.page(f"{REPAIRS}?scope=mine")) == []
    team = rows_of(full.page(f"{REPAIRS}?scope=team"))
    assert {row[2] for row in team} == {"Rita"}
    assert len(team) == 45


def test_what_is_wrong_is_said_and_everything_shown(full: Workshop) -> None:
    page = full.page(f"{REPAIRS}?price__gte=much&due__period=soon")
    assert "“much” is not a number." in text_of(page)
    assert "“soon” is no period" in text_of(page)
    assert len(rows_of(page)) == 80
    assert links(page, "Show everything") == [REPAIRS]


def test_an_empty_list_teaches(shop: Workshop) -> None:
    page = shop.page(REPAIRS)
    assert "No Repairs yet" in text_of(page)
    assert links(page, "New") == [f"{REPAIRS}/new", f"{REPAIRS}/new"]
    assert f"{REPAIRS}/import" in links(page, "Import…")
    reader = shop.page(REPAIRS, "ana")
    assert links(reader, "New") == []
    assert "An administrator can change that." in text_of(reader)


def test_nothing_of_a_list_says_a_word_of_english_in_chinese(full: Workshop) -> None:
    page = full.page(f"{REPAIRS}?group=due__month&scope=team&due__period=this_quarter",
                     language="zh")  # fmt: skip
    for word in ("Mine", "Group", "Filter", "Clear", "Save view", "by month", "quarter"):
        assert word not in text_of(page)

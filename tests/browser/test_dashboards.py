"""From a question to a picture to a page that others open."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.test_pages import ANALYST, REP

WON = "/crm/opportunities?view=chart&outcome=won&by=closed_on__month&split=none"


def total_of(page: Page) -> str:
    """The last line of the table of figures."""
    return page.locator(".matrix tbody tr").last.inner_text().split("\t")[-1].strip()


def test_an_analyst_s_picture_becomes_a_dashboard_of_everybody(visit: Open) -> None:
    visitor = visit(ANALYST)
    page = visitor.go("/crm/opportunities?view=chart&outcome=won")
    page.select_option("select[name=by]", "closed_on__month")
    expect(page).to_have_url(re.compile("by=closed_on__month"))
    page.select_option("select[name=split]", "none")
    expect(page).to_have_url(re.compile("split=none"))
    bar = page.locator(".chart svg path[aria-roledescription='bar']")
    expect(bar.first).to_be_visible()
    visitor.check()
    address, whole = page.url, total_of(page)

    bar.first.click()
    page.wait_for_url(re.compile("closed_on__gte="))
    expect(page.locator("tr[data-row]").first).to_be_visible()
    page.goto(address)

    with page.expect_download() as file:
        page.get_by_role("link", name="Table as CSV").click()
    assert file.value.suggested_filename == "Opportunities.csv"

    page.get_by_role("link", name="Save view").click()
    page.fill("#view-name", "Won by month")
    page.click("dialog .btn-primary")
    expect(page.locator(".tab", has_text="Won by month")).to_have_attribute("aria-current", "page")

    page.locator("#more summary").click()
    page.get_by_role("link", name="Put on a dashboard…").click()
    expect(page.locator("#put-title")).to_have_value("Won by month")
    page.fill("#put-name", "The year")
    visitor.check()
    page.click("dialog .btn-primary")
    page.wait_for_url(re.compile(r"/dashboards/\d+$"))
    expect(page.locator(".chart svg path[aria-roledescription='bar']").first).to_be_visible()
    visitor.check()
    shared = urlsplit(page.url).path

    page.get_by_role("link", name="Arrange and share").click()
    page.select_option("#dash-share", "company")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#dash-share")).to_have_value("company")
    visitor.check()

    rep = visit(REP)
    theirs = rep.go(shared)
    expect(theirs.locator("h1")).to_have_text("The year")
    theirs.locator(".tile-table summary").click()
    own = total_of(theirs)
    assert own not in ("", whole)
    rep.go(WON)
    assert total_of(theirs) == own
    rep.go(f"{shared}?period=this_year")
    expect(theirs.locator(".card-foot")).to_contain_text("This fiscal year")
    rep.check()


def test_a_dashboard_without_script_on_a_phone(visit: Open) -> None:
    with_script = visit(REP)
    cookies = with_script.page.context.cookies()
    bare = visit(width="phone", dark=True, script=False)
    bare.page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page = bare.go("/dashboards/crm.pipeline")
    page.locator("noscript a, a[href*='all=1']").first.click()
    expect(page.locator(".matrix").first).to_be_attached()
    page.goto(bare.base + "/crm/opportunities?view=pivot")
    page.select_option("select[name=figure]", "count")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("figure=count"))
    expect(page.locator("select[name=figure]")).to_have_value("count")

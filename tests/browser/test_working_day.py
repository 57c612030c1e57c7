"""What each role does in a day, as they would do it."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Open, Site
from tests.browser.test_pages import ADMIN, MANAGER, REP


def test_a_rep_moves_a_deal_to_won_and_the_attainment_follows(visit: Open) -> None:
    visitor = visit(REP)
    page = visitor.go("/")
    share = page.locator(".home-card", has_text="My attainment").locator("dd").first
    expect(share).to_be_visible()
    before = share.inner_text()
    page = visitor.go("/crm/opportunities/new")
    page.fill('[name="name"]', "A very large order")
    page.fill('[name="amount"]', "500,000")
    page.click("main .btn-primary >> nth=0")
    expect(page.locator("h1")).to_have_text("A very large order")
    page.locator(".page-actions").get_by_text("Win", exact=True).first.click()
    page.locator("dialog[open] .dialog-foot button").click()
    expect(page.locator("ol.steps [aria-current=step]")).to_have_text("Won")
    visitor.go("/")
    expect(share).to_be_visible()
    assert float(share.inner_text().rstrip("%")) > float(before.rstrip("%"))


def test_an_admin_switches_targets_off_for_one_company_only(visit: Open, site: Site) -> None:
    rep, visitor = visit(REP), visit(ADMIN)
    side = rep.go("/").locator("nav.side")
    entry = side.get_by_role("link", name="Attainment", include_hidden=True)
    expect(entry).to_have_count(1)
    visitor.work_for("清河科技")
    page = visitor.go("/core/plugins/targets")
    expect(page.locator("main")).to_contain_text("Attainment")
    page.get_by_role("button", name="Switch off").click()
    expect(page.locator(".notices")).to_contain_text("Its data is kept")
    rep.go("/")
    expect(entry).to_have_count(0)
    rep.go("/targets/attainment")
    expect(rep.page.locator("h1")).to_have_text("Nothing is here")
    rep.complaints.clear()
    page = visitor.go("/core/plugins/targets")
    page.get_by_role("button", name="Switch on").click()
    rep.go("/targets/attainment")
    expect(rep.page.locator("main")).to_contain_text("王磊")


def test_two_people_save_the_same_record(visit: Open) -> None:
    first, second = visit(REP), visit(MANAGER)
    page = first.go("/crm/accounts")
    href = page.locator("table tbody tr td a").first.get_attribute("href") or ""
    for visitor in (first, second):
        visitor.go(re.sub(r"\?.*", "", href))
    first.page.fill('[name="website"]', "https://first.example")
    first.page.click('button.btn-primary:has-text("Save")')
    expect(first.page.locator(".notices")).to_contain_text("Saved")
    second.page.fill('[name="website"]', "https://second.example")
    second.page.click('button.btn-primary:has-text("Save")')
    main = second.page.locator("main")
    expect(main).to_contain_text("https://first.example")
    assert second.page.input_value('[name="website"]') == "https://second.example"
    second.complaints.clear()  # the browser itself notes the 409


def test_a_chart_leads_to_its_records(visit: Open) -> None:
    visitor = visit(MANAGER)
    page = visitor.go("/analysis?measure=crm.won_amount&by=month&period=last_year")
    bar = page.locator(".chart svg path[aria-roledescription='bar']").first
    expect(bar).to_be_visible()
    bar.click()
    page.wait_for_url("**/crm/opportunities?**")
    expect(page.locator("table tbody tr").first).to_be_visible()
    assert visitor.complaints == []

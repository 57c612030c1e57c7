"""Pages as each role sees them, and without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS, Open, Site

REP, MANAGER = "wanglei@qinghe.example", "chenli@qinghe.example"
ADMIN, ANALYST = "admin@xiaoguan.example", "xujing@qinghe.example"
LOOKS = (("en", "desktop", False), ("zh", "phone", True))
PAGES = (
    (
        REP, LOOKS[1],
        ("/", "/home/arrange", "/crm/opportunities?view=kanban", "/crm/opportunities/new",
         "/targets/attainment", "/crm/review", "/nowhere"),
    ),
    (MANAGER, LOOKS[1], ("/", "/dashboards/targets.pace", "/targets/split")),
    (MANAGER, LOOKS[0], ("/", "/analysis?by=month&split=team")),
    (ANALYST, LOOKS[0], ("/", "/analysis?measure=crm.win_rate&by=user&chart=bar")),
)  # fmt: skip
"""What these roles see otherwise than an administrator, with whom every page is tried."""


@pytest.mark.parametrize(("person", "look", "paths"), PAGES)
def test_pages_hold_to_the_rules(
    visit: Open, person: str, look: tuple[str, str, bool], paths: tuple[str, ...]
) -> None:
    language, width, dark = look
    visitor = visit(person, language=language, width=width, dark=dark)
    for path in paths:
        page = visitor.go(path)
        page.wait_for_load_state("networkidle")
        if path == "/nowhere":
            visitor.complaints.clear()  # the browser itself notes the 404
        visitor.check()
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= WIDTHS[width][0], path


def test_the_log_in_page_holds_to_the_rules(visit: Open) -> None:
    for language, width, dark in LOOKS:
        visitor = visit(language=language, width=width, dark=dark)
        visitor.go("/login")
        visitor.check()


@pytest.mark.parametrize(
    ("person", "paths"),
    [
        (REP, ("/crm/opportunities", "/crm/accounts", "/crm/leads", "/catalog/products")),
        (ADMIN, ("/core/users", "/core/teams", "/core/roles")),
    ],
)
def test_a_record_of_every_kind_opens(visit: Open, person: str, paths: tuple[str, ...]) -> None:
    visitor = visit(person)
    for path in paths:
        page = visitor.go(path)
        page.click("table tbody tr td a >> nth=0")
        page.wait_for_load_state("networkidle")
        visitor.check()


def test_without_script_one_logs_in_reads_filters_and_writes(visit: Open, site: Site) -> None:
    visitor = visit(script=False)
    page = visitor.go("/login")
    page.fill("#email", REP)
    page.fill("#password", "demo-demo")
    page.click("form.card-box button")
    assert page.url == f"{site.base}/"
    page.goto(f"{site.base}/?all=1")
    assert page.locator(".home-card dd").count() > 0
    page.goto(f"{site.base}/crm/accounts")
    assert page.locator("table tbody tr").count() > 5
    page.goto(f"{site.base}/crm/accounts/new")
    page.fill('[name="name"]', "Plain Paper Ltd")
    page.locator("main .btn-primary").first.click()
    assert page.locator("h1").inner_text() == "Plain Paper Ltd"


def test_groups_of_the_menu_stay_as_they_are_folded(visit: Open) -> None:
    visitor = visit(REP)
    page = visitor.go("/crm/accounts")
    crm, last = page.locator('[data-menu="crm"]'), page.locator("[data-menu]").last
    expect(crm).to_have_attribute("open", "")
    expect(last).not_to_have_attribute("open", "")
    last.locator("summary").click()
    last.get_by_role("link").first.click()
    expect(last).to_have_attribute("open", "")
    last.locator("summary").click()
    visitor.go("/")
    expect(last).not_to_have_attribute("open", "")
    expect(crm).to_have_attribute("open", "")
    visitor.check()

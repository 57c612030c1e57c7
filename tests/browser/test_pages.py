"""Every page of every role, in both languages, wide and narrow, light and dark."""

from __future__ import annotations

import pytest

from tests.browser.conftest import WIDTHS, Open, Site

REP, MANAGER = "wanglei@qinghe.example", "chenli@qinghe.example"
ADMIN, ANALYST = "admin@xiaoguan.example", "xujing@qinghe.example"
LOOKS = (("en", "desktop", False), ("zh", "phone", True))
PAGES = {
    REP: (
        "/", "/home/arrange", "/crm/opportunities", "/crm/opportunities?view=kanban",
        "/crm/opportunities/new", "/crm/opportunities?view=pivot", "/crm/accounts",
        "/crm/leads", "/crm/contacts",
        "/catalog/products", "/targets/attainment", "/core/tokens", "/crm/review", "/nowhere",
    ),
    MANAGER: (
        "/", "/dashboards/targets.pace", "/dashboards/new", "/crm/leads?view=chart",
        "/targets/split", "/targets/targets", "/analysis?by=month&split=team",
    ),
    ADMIN: (
        "/", "/core/plugins", "/core/plugins/targets", "/core/users", "/core/teams", "/core/roles",
        "/core/settings", "/core/holidays/new",
    ),
    ANALYST: ("/", "/dashboards/crm.pipeline", "/analysis?measure=crm.win_rate&by=user&chart=bar"),
}  # fmt: skip


@pytest.mark.parametrize(("language", "width", "dark"), LOOKS)
@pytest.mark.parametrize("person", PAGES)
def test_pages_hold_to_the_rules(
    visit: Open, person: str, language: str, width: str, dark: bool
) -> None:
    visitor = visit(person, language=language, width=width, dark=dark)
    for path in PAGES[person]:
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

"""First steps of people who know nothing but the address: by click, by keyboard, on a phone."""

from __future__ import annotations

from playwright.sync_api import expect

from core.demo import companies
from core.web.pages import DEMO_PASSWORD
from tests.browser.conftest import Open, Site, open_palette
from tests.browser.test_pages import ADMIN, MANAGER, REP


def test_one_click_logs_in_to_the_demo(visit: Open, site: Site) -> None:
    with site.installation.app.app_context():
        companies.show_logins(site.installation.app)
    visitor = visit(width="phone")
    page = visitor.go("/login")
    visitor.check()
    page.get_by_role("button", name=REP).click()
    expect(page.locator("h1")).to_contain_text("王磊")


def test_an_account_is_made_found_and_changed_by_keyboard_alone(visit: Open) -> None:
    visitor = visit()
    page = visitor.go("/login")
    page.keyboard.type(REP)
    page.keyboard.press("Tab")
    page.keyboard.type(DEMO_PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("王磊")
    visitor.read("en")
    open_palette(page, "New account")
    expect(page.locator("[role=option][aria-selected=true]")).to_contain_text("New account")
    page.keyboard.press("Enter")
    name = page.locator("main [name=name], dialog[open] [name=name]").first
    page.wait_for_load_state()
    expect(name).to_be_focused()
    page.keyboard.type("海港键盘有限公司")
    page.keyboard.press("Control+s")
    expect(page.locator("h1")).to_have_text("海港键盘有限公司")
    open_palette(page, "hgjp")
    expect(page.locator("[role=option][aria-selected=true]")).to_contain_text("海港键盘有限公司")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("海港键盘有限公司")
    visitor.check()


def test_an_admin_takes_somebody_in_who_then_logs_in(visit: Open) -> None:
    admin = visit(ADMIN)
    admin.work_for("清河科技")
    page = admin.go("/core/users/new")
    page.fill('[name="name"]', "林新")
    page.fill('[name="email"]', "no address")
    page.click("main .btn-primary >> nth=0")
    expect(page.locator(".invalid-feedback")).to_contain_text("no address")
    assert page.input_value('[name="name"]') == "林新"
    admin.complaints.clear()
    page.fill('[name="email"]', "linxin@qinghe.example")
    page.fill('[name="role"]', "业务代表")
    page.get_by_role("option", name="业务代表").first.click()
    page.click("main .btn-primary >> nth=0")
    expect(page.locator("h1")).to_have_text("林新")
    page.click("text=Give a login")
    page.fill('[name="password"]', DEMO_PASSWORD)
    page.locator(".page-actions .btn-primary").click()
    expect(page.locator(".notices")).to_be_visible()
    visitor = visit("linxin@qinghe.example")
    expect(visitor.page.locator("nav.side")).to_contain_text("Opportunities")
    expect(visitor.page.locator("nav.side")).not_to_contain_text("People")


def test_the_side_menu_shows_where_an_admin_is(visit: Open) -> None:
    page = visit(ADMIN).go("/core/health")
    expect(page.locator(".side-nav [aria-current=page]")).to_be_in_viewport()


def test_a_refused_share_keeps_what_was_chosen(visit: Open) -> None:
    visitor = visit(REP)
    page = visitor.go("/crm/accounts?scope=mine")
    page.locator("table tbody td a").first.click()
    page.wait_for_url("**/crm/accounts/*")
    visitor.go(page.url.removeprefix(visitor.base).partition("?")[0] + "/access")
    page.fill("#share-user", "Nobody of that name")
    page.select_option("#share-level", "edit")
    page.fill("#share-until", "2030-01-31")
    page.get_by_role("button", name="Share it").click()
    expect(page.locator(".notices")).to_contain_text("nobody called Nobody of that name")
    assert page.input_value("#share-user") == "Nobody of that name"
    assert page.input_value("#share-level") == "edit"
    assert page.input_value("#share-until") == "2030-01-31"
    visitor.check()


def test_a_manager_s_monday(visit: Open) -> None:
    manager = visit(MANAGER, width="phone")
    page = manager.go("/")
    card = page.locator(".home-card", has_text="Opportunities that need you")
    expect(card.locator("li").first).to_be_visible()
    card.locator("li a").first.click()
    page.wait_for_url("**/crm/opportunities/*")
    page.locator("textarea[name=text]").first.fill("When do we hear from them?")
    page.get_by_role("button", name="Comment", exact=True).first.click()
    expect(page.locator(".timeline")).to_contain_text("When do we hear from them?")

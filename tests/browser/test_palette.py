"""The palette and the keys: everything without a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LOOKS, Open, Visitor, open_palette, settled

REP = "wanglei@qinghe.example"
ENGLISH_REP = "ann@harbour.example"
ADMIN = "admin@xiaoguan.example"


def choice(page: Page) -> str:
    """The label of the line that Enter would open, as it is told to a screen reader."""
    said = page.get_attribute("#palette-q", "aria-activedescendant")
    return page.locator(f"#{said} .palette-label").inner_text() if said else ""


def test_a_record_is_found_by_its_initials_and_opened(visit: Open) -> None:
    visitor = visit(REP, language="zh")
    page = visitor.go("/crm/accounts")
    name = page.locator("table.records tbody td:not(.tick) a").first.inner_text()
    from core.search.tokens import Kind, tokens_of

    initials = next(token for kind, token in tokens_of(name, ()) if kind == Kind.INITIALS)
    open_palette(page, initials)
    visitor.check()
    page.locator(".palette-line", has_text=name).first.hover()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(name)
    open_palette(page)
    assert choice(page) == name, "what was opened last comes first"


def test_a_command_is_run_by_the_keyboard_alone(visit: Open) -> None:
    visitor = visit(ENGLISH_REP)
    page = visitor.go("/")
    open_palette(page, "new opp")
    assert choice(page) == "New opportunity"
    page.keyboard.press("Enter")
    page.wait_for_url("**/crm/opportunities/new")


def test_enter_waits_for_what_was_typed_last(visit: Open) -> None:
    page = visit(ENGLISH_REP).go("/")
    open_palette(page)
    page.keyboard.type("new lead")
    page.keyboard.press("Enter")
    page.wait_for_url("**/crm/leads/new")


def test_arrows_go_round_and_the_focus_stays(visit: Open) -> None:
    page = visit(ENGLISH_REP).go("/")
    open_palette(page)
    labels = page.locator("#palette .palette-label").all_inner_texts()
    assert choice(page) == labels[0]
    page.keyboard.press("ArrowUp")
    assert choice(page) == labels[-1]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert choice(page) == labels[1]
    expect(page.locator("#palette-q")).to_be_focused()


def test_escape_gives_the_focus_back(visit: Open) -> None:
    page = visit(ENGLISH_REP).go("/crm/accounts")
    page.locator("#q").focus()
    open_palette(page, "x")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    expect(page.locator("#q")).to_be_focused()
    open_palette(page)
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_hidden()


def test_the_language_changes_where_one_is(visit: Open) -> None:
    visitor = visit(ENGLISH_REP)
    page = visitor.go("/crm/accounts?sort=-name")
    open_palette(page, "中文")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    assert page.url.endswith("/crm/accounts?sort=-name")
    visitor.read("en")


def test_the_company_is_switched_and_the_session_ended(visit: Open) -> None:
    visitor = visit(ADMIN)
    visitor.work_for("Harbour Instruments")
    page = visitor.go("/crm/accounts")
    open_palette(page, "清河")
    page.keyboard.press("Enter")
    expect(page.locator(".side .switcher .name").first).to_have_text("清河科技")
    open_palette(page, "log out")
    page.keyboard.press("Enter")
    page.wait_for_url("**/login")


@pytest.mark.parametrize(("language", "width", "dark"), LOOKS)
def test_nobody_is_shut_out(visit: Open, language: str, width: str, dark: bool) -> None:
    email = {"zh": REP, "en": ENGLISH_REP}[language]
    visitor: Visitor = visit(email, language=language, width=width, dark=dark)
    page = visitor.go("/crm/accounts")
    page.locator("[data-palette]:visible").first.click()
    settled(page)
    visitor.check()
    page.keyboard.type("a")
    settled(page, "a")
    visitor.check()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    visitor.check()
    visitor.go("/search?q=a")
    visitor.check()


def test_an_answer_that_took_long_is_plain_to_read_at_once(visit: Open) -> None:
    """Who wants no motion waits for no picture between: axe would find the text dimmed."""
    page = visit(ENGLISH_REP).go("/")
    open_palette(page)
    dimmed = page.evaluate(
        """async () => {
          const palette = document.getElementById("palette"), said = [];
          const results = document.getElementById("palette-results");
          const look = () => said.push(getComputedStyle(results).opacity);
          palette.setAttribute("aria-busy", "true");
          await new Promise((done) => setTimeout(done, 700));
          look();
          palette.removeAttribute("aria-busy");
          look();
          return said;
        }"""
    )
    assert dimmed == ["0.6", "1"]


def test_what_fails_is_said_and_what_was_typed_stays(visit: Open) -> None:
    visitor = visit(ENGLISH_REP)
    page = visitor.go("/crm/accounts")
    open_palette(page)
    said = "<p data-error>Something went wrong here.</p>"
    page.route("**/search/palette*", lambda route: route.fulfill(status=500, body=said))
    page.keyboard.type("kea")
    expect(page.locator("#palette-results")).to_have_text("Something went wrong here.")
    expect(page.locator("#palette-q")).to_have_value("kea")


def test_without_script_there_is_a_page(visit: Open) -> None:
    visitor = visit("", script=False)
    visitor.log_in(ENGLISH_REP)
    page = visitor.go("/crm/accounts")
    page.click("a.search-link")
    page.fill("#q", "new account")
    page.keyboard.press("Enter")
    page.click("text=New account")
    assert page.url.endswith("/crm/accounts/new")


def test_rows_are_walked_and_opened(visit: Open) -> None:
    visitor = visit(ENGLISH_REP)
    page = visitor.go("/crm/accounts")
    names = page.locator("table.records tbody td:nth-child(2) a").all_inner_texts()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.innerText") == names[1]
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(names[1])


def test_single_keys_search_and_create_but_not_while_typing(visit: Open) -> None:
    page = visit(ENGLISH_REP).go("/crm/accounts")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("c?/")
    expect(page.locator("#q")).to_have_value("c?/")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.locator("main").focus()
    page.keyboard.press("c")
    expect(page.locator("#dialogs dialog[open]")).to_be_visible()

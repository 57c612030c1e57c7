"""A record's page by hand: typing, talking, attaching, two people at once, a session that ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LOOKS, Open, Visitor
from tests.browser.test_pages import MANAGER, REP
from tests.files.samples import GOOD

TEAM_MANAGER = "linyue@qinghe.example"
OPEN = "/crm/opportunities?outcome=open&sort=name"


def first(visitor: Visitor, address: str = OPEN) -> Page:
    """The page of the first record of a list."""
    page = visitor.go(address)
    page.locator("tr[data-row] a >> nth=0").click()
    page.wait_for_load_state("networkidle")
    return page


def refused(visitor: Visitor) -> None:
    """The browser notes every answer of 4xx; here they are meant."""
    assert all("status of 4" in text for text in visitor.complaints), visitor.complaints
    visitor.complaints.clear()


def test_what_is_touched_shows_and_is_saved_by_keys(visit: Open) -> None:
    visitor = visit(REP)
    page = first(visitor)
    bar = page.locator("[data-save-bar]")
    expect(bar).to_be_hidden()
    before = page.input_value("#f-next_step")
    page.fill("#f-next_step", "Send samples")
    expect(bar).to_contain_text("Next step")
    visitor.check()
    page.click("[data-discard]")
    expect(bar).to_be_hidden()
    assert page.input_value("#f-next_step") == before
    page.fill("#f-next_step", "Send samples")
    page.keyboard.press("Control+s")
    expect(page.locator(".notices")).to_contain_text("Saved.")
    expect(page.locator(".timeline li >> nth=0")).to_contain_text("Next step")


def test_leaving_with_something_typed_asks_first(visit: Open) -> None:
    page = first(visit(REP))
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.fill("#f-next_step", "Not saved")
    page.locator("a.side-link >> nth=1").click()
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert page.input_value("#f-next_step") == "Not saved"


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_somebody_is_named_in_a_comment_and_reads_it(visit: Open, width: str) -> None:
    visitor, manager = visit(REP, width=width), visit(TEAM_MANAGER)
    page = first(visitor)
    page.locator("#comment").click()
    page.keyboard.type("Look, @lin", delay=40)
    proposals = page.locator("#comment-people [role=option]")
    expect(proposals.first).to_contain_text("林悦")
    visitor.check()
    page.keyboard.press("Enter")
    page.keyboard.type("and https://a.example/x.")
    page.keyboard.press("Control+Enter")
    said = page.locator(".comment-text").first
    expect(said).to_have_text("Look, @林悦 and https://a.example/x.")
    expect(said.locator("a.mention")).to_have_text("@林悦")
    expect(page.locator("#comment")).to_have_value("")
    other = manager.go("/")
    other.click("[data-bell] > summary")
    notice = other.locator(".bell-body .notice.unread").first
    expect(notice).to_contain_text("mentioned you")
    manager.check()
    notice.locator("a").first.click()
    expect(other.locator(".comment-text").first).to_contain_text("@林悦")
    other.wait_for_load_state("networkidle")
    other.goto(manager.base + "/notifications")
    first_line = other.locator(".notice").first
    expect(first_line).to_contain_text("mentioned you")
    expect(first_line).not_to_have_class("notice unread")


def test_a_comment_is_changed_and_deleted(visit: Open) -> None:
    page = first(visit(REP))
    page.fill("#comment", "Wrong")
    page.locator(".composer > .btn").first.click()
    line = page.locator(".of-comment").first
    expect(line).to_contain_text("Wrong")
    line.hover()
    line.locator("summary").click()
    line.locator("textarea").fill("Right")
    line.get_by_role("button", name="Save").click()
    expect(page.locator(".of-comment").first).to_contain_text("Right")
    line = page.locator(".of-comment").first
    line.hover()
    line.locator("summary").click()
    line.get_by_role("button", name="Delete comment").click()
    expect(page.locator(".comment-text", has_text="Right")).to_have_count(0)


def test_files_are_chosen_dropped_and_refused(visit: Open, tmp_path: Path) -> None:
    visitor = visit(REP)
    page = first(visitor)
    for name, kind in (("合同 A.pdf", "pdf"), ("fake.png", "zip")):
        (tmp_path / name).write_bytes(GOOD[kind])
    page.set_input_files("#file", [tmp_path / "合同 A.pdf", tmp_path / "fake.png"])
    expect(page.locator(".files .file a").first).to_have_text("合同 A.pdf")
    expect(page.locator("[data-attach-said]")).to_contain_text("“fake.png” is not what")
    refused(visitor)
    page.evaluate(
        """() => {
          const carried = new DataTransfer();
          carried.items.add(new File(["plain"], "dropped.txt", {type: "text/plain"}));
          for (const kind of ["dragenter", "drop"]) document.querySelector(".record")
            .dispatchEvent(new DragEvent(kind, {dataTransfer: carried, bubbles: true}));
        }"""
    )
    expect(page.locator(".files .file a").first).to_have_text("dropped.txt")
    expect(page.locator(".timeline li >> nth=0")).to_contain_text("dropped.txt")
    visitor.check()
    with page.expect_download() as loading:
        page.locator(".files .file a").first.click()
    assert loading.value.suggested_filename == "dropped.txt"
    assert Path(loading.value.path()).read_text() == "plain"


def test_tabs_and_a_new_record_from_there(visit: Open) -> None:
    visitor = visit(REP)
    page = first(visitor, "/crm/accounts?sort=name")
    page.fill("#f-phone", "+86 21 5555 0101")
    tab = page.locator(".record-tabs a", has_text="Contacts")
    count = int(tab.locator(".num").inner_text())
    tab.click()
    expect(page.locator("#related h2")).to_have_text("Contacts")
    expect(page.locator("#record")).to_be_hidden()
    assert "tab=contacts" in page.url
    page.locator(".record-tabs a >> nth=0").click()
    expect(page.locator("#f-phone")).to_have_value("+86 21 5555 0101")
    page.click("[data-discard]")
    tab.click()
    page.click("#related .related-head a")
    dialog = page.locator("dialog[open]")
    expect(dialog.locator("h2")).to_contain_text("New")
    visitor.check()
    dialog.get_by_role("button", name="Create", exact=True).click()
    expect(dialog.locator("[aria-invalid=true]").first).to_be_focused()
    refused(visitor)
    dialog.locator("[name=name]").fill("Zoe Zhang")
    dialog.get_by_role("button", name="Create", exact=True).click()
    expect(page.locator(".notices")).to_contain_text("created")
    expect(page.locator("#related tbody")).to_contain_text("Zoe Zhang")
    expect(page.locator(".record-tabs a[aria-current] .num")).to_have_text(str(count + 1))


def test_two_people_save_and_one_chooses(visit: Open) -> None:
    one, two = visit(REP), visit(MANAGER)
    page = first(one)
    other = two.go(page.url.removeprefix(two.base))
    other.fill("#f-next_step", "Theirs")
    other.keyboard.press("Control+s")
    expect(other.locator(".notices")).to_contain_text("Saved.")
    page.fill("#f-next_step", "Mine")
    page.keyboard.press("Control+s")
    expect(page.locator(".clash")).to_contain_text("Theirs")
    refused(one)
    one.check()
    expect(page.locator("#f-next_step")).to_have_value("Mine")
    page.locator(".clash label", has_text="Saved now").click()
    expect(page.locator("#f-next_step")).to_have_value("Theirs")
    page.locator(".clash label", has_text="You typed").click()
    page.keyboard.press("Control+s")
    expect(page.locator(".notices")).to_contain_text("Saved.")
    expect(page.locator("#f-next_step")).to_have_value("Mine")


def test_a_session_that_ended_loses_nothing(visit: Open) -> None:
    visitor = visit(REP)
    page = first(visitor)
    page.fill("#f-next_step", "Typed before it ended")
    page.context.clear_cookies()
    page.keyboard.press("Control+s")
    expect(page.locator(".alert")).to_contain_text("what you typed is kept")
    refused(visitor)
    visitor.check()
    page.fill("#email", REP)
    page.fill("#password", "demo-demo")
    page.click("form.card-box button")
    expect(page.locator("#f-next_step")).to_have_value("Typed before it ended")
    visitor.check()
    page.keyboard.press("Control+s")
    expect(page.locator(".notices")).to_contain_text("Saved")


def test_without_script_it_is_read_and_written_too(visit: Open) -> None:
    visitor = visit(REP, script=False)
    page = visitor.go("/crm/accounts?sort=name")
    page.locator("tr[data-row] a >> nth=0").click()
    page.fill("#comment", "Without script")
    page.locator(".composer > .btn").first.click()
    assert "Without script" in page.locator(".comment-text").first.inner_text()
    page.locator(".record-tabs a", has_text="Contacts").click()
    assert page.locator("#related h2").inner_text() == "Contacts"
    page.locator(".record-tabs a >> nth=0").click()
    page.fill("#f-phone", "+86 21 5555 0102")
    page.locator(".save-bar .btn-primary").click()
    assert page.input_value("#f-phone") == "+86 21 5555 0102"


@pytest.mark.parametrize(("theme", "dark"), [("dark", False), ("light", True)])
def test_the_chosen_theme_wins_over_the_systems(visit: Open, theme: str, dark: bool) -> None:
    visitor = visit(REP, dark=dark)
    page = visitor.go("/profile")
    page.select_option("#f-theme", theme)
    page.select_option("#f-density", "compact")
    page.click(".page-actions .btn-primary")
    expect(page.locator("html")).to_have_attribute("data-theme", theme)
    shade = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert shade == {"dark": "rgb(23, 24, 28)", "light": "rgb(255, 255, 255)"}[theme]
    visitor.check()
    first(visitor)
    visitor.check()
    page = visitor.go("/profile")
    page.select_option("#f-theme", "system")
    page.select_option("#f-density", "comfortable")
    page.click(".page-actions .btn-primary")
    expect(page.locator("html[data-theme]")).to_have_count(0)


@pytest.mark.parametrize(("language", "width", "dark"), LOOKS)
def test_pages_around_a_record_are_sound(
    visit: Open, language: str, width: str, dark: bool
) -> None:
    visitor = visit(REP, language=language, width=width, dark=dark)
    page = first(visitor)
    visitor.check()
    here = page.url.removeprefix(visitor.base).partition("?")[0]
    for path in (f"{here}/access", f"{here}?show=changes", "/notifications", "/profile"):
        visitor.go(path)
        visitor.check()
    page.goto(visitor.base + here)
    page.emulate_media(media="print")
    assert page.locator(".save-bar").is_hidden() and page.locator(".composer").first.is_hidden()

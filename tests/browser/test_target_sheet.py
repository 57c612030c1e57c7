"""The sheet of targets as a spreadsheet: keys, pasting, undoing, and two people at once."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from core.extensions import db
from plugins.targets.models import Target
from tests.browser.conftest import Open, Site, Visitor

MANAGER = "chenli@qinghe.example"
PASTE = """([input, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const how = { clipboardData: data, bubbles: true, cancelable: true };
  input.dispatchEvent(new ClipboardEvent("paste", how));
}"""


def cells(page: Page, row: int) -> list[str]:
    """What stands in the first months of a person."""
    found = page.locator("tr[data-person]").nth(row).locator("td.cell input")
    return [found.nth(i).input_value() for i in range(4)]


def paste(page: Page, text: str) -> None:
    page.evaluate(PASTE, [page.evaluate_handle("document.activeElement"), text])


def opened(visit: Open, year: int) -> tuple[Visitor, Page]:
    visitor = visit(MANAGER, language="en")
    page = visitor.go(f"/targets/grid?by=month&year={year}")
    page.wait_for_load_state("networkidle")
    return visitor, page


def test_walking_typing_pasting_filling_and_undoing(visit: Open) -> None:
    visitor, page = opened(visit, 2031)
    first = page.locator("td.cell input").first
    first.click()
    page.keyboard.type("1200")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("1.5万")
    page.keyboard.press("Enter")
    expect(page.locator("tr[data-person]").nth(1).locator("td.cell input").nth(1)).to_be_focused()
    assert cells(page, 0) == ["1200", "1.5万", "", ""]
    assert page.locator("tr[data-person]").first.locator("[data-sum=all]").inner_text() == "16,200"
    assert page.locator("[data-whole] [data-sum=all]").inner_text() == "16,200"
    first.click()
    paste(page, "5,000\t\t7,000\r\n8000\t9000\t\r\n")
    assert cells(page, 0) == ["5,000", "1.5万", "7,000", ""]
    assert cells(page, 1) == ["8000", "9000", "", ""]
    expect(page.locator(".toast-line").last).to_contain_text("4 cells pasted. 2 empty ones")
    page.keyboard.press("Control+z")
    assert cells(page, 0) == ["1200", "1.5万", "", ""]
    page.keyboard.press("Control+y")
    assert cells(page, 1) == ["8000", "9000", "", ""]
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Control+r")
    assert cells(page, 0) == ["5,000"] * 4
    expect(page.locator("[data-count]")).to_have_text("6 changed")
    visitor.check()
    page.keyboard.press("Control+s")
    expect(page.locator(".toast-line").last).to_have_text("6 targets saved.")
    expect(page.locator("[data-count]")).to_have_text("")
    page.reload()
    assert cells(page, 0) == ["5,000"] * 4


def test_what_another_has_set_meanwhile_stands_beside_mine(visit: Open, site: Site) -> None:
    visitor, page = opened(visit, 2032)
    page.locator("tr[data-person]").nth(1).locator("td.cell input").first.click()
    paste(page, "8,000\t9,000")
    page.keyboard.press("Control+s")
    expect(page.locator("[data-count]")).to_have_text("")
    with site.installation.working("qinghe"):
        target = db.session.scalars(
            sa.select(Target).where(Target.start == dt.date(2032, 1, 1), Target.amount == 8_000_00)
        ).one()
        target.amount = 8_500_00
    mine = page.locator("tr[data-person]").nth(1).locator("td.cell input").first
    mine.click()
    page.keyboard.type("8100")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Delete")
    expect(page.locator("[data-count]")).to_have_text("1 changed · 1 to delete")
    page.click("text=Save changes")
    problem = page.locator("[data-problems] li")
    expect(problem).to_contain_text("8,500 meanwhile. You typed “8100”.")
    assert cells(page, 1)[:2] == ["8100", ""]
    visitor.check()
    problem.locator("text=Keep mine").click()
    page.keyboard.press("Control+s")
    expect(page.locator("[data-count]")).to_have_text("")
    assert cells(page, 1)[:2] == ["8,100", ""]
    page.reload()
    assert cells(page, 1)[:2] == ["8,100", ""]

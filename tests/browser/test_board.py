"""A card of one's own dragged with the mouse: past a gate, and back with the reason."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Visitor
from tests.browser.test_lists import settled

ADMIN, REP = "admin@xiaoguan.example", "ann@harbour.example"
BOARD = "/crm/opportunities?view=kanban&q="


def ask_for_amounts(visitor: Visitor, fields: str) -> None:
    """Have the administrator say what an opportunity must hold in the second stage."""
    visitor.work_for("Harbour Instruments")
    page = visitor.go("/crm/stages")
    page.get_by_role("link", name="Qualification").first.click()
    page.fill('[name="required_fields"]', fields)
    page.keyboard.press("Control+s")
    expect(page.locator(".notices")).to_contain_text("Saved")


def create(visitor: Visitor, name: str, amount: str) -> None:
    page = visitor.go("/crm/opportunities/new")
    page.fill('[name="name"]', name)
    page.fill('[name="amount"]', amount)
    page.click("main .btn-primary >> nth=0")
    expect(page.locator("h1")).to_have_text(name)


def drag(page: Page, lane: int) -> None:
    """Drag the only card of the board to a column."""
    start = page.locator("[data-card]").bounding_box()
    goal = page.locator("[data-lane]").nth(lane).bounding_box()
    assert start is not None and goal is not None
    page.mouse.move(start["x"] + 40, start["y"] + start["height"] - 8)
    page.mouse.down()
    page.mouse.move(goal["x"] + goal["width"] / 2, goal["y"] + 120, steps=12)
    page.mouse.up()


def test_the_mouse_drags_a_card_through_a_gate_or_it_springs_back(visit: Open) -> None:
    admin, rep = visit(ADMIN), visit(REP)
    ask_for_amounts(admin, "amount")
    create(rep, "Dragged with an amount", "1,200")
    create(rep, "Dragged without one", "")
    page = rep.go(BOARD + "Dragged+with+an")
    lanes = page.locator("[data-lane]")
    expect(lanes.nth(0).locator("[data-card]")).to_have_count(1)
    drag(page, 1)
    expect(lanes.nth(1).locator("[data-card]")).to_have_count(1)
    expect(page.locator("#toasts")).to_contain_text("Moved to Qualification")
    settled(page)
    rep.check()
    page = rep.go(BOARD + "Dragged+without")
    drag(page, 1)
    expect(page.locator("#toasts")).to_contain_text("Not moved")
    expect(page.locator("#toasts")).to_contain_text("Amount")
    expect(lanes.nth(0).locator("[data-card]")).to_have_count(1)
    page.reload()
    expect(lanes.nth(0).locator("[data-card]")).to_have_count(1)
    ask_for_amounts(admin, "")

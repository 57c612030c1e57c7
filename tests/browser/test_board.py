"""A card dragged with the mouse, past a gate and back with the reason; and by a finger."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from plugin_api.context import today
from plugin_api.host import host
from plugins.swot.models import Analysis, Item
from tests.browser.conftest import WIDTHS, Open, Site, Visitor
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


def finger(page: Page) -> Callable[[str, float, float], None]:
    """A finger on the screen: ``("touchStart", x, y)``, ``touchMove``, ``touchEnd``."""
    session = page.context.new_cdp_session(page)

    def touch(kind: str, x: float = 0, y: float = 0) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    return touch


def test_a_finger_drags_a_card_of_the_swot_board_beyond_the_screen(visit: Open, site: Site) -> None:
    with site.installation.working("qinghe"):
        made = host().records.create(Analysis, {"name": "Dragged by a finger", "on": today()})
        for number, quadrant in enumerate(("strength", "strength", "weakness", "opportunity")):
            values = {"name": f"Thing {number}", "quadrant": quadrant, "intensity": 3}
            host().records.create(Item, {"analysis_id": made.id, **values})
        analysis = made.id
    visitor = visit(ADMIN, width="phone")
    visitor.work_for("清河科技")
    page = visitor.go(f"/swot/board/{analysis}")
    lanes = page.locator("[data-lane]")
    card = lanes.nth(0).locator("[data-card]").first
    name = card.locator(".board-card-title").inner_text()
    box = card.bounding_box()
    assert box is not None
    touch, x, y = finger(page), box["x"] + 60, box["y"] + box["height"] - 8
    # A finger that moves at once scrolls.
    touch("touchStart", x, y)
    for step in range(1, 6):
        touch("touchMove", x, y - 40 * step)
    touch("touchEnd")
    expect(page.locator(".dragging")).to_have_count(0)
    expect(lanes.nth(0).locator("[data-card]", has_text=name)).to_have_count(1)
    page.goto("about:blank")
    visitor.go(f"/swot/board/{analysis}")
    # One that rests first drags, and at the edge the page comes along.
    box = card.bounding_box()
    assert box is not None
    x, y = box["x"] + 60, box["y"] + box["height"] - 8
    touch("touchStart", x, y)
    expect(page.locator(".board-card.dragging")).to_have_count(1)
    low = WIDTHS["phone"][1] - 20
    touch("touchMove", x, low)
    expect(lanes.nth(3)).to_be_in_viewport(ratio=0.9)
    goal = lanes.nth(3).bounding_box()
    assert goal is not None
    touch("touchMove", x, goal["y"] + 30)
    touch("touchEnd")
    expect(lanes.nth(3).locator("[data-card]", has_text=name)).to_have_count(1)
    settled(page)
    page.reload()
    expect(lanes.nth(3).locator("[data-card]", has_text=name)).to_have_count(1)
    visitor.check()

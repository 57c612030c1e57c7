"""Lists, boards and calendars by hand: what script makes quick, by mouse, touch and keyboard."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Visitor
from tests.browser.test_pages import MANAGER, REP

LIST = "/crm/opportunities"


def first_cell(page: Page, head: str) -> str:
    """A selector for the first row's cell under a head."""
    heads = page.locator("thead th[scope=col]").all_inner_texts()
    at = [text.strip() for text in heads].index(head)
    return f"tr[data-row] >> nth=0 >> td >> nth={at}"


def settled(page: Page) -> None:
    """The list was drawn anew after what was done to it."""
    page.wait_for_timeout(300)
    expect(page.locator(".htmx-request, .waiting")).to_have_count(0)


def refused(visitor: Visitor) -> None:
    """The browser notes every answer of 4xx; here they are meant."""
    assert all("status of 4" in text for text in visitor.complaints), visitor.complaints
    visitor.complaints.clear()


def test_a_cell_is_changed_by_keyboard(visit: Open) -> None:
    visitor = visit(REP)
    page = visitor.go(f"{LIST}?outcome=open&sort=name")
    cell = page.locator(first_cell(page, "Amount"))
    cell.click()
    expect(cell).to_be_focused()
    page.keyboard.press("Enter")
    box = page.locator(".cell-form input:not([type=hidden])")
    expect(box).to_be_focused()
    box.fill("much")
    page.keyboard.press("Enter")
    expect(page.locator(".cell-form .invalid-feedback")).to_have_text("“much” is not a number.")
    expect(box).to_have_value("much")
    refused(visitor)
    visitor.check()
    box.fill("4,321")
    page.keyboard.press("Enter")
    expect(cell).to_contain_text("4,321.00")
    expect(cell).to_be_focused()
    page.keyboard.press("F2")
    expect(page.locator(".cell-form")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".cell-form")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.locator("[name=ids]").nth(1)).to_be_checked()


def test_two_people_change_one_cell(visit: Open) -> None:
    one, two = visit(REP), visit(MANAGER)
    page = one.go(f"{LIST}?outcome=open&columns=name,next_step")
    number = page.locator("tr[data-row] >> nth=0").get_attribute("data-row")
    page.locator(first_cell(page, "Next step")).dblclick()
    expect(page.locator(".cell-form")).to_be_visible()
    other = two.go(f"{LIST}?id={number}&columns=name,next_step")
    other.locator(first_cell(other, "Next step")).dblclick()
    other.fill(".cell-form [name=next_step]", "Visit them")
    other.keyboard.press("Enter")
    expect(other.locator(first_cell(other, "Next step"))).to_contain_text("Visit them")
    page.fill(".cell-form [name=next_step]", "Call them")
    page.keyboard.press("Enter")
    expect(page.locator(".cell-form")).to_contain_text("this is “Visit them” now")
    expect(page.locator(".cell-form [name=next_step]")).to_have_value("Call them")
    refused(one)
    settled(page)
    page.keyboard.press("Enter")
    expect(page.locator(first_cell(page, "Next step"))).to_contain_text("Call them")


def test_filters_open_narrow_and_stay_in_the_address(visit: Open) -> None:
    visitor = visit(MANAGER)
    page = visitor.go(LIST)
    page.click("#more-filters summary")
    page.click("[data-opens=filter-expected_close]")
    menu = page.locator("#filter-expected_close")
    expect(menu.locator(".menu-body")).to_be_visible()
    menu.get_by_text("This quarter").click()
    expect(page).to_have_url(re.compile("expected_close__period=this_quarter"))
    expect(menu.locator("summary")).to_contain_text("This quarter")
    page.keyboard.press("Escape")
    page.locator("#q").fill("校准")
    expect(page).to_have_url(re.compile("q="))
    page.get_by_role("link", name="Clear all").click()
    expect(page.locator("#q")).to_have_value("")
    visitor.check()


def test_conditions_are_put_together_in_a_dialog(visit: Open) -> None:
    visitor = visit(MANAGER)
    page = visitor.go(LIST)
    page.click("#more-filters summary")
    page.click("#more-filters >> text=Any field")
    dialog = page.locator("dialog[open]")
    expect(page.locator("details.menu[open]")).to_have_count(0)
    dialog.locator("[name=f0]").select_option("amount")
    expect(dialog.locator("[name=o0]")).to_have_value("gte")
    dialog.locator("[name=v0]").fill("50000")
    dialog.get_by_role("button", name="Group").click()
    dialog.locator("[name=f1]").select_option("outcome")
    dialog.locator("[name=v1][value=won]").check()
    dialog.locator("[name=f2]").select_option("expected_close")
    expect(dialog.locator("[name=o2]")).to_have_value("period")
    visitor.check()
    dialog.locator(".dialog-foot .btn-primary").click()
    expect(page.locator(".chip.condition").first).to_contain_text("Amount is at least 50,000")
    where = json.loads(parse_qs(urlsplit(page.url).query)["where"][0])
    assert where == {
        "all": [
            {"amount__gte": "50000"},
            {"any": [{"outcome__in": "won"}, {"expected_close__period": "today"}]},
        ]
    }
    page.get_by_role("link", name="Remove: Amount is at least 50,000").click()
    expect(page.locator(".chip.condition")).to_have_count(1)


def test_a_view_is_saved_and_opens_first(visit: Open) -> None:
    visitor = visit(MANAGER)
    page = visitor.go(f"{LIST}?outcome=open&sort=-amount")
    page.get_by_role("link", name="Save view").click()
    page.fill("#view-name", "The large ones")
    page.check("dialog [name=first]")
    visitor.check()
    page.click("dialog .btn-primary")
    tab = page.locator(".tab", has_text="The large ones")
    expect(tab).to_have_attribute("aria-current", "page")
    visitor.go(LIST)
    assert "sort=-amount" in page.url
    page.locator(".tab-menu").click()
    page.click("dialog >> text=Delete…")
    page.click("dialog [value=deleted]")
    expect(page.locator(".tab", has_text="The large ones")).to_have_count(0)


def test_many_are_changed_from_a_dialog_and_the_list_follows(visit: Open) -> None:
    visitor = visit(MANAGER)
    page = visitor.go(f"{LIST}?outcome=open&columns=name,next_step&sort=name")
    for i in (0, 1):
        page.locator("[name=ids]").nth(i).check()
    page.click("#bulk >> text=Change…")
    page.select_option("#bulk-field", "next_step")
    page.fill("dialog [name=next_step]", "Ask for the budget")
    visitor.check()
    page.click("dialog .btn-primary")
    expect(page.locator("#toasts")).to_contain_text("2 records changed.")
    expect(page.locator("tr[data-row] >> nth=1")).to_contain_text("Ask for the budget")


def test_a_card_goes_by_keyboard_by_menu_and_back_when_refused(visit: Open) -> None:
    visitor = visit(REP)
    page = visitor.go(f"{LIST}?view=kanban")
    lanes = page.locator("[data-lane]")
    card = lanes.nth(0).locator("[data-card]").first
    name = card.get_attribute("data-card")
    card.locator(".board-card-title").focus()
    page.keyboard.press("Alt+ArrowRight")
    moved = lanes.nth(1).locator(f'[data-card="{name}"]')
    expect(moved).to_be_visible()
    expect(page.locator("#toasts")).to_contain_text("Moved to")
    expect(page.locator(f"#card-{name}")).to_be_focused()
    settled(page)
    moved.locator("[data-move-menu]").click()
    expect(page.locator(".move-menu")).to_be_visible()
    visitor.check()
    page.locator(".move-menu button").first.click()
    back = lanes.nth(0).locator(f'[data-card="{name}"]')
    expect(back).to_be_visible()
    settled(page)
    said = {"message": "Say what it is worth.", "open": f"{LIST}/{name}"}
    page.route("**/transitions/*", lambda route: route.fulfill(status=422, json=said))
    back.locator(".board-card-title").focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator("#toasts")).to_contain_text("Not moved. Say what it is worth.")
    expect(page.locator("#toasts a")).to_have_attribute("href", f"{LIST}/{name}")
    refused(visitor)
    expect(back).to_be_visible()


def test_a_finger_drags_a_card_on_a_phone(visit: Open) -> None:
    visitor = visit(REP, width="phone")
    page = visitor.go(f"{LIST}?view=kanban")
    expect(page.locator("#filters")).to_be_hidden()
    page.locator("[data-fold-filters]").click()
    expect(page.locator("#filters")).to_be_visible()
    page.locator("[data-fold-filters]").click()
    card = page.locator("[data-card]").first
    box, name = card.bounding_box(), card.get_attribute("data-card")
    assert box is not None
    x, y = box["x"] + 60, box["y"] + 20
    pen = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        pen.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]},
        )

    touch("touchStart", (x, y))
    page.wait_for_timeout(400)
    for step in range(1, 9):
        touch("touchMove", (x + step * 33, y))
        page.wait_for_timeout(40)
    touch("touchEnd")
    second = page.locator("[data-lane]").nth(1)
    expect(second.locator(f'[data-card="{name}"]')).to_have_count(1)


def test_a_calendar_by_mouse_and_keyboard(visit: Open) -> None:
    visitor = visit(REP)
    page = visitor.go(f"{LIST}?view=calendar&outcome=open")
    mark = page.locator("[data-mark]").first
    name = mark.get_attribute("data-mark")
    days = page.locator(".cal-day")
    day = mark.evaluate("mark => mark.closest('.cal-day').dataset.day")
    at = days.evaluate_all("(all, day) => all.findIndex(d => d.dataset.day === day)", day)
    goal = days.nth(at + 7 if at < 28 else at - 7)
    mark.drag_to(goal)
    expect(goal.locator(f'[data-mark="{name}"]')).to_be_visible()
    settled(page)
    page.locator(f"#mark-{name}").focus()
    page.keyboard.press("Alt+ArrowUp" if at < 28 else "Alt+ArrowDown")
    expect(days.nth(at).locator(f'[data-mark="{name}"]')).to_be_visible()
    settled(page)
    expect(page.locator(f"#mark-{name}")).to_be_focused()
    page.locator(".cal-frame").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    dialog = page.locator("dialog[open]")
    expect(dialog.locator("[name=expected_close]")).not_to_have_value("")
    visitor.check()


def test_the_days_of_a_phone_stand_one_below_the_other(visit: Open) -> None:
    visitor = visit(REP, width="phone", language="zh")
    page = visitor.go(f"{LIST}?view=calendar")
    first, second = (page.locator(".cal-day:visible").nth(i).bounding_box() for i in (0, 1))
    assert first is not None and second is not None
    assert second["y"] > first["y"] and second["x"] == first["x"]
    visitor.check()


def test_groups_fold_and_the_board_s_columns_too(visit: Open) -> None:
    visitor = visit(MANAGER)
    page = visitor.go(f"{LIST}?group=stage")
    head = page.locator(".group-head").first
    rows = page.locator("tr[data-row]")
    before = rows.count()
    head.locator(".fold").click()
    expect(page.locator(".group-head .fold").first).to_have_attribute("aria-expanded", "false")
    assert rows.count() != before or "fold=" in page.url
    visitor.check()
    visitor.go(f"{LIST}?view=kanban")
    expect(page.locator(".lane.folded")).to_have_count(2)
    page.locator(".lane-fold").first.click()
    expect(page.locator(".lane.folded")).to_have_count(3)
    visitor.check()

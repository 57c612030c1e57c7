"""An administrator adds a field; a rep uses it at once."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Open, Visitor

FIELDS = "/core/custom_fields"


def test_a_field_is_there_for_everybody_at_once(visit: Open) -> None:
    rep = visit("wanglei@qinghe.example")
    rep.go("/crm/accounts?columns=name,x_gate_code")
    assert rep.page.locator("th", has_text="Gate code").count() == 0

    admin = visit("admin@xiaoguan.example")
    admin.go("/")
    admin.work_for("清河科技")
    page = admin.go(f"{FIELDS}/new")
    admin.check()
    page.select_option("[name=model]", "crm.Account")
    page.fill("[name=label]", "Gate code")
    with page.expect_navigation():
        page.click("form .btn-primary")
    assert page.locator("[name=name]").input_value() == "x_gate_code"
    admin.check()

    rep.go("/crm/accounts?columns=name,x_gate_code")
    assert rep.page.locator("th", has_text="Gate code").count() == 1
    rep.page.locator("tr[data-row] a").first.click()
    rep.page.wait_for_selector("[name=x_gate_code]")
    rep.page.fill("[name=x_gate_code]", "4711#")
    with rep.page.expect_navigation():
        rep.page.click("button.btn-primary:has-text('Save')")
    assert rep.page.locator("[name=x_gate_code]").input_value() == "4711#"
    rep.go("/crm/accounts?x_gate_code__contains=4711&columns=name,x_gate_code")
    assert rep.page.locator("tr[data-row]").count() == 1
    rep.check()


def test_its_page_fits_a_phone_in_the_dark(visit: Open) -> None:
    admin = visit("admin@xiaoguan.example", language="zh", width="phone", dark=True)
    admin.go("/")
    admin.work_for("清河科技")
    page = admin.go(FIELDS)
    admin.check()
    page.locator(f"a[href^='{FIELDS}/']:visible").first.click()
    page.wait_for_selector("[name=label]")
    admin.check()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def ask_in_the_bar(rep: Visitor) -> None:
    """All and none of the choices by touch, and the way back by keys alone."""
    page = rep.go("/crm/accounts?show=x_interests")
    page.click("[data-fold-filters]")
    page.click("#filter-x_interests summary")
    bar = page.locator("#filter-x_interests")
    bar.get_by_text("包含全部").click()
    for label in ("Pumps", "Pipes"):
        bar.get_by_text(label, exact=True).click()
        expect(bar.get_by_label(label, exact=True)).to_be_checked()
        expect(bar.locator("summary")).to_contain_text(label)
    expect(page).to_have_url(re.compile("x_interests__all=pumps%2Cpipes"))
    expect(page.locator("tr[data-row]")).to_have_count(1)
    rep.check()
    bar.get_by_text("均不包含").click()
    expect(page).to_have_url(re.compile("x_interests__none=pumps%2Cpipes"))
    expect(bar.get_by_label("均不包含")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("x_interests__all=pumps%2Cpipes"))
    expect(bar.get_by_label("包含全部")).to_be_focused()
    page.keyboard.press("Escape")
    page.click("#grouping summary")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, "the menu fits too"


def test_several_choices_are_ticked_and_asked_for(visit: Open) -> None:
    admin = visit("admin@xiaoguan.example")
    admin.go("/")
    admin.work_for("清河科技")
    page = admin.go(f"{FIELDS}/new")
    page.select_option("[name=model]", "crm.Account")
    page.select_option("[name=kind]", "choices")
    page.fill("[name=label]", "Interests")
    with page.expect_navigation():
        page.click("form .btn-primary")
    number = page.url.rsplit("/", 1)[1].partition("?")[0]
    for label in ("Pumps", "Pipes"):
        page = admin.go(f"/core/custom_options/new?field={number}")
        page.fill("[name=label]", label)
        with page.expect_navigation():
            page.click("form .btn-primary")

    rep = visit("wanglei@qinghe.example", language="zh", width="phone")
    page = rep.go("/crm/accounts")
    page.locator("tr[data-row] a").first.click()
    page.wait_for_selector("#f-x_interests")
    # By keyboard alone: from box to box, and a space ticks.
    page.get_by_role("group", name="Interests").get_by_label("Pumps").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    rep.check()
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    assert page.locator("#f-x_interests input:checked").count() == 2

    asked = "x_interests__all=pipes,pumps&columns=name,x_interests"
    page = rep.go(f"/crm/accounts?{asked}")
    assert page.locator("tr[data-row] .badges .badge").all_inner_texts() == ["Pumps", "Pipes"]
    rep.check()
    ask_in_the_bar(rep)
    page.set_viewport_size({"width": 1280, "height": 800})
    page = rep.go(f"/crm/accounts?{asked}")
    page.locator("tr[data-row] a").first.click()
    page.wait_for_selector("#f-x_interests")
    page.get_by_label("Pumps").uncheck()
    page.get_by_label("Pipes").uncheck()
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    assert page.locator("#f-x_interests input:checked").count() == 0
    rep.go("/crm/accounts?x_interests__isnull=false")
    assert page.locator("tr[data-row]").count() == 0

"""Every page that there is, told by the registry: no violation, no complaint, nothing too wide."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LOOKS, WIDTHS, Open, Site, Visitor
from tests.browser.places import Place, places, unknown

ADMIN = "admin@xiaoguan.example"
SHARES = len(LOOKS)


def test_every_page_is_in_a_table(site: Site) -> None:
    assert unknown(site.installation) == []


@pytest.mark.parametrize("share", range(SHARES))
def test_pages_hold_to_the_rules(visit: Open, site: Site, share: int) -> None:
    """Each page in one look, in turn; another page of its kind has the others."""
    everything = places(site.installation, "qinghe")
    language, width, dark = LOOKS[share]
    visitor = visit(ADMIN, language=language, width=width, dark=dark)
    visitor.work_for("清河科技")
    failures = []
    for place in everything[share::SHARES]:
        answer = visitor.page.goto(site.base + place.path)
        assert answer is not None
        expect(visitor.page.locator(".htmx-request")).to_have_count(0)
        menu = "#side" if place is not everything[share] else ""
        failures += _wrong(visitor, place, answer.status, WIDTHS[width][0], menu)
    assert not failures, "\n".join(failures)


def _wrong(visitor: Visitor, place: Place, status: int, wide: int, menu: str) -> list[str]:
    """What is wrong with a page that is open."""
    made = [] if status == 200 else [f"{place.path}: {status}"]
    if visitor.page.evaluate("document.documentElement.scrollWidth") > wide:
        made.append(f"{place.path}: wider than {wide}")
    try:
        visitor.check(besides=menu)
    except AssertionError as error:
        made.append(f"{place.path}: {error}")
    visitor.complaints.clear()
    return made

"""A visit on the telephone, with and without a connection."""

from __future__ import annotations

import base64
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import expect

from core.extensions import db
from plugin_api.models import model_of
from tests.browser.conftest import Open, Site

REP = "wanglei@qinghe.example"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)
"""A picture of one point."""


def open_visit(site: Site) -> int:
    activity, kind, user = (
        model_of(key) for key in ("activities.Activity", "activities.Kind", "core.User")
    )
    one: Any = activity
    sort: Any = kind
    person: Any = user
    with site.installation.working("qinghe"):
        asked = (
            sa.select(one.id)
            .join(sort, sort.id == one.kind_id)
            .join(person, person.id == one.owner_id)
            .where(sort.is_visit, person.email == REP, one.state == "open")
        )
        return int(db.session.scalars(asked.order_by(one.id)).first() or 0)


def test_nothing_is_lost_without_a_connection(visit: Open, site: Site) -> None:
    visitor = visit(REP, language="zh", width="phone")
    context = visitor.page.context
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 31.24, "longitude": 121.49, "accuracy": 9})
    page = visitor.go(f"/activities/visits/{open_visit(site)}")
    page.wait_for_load_state("networkidle")
    visitor.check()
    page.fill("#result", "货架已满")
    context.set_offline(True)
    page.click("[data-check] button")
    page.wait_for_selector("[data-said] .alert-warning")
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector("text=31.240000, 121.490000 ± 9 m")
    expect(page.locator("#result")).to_have_value("货架已满")
    visitor.complaints.clear()


def kept_files(site: Site, id_: int) -> int:
    attachment: Any = model_of("core.Attachment")
    with site.installation.working("qinghe"):
        asked = sa.select(sa.func.count(attachment.id)).where(
            attachment.model == "activities.Activity", attachment.record_id == id_
        )
        return int(db.session.scalar(asked) or 0)


def test_photos_wait_for_a_connection_and_are_sent_once(visit: Open, site: Site) -> None:
    visitor = visit(REP, language="zh", width="phone")
    context, number = visitor.page.context, open_visit(site)
    page = visitor.go(f"/activities/visits/{number}")
    page.wait_for_load_state("networkidle")
    before = kept_files(site, number)
    context.set_offline(True)
    photo = {"name": "image.png", "mimeType": "image/png", "buffer": PIXEL}
    page.set_input_files("#photo", [photo, photo])
    page.click("[data-photos] button")
    expect(page.locator("[data-photos-said] .alert-warning")).to_contain_text("2")
    assert kept_files(site, number) == before
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online')); dispatchEvent(new Event('online'))")
    expect(page.locator("[data-photos-said] .alert-success")).to_contain_text("2")
    assert kept_files(site, number) == before + 2
    page.reload()
    page.wait_for_load_state("networkidle")
    assert kept_files(site, number) == before + 2
    visitor.complaints.clear()

"""Writing down a mail or the meetings of a calendar that somebody brings as a file."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from flask import render_template, request

from plugin_api import host
from plugin_api.context import current_actor, gettext, ngettext, now
from plugin_api.errors import Refused, Rejected
from plugin_api.pages import check_company, require
from plugins.activities.access import CREATE
from plugins.activities.models import Activity
from plugins.activities.routes import common
from plugins.activities.services import changes, days, ics, kinds, letters

LARGEST = letters.LARGEST


def show() -> str:
    """Ask for the file."""
    require(CREATE)
    return _page()


def take() -> common.Answer:
    """Keep what is in it."""
    require(CREATE)
    check_company()
    try:
        content = _content()
        if content[:4096].lstrip().startswith(b"BEGIN:VCALENDAR"):
            return _calendar(content)
        return _letter(content)
    except Refused as refused:
        host().session.rollback()
        return _page(refused.words), refused.status


def _content() -> bytes:
    file = request.files.get("file")
    content = file.stream.read(LARGEST + 1) if file is not None and file.filename else b""
    if not content:
        content = request.form.get("text", "").encode()
    if not content.strip():
        raise Rejected("file", gettext("Choose a file, or paste the mail."))
    if len(content) > LARGEST:
        text = gettext("It is larger than %(most)s MB.", most=LARGEST // 1_000_000)
        raise Rejected("file", text)
    return content


def _letter(content: bytes) -> common.Answer:
    try:
        letter = letters.read(content)
    except ValueError:
        text = gettext(
            "This is no mail that can be read. Save it as a file (.eml), or paste it with its"
            " headers: From, To, Date."
        )
        raise Rejected("file", text) from None
    keys = _keys(letter.key)
    known = _known(keys)
    if known is not None:
        return common.go_on(
            host().record_url("activities.Activity", known), gettext("This mail is here already.")
        )
    found = common.about(request.form.get("about", ""))
    refs = letters.whose(letter.addresses)
    about = found[0] if found else next(iter(refs), None)
    kind = kinds.by_code("mail")
    at = min(letter.at or now(), now())
    values: dict[str, Any] = {
        "subject": letter.subject or gettext("Mail without a subject"),
        "kind": kind.id if kind else None, "state": "done", "done_at": at,
        "due": days.local_day(at, changes.zone()),
        "details": gettext("From %(sender)s to %(others)s", sender=letter.sender,
                           others=", ".join(a for a in letter.addresses if a != letter.sender)),
        "result": letter.text or None, "owner": current_actor().user_id,
        "external_id": _free(keys),
    }  # fmt: skip
    if about is not None:
        values |= {"about_model": about[0], "about_id": about[1]}
    made = host().records.create(Activity, values)
    changes.link_others(made, refs)
    said = gettext("Mail written down.")
    if about is None:
        said = gettext("Mail written down. No record has one of its addresses.")
    return common.go_on(host().record_url("activities.Activity", made.id), said)


def _calendar(content: bytes) -> common.Answer:
    try:
        events = ics.read(content, changes.zone())
    except ValueError:
        text = gettext(
            "This calendar cannot be read, or holds more than %(most)d events.", most=ics.MOST
        )
        raise Rejected("file", text) from None
    kind = kinds.by_code("meeting")
    keys = [f"ics:{current_actor().user_id}:{each.uid}"[:300] for each in events]
    there = set(
        host().session.scalars(
            sa.select(Activity.external_id).where(Activity.external_id.in_(keys))
        )
    )
    rows = {
        key: {
            "subject": each.subject or gettext("Meeting"), "kind": kind.id if kind else None,
            "due": each.due, "start": each.start, "end": _end(each),
            "location": each.location or None, "details": each.text or None,
            "external_id": key, "owner": current_actor().user_id,
        }
        for key, each in zip(keys, events, strict=True)
        if key not in there
    }  # fmt: skip
    made = host().records.create_many(Activity, list(rows.values())) if rows else []
    said = ngettext("%(num)d event taken over.", "%(num)d events taken over.", len(made))
    return common.go_on(host().list_url("activities.Activity", {"view": "calendar"}), said)


def _end(each: ics.Found) -> dt.datetime | None:
    return each.end if each.start is not None and each.end and each.end >= each.start else None


def _keys(key: str) -> tuple[str, ...]:
    """External ids of a mail: that of the company, and that of the person, for whom a colleague's
    is out of sight."""
    return (f"mail:{key}", f"mail:{current_actor().user_id}:{key}") if key else ()


def _known(keys: tuple[str, ...]) -> int | None:
    """An activity with one of the external ids which the actor may see."""
    asked = sa.select(Activity.id).where(
        Activity.external_id.in_(keys), host().records.visible(Activity)
    )
    return host().session.scalar(asked.order_by(Activity.id).limit(1)) if keys else None


def _free(keys: tuple[str, ...]) -> str | None:
    """The first of the external ids that no activity has, seen or not."""
    asked = sa.select(Activity.external_id).where(Activity.external_id.in_(keys))
    taken = set(host().session.scalars(asked)) if keys else set()
    return next((key for key in keys if key not in taken), None)


def _page(error: str = "") -> str:
    return render_template(
        "activities/bring.html",
        error=error,
        text=request.form.get("text", ""),
        about=request.values.get("about", ""),
        most=LARGEST // 1_000_000,
    )

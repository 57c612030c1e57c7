"""Writing down what was done and planning what is next, in a small form over any page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, request

from plugin_api import host
from plugin_api.context import current_actor, gettext, today
from plugin_api.errors import Refused, Rejected
from plugin_api.pages import check_company, inside, number, require
from plugins.activities.access import CREATE
from plugins.activities.models import Activity
from plugins.activities.models.activities import OUTCOMES
from plugins.activities.routes import common
from plugins.activities.services import kinds, subjects


def log() -> str:
    """Ask what was done."""
    require(CREATE)
    return _page("activities/log.html", request.args)


def plan_next() -> str:
    """Ask what is next."""
    require(CREATE)
    return _page("activities/next.html", request.args)


def write_log() -> common.Answer:
    """Keep something that was done, and plan the next step when one was named."""
    require(CREATE)
    check_company()
    form = request.form
    try:
        kind, subject = _kind(form), form.get("subject", "").strip()
        result = form.get("result", "").strip()
        if not subject and not result:
            raise Rejected("result", gettext("Say what it was about."))
        about = _about(form)
        made = host().records.create(
            Activity,
            {
                **about, "kind": kind.id, "state": "done", "due": today(),
                "subject": subject or _first_line(result) or kind.name,
                "result": result or None, "outcome": form.get("outcome") or None,
            },
        )  # fmt: skip
        following = form.get("next_subject", "").strip()
        due = common.day(form.get("next_due", ""), "next_due")
        if following or due is not None:
            task = kinds.by_code("task") or kind
            host().records.create(
                Activity,
                {**about, "kind": task.id, "subject": following or made.subject,
                 "due": due or today()},
            )  # fmt: skip
    except Refused as refused:
        return _again("activities/log.html", refused)
    said = gettext("%(kind)s written down.", kind=kind.name)
    return common.go_on(host().record_url("activities.Activity", made.id), said)


def write_next() -> common.Answer:
    """Plan something."""
    require(CREATE)
    check_company()
    form = request.form
    try:
        kind, subject = _kind(form), form.get("subject", "").strip()
        if not subject:
            raise Rejected("subject", gettext("Say what is to be done."))
        due = common.day(form.get("due", ""), "due") or today()
        start = common.moment(due, form.get("clock", ""), "clock")
        made = host().records.create(
            Activity,
            {
                **_about(form), "kind": kind.id, "subject": subject, "due": due, "start": start,
                "remind": "15" if start is not None else None,
            },
        )  # fmt: skip
    except Refused as refused:
        return _again("activities/next.html", refused)
    said = gettext("Planned: %(subject)s", subject=made.subject)
    return common.go_on(host().record_url("activities.Activity", made.id), said)


def _kind(form: Mapping[str, str]) -> kinds.Sort:
    found = kinds.all_kinds().get(number(form.get("kind", "")) or 0)
    if found is None:
        raise Rejected("kind", gettext("Choose a kind."))
    return found


def _about(form: Mapping[str, str]) -> dict[str, Any]:
    """Values that say what it is about, and whose it is."""
    values: dict[str, Any] = {"owner": current_actor().user_id}
    found = common.about(form.get("about", "")) or subjects.typed(
        number(form.get("account__id", "")), form.get("account", "")
    )
    if found is not None:
        values |= {"about_model": found[0][0], "about_id": found[0][1]}
    return values


def _first_line(text: str) -> str:
    return text.split("\n", 1)[0].strip()[:80]


def _again(template: str, refused: Refused) -> common.Answer:
    host().session.rollback()
    return _page(template, request.form, refused), refused.status


def _page(template: str, given: Mapping[str, str], refused: Refused | None = None) -> str:
    found = common.about(given.get("about", ""))
    errors = refused.errors if refused else {}
    code = "call" if template == "activities/log.html" else "task"
    asked = number(given.get("kind", ""))
    first = kinds.by_code(given.get("kind", "") if asked is None and given.get("kind") else code)
    ref = found[0] if found else None
    usual = None if ref else subjects.usual()
    back = host().record_url(*ref) if ref else host().list_url("activities.Activity")
    return render_template(
        template,
        given=given,
        about=given.get("about", "") if found else "",
        subject=found[1].title if found else "",
        usual=usual,
        lookup=f"{host().list_url(subjects.USUAL)}/lookup" if usual else "",
        kinds=kinds.usable(),
        kind_id=asked or (first.id if first else None),
        outcomes=OUTCOMES,
        errors={name: " ".join(map(str, texts)) for name, texts in errors.items()},
        error=refused.words if refused else "",
        today=today().isoformat(),
        next=inside(given.get("next", "")) or (back if ref else ""),
        list_title=found[1].title if found else gettext("Activities"),
        list_href=back,
    )

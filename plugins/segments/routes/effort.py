"""Where the time goes, and where the value is."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template, request

from plugin_api import host
from plugin_api.context import Text, today
from plugin_api.context import lazy_gettext as _
from plugin_api.pages import require
from plugins.segments import display
from plugins.segments.access import EFFORT
from plugins.segments.models.grades import usual_measure
from plugins.segments.services import effort, figures, grading, policies

SPANS: Mapping[str, Text] = {
    "90": _("90 days"), "180": _("180 days"), "365": _("365 days"),
}  # fmt: skip
KINDS: Mapping[str, Text] = {
    "contacts": _("Contacts made"), "visits": _("Visits made"), "activities": _("All activities"),
}  # fmt: skip
MOST = 15


def show() -> str:
    """By grade, and the accounts that are the furthest out of line."""
    require(EFFORT)
    require("crm.Account.read")
    span = request.args.get("days", "365")
    span = span if span in SPANS else "365"
    kind = request.args.get("kind", "contacts")
    kind = kind if kind in KINDS else "contacts"
    first = next(iter(grading.active()), None)
    key = first.measure if first is not None else usual_measure()
    sees = figures.may_see(key)
    spent = effort.read(key, int(span), kind) if sees else []
    over, under = effort.most_over(spent, MOST), effort.most_under(spent, MOST)
    rows = effort.by_grade(spent)
    return render_template(
        "segments/effort.html",
        rows=rows,
        over=over,
        under=under,
        misplaced=effort.misplaced(rows),
        link=lambda days, what: f"?days={days}&kind={what}",
        any_effort=any(row.effort for row in rows),
        policies=policies.all_of(),
        names=effort.owners([*over, *under]),
        sees=sees,
        on=host().is_enabled("activities"),
        key=key,
        measure=display.label(key),
        span=span,
        spans=SPANS,
        kind=kind,
        kinds=KINDS,
        until=today(),
        display=display,
        url=host().record_url,
        accounts=lambda grade: host().list_url(
            "crm.Account", {"grade": grade} if grade else {"grade__isnull": "true"}
        ),
    )

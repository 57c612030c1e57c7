"""What a grading would change, and having it do so."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import gettext, ngettext
from plugin_api.pages import check_company, require
from plugins.crm.api import GRADES
from plugins.segments import display
from plugins.segments.access import GRADE
from plugins.segments.models import Grading, Standing
from plugins.segments.services import figures, grading

SHOWN = 200
AT_ONCE = 2000
"""Changes that are written while somebody waits; more are written in the background."""


def preview(grading_id: int) -> str:
    """From which grade to which, how many; and each account that changes."""
    require(GRADE)
    require("crm.Account.read")
    record = host().records.get(Grading, grading_id)
    plan = grading.plan(record)
    changes, order = plan.changes, [*(choice.value for choice in GRADES), None]
    matrix = plan.matrix()
    used = [each for each in order if any(each in pair for pair in matrix)]
    sees = figures.may_see(record.measure) and host().records.may_read(Standing, "value")
    return render_template(
        "segments/preview.html",
        grading=record,
        limits=grading.limits_of(record),
        measure=display.label(record.measure),
        total=len(plan.results),
        changes=changes[:SHOWN],
        number=len(changes),
        matrix=matrix,
        used=used,
        sees=sees,
        display=display,
        href=host().record_url("segments.Grading", record.id),
        url=host().record_url,
    )


def write(grading_id: int) -> Response:
    """Write the grades: at once, or in the background where there are many."""
    require(GRADE)
    check_company()
    record = host().records.get(Grading, grading_id)
    if len(grading.plan(record).changes) > AT_ONCE:
        host().jobs.start("segments.write", {"grading": record.id}, about=str(record.id))
        host().session.commit()
        flash(gettext("The grades are being written. Their history shows how far it is."), "info")
    else:
        number = grading.run(record)
        host().session.commit()
        text = ngettext("%(num)d account has another grade.",
                        "%(num)d accounts have another grade.", number)  # fmt: skip
        flash(text, "success")
    return redirect(url_for("segments.preview", grading_id=record.id), 303)

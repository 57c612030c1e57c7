"""Whether pay is fair, and whether a version has worked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import gettext, has_permission, today
from plugin_api.effects import Chosen
from plugin_api.errors import Forbidden, Refused
from plugin_api.measures import Measure
from plugin_api.pages import check_company, nothing, require
from plugin_api.periods import month_start
from plugins.incentives import display
from plugins.incentives.access import DESIGN
from plugins.incentives.models import Version
from plugins.incentives.models.verdicts import SAID
from plugins.incentives.services import effects, fairness
from plugins.incentives.services.rights import check_amounts, sees_all

CHOSEN = ("rule", "lot", "self")
SPAN = 12


def show_fairness() -> str:
    """Leads, potential, pay and attainment of each of the last twelve full months, and gaps."""
    if not sees_all():
        raise Forbidden(gettext("Your role does not allow it."))
    check_amounts()
    end = month_start(today())
    start = month_start(end, -SPAN)
    last = end - timedelta(days=1)
    found = fairness.rows(start, last)
    fields = fairness.own_fields()
    by = request.args.get("by", "team")
    if by not in ("team", "role", *fields):
        by = "team"
    return render_template(
        "incentives/fairness.html", rows=found, groups=fairness.gaps(found, by), by=by,
        fields=fields, start=start, end=last, least=fairness.LEAST, display=display,
    )  # fmt: skip


def show_effect(record_id: int) -> str:
    """What the figures say of a version, or why they cannot."""
    version = _version(record_id)
    measure, chosen = _asked(request.args, version)
    judged, error = None, ""
    try:
        judged = effects.judge(version, measure, chosen)
    except Refused as refused:
        error = refused.words
    keys = [
        each for each in host().measures.all() if isinstance(each, Measure) and not each.snapshot
    ]
    return render_template(
        "incentives/effect.html", version=version, judged=judged, error=error, measure=measure,
        chosen=chosen, measures=keys, display=display, may_keep=has_permission(DESIGN),
        said={each.value: (each.label, each.tone) for each in SAID},
        path=host().record_url("incentives.Version", version.id),
    )  # fmt: skip


def keep_effect(record_id: int) -> Response:
    """Keep what the figures say with the version."""
    version = _version(record_id)
    require(DESIGN)
    check_company()
    measure, chosen = _asked(request.form, version)
    try:
        effects.keep(version, effects.judge(version, measure, chosen))
    except Refused as refused:
        host().session.rollback()
        flash(refused.words, "warning")
        return redirect(url_for("incentives.effect", record_id=record_id), 303)
    host().session.commit()
    flash(gettext("The verdict is kept with the version."), "success")
    return redirect(host().record_url("incentives.Version", record_id), 303)


def _asked(values: Any, version: Version) -> tuple[str, Chosen]:
    chosen = values.get("chosen", "rule")
    measure = values.get("measure", "") or effects.first_measure(version)
    return measure[:100], cast(Chosen, chosen if chosen in CHOSEN else "rule")


def _version(record_id: int) -> Version:
    """A version, for who may read the pay of all: the comparison would tell it. Raises NotFound."""
    if not sees_all():
        raise nothing()
    return host().records.get(Version, record_id)

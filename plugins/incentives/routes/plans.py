"""Calculating a plan at once, and trying a draft on what really happened."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import flash, redirect, render_template
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import gettext, has_permission
from plugin_api.errors import Forbidden, Rejected
from plugin_api.models import model_of
from plugin_api.pages import check_company, nothing, require
from plugins.incentives import display
from plugins.incentives.access import APPROVE, DESIGN
from plugins.incentives.models import Plan, Step, Version
from plugins.incentives.rules import tiers
from plugins.incentives.services import flow, outlook, posting, reading
from plugins.incentives.services.rights import check_amounts, sees_all


def calculate(record_id: int) -> Response:
    """Work out a plan now, and say what has changed."""
    plan = host().records.get(Plan, record_id)
    require(APPROVE)
    if not sees_all():
        raise Forbidden(gettext("Your role does not allow it."))
    check_company()
    try:
        done = posting.calculate(plan)
    except Rejected as refused:
        host().session.rollback()
        flash(str(refused.message), "warning")
        return redirect(host().record_url("incentives.Plan", record_id), 303)
    host().session.commit()
    if done.entries:
        text = gettext(
            "%(entries)s entries, together %(amount)s, for %(people)s people.",
            entries=done.entries, amount=display.money(done.amount), people=done.people,
        )  # fmt: skip
    elif done.periods:
        text = gettext(
            "Nothing has changed: %(periods)s periods were worked out.", periods=done.periods
        )
    else:
        text = gettext("Nobody takes part in a period that has begun, or no version is in force.")
    flash(text, "success" if done.periods else "warning")
    return redirect(host().record_url("incentives.Plan", record_id), 303)


def attempt(record_id: int) -> str | Response:
    """The last twelve months under a version: cost, who gains, who loses, and where it jumps."""
    if not (has_permission(DESIGN) and sees_all()):
        raise nothing()
    version = host().records.get(Version, record_id)
    check_amounts()
    try:
        flow.check_parts(version)
        found = outlook.tried(version)
    except Rejected as refused:
        flash(str(refused.message), "warning")
        return redirect(host().record_url("incentives.Version", record_id), 303)
    user: Any = model_of("core.User")
    ids = [row[0] for row in found]
    named = host().session.execute(sa.select(user.id, user.name).where(user.id.in_(ids)))
    return render_template(
        "incentives/try.html", version=version, rows=found, names={row[0]: row[1] for row in named},
        display=display,
        before=sum(row[1] for row in found), after=sum(row[2] for row in found),
        cliffs=_cliffs(version), path=host().record_url("incentives.Version", version.id),
    )  # fmt: skip


def _cliffs(version: Version) -> list[tuple[str, tiers.Cliff]]:
    made = []
    for part in flow.components_of(version):
        if part.rule != "slab":
            continue
        steps = host().session.scalars(sa.select(Step).where(Step.component_id == part.id)).all()
        rule = reading.rule_of(part, steps)
        try:
            made += [(part.name, cliff) for cliff in tiers.cliffs(rule.steps)]
        except ValueError:
            continue
    return made

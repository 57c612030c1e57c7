"""One's own pay, or that of somebody whose statements one may read."""

from __future__ import annotations

from decimal import Decimal, DecimalException, InvalidOperation

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import current_actor, gettext, has_permission, now
from plugin_api.errors import Rejected
from plugin_api.pages import check_company, nothing, number, require
from plugins.incentives import display
from plugins.incentives.access import DISPUTE, EXPORT, READ
from plugins.incentives.models import Plan, Statement
from plugins.incentives.services import looking, outlook
from plugins.incentives.services.rights import check_amounts

LARGEST = Decimal(10) ** 12


def show() -> str:
    """Statements, the lines of one, what comes next, and what one more deal pays."""
    require(READ)
    check_amounts()
    actor = current_actor()
    user_id = number(request.args.get("user", "")) or actor.user_id or 0
    found = looking.statements(user_id)
    if user_id != actor.user_id and not found:
        raise nothing()
    chosen = _chosen(found)
    plan = host().session.get(Plan, (chosen.company_id, chosen.plan_id)) if chosen else None
    error, more, brings = "", request.args.get("more", ""), None
    prospects = outlook.prospects(plan, user_id) if plan else []
    if more and plan and prospects:
        try:
            amount = _amount(more)
            rule = request.args.get("rule", type=int) or prospects[0].rule.id
            brings = outlook.one_more(plan, user_id, rule, amount)
        except DecimalException:
            error = gettext("“%(text)s” is no number.", text=more[:40])
        except Rejected as refused:
            error = refused.words
    lines = looking.lines(chosen) if chosen else []
    _part, version = (
        looking.acknowledged(plan.id, user_id)
        if plan and user_id == actor.user_id
        else (None, None)
    )
    return render_template(
        "incentives/mine.html", statements=found, chosen=chosen, plan=plan, prospects=prospects,
        plans={id_: host().title_of("incentives.Plan", id_)
               for id_ in {each.plan_id for each in found}},
        lines=lines, are_all=chosen is None or looking.are_all(chosen, lines),
        more=more, brings=brings, error=error,
        display=display, person=host().title_of("core.User", user_id) if user_id else "",
        version=version, is_own=user_id == actor.user_id, user_id=user_id,
        may_dispute=has_permission(DISPUTE), may_export=has_permission(EXPORT),
        rules=looking.versions_of(chosen) if chosen else [],
        path=host().record_url("incentives.Statement", chosen.id) if chosen else "",
    )  # fmt: skip


def acknowledge() -> Response:
    """Note that a person has read the rules that they are paid by."""
    require(DISPUTE)
    check_company()
    plan_id = number(request.form.get("plan", "")) or 0
    part, version = looking.acknowledged(plan_id, current_actor().user_id or 0)
    if part is None or version is None or request.form.get("version") != str(version.id):
        flash(gettext("The rules have changed meanwhile: read them again."), "warning")
    else:
        part.acknowledged_id, part.acknowledged_at = version.id, now()
        host().session.commit()
        flash(gettext("Noted."), "success")
    return redirect(url_for("incentives.mine"), 303)


def _chosen(found: list[Statement]) -> Statement | None:
    asked = request.args.get("statement", type=int)
    named = next((each for each in found if each.id == asked), None)
    if asked is not None and named is None:
        raise nothing()
    return named or (found[0] if found else None)


def _amount(text: str) -> Decimal:
    found = Decimal(text.strip().replace(",", ""))
    if not found.is_finite() or abs(found) > LARGEST:
        raise InvalidOperation
    return found

"""Planning by a template, in a small form over any page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import current_actor, current_company, gettext, ngettext, today
from plugin_api.errors import NotFound, Refused, Rejected
from plugin_api.money import to_minor
from plugin_api.pages import check_company, inside, is_scripted, number, require
from plugins.plans import display
from plugins.plans.models import Strategy, Template
from plugins.plans.routes import common
from plugins.plans.services import figures, templates

CREATE = "plans.Objective.create"
Answer = str | Response | tuple[str | Response, int]


def choose() -> str:
    """Ask which template, and from which day on."""
    require(CREATE)
    return _page(request.args)


def apply() -> Answer:
    """Plan it."""
    require(CREATE)
    check_company()
    form = request.form
    try:
        template = host().records.get(Template, number(form.get("template", "")) or 0)
        first = common.day(form.get("first", ""), "first") or today()
        owner = number(form.get("owner", "")) or current_actor().user_id or 0
        values = _values(form, template)
        objective, made = templates.apply(template, values, first, owner)
    except NotFound:
        raise
    except Refused as refused:
        host().session.rollback()
        return _page(form, refused), refused.status
    host().session.commit()
    said = ngettext("Planned: %(num)d step.", "Planned: %(num)d steps.", len(made))
    flash(said, "success")
    href = host().record_url("plans.Objective", objective.id)
    if objective.strategy_id is not None:
        href = url_for("plans.tree", strategy_id=objective.strategy_id)
    if is_scripted():
        return jsonify(open=href, message=said), 201
    return redirect(href, 303)


def _values(form: Mapping[str, str], template: Template) -> dict[str, Any]:
    """What the objective is to be."""
    values: dict[str, Any] = {"name": form.get("name", "").strip() or template.name}
    strategy = number(form.get("strategy", ""))
    if strategy is not None:
        values["strategy_id"] = host().records.get(Strategy, strategy).id
    key = form.get("measure", "").strip()
    if key:
        values["measure"] = key
    goal = form.get("goal", "").strip().replace(" ", "").replace(",", "")
    if goal:
        figure = _figure(goal)
        if figures.unit_of(key or None) == "money":
            values["goal_amount"] = to_minor(figure, current_company().currency)
        else:
            values["goal_quantity"] = figure
    return values


def _figure(text: str) -> Any:
    from decimal import Decimal, InvalidOperation

    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or not 0 <= found < Decimal(10) ** 12:
        raise Rejected("goal", gettext("Expected a number such as 120000."))
    return found


def _page(given: Mapping[str, str], refused: Refused | None = None) -> str:
    offered = templates.usable()
    parts = templates.steps_of([each.id for each in offered])
    strategy_id = number(given.get("strategy", ""))
    strategy = host().records.get(Strategy, strategy_id) if strategy_id is not None else None
    texts = [str(text) for found in refused.errors.values() for text in found] if refused else []
    back = inside(given.get("next", "")) or url_for("plans.overview")
    return render_template(
        "plans/by_template.html",
        given=given,
        offered=[
            (each, [(step, templates.dated(step, today())) for step in parts[each.id]])
            for each in offered
        ],
        strategy=strategy,
        measures=host().measures.choices(),
        whose=common.choosable(CREATE),
        me=current_actor().user_id,
        first=given.get("first") or today().isoformat(),
        error=" ".join(dict.fromkeys(texts)) or (str(refused.message) if refused else ""),
        list_title=gettext("Objectives"),
        list_href=back,
        setup_href=host().list_url("plans.Template"),
        display=display,
    )

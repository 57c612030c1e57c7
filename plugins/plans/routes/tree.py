"""Strategies with their coverage, and one of them on one page."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import gettext, has_permission, ngettext
from plugin_api.figures import measure_of
from plugin_api.pages import check_company, require
from plugins.plans import display, panels
from plugins.plans.access import CREATE, FIGURES, OBJECTIVE, STRATEGY
from plugins.plans.models import Objective, Strategy
from plugins.plans.services import people, steps, strategies, subjects, trees

MOST = 200


def overview() -> str:
    """All strategies that are not over, with their objectives. A few statements."""
    require(STRATEGY)
    asked = sa.select(Strategy).where(Strategy.state != "ended", host().records.visible(Strategy))
    found = host().session.scalars(asked.order_by(Strategy.review_on, Strategy.id).limit(MOST))
    rows = list(found)
    by_strategy: dict[int | None, list[Objective]] = defaultdict(list)
    if has_permission(OBJECTIVE):
        ids = [row.id for row in rows]
        wanted = sa.select(Objective).where(
            sa.or_(Objective.strategy_id.in_(ids), Objective.strategy_id.is_(None)),
            Objective.state.in_(("draft", "running")),
            host().records.visible(Objective),
        )
        for each in host().session.scalars(wanted.order_by(Objective.end, Objective.id)):
            by_strategy[each.strategy_id].append(each)
    owners = [each.owner_id for some in by_strategy.values() for each in some]
    return render_template(
        "plans/overview.html",
        rows=rows,
        by_strategy=by_strategy,
        loose=by_strategy.get(None, []),
        names=people.names_of([*owners, *(row.owner_id for row in rows)]),
        percent=lambda value: None if value is None else value / 100,
        may_create=has_permission("plans.Strategy.create"),
        may_plan=has_permission("plans.Objective.create"),
        new_href=f"{host().list_url('plans.Strategy')}/new",
        url=host().record_url,
        display=display,
    )


def show(strategy_id: int) -> str:
    """A strategy on one page."""
    strategy = host().records.get(Strategy, strategy_id)
    found = trees.of(strategy)
    result = None if strategy.state == "draft" else strategies.result(strategy)
    links: dict[str, list[Any]] = defaultdict(list)
    for link in strategies.links_of(strategy.id):
        known = link.about_model is not None and link.about_id is not None
        href = host().record_url(link.about_model, link.about_id) if known else ""  # type: ignore[arg-type]
        links[link.mix].append((link, href, subjects.label_of(link.about_model)))
    return render_template(
        "plans/tree.html",
        tree=found,
        strategy=strategy,
        links=links,
        result=result,
        notes=panels.notes(result) if result is not None else [panels.caveat()],
        sees=has_permission(FIGURES),
        measure=_measure_label(strategy),
        may_plan=has_permission("plans.Objective.create"),
        may_move=bool(found.late) and has_permission("plans.Step.update"),
        new_step=f"{host().list_url('plans.Step')}/new" if has_permission(CREATE) else "",
        url=host().record_url,
        total=_total(found),
        display=display,
    )


def _measure_label(strategy: Strategy) -> str:
    found = measure_of(strategy.measure)
    return str(found.label) if found is not None else strategy.measure or ""


def _total(tree: trees.Tree) -> dict[str, Any]:
    """Steps of a plan by state, and its money."""
    every = [step for branch in tree.branches for step in branch.steps]
    return {
        "all": len([each for each in every if each.state != "cancelled"]),
        "done": len([each for each in every if each.state == "done"]),
        "budget": Decimal(sum(each.budget or 0 for each in every)),
        "spent": Decimal(sum(each.spent or 0 for each in every)),
    }


def move(strategy_id: int) -> Response:
    """Have all steps that are held up begin after what they wait for."""
    require("plans.Step.update")
    check_company()
    strategy = host().records.get(Strategy, strategy_id)
    moved = 0
    tree = trees.of(strategy)
    every = {step.id: step for branch in tree.branches for step in branch.steps}
    for id_ in sorted(tree.late, key=lambda id_: (every[id_].start or every[id_].due, id_)):
        # One that was moved may hold others up by less, or by more.
        if steps.threatened([id_]) and host().records.may(every[id_], "update"):
            host().records.transition(every[id_], "follow")
            moved += 1
    host().session.commit()
    said = ngettext("%(num)d step was moved.", "%(num)d steps were moved.", moved)
    flash(said if moved else gettext("Nothing had to be moved."), "success")
    return redirect(url_for("plans.tree", strategy_id=strategy.id), 303)

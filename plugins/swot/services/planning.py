"""Options that are chosen become strategies of plans, where the company plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, has_permission, today
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel
from plugins.swot.models import Option
from plugins.swot.services.wholes import analysis_of


def may_plan() -> bool:
    """Whether the company plans, and the actor makes strategies."""
    return host().is_enabled("plans") and has_permission("plans.Strategy.create")


def check_choose(option: Option, values: Mapping[str, Any]) -> None:
    """Raise Rejected before the analysis is finished."""
    if analysis_of(option).state != "finished":
        raise Rejected("", gettext("Finish the analysis first: what is chosen leans on it."))


def choose(option: Option, values: dict[str, Any]) -> None:
    """Keep when it was chosen, and begin a strategy of plans where there are some."""
    option.chosen_on = today()
    if option.plan_id is None and may_plan():
        _begin(option)


def check_plan(option: Option, values: Mapping[str, Any]) -> None:
    """Raise Rejected where nothing can be begun."""
    if option.plan_id is not None:
        raise Rejected("", gettext("It is a strategy of plans already."))
    if not may_plan():
        raise Rejected("", gettext("The company does not plan here, or your role does not."))


def plan(option: Option, values: dict[str, Any]) -> None:
    """Begin a strategy of plans for an option that was chosen before."""
    _begin(option)


def lacks_plan(option: Option) -> bool:
    """Whether a strategy may still be begun for it."""
    return option.plan_id is None and may_plan()


def let_go(records: Sequence[CompanyModel]) -> None:
    """Strategies that are deleted are named no more; what they were called stays."""
    if records[0].model_key() != "plans.Strategy":
        return
    host().session.flush()
    host().session.execute(
        sa.update(Option)
        .where(Option.plan_id.in_([each.id for each in records]))
        .values(plan_id=None),
        execution_options={"synchronize_session": False},
    )


def _begin(option: Option) -> None:
    from plugins.plans.api import Link, Strategy

    analysis = analysis_of(option)
    made = host().records.create(
        Strategy,
        {
            "name": option.name[:200], "hypothesis": option.details, "start": today(),
            "owner_id": analysis.owner_id,
        },
    )  # fmt: skip
    about = [("swot.Analysis", analysis.id)]
    if analysis.about_model is not None and analysis.about_id is not None:
        about.append((analysis.about_model, analysis.about_id))
    for key, number in about:
        try:
            host().records.create(
                Link,
                {"strategy_id": made.id, "mix": "other", "about_model": key, "about_id": number},
            )
        except Rejected:
            continue  # Plans are not about such records, or the actor does not see it.
    option.plan_id, option.plan = made.id, made.name


def strategy_of(option: Option) -> tuple[Any, str] | None:
    """The strategy of plans, and where it is, if the actor may see it. One statement."""
    if option.plan_id is None or not host().is_enabled("plans"):
        return None
    if not has_permission("plans.Strategy.read"):
        return None
    from plugins.plans.api import Strategy

    asked = sa.select(Strategy).where(
        Strategy.id == option.plan_id, host().records.visible(Strategy)
    )
    found = host().session.scalars(asked).first()
    return None if found is None else (found, host().record_url("plans.Strategy", found.id))

"""Which stages opportunities have reached, by their history."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from plugins.crm.measures.facts import ONE, select
from plugins.crm.models import Opportunity, Stage, StageChange
from plugins.crm.services.stages import steps

WON = 1_000_000
"""The rank of every won stage: all open ones come before it."""


def reached() -> sa.Select[Any]:
    """A fact for each opportunity and stage of its pipeline that it has reached.

    The stage furthest on counts, wherever the opportunity is now: it implies those before it,
    skipped or not, and going back and forth adds nothing. The first stage is reached by all.
    """
    stage: Any = aliased(Stage)
    furthest = _furthest()
    return (
        select(
            Opportunity.created_on,
            ONE,
            Opportunity.owner_id,
            (Opportunity.outcome != "void",),
            stage.id,
        )
        .join(
            stage,
            sa.and_(
                stage.company_id == Opportunity.company_id,
                stage.pipeline_id == Opportunity.pipeline_id,
                stage.outcome != "lost",
            ),
        )
        .outerjoin(furthest, furthest.c.opportunity_id == Opportunity.id)
        .where(sa.or_(_rank(stage) <= furthest.c.rank, stage.id.in_(_first_ones())))
    )


def _rank(stage: Any) -> sa.ColumnElement[int]:
    return sa.case((stage.outcome == "won", sa.literal(WON)), else_=stage.position)


def _furthest() -> sa.Subquery:
    return (
        sa.select(StageChange.opportunity_id, sa.func.max(_rank(Stage)).label("rank"))
        .join(
            Stage,
            sa.and_(Stage.company_id == StageChange.company_id, Stage.id == StageChange.stage_id),
        )
        .where(Stage.outcome != "lost")
        .group_by(StageChange.opportunity_id)
        .subquery()
    )


def _first_ones() -> list[int]:
    """The first stage of every pipeline."""
    found: dict[int, int] = {}
    for step in steps().values():
        if step.outcome == "open":
            found.setdefault(step.pipeline_id, step.id)
    return list(found.values())

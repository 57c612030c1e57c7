"""Whose risks somebody sees besides their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from plugin_api.context import Actor


def of_risks(permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
    """Risks in which the actor has a control, a response or an action, or is to accept one."""
    if permission != "risk.Risk.read":
        return ()
    from plugins.risk.models import Action, Control, Cover, Response

    legs: list[sa.Select[Any]] = []
    for model in (Control, Response, Action):
        part: Any = aliased(model)
        legs.append(sa.select(part.risk_id).where(part.owner_id == actor.user_id))
    served: Any = aliased(Cover)
    mine: Any = aliased(Control)
    legs.append(
        sa.select(served.risk_id)
        .join(mine, mine.id == served.control_id)
        .where(mine.owner_id == actor.user_id)
    )
    asked: Any = aliased(Response)
    legs.append(sa.select(asked.risk_id).where(asked.approver_id == actor.user_id))
    return legs


def of_parts(model: Any, permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
    """Parts of the actor's own risks, and responses that wait for the actor's approval."""
    key = model.model_key()
    if permission not in (f"{key}.read", f"{key}.update"):
        return ()
    from plugins.risk.models import Control, Cover, Response, Risk

    part: Any = aliased(model)
    risk: Any = aliased(Risk)
    legs: list[sa.Select[Any]] = [
        sa.select(part.id).join(risk, risk.id == part.risk_id).where(risk.owner_id == actor.user_id)
    ]
    if model is Control and permission == f"{key}.read":
        # Whoever answers for a risk sees what it rests on, and changes what was made for it.
        served: Any = aliased(Cover)
        of: Any = aliased(Risk)
        legs.append(
            sa.select(served.control_id)
            .join(of, of.id == served.risk_id)
            .where(of.owner_id == actor.user_id)
        )
    if model is Response:
        asked: Any = aliased(Response)
        legs.append(sa.select(asked.id).where(asked.approver_id == actor.user_id))
    return legs

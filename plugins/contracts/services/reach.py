"""Who reaches contracts and obligations besides their owners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from plugin_api.context import Actor
from plugins.contracts.access import READ, READ_OBLIGATION, UPDATE_OBLIGATION
from plugins.contracts.models import Contract, Obligation


def contract_legs(permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
    """Whoever has to fulfil something reads the contract that says so."""
    if permission != READ or actor.user_id is None:
        return ()
    obligation: Any = aliased(Obligation)
    return (sa.select(obligation.contract_id).where(obligation.owner_id == actor.user_id),)


def obligation_legs(permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
    """Whoever owns a contract sees to everything that it promises."""
    if permission not in (READ_OBLIGATION, UPDATE_OBLIGATION) or actor.user_id is None:
        return ()
    obligation: Any = aliased(Obligation)
    contract: Any = aliased(Contract)
    return (
        sa.select(obligation.id)
        .join(contract, contract.id == obligation.contract_id)
        .where(contract.owner_id == actor.user_id),
    )

"""Acting on many records at once: on all of them, or on none with the reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from core.access.rules import scope_criteria
from core.data.saving import beyond
from core.host import services
from plugin_api.context import Text, current_actor
from plugin_api.errors import Refused
from plugin_api.models import CompanyModel

MOST = 1000
"""Records that one action may touch."""
MOST_REASONS = 20

Act = Callable[[Any], object]


def all_or_none(
    model: type[CompanyModel], ids: Sequence[int], action: str, act: Act
) -> list[tuple[int, Text]]:
    """Act on every record that the actor may do ``action`` with; nothing is committed. They are
    deleted together.

    Return (id, reason) of the first that stand against it; then everything is to be rolled back.
    """
    here: Any = model
    session = services().session
    rules = scope_criteria(model, action, current_actor())
    found = session.scalars(sa.select(model).where(here.id.in_(list(ids)), rules))
    known = {record.id: record for record in found}
    if action == "delete":
        return _delete(ids, known)
    refusals: list[tuple[int, Text]] = []
    for id_ in ids:
        try:
            if id_ not in known:
                raise beyond()
            act(known[id_])
        except Refused as refused:
            refusals.append((id_, refused.words))
            # After a failed flush nothing more can be tried before the rollback.
            if len(refusals) >= MOST_REASONS or not session.is_active:
                break
    return refusals


def _delete(ids: Sequence[int], known: Mapping[int, CompanyModel]) -> list[tuple[int, Text]]:
    refusals: list[tuple[int, Text]] = [(id_, beyond().words) for id_ in ids if id_ not in known]
    there = [id_ for id_ in ids if id_ in known]
    if not refusals and there:
        found = services().records.delete_many([known[id_] for id_ in there])
        refusals += [(there[i], why.words) for i, why in found.items()]
    return refusals[:MOST_REASONS]

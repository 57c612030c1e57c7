"""The analysis that something is a part of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company
from plugins.swot.models import Analysis, Evidence, Item


def analysis_of(record: Any) -> Analysis:
    """The analysis of an item, evidence, pair, option or participant. At most two statements."""
    session, company = host().session, current_company().id
    with session.no_autoflush:
        if isinstance(record, Evidence):
            record = session.get_one(Item, (company, record.item_id))
        return session.get_one(Analysis, (company, record.analysis_id))


def hold(analysis_id: int, *, for_a_part: bool = False) -> None:
    """Have nobody else change an analysis until this transaction ends: whoever finishes it waits
    for those who write parts of it, and they for who finishes it. Several may write parts."""
    asked = sa.select(Analysis.id).where(Analysis.id == analysis_id)
    host().session.execute(asked.with_for_update(read=for_a_part))


def items_of(analysis_id: int, *, aside: bool = False) -> Sequence[Item]:
    """Its items, the weightiest first; those that are put aside as well, where asked. One
    statement."""
    asked = sa.select(Item).where(Item.analysis_id == analysis_id)
    if not aside:
        asked = asked.where(~Item.put_aside)
    order = (Item.score.is_(None), Item.score.desc(), Item.id)
    return host().session.scalars(asked.order_by(*order)).all()


def evidence_of(ids: Sequence[int]) -> dict[int, list[Evidence]]:
    """Evidence by item. One statement."""
    found: dict[int, list[Evidence]] = {id_: [] for id_ in ids}
    asked = sa.select(Evidence).where(Evidence.item_id.in_(ids)).order_by(Evidence.id)
    for proof in host().session.scalars(asked) if ids else ():
        found[proof.item_id].append(proof)
    return found

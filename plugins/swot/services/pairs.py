"""TOWS: strengths and weaknesses that meet opportunities and threats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from plugin_api import host
from plugin_api.context import current_company, gettext
from plugin_api.errors import Rejected
from plugins.swot.models import Analysis, Item, Option, Pair
from plugins.swot.services.scoring import INNER, OUTER, pair_score, posture_of


def complete(pair: Pair) -> None:
    """Posture and score of a pair. Raises Rejected for items that make none."""
    inner, outer = _item(pair.inner_id), _item(pair.outer_id)
    _check(pair.analysis_id, inner, outer)
    _settle(pair, inner, outer)


def _settle(pair: Pair, inner: Item, outer: Item) -> None:
    pair.posture = posture_of(inner.quadrant, outer.quadrant)
    pair.score = pair_score(inner.weight, outer.weight, pair.fit)


def _check(analysis_id: int, inner: Item, outer: Item) -> None:
    for name, item, quadrants in (("inner", inner, INNER), ("outer", outer, OUTER)):
        if item.analysis_id != analysis_id:
            raise Rejected(name, gettext("It belongs to another analysis."))
        if item.put_aside:
            raise Rejected(name, gettext("It was merged or dropped."))
        if item.quadrant not in quadrants:
            text = gettext("A pair begins with a strength or a weakness.")
            if name == "outer":
                text = gettext("A pair ends with an opportunity or a threat.")
            raise Rejected(name, text)


def complete_option(option: Option) -> None:
    """The posture of its pair. Raises Rejected."""
    if option.pair_id is None:
        return
    pair = host().session.get_one(Pair, (current_company().id, option.pair_id))
    if pair.analysis_id != option.analysis_id:
        raise Rejected("pair", gettext("It belongs to another analysis."))
    option.posture = pair.posture


def follow(item: Item) -> None:
    """Have pairs follow an item: another score, another posture, or none at all."""
    session = host().session
    mine = sa.or_(Pair.inner_id == item.id, Pair.outer_id == item.id)
    found = session.scalars(sa.select(Pair).where(mine)).all()
    if not found:
        return
    others = _items({pair.inner_id for pair in found} | {pair.outer_id for pair in found})
    gone = []
    for pair in found:
        inner, outer = others[pair.inner_id], others[pair.outer_id]
        fits = inner.quadrant in INNER and outer.quadrant in OUTER
        if not fits or inner.put_aside or outer.put_aside:
            gone.append(pair)
            continue
        _settle(pair, inner, outer)
    if gone:
        _let_go(gone)


def _let_go(pairs: Sequence[Pair]) -> None:
    """Pairs that are none any more, unless an option leans on one. Raises Rejected."""
    session = host().session
    ids = [pair.id for pair in pairs]
    named = session.scalar(sa.select(Option.name).where(Option.pair_id.in_(ids)).limit(1))
    if named is not None:
        raise Rejected(
            "quadrant",
            gettext("“%(option)s” leans on a pair of it. Take that off the option first.",
                    option=named),
        )  # fmt: skip
    for pair in pairs:
        session.delete(pair)


def set_fits(analysis: Analysis, fits: Mapping[tuple[int, int], int]) -> int:
    """Say how well items fit each other: ``{(inner, outer): 0 to 3}``; how many are different.

    A few statements, and those of each pair that is written. Raises Rejected for what is no pair.
    """
    asked = sa.select(Pair).where(Pair.analysis_id == analysis.id)
    known = {(pair.inner_id, pair.outer_id): pair for pair in host().session.scalars(asked)}
    items = _items({number for key in fits for number in key})
    for one, other in fits:
        if one not in items or other not in items:
            raise Rejected("", gettext("It belongs to another analysis."))
        _check(analysis.id, items[one], items[other])
    records, changed, new = host().records, [], []
    for key, fit in fits.items():
        pair = known.get(key)
        if pair is None:
            if fit:
                new.append(
                    {"analysis_id": analysis.id, "inner_id": key[0], "outer_id": key[1], "fit": fit}
                )
        elif pair.fit != fit:
            changed.append((pair, {"fit": fit}))
    if new:
        records.create_many(Pair, new)
    if changed:
        records.update_many(changed)
    return len(new) + len(changed)


def ranked(analysis_id: int) -> Sequence[Any]:
    """Pairs that fit, the best first: ``pair, inner, outer`` with their names. One statement."""
    inner, outer = aliased(Item), aliased(Item)
    asked = (
        sa.select(
            Pair.id, Pair.posture, Pair.fit, Pair.score, Pair.inner_id, Pair.outer_id,
            inner.name.label("inner"), outer.name.label("outer"),
        )
        .join(inner, inner.id == Pair.inner_id)
        .join(outer, outer.id == Pair.outer_id)
        .where(Pair.analysis_id == analysis_id, Pair.fit > 0)
        .order_by(Pair.score.is_(None), Pair.score.desc(), Pair.id)
    )  # fmt: skip
    return host().session.execute(asked).all()


def _item(item_id: int) -> Item:
    return host().session.get_one(Item, (current_company().id, item_id))


def _items(ids: set[int]) -> Mapping[int, Item]:
    asked = sa.select(Item).where(Item.id.in_(ids))
    return {item.id: item for item in host().session.scalars(asked)}

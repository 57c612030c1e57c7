"""Which records are the same as some that are entered. Few statements, however many they are.

It looks at all of the company's records: what of them a person may be told is for
:mod:`plugins.duplicates.services.telling`.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugins.duplicates.models.rules import Key
from plugins.duplicates.services import matched, rules
from plugins.duplicates.services.rules import Compiled, Test

CHUNK = 400
LOADED = 2000
"""Records that are read together."""
FEW = 40
OFTEN = 200
"""A key that more records share, such as the end of the names of a whole trade, tells little."""
ENOUGH = 5
"""Records entered together that one is compared with on, once it is the same as so many."""


@dataclass(frozen=True, slots=True)
class Known:
    """A record as it lies there."""

    model: str
    id: int
    values: Mapping[str, Any]
    aside: bool
    owner_id: int | None
    seen: bool
    """Whether the actor may see it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that is the same as another: one that lies there, or one that is entered with it,
    at ``place``."""

    rule: Compiled
    likeness: float
    by: tuple[Test, ...]
    known: Known | None = None
    place: int | None = None


def find(
    key: str, entered: Sequence[tuple[int | None, Mapping[str, Any]]], *, refusing: bool = False
) -> dict[int, list[Hit]]:
    """Position → what each of some records of a model is the same as, the most alike first.

    They are numbers and values; one without a number is not there yet. ``refusing``: by rules
    that refuse alone.
    """
    here = [rule for rule in rules.for_model(key) if rule.refuses or not refusing]
    if not here:
        return {}
    keys = [rules.keys_of(key, values) for _id, values in entered]
    found: dict[int, dict[Any, Hit]] = defaultdict(dict)
    for i, j in _together(keys):
        # As many as are told of: rows that repeat are not compared each with each.
        for rule in here if len(found[j]) < ENOUGH else ():
            if rule.right == key:
                _note(found[j], ("", i), rule, entered[j][1], entered[i][1], place=i)
    near = _near({number for each in keys for number in each})
    known = load({pair for pairs in near.values() for pair in pairs})
    for i, (record_id, values) in enumerate(entered):
        for pair in {pair for number in keys[i] for pair in near.get(number, ())}:
            other = known.get(pair)
            if other is None or pair == (key, record_id):
                continue
            for rule in here:
                if rule.right == other.model and (rule.archived or not other.aside):
                    _note(found[i], pair, rule, values, other.values, known=other)
    return {
        i: sorted(hits.values(), key=lambda hit: (-hit.likeness, hit.place or 0, _id(hit)))
        for i, hits in found.items()
        if hits
    }


def load(pairs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Known]:
    """Records by model and number, with what rules compare. A statement for every few hundred."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for key, record_id in pairs:
        wanted[key].append(record_id)
    found: dict[tuple[str, int], Known] = {}
    for key, ids in wanted.items():
        model: Any = matched.find(key)
        names = sorted(rules.fields_of(key))
        aside, owner = model.__aside__, model.__owner__
        columns = [
            model.id,
            getattr(model, aside[0]) if aside else sa.false(),
            getattr(model, owner) if owner else sa.null(),
            sa.case((host().records.visible(model), 1), else_=0),
            *(getattr(model, name) for name in names),
        ]
        for start in range(0, len(ids), LOADED):
            asked = sa.select(*columns).where(model.id.in_(ids[start : start + LOADED]))
            for row in host().session.execute(asked):
                found[key, row[0]] = Known(
                    key, row[0], dict(zip(names, row[4:], strict=True)),
                    aside is not None and row[1] == aside[1], row[2], bool(row[3]),
                )  # fmt: skip
    return found


def _together(keys: Sequence[set[int]]) -> Iterator[tuple[int, int]]:
    """Positions of records entered together that share a key, the earlier one first; of a key
    that very many have, the last of them."""
    if len(keys) < 2:
        return
    holders: dict[int, deque[int]] = defaultdict(lambda: deque(maxlen=OFTEN))
    for j, each in enumerate(keys):
        for i in sorted({i for number in each for i in holders[number]}):
            yield i, j
        for number in each:
            holders[number].append(j)


def _near(numbers: set[int]) -> dict[int, list[tuple[str, int]]]:
    """Key → the records that have it; of a key that very many have, the last of them."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    wanted = sorted(numbers)
    session = host().session
    if 0 < len(wanted) <= FEW:
        # Of a single record: in one statement, however often a key is there.
        legs = [sa.select(_last(number).subquery()) for number in wanted]
        for number, key, record_id in session.execute(sa.union_all(*legs)):
            found[number].append((key, record_id))
        return found
    for start in range(0, len(wanted), CHUNK):
        some = wanted[start : start + CHUNK]
        counted = sa.select(Key.key, sa.func.count()).where(Key.key.in_(some)).group_by(Key.key)
        held = {row[0]: row[1] for row in session.execute(counted)}
        if not held:
            continue
        often = [number for number, count in held.items() if count > OFTEN]
        asked = sa.select(Key.key, Key.about_model, Key.about_id)
        rows = list(session.execute(asked.where(Key.key.in_(held.keys() - set(often)))))
        if often:
            last = asked.where(Key.key.in_(often)).order_by(Key.id.desc()).limit(OFTEN)
            rows += session.execute(last)
        for number, key, record_id in rows:
            found[number].append((key, record_id))
    return found


def _last(number: int) -> sa.Select[Any]:
    """The last records that have a key."""
    asked: Any = sa.select(Key.key, Key.about_model, Key.about_id).where(Key.key == number)
    found: sa.Select[Any] = asked.order_by(Key.id.desc()).limit(OFTEN)
    return found


def _note(
    hits: dict[Any, Hit], who: Any, rule: Compiled, one: Any, other: Any, **told: Any
) -> None:
    likeness, by = rule.holds(one, other)
    before = hits.get(who)
    if not likeness:
        return
    if before is not None and (before.rule.refuses, before.likeness) >= (rule.refuses, likeness):
        return
    hits[who] = Hit(rule, likeness, by, **told)


def _id(hit: Hit) -> int:
    return hit.known.id if hit.known else 0

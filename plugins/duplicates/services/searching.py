"""The duplicates that lie there already: pairs by the keys they share, groups of pairs."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import now
from plugins.duplicates.models import Different, Group, Key, Member
from plugins.duplicates.services import matching, rules

LARGEST_BLOCK = 60
"""Records that share a key; what more of them share, such as the beginning of a city's name, tells
too little to compare each with each."""
LARGEST_GROUP = 20
WINDOW = 2000
"""Blocks that are looked at together."""
Pair = tuple[int, int]


def search(key: str) -> Iterator[tuple[int, int]]:
    """Find the groups of a model anew; tells after every few blocks how many are done, of how
    many. Groups that somebody has ignored, and pairs told apart, stay so."""
    here = [rule for rule in rules.for_model(key) if rule.right == key]
    likes: dict[Pair, float] = {}
    seen: set[Pair] = set()
    blocks = _blocks(key) if here else []
    for start in range(0, len(blocks), WINDOW):
        some = blocks[start : start + WINDOW]
        pairs = {pair for ids in some for pair in combinations(ids, 2)} - seen
        seen |= pairs
        known = matching.load({(key, i) for pair in pairs for i in pair})
        for one, other in pairs:
            first, second = known.get((key, one)), known.get((key, other))
            if first is None or second is None:
                continue
            likes_pair = _likeness(here, first, second)
            if likes_pair:
                likes[one, other] = likes_pair
        yield start + len(some), len(blocks)
    apart = _apart(key)
    _write(key, groups({pair: like for pair, like in likes.items() if pair not in apart}))


def groups(likes: Mapping[Pair, float]) -> list[tuple[tuple[int, ...], int]]:
    """Records that hang together by pairs, with the least likeness among these: the most alike
    first. A group that would grow too large keeps to its most alike pairs."""
    root: dict[int, int] = {}
    size: dict[int, int] = defaultdict(lambda: 1)
    least: dict[int, float] = {}

    def find(item: int) -> int:
        while root.setdefault(item, item) != item:
            root[item] = root[root[item]]
            item = root[item]
        return item

    for (one, other), like in sorted(likes.items(), key=lambda each: (-each[1], each[0])):
        first, second = sorted((find(one), find(other)))
        if first != second:
            if size[first] + size[second] > LARGEST_GROUP:
                continue
            root[second] = first
            size[first] += size[second]
        least[first] = min(like, least.get(first, 100.0), least.get(second, 100.0))
    members: dict[int, list[int]] = defaultdict(list)
    for item in root:
        members[find(item)].append(item)
    made = [(tuple(sorted(ids)), int(least[top])) for top, ids in members.items() if len(ids) > 1]
    return sorted(made, key=lambda each: (-each[1], each[0]))


def _likeness(here: Sequence[rules.Compiled], one: matching.Known, other: matching.Known) -> float:
    found = 0.0
    for rule in here:
        if rule.archived or not (one.aside or other.aside):
            found = max(found, rule.holds(one.values, other.values)[0])
    return found


def _blocks(key: str) -> list[tuple[int, ...]]:
    """Numbers of records that share a key, each set once. Two statements at most."""
    counted = (
        sa.select(Key.key)
        .where(Key.about_model == key)
        .group_by(Key.key)
        .having(sa.func.count() > 1, sa.func.count() <= LARGEST_BLOCK)
    )
    asked = (
        sa.select(Key.key, Key.about_id)
        .where(Key.about_model == key, Key.key.in_(counted))
        .order_by(Key.key, Key.about_id)
    )
    held: dict[int, set[int]] = defaultdict(set)
    for number, record_id in host().session.execute(asked):
        held[number].add(record_id)
    return sorted({tuple(sorted(ids)) for ids in held.values() if len(ids) > 1})


def _apart(key: str) -> set[Pair]:
    asked = sa.select(Different.first_id, Different.second_id).where(Different.about_model == key)
    return {(row[0], row[1]) for row in host().session.execute(asked)}


def _write(key: str, found: Iterable[tuple[tuple[int, ...], int]]) -> None:
    """Put the groups in place of those that are still open."""
    session = host().session
    asked = sa.select(Group.signature).where(Group.about_model == key, Group.state == "ignored")
    ignored = set(session.scalars(asked))
    session.execute(
        sa.delete(Group).where(Group.about_model == key, Group.state == "open"),
        execution_options={"synchronize_session": False},
    )
    at = now()
    members = {signature_of(ids): (ids, likeness) for ids, likeness in found}
    rows = [
        {"about_model": key, "likeness": likeness, "signature": signature, "found_at": at,
         "state": "open"}
        for signature, (_ids, likeness) in members.items()
        if signature not in ignored
    ]  # fmt: skip
    if not rows:
        return
    host().records.add_rows(Group, rows)
    session.flush()
    asked_ids = sa.select(Group.id, Group.signature).where(
        Group.about_model == key, Group.state == "open"
    )
    host().records.add_rows(
        Member,
        [
            {"group_id": number, "about_model": key, "about_id": record_id}
            for number, signature in session.execute(asked_ids).all()
            for record_id in members[signature][0]
        ],
    )


def count(key: str) -> int:
    """How many groups are open."""
    asked = sa.select(sa.func.count(Group.id)).where(
        Group.about_model == key, Group.state == "open"
    )
    return host().session.scalar(asked) or 0


def signature_of(ids: Sequence[int]) -> str:
    """Tells a group by its members."""
    return hashlib.sha256(",".join(map(str, sorted(ids))).encode()).hexdigest()

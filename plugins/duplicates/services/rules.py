"""The company's rules as they are applied, remembered until somebody changes one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company
from plugin_api.keeping import Keeping
from plugins.duplicates.models.rules import Condition, Rule
from plugins.duplicates.services import matched
from plugins.duplicates.services.reducing import METHODS, blocks, likeness, reduced

KEEPING = Keeping("duplicates")


@dataclass(frozen=True, slots=True)
class Side:
    """A field on one side of a condition."""

    name: str
    kind: str
    is_person: bool


@dataclass(frozen=True, slots=True)
class Test:
    """A condition. ``spec`` is the same on both sides, so that their keys are too."""

    left: Side
    right: Side
    method: str
    threshold: int
    spec: str

    @property
    def turned(self) -> Test:
        """Seen from the other side."""
        return replace(self, left=self.right, right=self.left)

    def reduced(self, side: Side, values: Mapping[str, Any]) -> str:
        """What a record is compared by."""
        region = current_company().country or ""
        text = values.get(side.name) or ""
        return reduced(self.method, side.kind, side.is_person, text, region)

    def likeness(self, one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
        """How alike the fields are, 0 to 100, 0 below the threshold."""
        found = likeness(self.method, self.reduced(self.left, one), self.reduced(self.right, other))
        return found if found >= self.threshold or self.method != "fuzzy" else 0.0


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule as seen from the records of ``left``."""

    id: int
    left: str
    right: str
    tests: tuple[Test, ...]
    any: bool
    archived: bool
    refuses: bool

    @property
    def turned(self) -> Compiled:
        """Seen from the other side."""
        tests = tuple(test.turned for test in self.tests)
        return replace(self, left=self.right, right=self.left, tests=tests)

    @property
    def found_by(self) -> tuple[Test, ...]:
        """The conditions of which one must hold: all where one is enough, else the sharpest."""
        if self.any:
            return self.tests
        return (min(self.tests, key=lambda test: METHODS.index(test.method)),)

    def holds(
        self, one: Mapping[str, Any], other: Mapping[str, Any]
    ) -> tuple[float, tuple[Test, ...]]:
        """How alike two records are by the rule, and by which conditions; 0 when they are not.

        Of records of one kind it does not matter which is which.
        """
        found = self._holds(one, other)
        if found[0] == 0 and self.left == self.right:
            return self._holds(other, one)
        return found

    def _holds(
        self, one: Mapping[str, Any], other: Mapping[str, Any]
    ) -> tuple[float, tuple[Test, ...]]:
        likes = [(test.likeness(one, other), test) for test in self.tests]
        held = tuple(test for like, test in likes if like)
        if not held or (not self.any and len(held) < len(self.tests)):
            return 0.0, ()
        found = [like for like, _test in likes if like]
        return (max(found) if self.any else min(found)), held


def all_rules() -> tuple[Compiled, ...]:
    """The active rules that have conditions, in the order in which they were made."""
    return KEEPING.lasting("rules", _read)


def for_model(key: str) -> tuple[Compiled, ...]:
    """Rules as seen from records of a model."""
    return tuple(_seen_from(key))


def fields_of(key: str) -> frozenset[str]:
    """The fields of a model that rules ask for."""
    found: set[str] = set()
    for rule in for_model(key):
        for test in rule.tests:
            found.add(test.left.name)
            if rule.left == rule.right:
                found.add(test.right.name)
    return frozenset(found)


def keys_of(key: str, values: Mapping[str, Any]) -> set[int]:
    """The numbers by which a record is found among those that may be the same."""
    made: set[int] = set()
    for rule in for_model(key):
        for test in rule.found_by:
            for side in {test.left, test.right} if rule.left == rule.right else {test.left}:
                for block in blocks(test.method, test.reduced(side, values)):
                    made.add(_number(f"{test.spec}\0{block}"))
    return made


def _seen_from(key: str) -> Iterator[Compiled]:
    for rule in all_rules():
        if rule.left == key:
            yield rule
        elif rule.right == key:
            yield rule.turned


def _number(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _read() -> tuple[Compiled, ...]:
    rows = host().session.execute(
        sa.select(Rule, Condition)
        .join(Condition, Condition.rule_id == Rule.id)
        .where(Rule.active)
        .order_by(Rule.id, Condition.id)
    )
    made: dict[int, Compiled] = {}
    for rule, condition in rows.all():
        right = rule.against or rule.model
        if not (matched.is_matched(rule.model) and matched.is_matched(right)):
            continue
        test = _test(rule.model, right, condition)
        known = made.get(rule.id)
        if known is not None:
            made[rule.id] = replace(known, tests=(*known.tests, test))
            continue
        made[rule.id] = Compiled(
            id=rule.id, left=rule.model, right=right, tests=(test,), any=rule.combine == "any",
            archived=rule.archived, refuses=rule.action == "refuse",
        )  # fmt: skip
    return tuple(made.values())


def _test(left: str, right: str, condition: Condition) -> Test:
    fields = condition.field, condition.other or f"{right}.{condition.field.rpartition('.')[2]}"
    spec = f"{'~'.join(sorted(fields))}:{condition.method}"
    return Test(_side(left, fields[0]), _side(right, fields[1]), condition.method,
                condition.threshold, spec)  # fmt: skip


def _side(model: str, field: str) -> Side:
    name = field.rpartition(".")[2]
    info = matched.info_of(matched.find(model), name)
    return Side(name, info.kind, info.personal)

"""Which fields of a model a person may read and which they may set.

A field may ask for permissions of its own, and a role may hide it, mask it or keep it as it is.
Both come to the same: a field that is hidden is not there for the person, of one that is masked a
part is shown, one that is kept is read-only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from core.hosting import derive
from plugin_api.context import Actor, FieldRight
from plugin_api.models import Base

RIGHTS: tuple[FieldRight, ...] = ("hidden", "masked", "read")
"""What a role may narrow a field to; what is masked can be entered, what is only read cannot."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Names of fields as in views that are hidden, that are masked, and that may only be read."""

    hidden: frozenset[str]
    masked: frozenset[str]
    kept: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Gate:
    name: str
    read: str
    write: str
    unmask: str


_gates: WeakKeyDictionary[type[Base], tuple[_Gate, ...]] = WeakKeyDictionary()
_needed: WeakKeyDictionary[type[Base], frozenset[str]] = WeakKeyDictionary()


def limits_of(model: type[Base], actor: Actor | None) -> Limits | None:
    """What the actor may not do with fields of the model; None when there is nothing."""
    if actor is None or actor.is_system:
        return None
    gates = _gates_of(model)
    ruled = actor.fields.get(model.model_key()) if actor.fields else None
    if not gates and not ruled:
        return None
    hidden = {gate.name for gate in gates if gate.read and gate.read not in actor.grants}
    kept = {gate.name for gate in gates if gate.write and gate.write not in actor.grants}
    masked = {gate.name for gate in gates if gate.unmask and gate.unmask not in actor.grants}
    ways = {"hidden": hidden, "masked": masked}
    for name, right in (ruled or {}).items():
        (ways.get(right, kept) if may_hide(model, name) else kept).add(name)
    if not (hidden or masked or kept):
        return None
    return Limits(frozenset(hidden), frozenset(masked - hidden), frozenset(kept - hidden))


def right_of(model: type[Base], name: str, actor: Actor) -> FieldRight | None:
    """How far the actor's right to a field is narrowed; None when it is not."""
    limits = limits_of(model, actor)
    if limits is None:
        return None
    return next((right for right, names in _by_right(limits) if name in names), None)


def exceeds(right: FieldRight | None, mine: FieldRight | None) -> bool:
    """Whether a right to a field lets one see or set more than another does."""
    return _SEEN[right] > _SEEN[mine] or _SET[right] > _SET[mine]


def _by_right(limits: Limits) -> tuple[tuple[FieldRight, frozenset[str]], ...]:
    return ("hidden", limits.hidden), ("masked", limits.masked), ("read", limits.kept)


_SEEN: Mapping[FieldRight | None, int] = {"hidden": 0, "masked": 1, "read": 2, None: 2}
_SET: Mapping[FieldRight | None, int] = {"hidden": 0, "masked": 1, "read": 0, None: 1}


def may_hide(model: type[Base], name: str) -> bool:
    """Whether a record makes sense without the field: not what names it, says whose it is or
    in which currency its amounts are."""
    needed = _needed.get(model)
    if needed is None:
        infos = derive.fields_of(model)
        needed = _needed[model] = frozenset(
            {
                model.__title__,
                *(each.removesuffix("_id") for each in (model.__owner__, model.__parent__) if each),
                *(info.currency_field for info in infos.values() if info.currency_field),
            }
        )
    return name not in needed


def gates_of(model: type[Base]) -> Mapping[str, tuple[str, str, str]]:
    """Field → the permissions that reading it, writing it and seeing it whole need, possibly
    empty."""
    return {gate.name: (gate.read, gate.write, gate.unmask) for gate in _gates_of(model)}


def _gates_of(model: type[Base]) -> tuple[_Gate, ...]:
    found = _gates.get(model)
    if found is None:
        infos: Mapping[str, Any] = derive.fields_of(model)
        found = _gates[model] = tuple(
            _Gate(name, info.read, info.write, info.unmask)
            for name, info in infos.items()
            if info.read or info.write or info.unmask
        )
    return found

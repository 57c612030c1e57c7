"""States and the moves between them.

One function of the host runs every transition, so a gate holds on every path: form, board,
bulk, import, REST, automation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from plugin_api.context import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Transition:
    """A named move of a record.

    ``inputs`` are fields of the model that the person may or must give with it;
    ``required`` those (of inputs or already on the record) that may not be empty afterwards.
    ``check(record, values)`` raises :class:`plugin_api.errors.Rejected` to refuse;
    ``apply(record, values)`` makes the change and may return a mapping for the person
    (``{"open": record}`` names where to go next). Both see the record as it was, and the values
    under the names that ``inputs`` gives them. What ``apply`` leaves in the values, or all of
    them without it, is put on the record then. ``to`` is the state afterwards; None when
    ``apply`` decides. The hooks of an update are called too.
    """

    name: str
    label: Text
    from_: tuple[str, ...]
    to: str | None = None
    inputs: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    permission: str | None = None
    """Default: the model's update permission."""
    check: Callable[[Any, Mapping[str, Any]], None] | None = None
    apply: Callable[[Any, dict[str, Any]], Mapping[str, Any] | None] | None = None
    tone: str = "neutral"
    button: bool = True
    """Whether the form offers it as a button; a board may offer it by dragging instead."""
    unoffered: tuple[str, ...] = ()
    """States of ``from_`` in which no button is shown: who tries all the same, having seen the
    record as it was before, is told by ``check`` why it is too late."""
    offered: Callable[[Any], bool] | None = None
    """Whether a button is shown for this record, where ``check`` would refuse it for more than
    its state; without sending statements."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Workflow:
    """The life of a model: ``field`` is a choice column that only transitions may change.

    ``guards`` are further columns that only transitions may change once the record exists. Forms
    of new records leave them out, but for ``given``, those that whoever makes one may say, such as
    the stage that a deal starts in, and for what a new record cannot be without. Files and REST
    may set them all, as when records come from elsewhere.
    """

    model: str
    field: str
    transitions: tuple[Transition, ...]
    guards: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

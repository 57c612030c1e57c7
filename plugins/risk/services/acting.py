"""What follows from a rule is written in the actor's name, whatever their role allows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace

from plugin_api.context import Scope, acting_as, current_actor, current_company

_by_rule: ContextVar[bool] = ContextVar("risk_by_rule", default=False)


@contextmanager
def by_rule(*permissions: str) -> Iterator[None]:
    """What is written inside follows from a rule, and may use these permissions."""
    token = _by_rule.set(True)
    actor = current_actor()
    grants: dict[str, Scope] = {**actor.grants, **dict.fromkeys(permissions, "company")}
    try:
        with acting_as(current_company(), replace(actor, grants=grants, fields={})):
            yield
    finally:
        _by_rule.reset(token)


def is_by_rule() -> bool:
    """Whether it does."""
    return _by_rule.get()

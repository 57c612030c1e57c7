"""What tests of duplicates have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from core.identity import service
from plugin_api.context import acting_as, current_company


@contextmanager
def acting(name: str, slug: str = "acme") -> Iterator[None]:
    """Work as somebody inside a transaction of the system."""
    user = service.find_user(f"{name}@{slug}.example")
    with acting_as(current_company(), service.actor_for(user)):
        yield

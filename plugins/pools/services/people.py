"""What people are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.models import model_of


def names_of(ids: Iterable[int | None]) -> Mapping[int, str]:
    """Names by number. One statement."""
    known = {id_ for id_ in ids if id_ is not None}
    if not known:
        return {}
    user: Any = model_of("core.User")
    asked = sa.select(user.id, user.name).where(user.id.in_(known))
    return {row[0]: row[1] for row in host().session.execute(asked)}

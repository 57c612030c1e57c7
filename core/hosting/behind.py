"""Which plugins wait for ``xiaoguan db upgrade``; asked on every request."""

from __future__ import annotations

import time

from flask import current_app

from core.host import services
from core.hosting.schema import status
from core.tenancy.engine import reading

RECHECK_SECONDS = 2.0
"""While something is behind, how long an answer holds."""


def behind() -> frozenset[str]:
    """Loaded plugins whose tables are not those of their code. Cheap when there are none."""
    held: tuple[float, frozenset[str]] | None = current_app.extensions.get("xiaoguan.behind")
    if held is not None and (not held[1] or time.monotonic() - held[0] < RECHECK_SECONDS):
        return held[1]
    with reading():
        found = status(services().engine, services().registry)
    late = frozenset(each.plugin for each in found if each.state != "current")
    current_app.extensions["xiaoguan.behind"] = (time.monotonic(), late)
    return late


def is_current(plugin_id: str) -> bool:
    """Whether a plugin's tables are those of its code."""
    return plugin_id not in behind()

"""Which plugins wait for ``xiaoguan db upgrade``; asked on every request."""

from __future__ import annotations

import time

from flask import current_app

from core.host import services
from core.hosting.schema import status
from core.tenancy.engine import reading
from plugin_api.context import gettext
from plugin_api.errors import Refused
from plugin_api.models import Base

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


def require_current(model: type[Base]) -> None:
    """Refuse to write records of a plugin that waits: its hooks are not called meanwhile, and what
    they look after would be left undone. Raises Refused."""
    plugin = model.plugin_id()
    if plugin in behind() and plugin != "core":
        text = gettext(
            "“%(plugin)s” waits for an upgrade of its tables. Nothing was changed.", plugin=plugin
        )
        raise Refused(text)

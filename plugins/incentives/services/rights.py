"""Who may see the pages of pay that show amounts of others, or amounts at all."""

from __future__ import annotations

from typing import Any

from plugin_api import host
from plugin_api.context import current_actor, gettext
from plugin_api.errors import Forbidden
from plugins.incentives.access import READ
from plugins.incentives.models import Entry, Statement

SHOWN = ((Statement, ("amount", "pay_amount", "user")), (Entry, ("amount", "whole", "text")))


def sees_all() -> bool:
    """Whether the actor may read the pay of everybody."""
    actor = current_actor()
    return actor.is_system or actor.grants.get(READ) == "company"


def sees_amounts() -> bool:
    """Whether the actor may read the amounts of what may be read."""
    shown: Any = SHOWN
    return all(host().records.may_read(model, name) for model, names in shown for name in names)


def check_amounts() -> None:
    """Raise Forbidden for who may not read amounts of pay."""
    if not sees_amounts():
        raise Forbidden(gettext("You may not do this."))

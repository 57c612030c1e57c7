"""What is checked of whom something is for, and when."""

from __future__ import annotations

from typing import Any

from plugin_api import host
from plugin_api.conditions import cleaned
from plugin_api.context import gettext
from plugin_api.errors import Rejected


def check(record: Any) -> None:
    """Refuse days or a condition that nothing could fulfil."""
    check_days(record)
    check_condition(record)


def check_condition(record: Any) -> None:
    """Keep of a condition what says which accounts. Raises Rejected."""
    if record.condition:
        if not host().is_enabled("crm"):
            raise Rejected("condition", gettext("Without accounts there is nothing to choose by."))
        from plugins.crm.api import Account

        record.condition = cleaned(Account, record.condition)


def check_days(record: Any) -> None:
    """Refuse a last day before the first."""
    if record.valid_from and record.valid_to and record.valid_to < record.valid_from:
        raise Rejected("valid_to", gettext("The last day is before the first."))

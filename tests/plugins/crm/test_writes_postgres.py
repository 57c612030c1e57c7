"""The same ways of writing on PostgreSQL."""

from __future__ import annotations

from tests.plugins.crm.test_alike import *  # noqa: F403
from tests.plugins.crm.test_postgres import crm
from tests.plugins.crm.test_statements import *  # noqa: F403

__all__ = ["crm"]

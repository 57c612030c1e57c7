"""Writing what follows from somebody's work, though it will be a colleague's."""

from __future__ import annotations

from contextlib import AbstractContextManager

from plugin_api.context import acting_with
from plugins.service.access import CREATE, READ, READ_VISIT, UPDATE

WRITTEN = (
    CREATE, READ, UPDATE, READ_VISIT, "service.Visit.create", "service.Visit.update",
    "crm.Account.read", "crm.Contact.read", "catalog.Product.read",
)  # fmt: skip


def with_rights() -> AbstractContextManager[None]:
    """Write cases and return visits in the actor's name by the company's rules."""
    return acting_with(WRITTEN)

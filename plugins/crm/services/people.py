"""What is owed to people whose data the company holds."""

from __future__ import annotations

import sqlalchemy as sa

from plugin_api.context import ngettext
from plugin_api.host import host
from plugin_api.models import CompanyModel
from plugins.crm.models import Opportunity


def reasons_to_keep(contact: CompanyModel) -> list[str]:
    """A contact is needed while somebody deals with them."""
    asked = sa.select(sa.func.count(Opportunity.id)).where(
        Opportunity.contact_id == contact.id, Opportunity.outcome == "open"
    )
    count = host().session.scalar(asked) or 0
    if not count:
        return []
    return [
        ngettext(
            "%(num)s open opportunity is with this contact.",
            "%(num)s open opportunities are with this contact.",
            count,
        )
    ]

"""What records are called when nobody named them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugin_api.masking import masked
from plugins.catalog.api import Product
from plugins.crm.models import Account, Contact, Lead, Opportunity
from plugins.crm.services.kept import kept

LENGTH = 200
"""Of every name."""


def of_opportunity(record: Opportunity) -> str:
    """``Acme · GTX Pro``; else what it is known by elsewhere."""
    parts = [
        _name(Account, record.account_id) or _name(Contact, record.contact_id),
        _name(Product, record.product_id),
    ]
    known = " · ".join(part for part in parts if part)
    if record.external_id and not (parts[0] and parts[1]):
        known = f"{known} · {record.external_id}" if known else record.external_id
    return (known or gettext("Opportunity"))[:LENGTH]


def of_lead(record: Lead) -> str:
    """The organisation, an address or a number. Raises Rejected when nothing is known."""
    # Names are shown where addresses and numbers are not, or not whole.
    number = record.phone or record.mobile
    known = record.company_name
    if not known and record.email:
        known = masked("email", record.email)
    elif not known:
        known = masked("phone", number) if number else record.external_id
    if not known:
        raise Rejected("name", gettext("A lead needs a name, or something to call it by."))
    return known[:LENGTH]


def _name(model: Any, record_id: int | None) -> str | None:
    if record_id is None:
        return None
    asked = sa.select(model.name).where(model.id == record_id)
    return kept(("name", model, record_id), lambda: host().session.scalar(asked))

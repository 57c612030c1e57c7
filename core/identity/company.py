"""Changing what is known of a company."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from core.data import audit
from core.extensions import db
from core.identity.models import Company
from core.tenancy.session import raise_revision
from plugin_api.context import gettext
from plugin_api.errors import Rejected


def change_company(**values: Any) -> None:
    """Set columns of the current company: name, currency, timezone, language, country,
    fiscal_year_start, work_days (ISO week days). The edge commits. Raises Rejected."""
    company: Any = db.session.scalars(sa.select(Company)).one()
    if "work_days" in values:
        values["work_days"] = "".join(map(str, sorted(values["work_days"])))
    changes = {
        name: (getattr(company, name), value)
        for name, value in values.items()
        if getattr(company, name) != value
    }
    if not changes:
        return
    if "currency" in changes:
        _refuse_new_currency()
    for name, (_old, new) in changes.items():
        setattr(company, name, new)
    db.session.flush()
    audit.write("update", [(company, changes)])
    raise_revision(db.session())


def _refuse_new_currency() -> None:
    """Amounts are stored in minor units of the currency: another would change what they say."""
    from core.custom import metas
    from core.data.fields import own_fields
    from core.host import services

    for model in services().registry.models.values():
        known = (*own_fields(model).values(), *metas.every(model))
        if any(meta.kind == "money" for meta in known):
            found: Any = model
            if db.session.scalar(sa.select(found.id).limit(1)) is not None:
                raise Rejected(
                    "currency",
                    gettext("The currency stays as it is: there are amounts in it already."),
                )

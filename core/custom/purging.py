"""What goes with a plugin's data."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from core.custom import pointing
from core.custom.memory import changed, definitions
from core.custom.models import CustomChosen, CustomField, CustomValue
from core.host import services
from core.tenancy.session import FIELDS, raise_revision
from plugin_api.context import current_company
from plugin_api.models import Base


def fields_in(models: Iterable[type[Base]]) -> int:
    """How many fields a company has added to models."""
    keys = [model.model_key() for model in models]
    asked = sa.select(sa.func.count(CustomField.id)).where(CustomField.model.in_(keys))
    return services().session.scalar(asked) or 0


def purge(models: Iterable[type[Base]]) -> None:
    """Delete the fields of models whose records are deleted, and empty those that name them."""
    if not definitions().rows:
        return
    keys = {model.model_key() for model in models}
    pointing.forget_targets(keys)
    session = services().session
    fields = sa.select(CustomField.id).where(CustomField.model.in_(sorted(keys)))
    for table in (CustomValue, CustomChosen):
        session.execute(
            sa.delete(table).where(table.field_id.in_(fields)),
            execution_options={"synchronize_session": False},
        )
    session.execute(
        sa.delete(CustomField).where(CustomField.model.in_(sorted(keys))),
        execution_options={"synchronize_session": False},
    )
    raise_revision(session, FIELDS)
    changed(session, current_company().id)

"""What a company begins with: an appetite for each category, and rules that look for risks."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import force_locale

from plugin_api import host
from plugin_api.context import current_company
from plugins.risk.models import Appetite, Rule
from plugins.risk.models.choices import CATEGORIES, KINDS
from plugins.risk.services.detecting.rules import USUAL


def give_first() -> None:
    """Whatever is not there yet; a company that has some rule is left with those it has."""
    session = host().session
    known = set(session.scalars(sa.select(Appetite.category)))
    host().records.create_many(
        Appetite, [{"category": each.value} for each in CATEGORIES if each.value not in known]
    )
    if session.scalar(sa.select(Rule.id).limit(1)) is not None:
        return
    with force_locale(current_company().language):
        labels = {each.value: str(each.label) for each in KINDS}
    rows = [{"name": labels[kind], "kind": kind, **given} for kind, given in USUAL.items()]
    host().records.create_many(Rule, rows)

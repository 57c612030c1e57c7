"""Open critical cases, in the lists of accounts and opportunities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import lazy_gettext as _
from plugin_api.panels import Fact
from plugin_api.views import ExtraColumn, ViewExtension
from plugins.crm.api import Opportunity
from plugins.service import display
from plugins.service.access import READ
from plugins.service.models import Case
from plugins.service.models.words import ACTIVE
from plugins.service.panels import critical


def of_accounts(ids: Sequence[int]) -> Mapping[int, Fact]:
    """How many are open of each account. One statement."""
    asked = sa.select(Case.account_id, sa.func.count()).where(critical(ids))
    rows = host().session.execute(asked.group_by(Case.account_id))
    return {row[0]: _fact(row[0], row[1]) for row in rows if row[0] is not None}


def of_opportunities(ids: Sequence[int]) -> Mapping[int, Fact]:
    """The same of the accounts of opportunities. One statement."""
    asked = (
        sa.select(Opportunity.id, Case.account_id, sa.func.count(Case.id))
        .join(Case, Case.account_id == Opportunity.account_id)
        .where(Opportunity.id.in_(ids), Case.state.in_(ACTIVE), Case.priority == "critical")
        .group_by(Opportunity.id, Case.account_id)
    )
    return {row[0]: _fact(row[1], row[2]) for row in host().session.execute(asked)}


def _fact(account_id: int | None, number: int) -> Fact:
    query = {"account": account_id, "priority": "critical", "state__in": ",".join(ACTIVE)}
    return Fact(label="", value=str(number), href=host().list_url(display.CASE, query))


EXTENSIONS = (
    ViewExtension(
        model="crm.Account", after="grade", permission=READ,
        columns=(
            ExtraColumn(name="critical_cases", label=_("Critical cases"), load=of_accounts),
        ),
    ),
    ViewExtension(
        model="crm.Opportunity", after="stage", permission=READ,
        columns=(
            ExtraColumn(name="critical_cases", label=_("Critical cases"), load=of_opportunities),
        ),
    ),
)  # fmt: skip

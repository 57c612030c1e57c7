"""Whether enough people are known where something is to be sold."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, has_permission
from plugins.crm.models import Contact, Opportunity, OpportunityContact
from plugins.crm.models.people import DECIDES

_R = OpportunityContact


def without_decider() -> sa.ColumnElement[bool]:
    """Opportunities of which nobody is known who decides."""
    return ~sa.exists().where(_R.opportunity_id == Opportunity.id, _R.role.in_(DECIDES))


def with_few_people() -> sa.ColumnElement[bool]:
    """Opportunities that hang on one person, or on nobody."""
    known = (
        sa.select(sa.func.count(_R.id))
        .where(
            _R.opportunity_id == Opportunity.id,
            _R.contact_id != sa.func.coalesce(Opportunity.contact_id, 0),
        )
        .scalar_subquery()
    )
    main = sa.case((Opportunity.contact_id.is_not(None), 1), else_=0)
    return known + main <= 1


def sees_parts() -> bool:
    """Whether the actor may read what part people take."""
    if not has_permission("crm.OpportunityContact.read"):
        return False
    return all(host().records.may_read(_R, name) for name in ("role", "influence", "attitude"))


@dataclass(frozen=True, slots=True)
class Part:
    """The part that a person takes in an opportunity."""

    contact_id: int
    name: str
    role: str
    influence: str
    attitude: str


def parts(opportunity_id: int) -> list[Part]:
    """Who takes part, those who decide first."""
    rows = host().session.execute(
        sa.select(_R.contact_id, Contact.name, _R.role, _R.influence, _R.attitude)
        .join(Contact, Contact.id == _R.contact_id)
        .where(_R.opportunity_id == opportunity_id, host().records.visible(Contact))
        .order_by(sa.case((_R.role.in_(DECIDES), 0), else_=1), _R.id)
    )
    return [Part(*row) for row in rows]


def people_at(account_id: int) -> int:
    """How many contacts of an account the person sees that are not archived."""
    asked = sa.select(sa.func.count(Contact.id)).where(
        Contact.account_id == account_id, Contact.archived.is_(False),
        host().records.visible(Contact),
    )  # fmt: skip
    return host().session.scalar(asked) or 0


def gaps(roles: Collection[str], people: int, attitudes: Iterable[str] = ()) -> list[str]:
    """What lacks, in words: by the roles that are taken, how many people are known, and how those
    who decide think."""
    found: list[Any] = []
    if not people:
        found.append(gettext("Nobody is known there."))
    elif people == 1:
        found.append(gettext("Only one contact is known."))
    if people and not set(roles) & set(DECIDES):
        found.append(gettext("No decision maker is known."))
    if people > 1 and "champion" not in roles and "for" not in set(attitudes):
        found.append(gettext("Nobody there speaks for us."))
    return [str(each) for each in found]

"""What lies in the pools or is held from them, and how it came to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import Actor, lazy_pgettext
from plugin_api.context import lazy_gettext as _
from plugin_api.models import Choice, CompanyModel, boolean, choice, date, instant, reference, text
from plugins.crm.api import GRADES
from plugins.pools.models.pools import KINDS

STATES = (
    Choice(value="free", label=_("Free"), tone="good"),
    Choice(value="held", label=_("Held"), tone="info"),
    Choice(value="closed", label=_("Out of use")),
)
CHANGES = (
    Choice(value="entered", label=_("Came into the pool")),
    Choice(value="claimed", label=_("Claimed"), tone="good"),
    Choice(value="assigned", label=_("Assigned"), tone="info"),
    Choice(value="given_back", label=_("Given back")),
    Choice(value="taken_back", label=lazy_pgettext("pool", "Taken back"), tone="warn"),
    Choice(value="reclaimed", label=_("Returned by a rule"), tone="warn"),
    Choice(value="moved", label=_("Moved to another pool")),
)
LEFT = ("given_back", "taken_back", "reclaimed")
"""Changes by which somebody loses what they held."""


class Place(CompanyModel):
    """A record's place in a pool: there is one for each record that belongs to one.

    ``name`` and the fields from ``grade`` on are the record's own, so that a pool can be looked
    through by who may not see the record itself.
    """

    __tablename__ = "pools_place"
    __collection__ = "places"
    __label__ = _("Record in a pool")
    __label_plural__ = _("Records in pools")
    __find_by__ = ()
    __search__ = ("name", "city")
    __owner__ = "owner_id"
    __actions__ = ("read", "create", "delete", "import", "export")
    __table_args__ = (
        sa.UniqueConstraint("company_id", "account_id"),
        sa.UniqueConstraint("company_id", "lead_id"),
        sa.Index(None, "company_id", "pool_id", "state"),
        sa.Index(None, "company_id", "owner_id", "state"),
    )

    name: Mapped[str] = text(_("Record"), readonly=True, default="")
    pool_id: Mapped[int] = reference("pools.Pool", _("Pool"))
    kind: Mapped[str] = choice(_("Kind"), KINDS, readonly=True, default="account")
    account_id: Mapped[int | None] = reference("crm.Account", _("Account"), on_delete="cascade")
    lead_id: Mapped[int | None] = reference("crm.Lead", _("Lead"), on_delete="cascade")
    state: Mapped[str] = choice(_("State"), STATES, readonly=True, default="free")
    owner_id: Mapped[int | None] = reference("core.User", _("Holder"))
    since: Mapped[dt.date | None] = date(
        _("Since"), readonly=True, help=_("The day on which it was claimed or became free.")
    )
    former_id: Mapped[int | None] = reference("core.User", _("Held before by"), readonly=True)
    reason: Mapped[str | None] = text(_("Reason"), length=500)
    locked: Mapped[bool] = boolean(
        _("Locked"), readonly=True, help=_("It does not return by a rule.")
    )
    locked_until: Mapped[dt.date | None] = date(
        _("Locked until"), help=_("Empty: until it is unlocked.")
    )
    reminded: Mapped[dt.date | None] = date(_("Reminded of"), readonly=True)
    """The day of return of which the holder was told."""
    grade: Mapped[str | None] = choice(_("Grade"), GRADES, readonly=True)
    industry: Mapped[str | None] = text(_("Industry"), length=100, readonly=True)
    city: Mapped[str | None] = text(_("City"), length=100, readonly=True)
    region: Mapped[str | None] = text(_("Region"), length=100, readonly=True)
    country: Mapped[str | None] = text(_("Country"), length=100, readonly=True)
    source: Mapped[str | None] = text(_("Source"), length=100, readonly=True)

    @classmethod
    def reached_besides(cls, permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
        from plugins.pools.services import reach

        return reach.legs(permission, actor)


class Change(CompanyModel):
    """Something that happened to a record in a pool; only added to."""

    __tablename__ = "pools_change"
    __collection__ = "changes"
    __label__ = _("Change of holder")
    __label_plural__ = _("Changes of holders")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ("reason",)
    __parent__ = "place_id"
    __actions__ = ("read", "export")
    __table_args__ = (sa.Index(None, "company_id", "place_id", "at"),)

    place_id: Mapped[int] = reference("pools.Place", _("Record"), on_delete="cascade")
    pool_id: Mapped[int] = reference("pools.Pool", _("Pool"))
    kind: Mapped[str] = choice(_("What"), CHANGES)
    on: Mapped[dt.date] = date(_("Day"), indexed=True)
    at: Mapped[dt.datetime] = instant(_("At"))
    from_id: Mapped[int | None] = reference("core.User", _("From"))
    to_id: Mapped[int | None] = reference("core.User", _("To"))
    by_id: Mapped[int | None] = reference("core.User", _("By"))
    reason: Mapped[str | None] = text(_("Reason"), length=500)
    rule: Mapped[str | None] = text(_("Rule"), length=300)

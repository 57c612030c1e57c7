"""Pools, who works from them, and when what is held returns."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from plugin_api import host
from plugin_api.conditions import HELP
from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    choice,
    integer,
    longtext,
    reference,
    text,
)

KINDS = (
    Choice(value="account", label=_("Accounts")),
    Choice(value="lead", label=_("Leads")),
)
TAKES = (
    Choice(value="hand", label=_("Only what is put into it")),
    Choice(value="free", label=_("What nobody owns")),
    Choice(value="all", label=_("All, also what somebody owns")),
)
ROLES = (
    Choice(value="member", label=_("Member")),
    Choice(value="admin", label=_("Administrator of the pool"), tone="info"),
)


def _events() -> tuple[Choice, ...]:
    contact = Choice(
        value="contact", label=_("No contact"), retired=not host().is_enabled("activities")
    )
    return (contact, *OF_DEALS)


OF_DEALS = (
    Choice(value="opportunity", label=_("No opportunity opened")),
    Choice(value="won", label=_("Nothing won")),
)
COUNTS = (
    Choice(value="calendar", label=_("Calendar days")),
    Choice(value="work", label=_("Working days")),
)


class Pool(CompanyModel):
    """Where accounts or leads lie that nobody works on, and the rules by which they are held."""

    __tablename__ = "pools_pool"
    __collection__ = "pools"
    __label__ = _("Pool")
    __label_plural__ = _("Pools")
    __aside__ = ("active", False)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    kind: Mapped[str] = choice(lazy_pgettext("pool", "Holds"), KINDS, default="account")
    position: Mapped[int] = integer(
        _("Position"), default=0, help=_("A record enters the first pool that takes it.")
    )
    active: Mapped[bool] = boolean(lazy_pgettext("pool", "Active"), default=True)
    description: Mapped[str | None] = longtext(_("Description"))
    takes: Mapped[str] = choice(_("Takes in by itself"), TAKES, default="free")
    condition: Mapped[str | None] = text(_("Which of them"), length=1000, help=HELP)
    open_to_all: Mapped[bool] = boolean(
        _("Open to everybody"), help=_("Off: only members see what lies in it and claim it.")
    )
    claimable: Mapped[bool] = boolean(
        _("Members claim by themselves"),
        default=True,
        help=_("Off: administrators of the pool assign."),
    )
    shows_held: Mapped[bool] = boolean(
        _("Members see who holds what"),
        default=True,
        help=_("Off: they see what is free and what is theirs."),
    )
    masked: Mapped[bool] = boolean(
        _("Mask how to reach them until claimed"),
        default=True,
        help=_("Telephone and e-mail as 138****5678."),
    )
    limit: Mapped[int | None] = integer(
        _("Limit a person"),
        minimum=0,
        help=_("How many from this pool somebody may hold at once. Empty: no limit."),
    )
    count_won: Mapped[bool] = boolean(
        _("Count won accounts"),
        default=True,
        help=_("Off: accounts at which something was won do not count towards the limit."),
    )
    ban_days: Mapped[int] = integer(
        _("Not claimed again for (days)"),
        default=0,
        minimum=0,
        maximum=3650,
        help=_("By who had it before: counted from the day on which it returned."),
    )
    remind_days: Mapped[int] = integer(_("Remind before (days)"), default=3, minimum=0, maximum=365)
    exempt_won: Mapped[bool] = boolean(
        _("Keep won accounts"),
        default=True,
        help=_("Accounts at which something was won never return by a rule."),
    )
    clears: Mapped[str | None] = text(
        _("Empty on return"),
        length=500,
        help=_("Fields of the record, by their names in imports: source, description."),
    )
    clears_team: Mapped[bool] = boolean(
        _("Take the team away on return"),
        default=True,
        help=_(
            "Shares of the record end, and the former owner's contacts of the account belong to"
            " nobody."
        ),
    )


class Member(CompanyModel):
    """A person or a team that works from a pool."""

    __tablename__ = "pools_member"
    __collection__ = "members"
    __label__ = _("Member of a pool")
    __label_plural__ = _("Members of pools")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()

    pool_id: Mapped[int] = reference("pools.Pool", _("Pool"), on_delete="cascade")
    user_id: Mapped[int | None] = reference("core.User", _("Person"))
    team_id: Mapped[int | None] = reference(
        "core.Team", _("Team"), help=_("Everybody in it and in the teams below.")
    )
    role: Mapped[str] = choice(lazy_pgettext("pool", "Role"), ROLES, default="member")
    limit: Mapped[int | None] = integer(
        _("Limit of this person"), minimum=0, help=_("In place of the pool's.")
    )


class Rule(CompanyModel):
    """When what is held returns to the pool: so many days after the last thing that counts."""

    __tablename__ = "pools_rule"
    __collection__ = "rules"
    __label__ = _("Return rule")
    __label_plural__ = _("Return rules")
    __aside__ = ("active", False)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"))
    pool_id: Mapped[int] = reference("pools.Pool", _("Pool"), on_delete="cascade")
    event: Mapped[str] = choice(
        _("When"),
        _events,
        default="opportunity",
        help=_("Counted from the claim, or from the last such event after it."),
    )
    days: Mapped[int] = integer(_("For (days)"), minimum=1, maximum=3650)
    counts: Mapped[str] = choice(_("Days are"), COUNTS, default="calendar")
    condition: Mapped[str | None] = text(_("Which of them"), length=1000, help=HELP)
    active: Mapped[bool] = boolean(lazy_pgettext("rule", "Active"), default=True)

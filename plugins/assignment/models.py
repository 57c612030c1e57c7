"""Rules, who takes part in them, and what was given to whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.conditions import HELP
from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Base,
    Choice,
    CompanyModel,
    Numbers,
    boolean,
    choice,
    date,
    instant,
    integer,
    json,
    reference,
    text,
)

KINDS = (
    Choice(value="lead", label=_("Leads")),
    Choice(value="account", label=_("Accounts")),
)
METHODS = (
    Choice(value="turns", label=_("In turns, by weight")),
    Choice(value="least", label=_("To who has the least open, by weight")),
)
WHOSE = (
    Choice(value="free", label=_("What nobody owns")),
    Choice(value="entered", label=_("Also what belongs to who entered it")),
)


class Rule(CompanyModel):
    """Which records are given out, and how. The first rule by position that fits does it."""

    __tablename__ = "assignment_rule"
    __collection__ = "rules"
    __label__ = _("Assignment rule")
    __label_plural__ = _("Assignment rules")
    __aside__ = ("active", False)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    kind: Mapped[str] = choice(_("Gives out"), KINDS, default="lead")
    position: Mapped[int] = integer(
        _("Position"), default=0, help=_("The first rule that fits is used.")
    )
    condition: Mapped[str | None] = text(_("Which of them"), length=1000, help=HELP)
    whose: Mapped[str] = choice(
        _("Of these"),
        WHOSE,
        default="entered",
        help=_("What somebody enters who takes part in the rule stays theirs."),
    )
    method: Mapped[str] = choice(_("How"), METHODS, default="turns")
    active: Mapped[bool] = boolean(lazy_pgettext("rule", "Active"), default=True)


class Member(CompanyModel):
    """Somebody who takes part in a rule.

    ``credit`` is where the turns have come to: what is given out goes to the highest, whose credit
    falls by what all of them gained. It is kept, so that every run goes on where the last ended.
    """

    __tablename__ = "assignment_member"
    __collection__ = "members"
    __label__ = _("Member of a rule")
    __label_plural__ = _("Members of rules")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __table_args__ = (sa.UniqueConstraint("company_id", "rule_id", "user_id"),)

    rule_id: Mapped[int] = reference("assignment.Rule", _("Rule"), on_delete="cascade")
    user_id: Mapped[int] = reference("core.User", _("Person"))
    weight: Mapped[int] = integer(
        _("Weight"),
        default=1,
        minimum=0,
        maximum=1000,
        help=_("Who has 2 gets twice as much as who has 1; 0 gets nothing."),
    )
    capacity: Mapped[int | None] = integer(
        _("Capacity"),
        minimum=0,
        help=_("Gets nothing more while so many are open. Empty: no limit."),
    )
    territory: Mapped[str | None] = text(
        _("Only of these"), length=1000, help=_("As for the rule: region=East. Empty: all.")
    )
    credit: Mapped[int] = integer(_("Turn"), default=0, readonly=True)


def _shares(shares: Mapping[str, int], row: Mapping[str, Any], numbers: Numbers) -> dict[str, int]:
    return {str(numbers(int(person))): weight for person, weight in shares.items()}


class Given(CompanyModel):
    """A record that a rule has given to somebody; only added to.

    ``shares`` says among whom it was to be divided, by weight: ``{"7": 2, "9": 1}``.
    """

    __tablename__ = "assignment_given"
    __collection__ = "given"
    __label__ = _("Given record")
    __label_plural__ = _("Given records")
    __owner__ = "user_id"
    __find_by__ = ()
    __actions__ = ("read", "export")
    __table_args__ = (sa.Index(None, "company_id", "rule_id", "on"),)

    name: Mapped[str] = text(_("Record"), readonly=True)
    rule_id: Mapped[int] = reference("assignment.Rule", _("Rule"), on_delete="cascade")
    user_id: Mapped[int | None] = reference("core.User", _("To"))
    on: Mapped[dt.date] = date(_("Day"), indexed=True)
    at: Mapped[dt.datetime] = instant(_("At"))
    lead_id: Mapped[int | None] = reference("crm.Lead", _("Lead"), on_delete="cascade")
    account_id: Mapped[int | None] = reference("crm.Account", _("Account"), on_delete="cascade")
    shares: Mapped[dict[str, Any]] = json(_("Among whom"), default=dict, renumber=_shares)


ALL: tuple[type[Base], ...] = (Rule, Member, Given)

"""Which moves of records need the approval of others, and of whom."""

from __future__ import annotations

from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api import conditions
from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    choice,
    decimal,
    integer,
    reference,
    text,
)
from plugins.approvals.services import moves

WHO = (
    Choice(value="manager", label=_("Who leads the team of the person who asks")),
    Choice(value="upper", label=_("Who leads the team above that")),
    Choice(value="role", label=_("People of a role")),
    Choice(value="person", label=_("A person")),
)
MODES = (
    Choice(value="any", label=_("One of them is enough")),
    Choice(value="all", label=_("All of them")),
)


class Rule(CompanyModel):
    """A move that needs approval, for records that fulfil the condition and whose figure lies in
    the band: ``at_least`` ≤ figure < ``below``, in units that people read, money in the company's
    currency. Of several rules that fit, the one with the lowest position counts."""

    __tablename__ = "approvals_rule"
    __collection__ = "rules"
    __label__ = _("Approval rule")
    __label_plural__ = _("Approval rules")
    __aside__ = ("active", False)
    __raises_revision__ = True

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"))
    move: Mapped[str] = choice(lazy_pgettext("approval", "What"), moves.choices, length=100)
    condition: Mapped[str | None] = text(_("Which of them"), length=1000, help=conditions.HELP)
    figure: Mapped[str | None] = choice(
        _("By the figure"), moves.figures, length=100,
        help=_("A number of the record, such as its total or its discount. Empty: whatever it is."),
    )  # fmt: skip
    at_least: Mapped[Decimal | None] = decimal(
        lazy_pgettext("approval", "From"), help=_("Money in the company's currency.")
    )
    below: Mapped[Decimal | None] = decimal(_("Below"))
    position: Mapped[int] = integer(
        _("Position"), default=1, minimum=1, help=_("Of several that fit, the first counts.")
    )
    active: Mapped[bool] = boolean(lazy_pgettext("rule", "Active"), default=True)


class Step(CompanyModel):
    """Who has to agree, and when: steps with the same position are asked together, those with a
    higher one once all before have agreed. From ``at_least`` on only, by the rule's figure."""

    __tablename__ = "approvals_step"
    __collection__ = "steps"
    __label__ = lazy_pgettext("approval", "Step")
    __label_plural__ = lazy_pgettext("approval", "Steps")
    __parent__ = "rule_id"
    __find_by__ = ()
    __table_args__ = (sa.Index(None, "company_id", "rule_id", "position"),)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"))
    rule_id: Mapped[int] = reference("approvals.Rule", _("Approval rule"), on_delete="cascade")
    position: Mapped[int] = integer(
        _("Position"), default=1, minimum=1, help=_("Steps of one position are asked together.")
    )
    who: Mapped[str] = choice(_("Who agrees"), WHO, default="manager")
    role_id: Mapped[int | None] = reference("core.Role", _("Role"))
    person_id: Mapped[int | None] = reference("core.User", _("Person"))
    mode: Mapped[str] = choice(_("How many"), MODES, default="any")
    at_least: Mapped[Decimal | None] = decimal(
        _("Only from"), help=_("By the rule's figure. Empty: always.")
    )
    remind_hours: Mapped[int] = integer(
        _("Remind after (hours)"), default=24, minimum=1, maximum=8760
    )

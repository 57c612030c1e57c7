"""Coaching plans and development goals, with the talks about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased

from plugin_api.context import Actor, lazy_pgettext
from plugin_api.context import lazy_gettext as _
from plugin_api.models import (
    Choice,
    CompanyModel,
    choice,
    date,
    decimal,
    integer,
    longtext,
    measure,
    reference,
    text,
)

COACHING_KINDS = (
    Choice(value="coaching", label=_("Coaching plan")),
    Choice(value="goal", label=_("Development goal"), tone="info"),
)
COACHING_STATES = (
    Choice(value="open", label=lazy_pgettext("coaching", "Running"), tone="info"),
    Choice(value="met", label=lazy_pgettext("coaching", "Reached"), tone="good"),
    Choice(value="missed", label=lazy_pgettext("coaching", "Not reached"), tone="bad"),
    Choice(value="dropped", label=lazy_pgettext("coaching", "Dropped")),
)


class Coaching(CompanyModel):
    """What somebody works on with a coach or mentor: a skill to a level, a figure to a value, or
    both. What came out is read from them when it ends."""

    __tablename__ = "training_coaching"
    __collection__ = "coachings"
    __label__ = _("Coaching plan")
    __label_plural__ = _("Coaching plans")
    __find_by__ = ()
    __owner__ = "user_id"
    __table_args__ = (
        sa.Index(None, "company_id", "user_id", "state"),
        sa.Index(None, "company_id", "coach_id", "state"),
    )

    name: Mapped[str] = text(_("What it is about"))
    kind: Mapped[str] = choice(
        lazy_pgettext("coaching", "Kind"), COACHING_KINDS, default="coaching"
    )
    user_id: Mapped[int] = reference("core.User", _("Person"))
    coach_id: Mapped[int | None] = reference("core.User", _("Coach"))
    state: Mapped[str] = choice(_("State"), COACHING_STATES, default="open", readonly=True)
    starts_on: Mapped[dt.date] = date(lazy_pgettext("coaching", "From"))
    ends_on: Mapped[dt.date] = date(lazy_pgettext("coaching", "To"))
    skill_id: Mapped[int | None] = reference("training.Skill", _("Skill"))
    level: Mapped[int | None] = integer(_("Level to reach"), minimum=1, maximum=5)
    level_before: Mapped[int | None] = integer(_("Level at the start"), readonly=True)
    level_after: Mapped[int | None] = integer(_("Level at the end"), readonly=True)
    measure: Mapped[str | None] = measure(_("Figure"))
    goal: Mapped[Decimal | None] = decimal(
        _("Figure to reach"),
        help=_("From the first to the last day. An amount is in the company's currency."),
    )
    before: Mapped[Decimal | None] = decimal(_("Figure of as many days before"), readonly=True)
    after: Mapped[Decimal | None] = decimal(_("Figure at the end"), readonly=True)
    course_id: Mapped[int | None] = reference("training.Course", _("Course"))
    actions: Mapped[str | None] = longtext(lazy_pgettext("coaching", "What is done"))
    ended_on: Mapped[dt.date | None] = date(_("Ended on"), readonly=True)
    conclusion: Mapped[str | None] = longtext(_("Conclusion"))

    @classmethod
    def reached_besides(cls, permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
        """The coach sees and changes what they coach."""
        if permission not in (f"{cls.model_key()}.read", f"{cls.model_key()}.update"):
            return ()
        own: Any = aliased(cls)
        return (sa.select(own.id).where(own.coach_id == actor.user_id),)


class Talk(CompanyModel):
    """A talk of a coaching plan: what was said and what is agreed."""

    __tablename__ = "training_talk"
    __collection__ = "talks"
    __label__ = _("Coaching talk")
    __label_plural__ = _("Coaching talks")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __parent__ = "coaching_id"

    coaching_id: Mapped[int] = reference(
        "training.Coaching", _("Coaching plan"), on_delete="cascade"
    )
    on: Mapped[dt.date] = date(_("Day"))
    said: Mapped[str | None] = longtext(_("What was seen and said"))
    agreed: Mapped[str | None] = longtext(_("What is agreed"))
    next_on: Mapped[dt.date | None] = date(_("Next talk"))

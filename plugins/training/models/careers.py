"""Career ladders with criteria, where people stand on them, and how they came there."""

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
    boolean,
    choice,
    date,
    decimal,
    integer,
    longtext,
    measure,
    percent,
    reference,
    text,
)

CRITERIA = (
    Choice(value="skill", label=_("A skill")),
    Choice(value="measure", label=_("A result")),
    Choice(value="course", label=_("A completed course")),
    Choice(value="months", label=_("Months on the level before")),
)

CAREER_STATES = (Choice(value="on", label=lazy_pgettext("career", "On the way"), tone="info"),)


class Ladder(CompanyModel):
    """Levels that people climb, such as from junior to key account manager."""

    __tablename__ = "training_ladder"
    __collection__ = "ladders"
    __label__ = _("Career ladder")
    __label_plural__ = _("Career ladders")
    __aside__ = ("active", False)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    description: Mapped[str | None] = longtext(lazy_pgettext("training", "Description"))
    active: Mapped[bool] = boolean(lazy_pgettext("training", "In use"), default=True)


class Level(CompanyModel):
    """A level of a ladder; a higher position is further up."""

    __tablename__ = "training_level"
    __collection__ = "levels"
    __label__ = _("Level of a ladder")
    __label_plural__ = _("Levels of ladders")
    __find_by__ = ()
    __parent__ = "ladder_id"
    __table_args__ = (sa.UniqueConstraint("company_id", "ladder_id", "position"),)

    ladder_id: Mapped[int] = reference("training.Ladder", _("Career ladder"), on_delete="cascade")
    position: Mapped[int] = integer(_("Position"))
    name: Mapped[str] = text(lazy_pgettext("thing", "Name"))
    description: Mapped[str | None] = longtext(_("What is expected"))


class Criterion(CompanyModel):
    """What a level asks for: the same of everybody."""

    __tablename__ = "training_criterion"
    __collection__ = "criteria"
    __label__ = lazy_pgettext("career", "Criterion")
    __label_plural__ = lazy_pgettext("career", "Criteria")
    __find_by__ = ()
    __parent__ = "level_id"

    name: Mapped[str] = text(lazy_pgettext("career", "Criterion"), length=300, readonly=True)
    level_id: Mapped[int] = reference("training.Level", _("Level of a ladder"), on_delete="cascade")
    kind: Mapped[str] = choice(lazy_pgettext("career", "Kind"), CRITERIA, default="skill")
    skill_id: Mapped[int | None] = reference("training.Skill", _("Skill"))
    course_id: Mapped[int | None] = reference("training.Course", _("Course"))
    measure: Mapped[str | None] = measure(_("Figure"))
    at_least: Mapped[Decimal | None] = decimal(
        lazy_pgettext("lesson", "At least"), scale=2, minimum=0,
        help=_("The level of the skill, the figure, or the months."),
    )  # fmt: skip
    months: Mapped[int] = integer(
        _("Of the last (months)"), default=12, minimum=1, maximum=60,
        help=_("Whole months before this one, for a figure."),
    )  # fmt: skip


class Career(CompanyModel):
    """Where somebody stands on a ladder, where they want to, and who helps."""

    __tablename__ = "training_career"
    __collection__ = "careers"
    __label__ = _("Career")
    __label_plural__ = _("Careers")
    __find_by__ = ()
    __owner__ = "user_id"
    __table_args__ = (sa.UniqueConstraint("company_id", "user_id", "ladder_id"),)

    name: Mapped[str] = text(_("Career ladder"), readonly=True)
    user_id: Mapped[int] = reference("core.User", _("Person"))
    ladder_id: Mapped[int] = reference("training.Ladder", _("Career ladder"))
    level_id: Mapped[int] = reference("training.Level", _("Stands on"), narrow={"ladder": "ladder"})
    since: Mapped[dt.date] = date(_("Since"))
    target_id: Mapped[int | None] = reference(
        "training.Level", _("Aims at"), narrow={"ladder": "ladder"},
        help=_("Empty: the next level."),
    )  # fmt: skip
    mentor_id: Mapped[int | None] = reference("core.User", _("Mentor"))
    state: Mapped[str] = choice(
        _("State"), CAREER_STATES, default="on",
        readonly=True,
    )  # fmt: skip
    reason: Mapped[str | None] = longtext(_("Reason"))

    @classmethod
    def reached_besides(cls, permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
        """The mentor sees whom they help."""
        if permission != f"{cls.model_key()}.read":
            return ()
        own: Any = aliased(cls)
        return (sa.select(own.id).where(own.mentor_id == actor.user_id),)


class CareerChange(CompanyModel):
    """A step on a ladder: only added to. ``readiness`` is how ready the person was then."""

    __tablename__ = "training_career_change"
    __collection__ = "career_changes"
    __label__ = _("Career step")
    __label_plural__ = _("Career steps")
    __find_by__ = ()
    __parent__ = "career_id"
    __actions__ = ("read", "export")

    name: Mapped[str] = text(lazy_pgettext("career", "Step"), length=300, readonly=True)
    career_id: Mapped[int] = reference("training.Career", _("Career"), on_delete="cascade")
    from_id: Mapped[int | None] = reference("training.Level", lazy_pgettext("career", "From"))
    to_id: Mapped[int] = reference("training.Level", lazy_pgettext("career", "To"))
    on: Mapped[dt.date] = date(_("Day"))
    readiness: Mapped[Decimal | None] = percent(_("Readiness"))
    reason: Mapped[str | None] = longtext(_("Reason"))
    by_id: Mapped[int | None] = reference("core.User", lazy_pgettext("career", "By"))

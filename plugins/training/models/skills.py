"""Skills, what roles need of them, and how far people are."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    choice,
    date,
    integer,
    longtext,
    reference,
    text,
)
from plugins.training.models.common import AREAS

SOURCES = (
    Choice(value="self", label=_("The person")),
    Choice(value="other", label=_("Somebody else"), tone="info"),
    Choice(value="course", label=_("A course"), tone="good"),
)
HELP = _("1 knows of it, 2 with help, 3 alone, 4 in hard cases, 5 teaches it.")


class Skill(CompanyModel):
    """Something that people can do better or worse."""

    __tablename__ = "training_skill"
    __collection__ = "skills"
    __label__ = _("Skill")
    __label_plural__ = _("Skills")
    __aside__ = ("active", False)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    area: Mapped[str] = choice(lazy_pgettext("training", "Area"), AREAS, default="selling")
    description: Mapped[str | None] = longtext(
        _("What each level looks like"), help=_("So that two who rate mean the same.")
    )
    active: Mapped[bool] = boolean(lazy_pgettext("training", "In use"), default=True)


class Requirement(CompanyModel):
    """How far whoever has a role must be in a skill."""

    __tablename__ = "training_requirement"
    __collection__ = "requirements"
    __label__ = _("Skill that a role needs")
    __label_plural__ = _("Skills that roles need")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __table_args__ = (sa.UniqueConstraint("company_id", "role_id", "skill_id"),)

    role_id: Mapped[int] = reference("core.Role", _("Role"), on_delete="cascade")
    skill_id: Mapped[int] = reference("training.Skill", _("Skill"), on_delete="cascade")
    level: Mapped[int] = integer(_("Level needed"), minimum=1, maximum=5, help=HELP)


class Rating(CompanyModel):
    """How far somebody was found to be in a skill, on a day, by whom. They stay; ``current`` marks
    the one that counts: the last by somebody else or a course, else the last by the person."""

    __tablename__ = "training_rating"
    __collection__ = "ratings"
    __label__ = _("Skill rating")
    __label_plural__ = _("Skill ratings")
    __find_by__ = ()
    __owner__ = "user_id"
    __table_args__ = (
        sa.Index(None, "company_id", "user_id", "skill_id", "current"),
        sa.Index(None, "company_id", "current", "skill_id"),
    )

    name: Mapped[str] = text(_("Skill"), readonly=True)
    user_id: Mapped[int] = reference("core.User", _("Person"))
    skill_id: Mapped[int] = reference("training.Skill", _("Skill"), on_delete="cascade")
    level: Mapped[int] = integer(lazy_pgettext("skill", "Level"), minimum=0, maximum=5, help=HELP)
    on: Mapped[dt.date | None] = date(_("Day"), indexed=True, help=_("Empty: today."))
    note: Mapped[str | None] = longtext(_("What it rests on"))
    source: Mapped[str] = choice(_("Rated by"), SOURCES, default="other", readonly=True)
    current: Mapped[bool] = boolean(lazy_pgettext("rating", "Counts"), readonly=True)

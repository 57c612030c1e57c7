"""Paths of several courses, and rules that enrol people by themselves."""

from __future__ import annotations

from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.conditions import HELP
from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    choice,
    decimal,
    integer,
    longtext,
    measure,
    reference,
    text,
)

REASONS = (
    Choice(value="all", label=_("Everybody")),
    Choice(value="joiner", label=_("Who is new")),
    Choice(value="measure", label=_("Whose figure is weak")),
    Choice(value="gap", label=_("Who is short of the course's skill")),
    Choice(value="expiry", label=_("Whose certificate expires")),
    Choice(value="product", label=_("A new product")),
    Choice(value="failed", label=_("Who failed an item of an appraisal")),
)
ITEMS = (
    Choice(value="observation", label=_("Observation at work: less than half was seen")),
    Choice(value="coaching", label=_("Coaching plan: not reached")),
    Choice(value="target", label=_("Target of a closed period: below the threshold")),
)
BOUNDS = (
    Choice(value="below", label=lazy_pgettext("training", "Below")),
    Choice(value="above", label=lazy_pgettext("training", "Above")),
)


class Path(CompanyModel):
    """Courses that belong together, such as all that somebody new takes."""

    __tablename__ = "training_path"
    __collection__ = "paths"
    __label__ = _("Learning path")
    __label_plural__ = _("Learning paths")
    __aside__ = ("active", False)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    role_id: Mapped[int | None] = reference("core.Role", _("For the role"))
    description: Mapped[str | None] = longtext(lazy_pgettext("training", "Description"))
    active: Mapped[bool] = boolean(lazy_pgettext("training", "In use"), default=True)


class PathStep(CompanyModel):
    """A course of a path, and when it is due."""

    __tablename__ = "training_path_step"
    __collection__ = "path_steps"
    __label__ = _("Course of a path")
    __label_plural__ = _("Courses of paths")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __parent__ = "path_id"
    __table_args__ = (sa.UniqueConstraint("company_id", "path_id", "course_id"),)

    path_id: Mapped[int] = reference("training.Path", _("Learning path"), on_delete="cascade")
    course_id: Mapped[int] = reference("training.Course", _("Course"))
    position: Mapped[int] = integer(_("Position"), default=0)
    due_days: Mapped[int] = integer(_("Due after (days)"), default=30, minimum=1, maximum=1000)


class Rule(CompanyModel):
    """Who is enrolled by itself, in what, and why."""

    __tablename__ = "training_rule"
    __collection__ = "rules"
    __label__ = _("Enrolment rule")
    __label_plural__ = _("Enrolment rules")
    __aside__ = ("active", False)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    kind: Mapped[str] = choice(lazy_pgettext("training", "Who"), REASONS, default="joiner")
    course_id: Mapped[int | None] = reference("training.Course", _("Course"))
    path_id: Mapped[int | None] = reference(
        "training.Path", _("Learning path"), help=_("In place of a course.")
    )
    role_id: Mapped[int | None] = reference("core.Role", _("Only with the role"))
    team_id: Mapped[int | None] = reference("core.Team", _("Only of the team"))
    days: Mapped[int] = integer(
        _("Days"), default=30, minimum=1, maximum=1000,
        help=_("New within them; the figure of them; the certificate ends within them; the product"
               " came, or the item was failed, within them."),
    )  # fmt: skip
    measure: Mapped[str | None] = measure(_("Figure"))
    bound: Mapped[str] = choice(lazy_pgettext("training", "Weak is"), BOUNDS, default="below")
    threshold: Mapped[Decimal | None] = decimal(
        lazy_pgettext("training", "Threshold"),
        help=_("A rate of 25 % is 0.25; an amount is in the company's currency."),
    )
    least: Mapped[int] = integer(
        _("Cases at least"), default=5, minimum=1, maximum=100_000,
        help=_("A rate of fewer says nothing about a person, and enrols nobody."),
    )  # fmt: skip
    item: Mapped[str | None] = choice(_("Item of an appraisal"), ITEMS)
    observed_id: Mapped[int | None] = reference(
        "training.Course", _("Course that is looked for at work"),
        help=_("Empty: the one of the rule."),
    )  # fmt: skip
    products: Mapped[str | None] = text(_("Only products"), length=1000, help=HELP)
    due_days: Mapped[int] = integer(
        _("Due after (days)"), default=30, minimum=1, maximum=1000,
        help=_("Courses of a path have days of their own."),
    )  # fmt: skip
    active: Mapped[bool] = boolean(
        lazy_pgettext("training", "In use"), default=True, help=_("Applied each morning.")
    )

"""The register of risks, and the scores that they had."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.context import Actor, lazy_pgettext
from plugin_api.context import lazy_gettext as _
from plugin_api.models import (
    CompanyModel,
    boolean,
    choice,
    date,
    instant,
    integer,
    longtext,
    money,
    percent,
    reference,
    text,
)
from plugins.risk.models.choices import BANDS, CATEGORIES, LEVELS, STATES, VELOCITIES
from plugins.risk.services.subjects import choices as subjects


def _step(label: Any, **more: Any) -> Any:
    return integer(label, minimum=1, maximum=5, **more)


def _chance(label: Any, **more: Any) -> Any:
    return percent(label, minimum=0, maximum=100, **more)


class Risk(CompanyModel):
    """Something that may happen and would hurt.

    It is assessed at up to three levels: ``inherent`` without controls, ``current`` with those
    that operate, ``residual`` once those that are planned do. ``score``, ``likelihood``,
    ``impact`` and ``expected_loss`` are those of the current level, else of the inherent one;
    ``priority`` puts the higher impact first among equal scores.
    """

    __tablename__ = "risk_risk"
    __collection__ = "risks"
    __label__ = lazy_pgettext("register", "Risk")
    __label_plural__ = lazy_pgettext("register", "Risks")
    __find_by__ = ("external_id", "name")
    __search__ = ("name", "event", "about", "external_id")
    __owner__ = "owner_id"
    __about__ = ("about_model", "about_id")
    __table_args__ = (
        sa.Index(None, "company_id", "state", "likelihood", "impact"),
        sa.Index(None, "company_id", "state", "priority", "id"),
        sa.Index(None, "company_id", "priority", "id"),
        sa.Index(None, "company_id", "owner_id", "state"),
        sa.Index(None, "company_id", "state", "review_on"),
        sa.Index(None, "company_id", "about_model", "about_id"),
    )

    name: Mapped[str] = text(lazy_pgettext("register", "Risk"))
    state: Mapped[str] = choice(_("State"), STATES, default="proposed", readonly=True)
    category: Mapped[str] = choice(_("Category"), CATEGORIES, default="customer")
    cause: Mapped[str | None] = longtext(
        lazy_pgettext("register", "Causes"), help=_("One in a line.")
    )
    event: Mapped[str | None] = text(
        lazy_pgettext("register", "Event"), length=500, help=_("What would happen.")
    )
    effect: Mapped[str | None] = longtext(
        lazy_pgettext("register", "Effects"), help=_("One in a line.")
    )
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    about_model: Mapped[str | None] = choice(_("Kind of record"), subjects, length=100)
    about_id: Mapped[int | None] = integer(_("Number of the record"), minimum=1)
    about: Mapped[str | None] = text(_("About what"), length=300, readonly=True)
    found: Mapped[str | None] = longtext(_("Why it was proposed"), readonly=True)
    identified_on: Mapped[dt.date | None] = date(lazy_pgettext("register", "Identified on"))
    review_on: Mapped[dt.date | None] = date(lazy_pgettext("register", "Review by"))
    reviewed_on: Mapped[dt.date | None] = date(
        lazy_pgettext("register", "Reviewed on"), readonly=True
    )
    closed_on: Mapped[dt.date | None] = date(lazy_pgettext("register", "Closed on"), readonly=True)
    reason: Mapped[str | None] = text(
        _("Reason"), length=500, help=_("Why it is assessed like this, or closed.")
    )
    velocity: Mapped[str | None] = choice(
        lazy_pgettext("register", "Velocity"), VELOCITIES,
        help=_("How fast it hurts once it happens."),
    )  # fmt: skip

    inherent_likelihood: Mapped[int | None] = _step(_("Inherent likelihood (1–5)"))
    inherent_impact: Mapped[int | None] = _step(_("Inherent impact (1–5)"))
    inherent_probability: Mapped[Decimal | None] = _chance(_("Inherent probability in a year"))
    inherent_low: Mapped[int | None] = money(_("Inherent loss, at least"))
    inherent_loss: Mapped[int | None] = money(_("Inherent loss, most likely"))
    inherent_high: Mapped[int | None] = money(_("Inherent loss, at most"))
    inherent_score: Mapped[int | None] = integer(_("Inherent score"), readonly=True)
    inherent_expected: Mapped[int | None] = money(_("Inherent expected loss"), readonly=True)

    current_likelihood: Mapped[int | None] = _step(_("Current likelihood (1–5)"))
    current_impact: Mapped[int | None] = _step(_("Current impact (1–5)"))
    current_probability: Mapped[Decimal | None] = _chance(_("Current probability in a year"))
    current_low: Mapped[int | None] = money(_("Current loss, at least"))
    current_loss: Mapped[int | None] = money(_("Current loss, most likely"))
    current_high: Mapped[int | None] = money(_("Current loss, at most"))
    current_score: Mapped[int | None] = integer(_("Current score"), readonly=True)
    current_expected: Mapped[int | None] = money(_("Current expected loss"), readonly=True)

    residual_likelihood: Mapped[int | None] = _step(_("Residual likelihood (1–5)"))
    residual_impact: Mapped[int | None] = _step(_("Residual impact (1–5)"))
    residual_probability: Mapped[Decimal | None] = _chance(_("Residual probability in a year"))
    residual_low: Mapped[int | None] = money(_("Residual loss, at least"))
    residual_loss: Mapped[int | None] = money(_("Residual loss, most likely"))
    residual_high: Mapped[int | None] = money(_("Residual loss, at most"))
    residual_score: Mapped[int | None] = integer(_("Residual score"), readonly=True)
    residual_expected: Mapped[int | None] = money(_("Residual expected loss"), readonly=True)

    likelihood: Mapped[int | None] = integer(_("Likelihood"), readonly=True)
    impact: Mapped[int | None] = integer(_("Impact"), readonly=True)
    score: Mapped[int | None] = integer(lazy_pgettext("risk", "Score"), readonly=True)
    priority: Mapped[int | None] = integer(
        lazy_pgettext("risk", "Priority"), readonly=True,
        help=_("Ten times the score and the impact: among equal scores the higher impact first."),
    )  # fmt: skip
    band: Mapped[str | None] = choice(lazy_pgettext("risk", "Rating"), BANDS, readonly=True)
    expected_loss: Mapped[int | None] = money(_("Expected loss"), readonly=True)
    over_appetite: Mapped[bool] = boolean(_("Over the appetite"), readonly=True)
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)

    told_on: Mapped[dt.date | None] = mapped_column(sa.Date())
    """The day on which its owner was reminded last."""
    escalated_on: Mapped[dt.date | None] = date(_("Manager told on"), readonly=True)

    @classmethod
    def reached_besides(cls, permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
        """Whoever has a part in it, or is asked to accept it, may read it."""
        from plugins.risk.services import reach

        return reach.of_risks(permission, actor)


class Score(CompanyModel):
    """How a risk was assessed at a level on a day; only added to."""

    __tablename__ = "risk_score"
    __collection__ = "scores"
    __label__ = lazy_pgettext("risk", "Score over time")
    __label_plural__ = lazy_pgettext("risk", "Scores over time")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ("reason",)
    __parent__ = "risk_id"
    __actions__ = ("read", "export")
    __append_only__ = True
    __table_args__ = (sa.Index(None, "company_id", "risk_id", "level", "id"),)

    risk_id: Mapped[int] = reference("risk.Risk", lazy_pgettext("register", "Risk"))
    level: Mapped[str] = choice(lazy_pgettext("risk", "Level"), LEVELS)
    on: Mapped[dt.date] = date(_("Day"), indexed=True)
    at: Mapped[dt.datetime] = instant(_("At"))
    by_id: Mapped[int | None] = reference("core.User", lazy_pgettext("risk", "By"))
    likelihood: Mapped[int | None] = integer(_("Likelihood"))
    impact: Mapped[int | None] = integer(_("Impact"))
    score: Mapped[int | None] = integer(lazy_pgettext("risk", "Score"))
    probability: Mapped[Decimal | None] = percent(lazy_pgettext("risk", "Probability"))
    low: Mapped[int | None] = money(_("Loss, at least"))
    loss: Mapped[int | None] = money(_("Loss, most likely"))
    high: Mapped[int | None] = money(_("Loss, at most"))
    expected_loss: Mapped[int | None] = money(_("Expected loss"))
    reason: Mapped[str | None] = text(_("Reason"), length=500)


class Appetite(CompanyModel):
    """How much risk of a category the company takes on: what lies above needs an answer."""

    __tablename__ = "risk_appetite"
    __collection__ = "appetites"
    __label__ = lazy_pgettext("risk", "Appetite")
    __label_plural__ = lazy_pgettext("risk", "Appetites")
    __title__ = "category"
    __find_by__ = ("category",)
    __search__ = ()
    __raises_revision__ = True
    __table_args__ = (sa.UniqueConstraint("company_id", "category"),)

    category: Mapped[str] = choice(_("Category"), CATEGORIES)
    score: Mapped[int] = integer(_("Highest score that is taken"), default=9, minimum=0, maximum=25)
    loss: Mapped[int | None] = money(
        _("Highest expected loss that is taken"), help=_("Of one risk in a year. Empty: any.")
    )
    note: Mapped[str | None] = text(_("Note"), length=500)

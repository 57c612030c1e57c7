"""The ways that opportunities go, and why they end as they do."""

from __future__ import annotations

from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    choice,
    integer,
    longtext,
    percent,
    reference,
    text,
)

STAGE_OUTCOMES = (
    Choice(value="open", label=_("Open"), tone="info"),
    Choice(value="won", label=_("Won"), tone="good"),
    Choice(value="lost", label=_("Lost"), tone="bad"),
)


class Pipeline(CompanyModel):
    """A way of selling with its own stages: new business, renewals, partners."""

    __tablename__ = "crm_pipeline"
    __raises_revision__ = True
    __collection__ = "pipelines"
    __label__ = _("Pipeline")
    __label_plural__ = _("Pipelines")
    __aside__ = ("active", False)
    __find_by__ = ("external_id", "name")

    name: Mapped[str] = text(_("Name"), unique=True)
    position: Mapped[int] = integer(_("Position"), default=0)
    is_default: Mapped[bool] = boolean(
        _("Default"), help=_("Where a new opportunity goes when nothing is said. There is one.")
    )
    active: Mapped[bool] = boolean(_("Active"), default=True)
    description: Mapped[str | None] = longtext(_("Description"))
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)


class Stage(CompanyModel):
    """A step of a pipeline, and what an opportunity must have to be there."""

    __tablename__ = "crm_stage"
    __raises_revision__ = True
    __collection__ = "stages"
    __label__ = _("Stage")
    __label_plural__ = _("Stages")
    __find_by__ = ("external_id", "name")
    __table_args__ = (sa.UniqueConstraint("company_id", "pipeline_id", "name"),)

    name: Mapped[str] = text(_("Name"), length=100)
    pipeline_id: Mapped[int] = reference("crm.Pipeline", _("Pipeline"), on_delete="cascade")
    position: Mapped[int] = integer(_("Position"), default=0)
    outcome: Mapped[str] = choice(
        _("Outcome"),
        STAGE_OUTCOMES,
        default="open",
        help=_("What an opportunity in this stage is."),
    )
    probability: Mapped[Decimal] = percent(
        _("Probability"),
        minimum=0,
        maximum=100,
        default=Decimal(0),
        help=_("How many of the opportunities in this stage are won in the end."),
    )
    required_fields: Mapped[str | None] = text(
        _("Needed fields"),
        length=500,
        help=_(
            "Fields that must be filled before an opportunity may enter this stage or a later one,"
            " by name with commas: amount, contact, expected_close."
        ),
    )
    rot_days: Mapped[int | None] = integer(
        _("Stalls after (days)"),
        minimum=1,
        maximum=3650,
        help=_("Days in this stage after which an opportunity counts as stalled. Empty: never."),
    )
    description: Mapped[str | None] = longtext(
        _("Description"), help=_("What is to be done in this stage.")
    )
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)


class WinReason(CompanyModel):
    """Why opportunities are won."""

    __tablename__ = "crm_win_reason"
    __collection__ = "win-reasons"
    __label__ = _("Win reason")
    __label_plural__ = _("Win reasons")
    __aside__ = ("active", False)

    name: Mapped[str] = text(_("Name"), unique=True)
    position: Mapped[int] = integer(_("Position"), default=0)
    active: Mapped[bool] = boolean(_("Active"), default=True)


class LossReason(CompanyModel):
    """Why opportunities are lost."""

    __tablename__ = "crm_loss_reason"
    __collection__ = "loss-reasons"
    __label__ = _("Loss reason")
    __label_plural__ = _("Loss reasons")
    __aside__ = ("active", False)

    name: Mapped[str] = text(_("Name"), unique=True)
    position: Mapped[int] = integer(_("Position"), default=0)
    active: Mapped[bool] = boolean(_("Active"), default=True)

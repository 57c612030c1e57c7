"""How items meet, and what could be done."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    CompanyModel,
    choice,
    date,
    decimal,
    integer,
    longtext,
    reference,
    text,
)
from plugins.swot.models.words import OPTION_STATES, POSTURES


class Pair(CompanyModel):
    """A strength or weakness that meets an opportunity or threat.

    ``score`` is the weight of one × the weight of the other × fit.
    """

    __tablename__ = "swot_pair"
    __collection__ = "pairs"
    __label__ = lazy_pgettext("swot", "TOWS pair")
    __label_plural__ = lazy_pgettext("swot", "TOWS pairs")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ("note",)
    __parent__ = "analysis_id"
    __table_args__ = (sa.UniqueConstraint("company_id", "inner_id", "outer_id"),)

    analysis_id: Mapped[int] = reference(
        "swot.Analysis", lazy_pgettext("swot", "SWOT analysis"), on_delete="cascade"
    )
    inner_id: Mapped[int] = reference(
        "swot.Item", lazy_pgettext("swot", "Strength or weakness"), on_delete="cascade",
        narrow={"analysis": "analysis"},
    )  # fmt: skip
    outer_id: Mapped[int] = reference(
        "swot.Item", lazy_pgettext("swot", "Opportunity or threat"), on_delete="cascade",
        narrow={"analysis": "analysis"},
    )  # fmt: skip
    posture: Mapped[str] = choice(
        lazy_pgettext("swot", "Posture"), POSTURES, readonly=True, default="SO"
    )
    fit: Mapped[int] = integer(
        lazy_pgettext("swot", "Fit"), default=0, minimum=0, maximum=3,
        help=_("0 does not fit, 3 exactly."),
    )  # fmt: skip
    score: Mapped[Decimal | None] = decimal(lazy_pgettext("swot", "Score"), scale=6, readonly=True)
    note: Mapped[str | None] = text(_("Note"), length=500)


class Option(CompanyModel):
    """Something that could be done about a pair. Chosen, it becomes a strategy of plans where
    the company plans; ``plan_id`` is that one's number, ``plan`` what it is called."""

    __tablename__ = "swot_option"
    __collection__ = "options"
    __label__ = lazy_pgettext("swot", "Strategic option")
    __label_plural__ = lazy_pgettext("swot", "Strategic options")
    __find_by__ = ("external_id",)
    __search__ = ("name", "details", "external_id")
    __parent__ = "analysis_id"
    __table_args__ = (
        sa.Index(None, "company_id", "plan_id"),
        sa.Index(None, "company_id", "state", "chosen_on"),
    )

    analysis_id: Mapped[int] = reference(
        "swot.Analysis", lazy_pgettext("swot", "SWOT analysis"), on_delete="cascade"
    )
    pair_id: Mapped[int | None] = reference(
        "swot.Pair", lazy_pgettext("swot", "TOWS pair"), on_delete="cascade",
        narrow={"analysis": "analysis"},
    )  # fmt: skip
    name: Mapped[str] = text(lazy_pgettext("swot", "What is done"))
    posture: Mapped[str] = choice(
        lazy_pgettext("swot", "Posture"), POSTURES, default="SO",
        help=_("That of the pair, where it names one."),
    )  # fmt: skip
    details: Mapped[str | None] = longtext(_("Details"))
    state: Mapped[str] = choice(_("State"), OPTION_STATES, default="proposed", readonly=True)
    reason: Mapped[str | None] = text(_("Reason"), length=500)
    chosen_on: Mapped[dt.date | None] = date(lazy_pgettext("swot", "Chosen on"), readonly=True)
    plan: Mapped[str | None] = text(
        lazy_pgettext("swot", "Strategy in plans"), length=300, readonly=True
    )
    plan_id: Mapped[int | None] = integer(
        lazy_pgettext("swot", "Number of the strategy"), readonly=True
    )
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)

"""What analyses say, and by what that is shown."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    CompanyModel,
    boolean,
    choice,
    date,
    decimal,
    integer,
    longtext,
    measure,
    reference,
    text,
)
from plugins.swot.access import FIGURES
from plugins.swot.models.words import FACTORS, ITEM_STATES, PROOFS, QUADRANTS
from plugins.swot.services.subjects import choices as subjects


class Item(CompanyModel):
    """A strength, weakness, opportunity or threat. ``score`` is weight × intensity."""

    __tablename__ = "swot_item"
    __collection__ = "items"
    __label__ = lazy_pgettext("swot", "SWOT item")
    __label_plural__ = lazy_pgettext("swot", "SWOT items")
    __find_by__ = ("external_id",)
    __search__ = ("name", "details", "external_id")
    __parent__ = "analysis_id"
    __aside__ = ("put_aside", True)
    __table_args__ = (
        sa.Index(None, "company_id", "analysis_id", "quadrant"),
        sa.Index(None, "company_id", "expires_on"),
    )

    analysis_id: Mapped[int] = reference(
        "swot.Analysis", lazy_pgettext("swot", "SWOT analysis"), on_delete="cascade"
    )
    name: Mapped[str] = text(lazy_pgettext("swot", "What is so"), length=300)
    quadrant: Mapped[str] = choice(lazy_pgettext("swot", "Quadrant"), QUADRANTS)
    factor: Mapped[str | None] = choice(
        lazy_pgettext("swot", "Factor"),
        FACTORS,
        help=_("What it concerns; analyses are compared by factors."),
    )
    weight: Mapped[Decimal | None] = decimal(
        _("Weight"),
        minimum=0,
        maximum=1,
        help=_("Of 1: strengths with weaknesses, and opportunities with threats."),
    )
    intensity: Mapped[int | None] = integer(
        lazy_pgettext("swot", "Intensity"), minimum=1, maximum=5, help=_("1 slight, 5 very strong.")
    )
    score: Mapped[Decimal | None] = decimal(lazy_pgettext("swot", "Score"), readonly=True)
    expires_on: Mapped[dt.date | None] = date(
        lazy_pgettext("swot", "Valid until"), help=_("After that day it has to be looked at again.")
    )
    details: Mapped[str | None] = longtext(_("Details"))
    author_id: Mapped[int | None] = reference(
        "core.User", lazy_pgettext("swot", "Collected from"), readonly=True
    )
    votes: Mapped[int | None] = integer(lazy_pgettext("swot", "Votes"), readonly=True)
    state: Mapped[str] = choice(_("State"), ITEM_STATES, default="kept", readonly=True)
    put_aside: Mapped[bool] = boolean(lazy_pgettext("swot", "Put aside"), readonly=True)
    merged_into_id: Mapped[int | None] = reference(
        "swot.Item", lazy_pgettext("swot", "Merged into"), on_delete="cascade",
        narrow={"analysis": "analysis"},
    )  # fmt: skip
    former_id: Mapped[int | None] = reference(
        "swot.Item", lazy_pgettext("swot", "Was before"), readonly=True
    )
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)


class Evidence(CompanyModel):
    """What shows that an item is so: a figure, a record, or a note with its source.

    A figure is asked when the evidence is made, and ``value`` stays: in units that people read,
    money in the company's currency, a ratio in percent.
    """

    __tablename__ = "swot_evidence"
    __collection__ = "evidence"
    __label__ = lazy_pgettext("swot", "Evidence")
    __label_plural__ = lazy_pgettext("swot", "Evidence")
    __find_by__ = ("external_id",)
    __search__ = ("name", "note", "source", "external_id")
    __parent__ = "item_id"
    __about__ = ("about_model", "about_id")
    __table_args__ = (sa.Index(None, "company_id", "about_model", "about_id"),)

    item_id: Mapped[int] = reference(
        "swot.Item", lazy_pgettext("swot", "SWOT item"), on_delete="cascade"
    )
    kind: Mapped[str] = choice(lazy_pgettext("swot", "Shown by"), PROOFS, default="note")
    name: Mapped[str | None] = text(
        lazy_pgettext("swot", "Evidence"), length=300, help=_("Empty: what is named below.")
    )
    as_of: Mapped[dt.date | None] = date(
        lazy_pgettext("swot", "As of"),
        help=_("The last day of the figure, the day of the source; empty for today."),
    )
    measure: Mapped[str | None] = measure(_("Measure"))
    start: Mapped[dt.date | None] = date(
        lazy_pgettext("period", "From"), help=_("First day of the figure; empty: a year.")
    )
    narrows: Mapped[bool] = boolean(
        _("Only what the analysis is about"),
        help=_("Where the measure is known by such records, as by product."),
    )
    value: Mapped[Decimal | None] = decimal(
        lazy_pgettext("swot", "Value"), readonly=True, read=FIGURES
    )
    about_model: Mapped[str | None] = choice(_("Kind of record"), subjects, length=100)
    about_id: Mapped[int | None] = integer(_("Number of the record"), minimum=1)
    note: Mapped[str | None] = longtext(_("Note"))
    source: Mapped[str | None] = text(_("Source"), length=500)
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)

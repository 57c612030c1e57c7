"""Strategies, the measures they are made of, and what was decided about them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

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
    decimal,
    instant,
    integer,
    longtext,
    measure,
    percent,
    reference,
    text,
)
from plugins.plans.access import FIGURES
from plugins.plans.services.subjects import choices as subjects

STATES = (
    Choice(value="draft", label=_("Draft")),
    Choice(value="running", label=lazy_pgettext("plan", "Running"), tone="info"),
    Choice(value="ended", label=lazy_pgettext("strategy", "Ended"), tone="neutral"),
)
BASES = (
    Choice(value="before", label=_("As many days just before")),
    Choice(value="year", label=_("The same days a year before")),
)
VERDICTS = (
    Choice(value="worked", label=_("It worked"), tone="good"),
    Choice(value="partly", label=_("It worked in part"), tone="warn"),
    Choice(value="failed", label=_("It did not work"), tone="bad"),
    Choice(value="open", label=_("Cannot be told")),
)
MIXES = (
    Choice(value="pricing", label=_("Pricing")),
    Choice(value="promotion", label=_("Promotion")),
    Choice(value="channel", label=_("Channel")),
    Choice(value="customers", label=_("For which customers")),
    Choice(value="other", label=_("Other")),
)
KINDS = (
    Choice(value="start", label=lazy_pgettext("decision", "Begun"), tone="info"),
    Choice(value="revise", label=_("Revised"), tone="warn"),
    Choice(value="review", label=_("Reviewed"), tone="good"),
    Choice(value="end", label=lazy_pgettext("strategy", "Ended")),
)


class Strategy(CompanyModel):
    """An experiment: what is believed, by which figure it shows, and when that is looked at.

    ``baseline`` is kept when it begins: the figure of the days it is compared with, in units that
    people read, money in the company's currency.
    """

    __tablename__ = "plans_strategy"
    __collection__ = "strategies"
    __label__ = _("Strategy")
    __label_plural__ = _("Strategies")
    __find_by__ = ("external_id", "name")
    __search__ = ("name", "hypothesis", "external_id")
    __owner__ = "owner_id"
    __table_args__ = (sa.Index(None, "company_id", "state", "review_on"),)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"))
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    state: Mapped[str] = choice(_("State"), STATES, default="draft", readonly=True)
    hypothesis: Mapped[str | None] = longtext(
        _("Hypothesis"), help=_("If we do this, then that will follow, because …")
    )
    measure: Mapped[str | None] = measure(
        _("Measure"), help=_("The figure by which it shows whether it works.")
    )
    expected_change: Mapped[Decimal | None] = percent(
        _("Expected change (%)"),
        minimum=-100,
        maximum=100_000,
        help=_("Of the figure, against the days it is compared with; 10 is a tenth more."),
    )
    compared_with: Mapped[str] = choice(_("Compared with"), BASES, default="before")
    start: Mapped[dt.date] = date(_("Start"))
    review_on: Mapped[dt.date | None] = date(_("Review on"))
    baseline: Mapped[Decimal | None] = decimal(_("Baseline"), readonly=True, read=FIGURES)
    revision: Mapped[int] = integer(_("Revision"), default=1, readonly=True)
    reason: Mapped[str | None] = text(_("Reason"), length=500)
    verdict: Mapped[str | None] = choice(_("Verdict"), VERDICTS)
    conclusion: Mapped[str | None] = longtext(_("Conclusion"))
    ended_on: Mapped[dt.date | None] = date(_("Ended on"), readonly=True)
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)


class Link(CompanyModel):
    """A record that a strategy uses: a price list, a promotion, a channel, a segment.

    It is named by its model's key and its number, and remains in words when that is deleted.
    """

    __tablename__ = "plans_link"
    __collection__ = "links"
    __label__ = _("Part of a strategy")
    __label_plural__ = _("Parts of strategies")
    __find_by__ = ()
    __parent__ = "strategy_id"
    __about__ = ("about_model", "about_id")
    __table_args__ = (sa.Index(None, "company_id", "about_model", "about_id"),)

    strategy_id: Mapped[int] = reference("plans.Strategy", _("Strategy"), on_delete="cascade")
    mix: Mapped[str] = choice(_("Part of the mix"), MIXES, default="pricing")
    name: Mapped[str | None] = text(
        _("What"), length=300, help=_("Empty: what the record is called.")
    )
    about_model: Mapped[str | None] = choice(_("Kind of record"), subjects, length=100)
    about_id: Mapped[int | None] = integer(_("Number of the record"), minimum=1)
    narrows: Mapped[bool] = boolean(
        _("The figure counts only it"),
        help=_("Where the measure is known by such records, as by channel or product."),
    )
    note: Mapped[str | None] = text(_("Note"), length=500)


class Decision(CompanyModel):
    """Something that was decided about a strategy, with what it said then and what the figures
    were; only added to. ``per_day_change`` counts working days, where the figure is a sum."""

    __tablename__ = "plans_decision"
    __collection__ = "decisions"
    __label__ = _("Decision")
    __label_plural__ = _("Decisions")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ("reason", "conclusion")
    __parent__ = "strategy_id"
    __actions__ = ("read", "export")
    __table_args__ = (sa.Index(None, "company_id", "strategy_id", "at"),)

    strategy_id: Mapped[int] = reference("plans.Strategy", _("Strategy"), on_delete="cascade")
    kind: Mapped[str] = choice(_("Kind"), KINDS)
    on: Mapped[dt.date] = date(_("Day"))
    at: Mapped[dt.datetime] = instant(_("At"))
    by_id: Mapped[int | None] = reference("core.User", lazy_pgettext("decision", "By"))
    revision: Mapped[int] = integer(_("Revision"))
    hypothesis: Mapped[str | None] = longtext(_("Hypothesis"))
    measure: Mapped[str | None] = measure(_("Measure"))
    expected_change: Mapped[Decimal | None] = percent(_("Expected change (%)"))
    review_on: Mapped[dt.date | None] = date(_("Review on"))
    before: Mapped[Decimal | None] = decimal(lazy_pgettext("period", "Before"), read=FIGURES)
    after: Mapped[Decimal | None] = decimal(lazy_pgettext("period", "After"), read=FIGURES)
    change: Mapped[Decimal | None] = percent(_("Change (%)"))
    per_day_change: Mapped[Decimal | None] = percent(_("Change per working day (%)"))
    verdict: Mapped[str | None] = choice(_("Verdict"), VERDICTS)
    conclusion: Mapped[str | None] = longtext(_("Conclusion"))
    reason: Mapped[str | None] = text(_("Reason"), length=500)

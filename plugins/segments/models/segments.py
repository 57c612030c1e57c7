"""Segments, who is in them since when and until when, and scores of recency, frequency, money."""

from __future__ import annotations

import datetime as dt
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
    date,
    decimal,
    integer,
    longtext,
    measure,
    reference,
    text,
)
from plugins.segments.access import FIGURES
from plugins.segments.models.grades import usual_measure
from plugins.segments.services.cells import CELLS

KINDS = (
    Choice(value="dynamic", label=_("By conditions"), tone="info"),
    Choice(value="static", label=lazy_pgettext("segment", "By hand")),
)


class Segment(CompanyModel):
    """Accounts that have something in common: by conditions, kept every night, or by hand."""

    __tablename__ = "segments_segment"
    __collection__ = "segments"
    __label__ = _("Segment")
    __label_plural__ = lazy_pgettext("records", "Segments")
    __aside__ = ("active", False)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    kind: Mapped[str] = choice(_("Members"), KINDS, default="dynamic")
    condition: Mapped[str | None] = text(_("Which accounts"), length=1000, help=HELP)
    cell: Mapped[str | None] = choice(
        _("Cell"), CELLS, help=_("By recency, frequency and money. Empty: whatever it is.")
    )
    description: Mapped[str | None] = longtext(_("Description"))
    position: Mapped[int] = integer(_("Position"), default=0)
    active: Mapped[bool] = boolean(lazy_pgettext("rule", "Active"), default=True)
    members: Mapped[int] = integer(_("Members now"), default=0, readonly=True)
    counted_on: Mapped[dt.date | None] = date(_("Counted on"), readonly=True)


class Figure(CompanyModel):
    """A figure that the accounts of a segment have: so much of a measure in so many days."""

    __tablename__ = "segments_figure"
    __collection__ = "figures"
    __label__ = _("Figure of a segment")
    __label_plural__ = _("Figures of segments")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __parent__ = "segment_id"

    segment_id: Mapped[int] = reference("segments.Segment", _("Segment"), on_delete="cascade")
    measure: Mapped[str] = measure(
        _("Figure"), default=usual_measure, help=_("One that is known by account.")
    )
    days: Mapped[int] = integer(_("Of the last (days)"), default=365, minimum=1, maximum=3660)
    at_least: Mapped[Decimal | None] = decimal(
        _("At least"), help=_("Money in the company's currency.")
    )
    at_most: Mapped[Decimal | None] = decimal(
        _("At most"), help=_("Who has no figure has 0 of it.")
    )


class Membership(CompanyModel):
    """An account is in a segment from a day on, up to the day on which it left: that day it was
    in it no more."""

    __tablename__ = "segments_membership"
    __collection__ = "memberships"
    __label__ = _("Member of a segment")
    __label_plural__ = _("Members of segments")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __parent__ = "account_id"
    __table_args__ = (
        sa.UniqueConstraint("company_id", "segment_id", "account_id", "joined"),
        sa.Index(None, "company_id", "segment_id", "left"),
        sa.Index(None, "company_id", "account_id", "left"),
    )

    account_id: Mapped[int] = reference("crm.Account", _("Account"), on_delete="cascade")
    segment_id: Mapped[int] = reference("segments.Segment", _("Segment"), on_delete="cascade")
    joined: Mapped[dt.date | None] = date(_("Joined on"), help=_("Empty: today."))
    left: Mapped[dt.date | None] = date(_("Left on"), help=_("Empty: it is in it still."))


class Score(CompanyModel):
    """Recency, frequency and money of an account that has ordered, each from 1 to 5.

    ``money`` is what is left after returns, in the company's currency.
    """

    __tablename__ = "segments_score"
    __collection__ = "scores"
    __label__ = _("Score of an account")
    __label_plural__ = _("Scores of accounts")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __parent__ = "account_id"
    __actions__ = ("read", "export")
    __table_args__ = (
        sa.UniqueConstraint("company_id", "account_id"),
        sa.Index(None, "company_id", "cell"),
        sa.Index(None, "company_id", "r", "f"),
    )

    account_id: Mapped[int] = reference("crm.Account", _("Account"), on_delete="cascade")
    cell: Mapped[str] = choice(_("Cell"), CELLS)
    r: Mapped[int] = integer(_("Recency"), minimum=1, maximum=5)
    f: Mapped[int] = integer(_("Frequency"), minimum=1, maximum=5)
    m: Mapped[int] = integer(lazy_pgettext("rfm", "Money"), minimum=1, maximum=5)
    first_on: Mapped[dt.date] = date(_("First order on"))
    last_on: Mapped[dt.date] = date(_("Last order on"))
    orders: Mapped[int] = integer(_("Orders"))
    money: Mapped[Decimal] = decimal(_("Ordered, net"), read=FIGURES)


class Cut(CompanyModel):
    """A limit of the scores as it was fixed: what is needed for a score of a dimension."""

    __tablename__ = "segments_cut"
    __collection__ = "cuts"
    __label__ = _("Limit of a score")
    __label_plural__ = _("Limits of scores")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __actions__ = ("read", "export")
    __table_args__ = (sa.UniqueConstraint("company_id", "dimension", "score"),)

    dimension: Mapped[str] = choice(
        _("Dimension"),
        (
            Choice(value="r", label=_("Recency")),
            Choice(value="f", label=_("Frequency")),
            Choice(value="m", label=lazy_pgettext("rfm", "Money")),
        ),
    )
    score: Mapped[int] = integer(_("Score"))
    limit: Mapped[Decimal] = decimal(_("Limit"), read=FIGURES)
    fixed_on: Mapped[dt.date] = date(_("Fixed on"))

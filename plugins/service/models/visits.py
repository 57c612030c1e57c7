"""Whom the company asks how it went, when, and what they have said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.conditions import HELP
from plugin_api.context import Actor, lazy_pgettext
from plugin_api.context import lazy_gettext as _
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
    reference,
    text,
)
from plugins.service.models.words import PRIORITIES

TRIGGERS = (
    Choice(value="regular", label=_("Again and again, every so many days")),
    Choice(value="delivery", label=_("After the first delivery of an order")),
    Choice(value="case", label=_("After a case was solved")),
)
VISIT_STATES = (
    Choice(value="planned", label=lazy_pgettext("return visit", "To be made"), tone="info"),
    Choice(value="done", label=lazy_pgettext("return visit", "Done"), tone="good"),
    Choice(value="unreached", label=_("Nobody reached"), tone="warn"),
    Choice(value="cancelled", label=lazy_pgettext("return visit", "Cancelled")),
)


class VisitPlan(CompanyModel):
    """Which accounts are asked by themselves, when, what, and by whom."""

    __tablename__ = "service_visit_plan"
    __collection__ = "visit-plans"
    __label__ = _("Return visit plan")
    __label_plural__ = _("Return visit plans")
    __aside__ = ("active", False)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    trigger: Mapped[str] = choice(lazy_pgettext("return visit", "When"), TRIGGERS)
    days: Mapped[int] = integer(
        lazy_pgettext("return visit", "Days"), default=30, minimum=0, maximum=3650,
        help=_("Every so many days, or so many days after it has happened."),
    )  # fmt: skip
    since: Mapped[dt.date | None] = date(
        lazy_pgettext("return visit", "From"),
        help=_("What happened before is left alone. Empty: the day on which the plan is made."),
    )
    condition: Mapped[str | None] = text(_("Which accounts"), length=1000, help=HELP)
    product_id: Mapped[int | None] = reference(
        "catalog.Product", _("Only with this product"), help=_("Of the order or the case.")
    )
    questionnaire_id: Mapped[int] = reference("service.Questionnaire", _("Questionnaire"))
    owner_id: Mapped[int | None] = reference(
        "core.User", lazy_pgettext("return visit", "Made by"), help=_("Empty: whose account it is.")
    )
    case_priority: Mapped[str] = choice(
        _("Priority of a case"), PRIORITIES, default="high",
        help=_("That a bad answer opens. Its service level says by when it is solved."),
    )  # fmt: skip
    case_owner_id: Mapped[int | None] = reference(
        "core.User", _("Owner of a case"), help=_("Empty: whose turn it is in the queue.")
    )
    again_days: Mapped[int] = integer(
        _("Ask again after (days)"), default=3, minimum=0, maximum=365,
        help=_("After the solution of such a case; the change of the score is shown then."),
    )  # fmt: skip
    active: Mapped[bool] = boolean(lazy_pgettext("rule", "Active"), default=True)


class Visit(CompanyModel):
    """A customer is to be asked how it went. ``score`` is 0 to 100, of all answers on a scale."""

    __tablename__ = "service_visit"
    __collection__ = "visits"
    __label__ = _("Return visit")
    __label_plural__ = _("Return visits")
    __find_by__ = ()
    __search__ = ("name", "themes")
    __owner__ = "owner_id"
    __table_args__ = (
        sa.Index(None, "company_id", "plan_id", "source"),
        sa.Index(None, "company_id", "owner_id", "state", "due_on"),
        sa.Index(None, "company_id", "state", "due_on"),
        sa.Index(None, "company_id", "account_id", "state"),
        sa.Index(None, "company_id", "done_on"),
    )

    name: Mapped[str] = text(lazy_pgettext("return visit", "About"), length=300, readonly=True)
    state: Mapped[str] = choice(_("State"), VISIT_STATES, readonly=True, default="planned")
    due_on: Mapped[dt.date] = date(_("Due on"))
    account_id: Mapped[int] = reference("crm.Account", _("Account"))
    contact_id: Mapped[int | None] = reference(
        "crm.Contact", _("Contact"), narrow={"account": "account"}
    )
    questionnaire_id: Mapped[int] = reference("service.Questionnaire", _("Questionnaire"))
    plan_id: Mapped[int | None] = reference(
        "service.VisitPlan", _("Return visit plan"), readonly=True
    )
    product_id: Mapped[int | None] = reference("catalog.Product", _("Product"))
    order_number: Mapped[str | None] = text(_("Order number"), length=100)
    case_id: Mapped[int | None] = reference(
        "service.Case", _("After the case"), on_delete="cascade", readonly=True
    )
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    attempts: Mapped[int] = integer(_("Attempts"), default=0, readonly=True)
    comment: Mapped[str | None] = longtext(_("What was said"))
    themes: Mapped[str | None] = text(
        _("Themes"), length=300, help=_("What it was about, with commas: delivery, price.")
    )
    link_until: Mapped[dt.date | None] = date(
        _("Link holds until"), readonly=True,
        help=_("Of the page on which the customer answers. Who has not by then was asked all the"
               " same."),
    )  # fmt: skip
    by_link: Mapped[bool] = boolean(_("Answered by link"), readonly=True)
    done_at: Mapped[dt.datetime | None] = instant(
        lazy_pgettext("return visit", "Made at"), readonly=True
    )
    done_on: Mapped[dt.date | None] = date(lazy_pgettext("return visit", "Made on"), readonly=True)
    csat: Mapped[int | None] = integer(_("Satisfaction (1 to 5)"), readonly=True)
    nps: Mapped[int | None] = integer(_("Recommendation (0 to 10)"), readonly=True)
    score: Mapped[Decimal | None] = decimal(_("Score"), scale=1, readonly=True)
    bad: Mapped[bool] = boolean(_("Bad answer"), readonly=True)
    follow_id: Mapped[int | None] = reference(
        "service.Case", _("Case of the bad answer"), readonly=True
    )
    previous_id: Mapped[int | None] = reference("service.Visit", _("Asked before"), readonly=True)
    score_change: Mapped[Decimal | None] = decimal(
        _("Change of the score"), scale=1, readonly=True, help=_("Against the call before.")
    )

    source: Mapped[str | None] = mapped_column(sa.String(100))
    """What its plan made it for, so that nothing is planned twice: ``order:SO-2026-00017``. Numbers
    of documents alone, which stay when a company moves to another installation."""

    @classmethod
    def reached_besides(cls, permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
        """Those of accounts that are the actor's."""
        from plugins.service.services import reach

        return reach.visit_legs(permission, actor)


class Answer(CompanyModel):
    """What a customer has said to a question: ``value`` on a scale, else ``words``."""

    __tablename__ = "service_answer"
    __collection__ = "answers"
    __label__ = lazy_pgettext("questionnaire", "Answer")
    __label_plural__ = lazy_pgettext("questionnaire", "Answers")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __parent__ = "visit_id"
    __actions__ = ("read", "export")
    __table_args__ = (sa.UniqueConstraint("company_id", "visit_id", "question_id"),)

    visit_id: Mapped[int] = reference("service.Visit", _("Return visit"), on_delete="cascade")
    question_id: Mapped[int] = reference(
        "service.Question", lazy_pgettext("questionnaire", "Question")
    )
    value: Mapped[int | None] = integer(lazy_pgettext("questionnaire", "Value"))
    words: Mapped[str | None] = longtext(lazy_pgettext("questionnaire", "Words"))
    bad: Mapped[bool] = boolean(_("Bad answer"))

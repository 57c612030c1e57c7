"""What customers are asked. A published version stays as it is; a change is another version."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    choice,
    integer,
    longtext,
    reference,
    text,
)

VERSION_STATES = (
    Choice(value="draft", label=lazy_pgettext("questionnaire", "Draft")),
    Choice(value="published", label=lazy_pgettext("questionnaire", "Published"), tone="good"),
    Choice(value="retired", label=lazy_pgettext("questionnaire", "Retired")),
)
ANSWERS = (
    Choice(value="csat", label=_("Satisfaction, 1 to 5")),
    Choice(value="nps", label=_("Recommendation, 0 to 10")),
    Choice(value="yes_no", label=_("Yes or no")),
    Choice(value="choice", label=_("One of several")),
    Choice(value="text", label=lazy_pgettext("questionnaire", "Words")),
)
SCALES = {"csat": (1, 5), "nps": (0, 10), "yes_no": (0, 1)}
"""Lowest and highest value of the answers that count towards the score."""
BAD = {"csat": 2, "nps": 6, "yes_no": 0}
"""Up to which value an answer is bad, where the question does not say."""


class Questionnaire(CompanyModel):
    """A version of what customers are asked. Versions of one have the same ``series``."""

    __tablename__ = "service_questionnaire"
    __collection__ = "questionnaires"
    __label__ = _("Questionnaire")
    __label_plural__ = _("Questionnaires")
    __find_by__ = ()
    __table_args__ = (sa.UniqueConstraint("company_id", "series", "revision"),)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"))
    state: Mapped[str] = choice(_("State"), VERSION_STATES, readonly=True, default="draft")
    series: Mapped[int | None] = integer(_("Series"), readonly=True)
    revision: Mapped[int] = integer(
        lazy_pgettext("questionnaire", "Version"), readonly=True, default=1
    )
    opening: Mapped[str | None] = longtext(
        _("What is said first"), help=_("Such as: may I ask you three questions?")
    )


class Question(CompanyModel):
    """One of its questions. An answer up to ``bad_at`` is a bad one."""

    __tablename__ = "service_question"
    __collection__ = "questions"
    __label__ = lazy_pgettext("questionnaire", "Question")
    __label_plural__ = lazy_pgettext("questionnaire", "Questions")
    __parent__ = "questionnaire_id"
    __find_by__ = ()
    __table_args__ = (sa.Index(None, "company_id", "questionnaire_id", "position"),)

    name: Mapped[str] = text(lazy_pgettext("questionnaire", "Question"), length=300)
    questionnaire_id: Mapped[int] = reference(
        "service.Questionnaire", _("Questionnaire"), on_delete="cascade"
    )
    position: Mapped[int] = integer(_("Position"), default=0)
    answer: Mapped[str] = choice(lazy_pgettext("questionnaire", "Answer"), ANSWERS, default="csat")
    options: Mapped[str | None] = longtext(
        lazy_pgettext("questionnaire", "Choices"), help=_("One a line.")
    )
    required: Mapped[bool] = boolean(_("Must be answered"), default=True)
    bad_at: Mapped[int | None] = integer(
        _("Bad up to"), minimum=0, maximum=10,
        help=_("Opens a case. Empty: satisfaction up to 2, recommendation up to 6, no."),
    )  # fmt: skip

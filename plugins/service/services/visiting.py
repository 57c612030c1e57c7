"""What a return visit must be like, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.conditions import cleaned
from plugin_api.context import gettext, today
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel
from plugins.crm.api import Account
from plugins.service.models import Question, Questionnaire, Visit, VisitPlan
from plugins.service.services import answering, surveys
from plugins.service.services.kept import kept, put

WRITTEN = (
    "service.Visit", "service.VisitPlan", "service.Questionnaire", "service.Question",
)  # fmt: skip


def before_create(record: CompanyModel) -> None:
    """Complete or refuse a new record."""
    if isinstance(record, Questionnaire):
        surveys.begin(record)
    else:
        check(record)
    if isinstance(record, VisitPlan):
        record.since = record.since or today()
    elif isinstance(record, Visit):
        asked = sa.select(Account.name).where(Account.id == record.account_id)
        name = kept(("account", record.account_id), lambda: host().session.scalar(asked))
        record.name = str(name or f"#{record.account_id}")[:300]


def before_create_many(records: Sequence[CompanyModel]) -> None:
    """Read what completing new return visits needs. One statement."""
    ids = {record.account_id for record in records if isinstance(record, Visit)}
    if ids:
        asked = sa.select(Account.id, Account.name).where(Account.id.in_(ids))
        with host().session.no_autoflush:
            for row in host().session.execute(asked):
                put(("account", row[0]), row[1])


def check(record: CompanyModel) -> None:
    """Refuse what cannot work. Raises Rejected."""
    if isinstance(record, Question):
        surveys.check_question(record)
    elif isinstance(record, VisitPlan):
        record.condition = cleaned(Account, record.condition)
        _is_published(record.questionnaire_id)
    elif isinstance(record, Visit):
        _is_published(record.questionnaire_id)
        record.themes = ", ".join(answering.themes_of(record.themes)) or None


def before_update(record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    """Complete or refuse a change."""
    if isinstance(record, Questionnaire):
        if record.state != "draft" and "opening" in changes:
            raise Rejected(
                "opening",
                gettext("A published version stays as it is. Make another version of it."),
            )
    elif not isinstance(record, Visit) or {"questionnaire_id", "themes"} & changes.keys():
        check(record)


def before_delete(record: CompanyModel) -> None:
    """What was published keeps its questions."""
    if isinstance(record, Question):
        surveys.check_question(record)


def unreached(visit: Visit, values: dict[str, Any]) -> None:
    """One try more that reached nobody: it stays to be made, on another day."""
    visit.attempts += 1


def _is_published(questionnaire_id: int) -> None:
    asked = sa.select(Questionnaire.state).where(Questionnaire.id == questionnaire_id)
    state = kept(("questionnaire", questionnaire_id), lambda: host().session.scalar(asked))
    if state == "draft":
        raise Rejected("questionnaire", gettext("Publish the questionnaire first."))

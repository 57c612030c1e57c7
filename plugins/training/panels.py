"""Boxes beside enrolments, quizzes, attempts and certificates: where one goes on."""

from __future__ import annotations

from flask import url_for

from plugin_api.context import gettext, has_permission
from plugin_api.models import CompanyModel
from plugin_api.panels import Action, Panel
from plugins.training.access import TEACH
from plugins.training.models import Attempt, Certificate, Enrolment, Quiz


def for_record(record: CompanyModel) -> list[Panel]:
    """Links to the pages about a record."""
    found: tuple[str, str, str] | None = None
    if isinstance(record, Enrolment):
        found = (gettext("Course"), gettext("Open the course"), "training.learn")
    elif isinstance(record, Quiz) and has_permission(TEACH):
        found = (gettext("How the questions do"), gettext("Item analysis"), "training.items")
    elif isinstance(record, Attempt) and record.handed_in_at is not None:
        found = (gettext("Answers"), gettext("Show the answers"), "training.attempt")
    elif isinstance(record, Certificate):
        found = (gettext("On paper"), gettext("Open as PDF"), "training.certificate")
    if found is None:
        return []
    title, label, endpoint = found
    href = url_for(endpoint, record_id=record.id)
    return [Panel(title=title, facts=(), actions=(Action(label=label, href=href),))]

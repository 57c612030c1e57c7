"""What the moves of an enrolment check and do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, today
from plugin_api.errors import Forbidden, Rejected
from plugins.training.models import Enrolment


def check_by_code(record: Any, values: Mapping[str, Any]) -> None:
    """A move that follows from others, and is nobody's to make."""
    if not current_actor().is_system:
        raise Forbidden(gettext("This happens by itself."))


def check_allow(enrolment: Enrolment, values: Mapping[str, Any]) -> None:
    """Nobody is in a course twice, and nobody allows themselves another attempt."""
    if enrolment.user_id == current_actor().user_id:
        raise Forbidden(gettext("Somebody else has to allow it."))
    asked = sa.select(Enrolment.id).where(
        Enrolment.user_id == enrolment.user_id, Enrolment.course_id == enrolment.course_id,
        Enrolment.is_open.is_(True),
    )  # fmt: skip
    if host().session.scalar(asked) is not None:
        raise Rejected("", gettext("This person is in the course already."))


def allow(enrolment: Enrolment, values: dict[str, Any]) -> None:
    """One attempt more."""
    enrolment.extra += 1
    enrolment.is_open = True


def start(enrolment: Enrolment, values: dict[str, Any]) -> None:
    """It has begun."""
    enrolment.started_on = today()


def complete(enrolment: Enrolment, values: dict[str, Any]) -> None:
    """It is completed, and not open any more."""
    enrolment.started_on = enrolment.started_on or today()
    enrolment.completed_on = today()
    enrolment.is_open = None


def fail(enrolment: Enrolment, values: dict[str, Any]) -> None:
    """It is not open any more."""
    enrolment.is_open = None


def cancel(enrolment: Enrolment, values: dict[str, Any]) -> None:
    """It is not open any more."""
    enrolment.is_open = None
    enrolment.reason = values.pop("reason")

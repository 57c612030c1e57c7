"""Taking a test of a course: what it does to the enrolment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugin_api import host
from plugins.training.models import Attempt, Enrolment
from plugins.training.rules import scoring
from plugins.training.services import learning, testing


def begin(enrolment: Enrolment, purpose: str) -> Attempt:
    """Begin an attempt, or go on with the one that is open, and with it the course. Raises what
    :func:`testing.begin` does."""
    attempt = testing.begin(enrolment, purpose)
    if attempt.handed_in_at is None:
        learning.begun(enrolment)
    else:
        _follow_up(attempt)
    return attempt


def hand_in(attempt: Attempt, answers: Mapping[int, Any]) -> None:
    """Mark an attempt, keep the scores with the enrolment, and end that where it has come to its
    end. Raises what :func:`testing.hand_in` does."""
    testing.hand_in(attempt, answers)
    _follow_up(attempt)


def _follow_up(attempt: Attempt) -> None:
    enrolment = host().session.get_one(Enrolment, (attempt.company_id, attempt.enrolment_id))
    _note_scores(enrolment)
    learning.finish(enrolment)


def _note_scores(enrolment: Enrolment) -> None:
    """How its tests went: before, and the best one after."""
    so_far = testing.tries(enrolment, None)
    enrolment.before = so_far.before.score if so_far.before else None
    scores = [each.score for each in so_far.made if each.score is not None]
    enrolment.after = max(scores, default=None)
    enrolment.gain = scoring.gain(enrolment.before, enrolment.after)
    host().session.flush()

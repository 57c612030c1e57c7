"""What happens to a case when it moves on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from plugin_api.context import current_actor, gettext, now
from plugin_api.errors import Rejected
from plugins.service.models import Case
from plugins.service.services import levels
from plugins.service.services.entry import day_of

Values = Mapping[str, Any]


def take(case: Case, values: dict[str, Any]) -> None:
    """Somebody looks after it: who takes it, unless somebody does already."""
    if case.owner_id is None:
        case.owner_id = current_actor().user_id


def is_unanswered(case: Case) -> bool:
    """Whether the customer waits for a first answer."""
    return case.answered_at is None


def check_answer(case: Case, values: Values) -> None:
    """There is one first answer. Raises Rejected."""
    if not is_unanswered(case):
        raise Rejected("", gettext("The customer was answered already."))


def answer(case: Case, values: dict[str, Any]) -> None:
    """The customer has an answer, though not the solution."""
    take(case, values)
    _answered(case, now())
    if case.state == "new":
        case.state = "open"


def wait(case: Case, values: dict[str, Any]) -> None:
    """The customer was asked something: the clock of the solution stands still."""
    take(case, values)
    moment = now()
    _answered(case, moment)
    levels.stop(case, moment)


def resume(case: Case, values: dict[str, Any]) -> None:
    """The customer has answered: the clock goes on."""
    levels.start(case, now())


def solve(case: Case, values: dict[str, Any]) -> None:
    """It is solved; the clock stands still."""
    take(case, values)
    moment = now()
    _answered(case, moment)
    levels.stop(case, moment)
    case.solved_at, case.solved_on = moment, day_of(moment)


def close(case: Case, values: dict[str, Any]) -> None:
    """Nothing more is to come."""
    case.closed_on = day_of(now())


def reopen(case: Case, values: dict[str, Any]) -> None:
    """It was not solved after all. The time since does not count."""
    case.reopened += 1
    case.solved_at = case.solved_on = case.closed_on = None
    if case.solution_standing != "late":
        case.told &= ~(levels.SOLUTION_SOON | levels.SOLUTION_LATE)
    levels.start(case, now())


def _answered(case: Case, moment: dt.datetime) -> None:
    if case.answered_at is None:
        case.answered_at = moment

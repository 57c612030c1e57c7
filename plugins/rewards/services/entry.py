"""What records of rewards must be like, whichever way they come in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.conditions import cleaned
from plugin_api.context import gettext
from plugin_api.errors import NotFound, Rejected
from plugin_api.measures import Measure
from plugin_api.models import CompanyModel, model_of
from plugin_api.periods import check_day
from plugins.rewards.models import (
    Award,
    Budget,
    Contest,
    Grant,
    Kudos,
    Nomination,
    Prize,
    Reward,
    Round,
    Vote,
)
from plugins.rewards.services import giving, points, praise, voting

Changes = Mapping[str, tuple[Any, Any]]
WRITTEN = (
    "rewards.Budget", "rewards.Reward", "rewards.Round", "rewards.Nomination", "rewards.Vote",
    "rewards.Contest", "rewards.Prize", "rewards.Award", "rewards.Grant", "rewards.Kudos",
)  # fmt: skip
GIVEN = ("rewards.Award", "rewards.Grant", "rewards.Kudos")
KEPT = ("incentives.Entry", "incentives.Statement", "rewards.Entry", "rewards.Award")
"""What people see of themselves, and of those whom they lead, alone."""
LONGEST = 366
"""Days of a contest."""
LOOSE = ("planned", "called_off")
"""States of a contest that nobody competes in."""


def before_create(record: CompanyModel) -> None:
    """Complete or refuse a new record. Raises Rejected."""
    if isinstance(record, Award):
        giving.begin(record)
    elif isinstance(record, Grant):
        points.begin(record)
    elif isinstance(record, Kudos):
        praise.begin(record)
    elif isinstance(record, Nomination):
        voting.begin_nomination(record)
    elif isinstance(record, Vote):
        voting.begin_vote(record)
    else:
        _check(record)


def after_create(record: CompanyModel) -> None:
    """Enter points, pass money on, and tell who gets something."""
    if isinstance(record, Award):
        giving.given(record)
    elif isinstance(record, Grant):
        points.granted(record)
    elif isinstance(record, Kudos):
        praise.given(record)


def before_update(record: CompanyModel, changes: Changes) -> None:
    """Complete or refuse a change. Raises Rejected."""
    if isinstance(record, Contest) and record.state != "planned" and "state" not in changes:
        fixed = {"of", "measure", "starts_on", "ends_on", "score", "history", "condition"}
        touched = sorted(fixed & changes.keys())
        if touched:
            raise Rejected(touched[0], gettext("It has begun: its rules stay as they are."))
    if isinstance(record, Round) and record.state != "open" and "state" not in changes:
        raise Rejected("", gettext("The vote is closed."))
    if isinstance(record, Prize) and "contest_id" in changes:
        _check_prizes(changes["contest_id"][0])
    _check(record)


def before_delete(record: CompanyModel) -> None:
    """What was given, voted or won stays. Raises Rejected."""
    if isinstance(record, Grant):
        points.taken_back(record)
    elif isinstance(record, Kudos):
        praise.taken_back(record)
    elif isinstance(record, Nomination | Vote):
        voting.check_open(record)
    elif isinstance(record, Contest) and record.state not in LOOSE:
        raise Rejected("", gettext("It has begun: call it off instead."))
    elif isinstance(record, Round) and record.state == "decided":
        raise Rejected("", gettext("It is decided."))
    elif isinstance(record, Prize):
        _check_prizes(record.contest_id)


def _check(record: CompanyModel) -> None:
    if isinstance(record, Budget | Contest):
        check_day("starts_on", record.starts_on)
        check_day("ends_on", record.ends_on)
    if isinstance(record, Budget):
        if record.ends_on < record.starts_on:
            raise Rejected("ends_on", gettext("The end is before the start."))
        if record.amount < 0:
            raise Rejected("amount", gettext("A budget is not negative."))
    elif isinstance(record, Reward):
        _check_reward(record)
    elif isinstance(record, Round):
        record.condition = _condition(record.condition)
        if record.closes_on < record.opens_on:
            raise Rejected("closes_on", gettext("The end is before the start."))
    elif isinstance(record, Contest):
        _check_contest(record)
    elif isinstance(record, Prize):
        _check_prizes(record.contest_id)


def _check_reward(record: Reward) -> None:
    record.condition = _condition(record.condition)
    if record.kind == "money" and not (record.amount and record.amount > 0):
        raise Rejected("amount", gettext("Say how much."))
    if record.kind != "money" and record.amount is not None:
        raise Rejected("amount", gettext("Only money has an amount: say what it costs."))
    if record.cost is not None and record.cost < 0:
        raise Rejected("cost", gettext("A cost is not negative."))
    if (record.measure is None) != (record.threshold is None):
        field = "threshold" if record.measure else "measure"
        raise Rejected(field, gettext("Give both, or neither."))
    if record.measure is not None:
        _check_measure(record.measure)
    if record.days is not None and record.kind != "title":
        raise Rejected("days", gettext("Only a title has a term."))


def _check_contest(record: Contest) -> None:
    record.condition = _condition(record.condition)
    if record.ends_on < record.starts_on:
        raise Rejected("ends_on", gettext("The end is before the start."))
    if (record.ends_on - record.starts_on).days >= LONGEST:
        raise Rejected("ends_on", gettext("A contest goes for a year at most."))
    if record.score == "head" and record.of != "teams":
        raise Rejected("score", gettext("Only teams have heads."))
    if record.state == "planned" and _check_measure(record.measure).model in KEPT:
        # Its board would tell everybody's.
        raise Rejected("measure", gettext("Pay and rewards are kept from others: choose a figure"
                                          " of the work."))  # fmt: skip


def _check_measure(key: str) -> Measure:
    """It adds up over days and people. Raises Rejected."""
    try:
        found = host().measures.get(key)
    except NotFound:
        raise Rejected("measure", gettext("This figure is not available.")) from None
    if not isinstance(found, Measure) or found.snapshot:
        raise Rejected("measure", gettext("A figure is needed that adds up over days and people."))
    return found


def _check_prizes(contest_id: int) -> None:
    """What people compete for stays as they were told. Raises Rejected."""
    asked = sa.select(Contest.state).where(Contest.id == contest_id)
    with host().session.no_autoflush:
        state = host().session.scalar(asked)
    if state not in LOOSE:
        raise Rejected("contest_id", gettext("It has begun: its prizes stay as they are."))


def _condition(text: str | None) -> str | None:
    return cleaned(model_of("core.User"), text) if text else None  # type: ignore[arg-type]

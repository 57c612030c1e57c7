"""How risks come into the register, are reviewed and leave it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, today
from plugin_api.errors import Rejected
from plugin_api.periods import check_day
from plugins.risk.models import Risk
from plugins.risk.models.choices import LIVE
from plugins.risk.services import assessing, subjects
from plugins.risk.services.acting import is_by_rule
from plugins.risk.settings import REVIEW_DAYS

Values = Mapping[str, Any]


def next_review() -> dt.date:
    """When a risk is looked at again where nothing else is said."""
    return today() + dt.timedelta(days=int(host().setting(REVIEW_DAYS)))


def waits() -> sa.ColumnElement[bool]:
    """Whether a risk waits for its owner: to decide on a proposal, or to review it."""
    due = sa.and_(Risk.state == "open", Risk.review_on <= today())
    return sa.or_(Risk.state == "proposed", due)


def begin(risk: Risk) -> None:
    """Complete a new risk: what people enter stands in the register at once."""
    if not is_by_rule():
        risk.state = "open"
    risk.identified_on = risk.identified_on or today()
    if risk.identified_on > today():
        raise Rejected("identified_on", gettext("This is in the future."))
    risk.review_on = risk.review_on or next_review()
    risk.about = subjects.name_of(risk.about_model, risk.about_id)
    check_days(risk)
    assessing.complete(risk)


def change(risk: Risk, changes: Values) -> None:
    """Complete a change. Raises Rejected."""
    touched = assessing.ASSESSED & changes.keys()
    if touched and risk.state not in LIVE:
        raise Rejected(min(touched), gettext("It is closed. Reopen it first."))
    if {"about_model", "about_id"} & changes.keys():
        risk.about = subjects.name_of(risk.about_model, risk.about_id)
    if "review_on" in changes:
        risk.told_on = risk.escalated_on = None
    check_days(risk)
    assessing.complete(risk, changes.keys())


def check_days(record: Any, *names: str) -> None:
    """Raise Rejected for a day that nobody means."""
    for name in names or ("identified_on", "review_on"):
        check_day(name, getattr(record, name))


# -- transitions -----------------------------------------------------------------------------


def check_confirm(risk: Risk, values: Values) -> None:
    """A risk of the register belongs to somebody. Raises Rejected."""
    if values.get("owner", risk.owner_id) is None:
        raise Rejected("owner", gettext("Say who answers for it."))


def check_reason(risk: Risk, values: Values) -> None:
    """Raise Rejected without a reason of its own."""
    if not (values.get("reason") or "").strip():
        raise Rejected("reason", gettext("Say why."))


def check_review(risk: Risk, values: Values) -> None:
    """Raise Rejected for a review that is not ahead."""
    day = values.get("review_on") or risk.review_on
    if day is None or day <= today():
        raise Rejected("review_on", gettext("Say when it is looked at next: a day to come."))


def review(risk: Risk, values: dict[str, Any]) -> None:
    """It was looked at today."""
    risk.reviewed_on = today()
    risk.told_on = risk.escalated_on = None


def close(risk: Risk, values: dict[str, Any]) -> None:
    """It is over."""
    risk.closed_on = today()


def reopen(risk: Risk, values: dict[str, Any]) -> None:
    """It is not over after all."""
    risk.closed_on = None
    if risk.review_on is None or risk.review_on <= today():
        risk.review_on = next_review()

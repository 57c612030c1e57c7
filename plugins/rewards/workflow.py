"""How awards, rounds, contests and standings move on, and how rewards are had for points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugin_api import host
from plugin_api.context import current_actor, gettext, lazy_pgettext
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Rejected
from plugin_api.workflow import Transition, Workflow
from plugins.rewards.access import REDEEM
from plugins.rewards.models import Contest, Reward, Standing
from plugins.rewards.services import contests, giving, voting

Values = Mapping[str, Any]


def _check_redeem(reward: Reward, values: Values) -> None:
    if current_actor().user_id is None:
        raise Rejected("", gettext("Say who shall have it."))


def _redeem(reward: Reward, values: dict[str, Any]) -> Mapping[str, Any]:
    values.clear()
    return {"open": giving.redeem(reward, current_actor().user_id or 0)}


def _check_standing(standing: Standing, values: Values) -> None:
    contest = host().session.get_one(Contest, (standing.company_id, standing.contest_id))
    if contest.state != "checking":
        raise Rejected("", gettext("Only while the contest is being checked."))
    if standing.user_id == current_actor().user_id:
        raise Rejected("", gettext("Somebody else decides on it."))


def _exclude(standing: Standing, values: dict[str, Any]) -> None:
    contests.rank_again(standing, "excluded")


def _include(standing: Standing, values: dict[str, Any]) -> None:
    contests.rank_again(standing, "counts")


def _can_be_had(reward: Reward) -> bool:
    return reward.points is not None


REWARDS = Workflow(
    model="rewards.Reward", field="state",
    transitions=(
        Transition(
            name="redeem", label=lazy_pgettext("reward", "Have it for points"),
            from_=("offered",), permission=REDEEM, check=_check_redeem, apply=_redeem,
            offered=_can_be_had, tone="good",
        ),
        Transition(
            name="stop", label=lazy_pgettext("reward", "Offer it no longer"), from_=("offered",),
            to="stopped",
        ),
        Transition(
            name="offer", label=lazy_pgettext("reward", "Offer it again"), from_=("stopped",),
            to="offered",
        ),
    ),
)  # fmt: skip

AWARDS = Workflow(
    model="rewards.Award", field="state",
    guards=("reward", "user", "day", "note"),
    transitions=(
        Transition(
            name="hand_out", label=lazy_pgettext("award", "Hand out"), from_=("asked",),
            to="given", check=giving.check_other, apply=giving.hand_out, tone="good",
        ),
        Transition(
            name="refuse", label=lazy_pgettext("award", "Refuse"), from_=("asked",), to="refused",
            inputs=("note",), required=("note",), check=giving.check_other, apply=giving.refuse,
            tone="bad",
        ),
        Transition(
            name="withdraw", label=lazy_pgettext("award", "Withdraw"), from_=("given",),
            to="withdrawn", inputs=("note",), required=("note",), check=giving.check_other,
            apply=giving.withdraw, tone="bad",
        ),
    ),
)  # fmt: skip

ROUNDS = Workflow(
    model="rewards.Round", field="state", guards=("winner",),
    transitions=(
        Transition(
            name="decide", label=lazy_pgettext("vote", "Decide"), from_=("open",), to="decided",
            inputs=("winner",), check=voting.check_decide, apply=voting.decide, tone="good",
        ),
        Transition(
            name="fail", label=lazy_pgettext("vote", "End without a result"), from_=("open",),
            to="failed", check=voting.check_fail, apply=voting.fail,
        ),
    ),
)  # fmt: skip

CONTESTS = Workflow(
    model="rewards.Contest", field="state",
    transitions=(
        Transition(
            name="begin", label=lazy_pgettext("contest", "Begin"), from_=("planned",),
            to="running", check=contests.check_begin, tone="good",
        ),
        Transition(
            name="finish", label=lazy_pgettext("contest", "Finish"), from_=("running",),
            to="checking", check=contests.check_finish, apply=contests.finish,
        ),
        Transition(
            name="look", label=_("Check again"), from_=("checking",), to="checking",
            apply=contests.look,
        ),
        Transition(
            name="award", label=lazy_pgettext("contest", "Give the prizes"), from_=("checking",),
            to="awarded", check=contests.check_award, apply=contests.award, tone="good",
        ),
        Transition(
            name="call_off", label=lazy_pgettext("contest", "Call off"),
            from_=("planned", "running", "checking"), to="called_off", tone="bad",
        ),
    ),
)  # fmt: skip

STANDINGS = Workflow(
    model="rewards.Standing", field="state", guards=("reason",),
    transitions=(
        Transition(
            name="exclude", label=lazy_pgettext("contest", "Exclude"), from_=("counts",),
            to="excluded", inputs=("reason",), required=("reason",), check=_check_standing,
            apply=_exclude, tone="bad",
        ),
        Transition(
            name="include", label=lazy_pgettext("contest", "Count again"), from_=("excluded",),
            to="counts", check=_check_standing, apply=_include,
        ),
    ),
)  # fmt: skip

WORKFLOWS = (REWARDS, AWARDS, ROUNDS, CONTESTS, STANDINGS)

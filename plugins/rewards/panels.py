"""What stands beside rewards, budgets, rounds, contests, standings and awards."""

from __future__ import annotations

from flask import url_for
from flask_babel import format_decimal

from plugin_api import host
from plugin_api.context import gettext, pgettext
from plugin_api.models import CompanyModel
from plugin_api.panels import Action, Fact, Panel
from plugins.rewards import display
from plugins.rewards.models import Award, Budget, Contest, Reward, Round, Standing
from plugins.rewards.services import boards, giving

BESIDE = (
    "rewards.Reward", "rewards.Budget", "rewards.Round", "rewards.Contest", "rewards.Standing",
    "rewards.Award",
)  # fmt: skip


def for_record(record: CompanyModel) -> list[Panel]:
    """The panels of what is declared here."""
    if isinstance(record, Reward):
        return _of_reward(record)
    if isinstance(record, Budget):
        return _of_budget(record)
    if isinstance(record, Round):
        return _of_round(record)
    if isinstance(record, Contest):
        return _of_contest(record)
    if isinstance(record, Standing):
        return _of_standing(record)
    return _of_award(record) if isinstance(record, Award) else []


def _of_reward(reward: Reward) -> list[Panel]:
    left = giving.left_of([reward]).get(reward.id)
    if left is None:
        return []
    fact = Fact(label=gettext("Still there"), value=format_decimal(left))
    return [Panel(title=pgettext("reward", "How many in all"), facts=(fact,))]


def _of_budget(budget: Budget) -> list[Panel]:
    spent = giving.spent(budget.id)
    share = spent / budget.amount if budget.amount else None
    facts = (
        Fact(label=gettext("Given out of it"), value=display.money(spent), share=share),
        Fact(label=gettext("Left of it"), value=display.money(budget.amount - spent)),
    )
    return [Panel(title=pgettext("reward", "Budget of rewards"), facts=facts)]


def _of_round(of: Round) -> list[Panel]:
    if of.state != "open":
        return []
    action = Action(
        label=gettext("Nominations and your vote"),
        href=url_for("rewards.ballot", record_id=of.id), icon="hand-thumbs-up",
    )  # fmt: skip
    note = gettext("Everybody has one vote. Who votes for whom stays with them.")
    return [Panel(title=pgettext("vote", "Vote"), facts=(), note=note, actions=(action,))]


def _of_contest(contest: Contest) -> list[Panel]:
    if contest.state == "called_off" or not boards.may_look():
        return []
    action = Action(
        label=gettext("Leaderboard"), href=url_for("rewards.board", record_id=contest.id),
        icon="trophy",
    )  # fmt: skip
    return [Panel(title=gettext("How all stand"), facts=(), actions=(action,))]


def _of_standing(standing: Standing) -> list[Panel]:
    if not standing.flags:
        return []
    facts = tuple(Fact(label=display.flag(each), value="") for each in standing.flags)
    note = gettext("Nothing happens by itself: whoever runs the contest decides.")
    return [Panel(title=pgettext("contest", "To look at"), facts=facts, note=note)]


def _of_award(award: Award) -> list[Panel]:
    if not award.cost or not host().is_enabled("incentives"):
        return []
    facts = []
    for each in award.passed:
        model, number = each["key"].rsplit(":", 1)
        href = host().record_url(model, int(number))
        facts.append(Fact(label=gettext("Adjustment of pay"), value=f"#{number}", href=href))
    if not facts:
        return []
    return [Panel(title=pgettext("award", "Passed on to pay"), facts=tuple(facts))]

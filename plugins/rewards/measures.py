"""Figures of recognition."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.measures import Dimension, Measure
from plugins.rewards.models import Award, Entry, Kudos, Reward
from plugins.rewards.models.catalogue import KINDS
from plugins.rewards.models.given import BROUGHT, COUNTING

ONE = sa.literal_column("1", type_=sa.Integer())
VALUE = {
    "value_of": Dimension(label=lazy_pgettext("culture", "Company value"), target="rewards.Value")
}
REWARD = {
    "reward": Dimension(label=lazy_pgettext("reward", "Reward"), target="rewards.Reward"),
    "kind": Dimension(label=_("Kind"), labels={each.value: each.label for each in KINDS}),
}


def _points(*kinds: str, sign: int = 1) -> Callable[[], sa.Select[Any]]:
    def facts() -> sa.Select[Any]:
        columns: list[Any] = [
            Entry.posted_on.label("on"), (Entry.points * sign).label("value"),
            Entry.user_id.label("user_id"), Entry.id.label("record_id"),
        ]  # fmt: skip
        return sa.select(*columns).where(Entry.kind.in_(kinds))

    return facts


def _kudos(person: Any) -> Callable[[], sa.Select[Any]]:
    def facts() -> sa.Select[Any]:
        columns: list[Any] = [
            Kudos.day.label("on"), ONE.label("value"), person.label("user_id"),
            Kudos.id.label("record_id"), Kudos.value_id.label("value_of"),
        ]  # fmt: skip
        return sa.select(*columns)

    return facts


def _awards(value: Any) -> Callable[[], sa.Select[Any]]:
    def facts() -> sa.Select[Any]:
        columns: list[Any] = [
            Award.day.label("on"), value.label("value"), Award.user_id.label("user_id"),
            Award.id.label("record_id"), Award.reward_id.label("reward"),
            Reward.kind.label("kind"),
        ]  # fmt: skip
        asked = sa.select(*columns).join(Reward, Reward.id == Award.reward_id)
        return asked.where(Award.state.in_(COUNTING))

    return facts


MEASURES = (
    Measure(
        key="rewards.points_earned", label=_("Points earned"), unit="count", model="rewards.Entry",
        facts=_points(*BROUGHT), fields=("points",),
        description=_("Granted and for kudos, less what was taken back, for who got them."),
    ),
    Measure(
        key="rewards.points_spent", label=_("Points spent"), unit="count", model="rewards.Entry",
        facts=_points("spent", "returned", sign=-1), fields=("points",),
        description=_("For rewards, less what was returned."),
    ),
    Measure(
        key="rewards.kudos_received", label=_("Kudos received"), unit="count",
        model="rewards.Kudos", facts=_kudos(Kudos.user_id), dimensions=VALUE,
        description=_("For who got them, on the day they were given."),
    ),
    Measure(
        key="rewards.kudos_given", label=_("Kudos given"), unit="count", model="rewards.Kudos",
        facts=_kudos(Kudos.giver_id), dimensions=VALUE,
        description=_("For who gave them."),
    ),
    Measure(
        key="rewards.awards", label=_("Rewards given"), unit="count", model="rewards.Award",
        facts=_awards(ONE), dimensions=REWARD,
        description=_("Given or asked for, and neither refused nor withdrawn."),
    ),
    Measure(
        key="rewards.cost", label=_("Cost of rewards"), unit="money", model="rewards.Award",
        facts=_awards(Award.cost), dimensions=REWARD, direction="down", fields=("cost",),
        description=_("What the rewards that were given or asked for cost the company."),
    ),
)  # fmt: skip

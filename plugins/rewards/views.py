"""Lists, forms and menu entries of rewards."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.menus import MenuItem
from plugin_api.views import (
    CalendarView,
    FormView,
    KanbanView,
    ListView,
    PivotView,
    Related,
    Section,
)
from plugins.rewards.access import MINE, SET_UP, WALL

VIEWS = (
    ListView(
        model="rewards.Reward",
        columns=("name", "kind", "state", "points", "amount", "cost", "stock", "budget"),
        filters=("kind", "state", "budget", "points"), order="kind",
    ),
    FormView(
        model="rewards.Reward",
        sections=(
            Section(
                title=lazy_pgettext("reward", "Reward"),
                fields=("name", "kind", "state", "points", "amount", "days", "description"),
            ),
            Section(
                title=lazy_pgettext("reward", "What it takes"), fields=("cost", "budget", "stock")
            ),
            Section(
                title=lazy_pgettext("reward", "Who may have it"),
                fields=("condition", "measure", "threshold", "span"),
            ),
        ),
        related=(
            Related(
                title=lazy_pgettext("reward", "Awards"), model="rewards.Award", field="reward",
                columns=("user", "day", "state", "source", "citation"),
            ),
        ),
    ),
    ListView(
        model="rewards.Budget", columns=("name", "starts_on", "ends_on", "amount"),
        filters=("starts_on", "ends_on"), order="-starts_on",
    ),
    ListView(
        model="rewards.Award",
        columns=("user", "reward", "day", "state", "source", "points", "cost", "citation"),
        filters=("state", "user", "reward", "day", "source", "public", "contest", "round"),
        order="-day", totals=("cost",),
    ),
    KanbanView(
        model="rewards.Award", group_by="state", title="name", fields=("day", "points"),
        order="-day", closed=("refused", "withdrawn"),
    ),
    PivotView(model="rewards.Award", rows=("user",), columns=("day__month",)),
    FormView(
        model="rewards.Award",
        sections=(
            Section(
                title=lazy_pgettext("reward", "Award"),
                fields=("reward", "user", "day", "citation", "public", "state", "source"),
            ),
            Section(
                title=lazy_pgettext("reward", "What it took"),
                fields=("points", "cost", "valid_to", "by", "round", "contest", "note"),
            ),
        ),
    ),
    ListView(
        model="rewards.Grant", columns=("user", "points", "reason", "day", "by"),
        filters=("user", "by", "day"), order="-day", totals=("points",),
    ),
    FormView(
        model="rewards.Grant",
        sections=(
            Section(
                title=lazy_pgettext("points", "Grant of points"),
                fields=("user", "points", "reason", "day", "by"),
            ),
        ),
    ),
    ListView(
        model="rewards.Entry",
        columns=("posted_on", "user", "kind", "points", "balance", "text"),
        filters=("user", "kind", "posted_on"), order="-id", totals=("points",),
    ),
    ListView(
        model="rewards.Kudos", columns=("text", "user", "value", "giver", "day"),
        filters=("value", "user", "giver", "day"), order="-day",
    ),
    FormView(
        model="rewards.Kudos",
        sections=(
            Section(
                title=lazy_pgettext("culture", "Kudos"),
                fields=("user", "value", "text", "giver", "day", "points"),
            ),
        ),
    ),
    ListView(
        model="rewards.Value", columns=("name", "description", "position", "active"),
        filters=("active",), order="position",
    ),
    ListView(
        model="rewards.Round",
        columns=("name", "reward", "state", "opens_on", "closes_on", "quorum", "winner"),
        filters=("state", "reward", "closes_on"), order="-closes_on",
    ),
    FormView(
        model="rewards.Round",
        sections=(
            Section(
                title=lazy_pgettext("reward", "Nomination round"),
                fields=("name", "reward", "opens_on", "closes_on", "quorum", "condition"),
            ),
            Section(title=lazy_pgettext("vote", "Result"), fields=("state", "winner", "votes")),
        ),
        related=(
            Related(
                title=lazy_pgettext("vote", "Nominations"), model="rewards.Nomination",
                field="round", columns=("user", "reason", "by", "votes"),
            ),
        ),
    ),
    ListView(
        model="rewards.Nomination", columns=("user", "round", "reason", "by", "votes"),
        filters=("round", "user"), order="-id",
    ),
    FormView(
        model="rewards.Nomination",
        sections=(
            Section(
                title=lazy_pgettext("vote", "Nomination"),
                fields=("round", "user", "reason", "by", "votes"),
            ),
        ),
    ),
    ListView(
        model="rewards.Contest",
        columns=("name", "state", "of", "measure", "starts_on", "ends_on", "score"),
        filters=("state", "of", "measure", "ends_on"), order="-ends_on",
    ),
    CalendarView(
        model="rewards.Contest", start="starts_on", end="ends_on", title="name", tone="state"
    ),
    FormView(
        model="rewards.Contest",
        sections=(
            Section(
                title=lazy_pgettext("reward", "Contest"),
                fields=("name", "state", "of", "measure", "starts_on", "ends_on", "description"),
            ),
            Section(
                title=lazy_pgettext("contest", "Fair to all"),
                fields=("score", "history", "hold_days", "condition"),
            ),
        ),
        related=(
            Related(
                title=lazy_pgettext("contest", "Prizes"), model="rewards.Prize", field="contest",
                columns=("place", "reward"),
            ),
            Related(
                title=lazy_pgettext("contest", "Standings"), model="rewards.Standing",
                field="contest",
                columns=("name", "place", "figure", "later", "base", "score", "state"),
            ),
        ),
    ),
    ListView(
        model="rewards.Standing",
        columns=("name", "contest", "place", "figure", "later", "base", "score", "state"),
        filters=("contest", "user", "state"), order="place",
    ),
    FormView(
        model="rewards.Standing",
        sections=(
            Section(
                title=lazy_pgettext("contest", "Standing"),
                fields=("contest", "user", "team", "place", "figure", "later", "base", "score"),
            ),
            Section(title=_("State"), fields=("state", "reason")),
        ),
    ),
)  # fmt: skip

MENUS = (
    MenuItem(
        id="wall", label=_("Wall of recognition"), endpoint="rewards.wall", permission=WALL,
        order=10, icon="stars",
    ),
    MenuItem(
        id="mine", label=_("My points and rewards"), endpoint="rewards.mine", permission=MINE,
        order=20, icon="gift",
    ),
    MenuItem(
        id="contests", label=lazy_pgettext("reward", "Contests"), model="rewards.Contest",
        order=30, icon="trophy",
    ),
    MenuItem(
        id="rounds", label=lazy_pgettext("reward", "Nomination rounds"), model="rewards.Round",
        order=40, icon="hand-thumbs-up",
    ),
    MenuItem(
        id="awards", label=lazy_pgettext("reward", "Awards"), model="rewards.Award",
        permission="rewards.Award.update", order=50, icon="award",
    ),
    MenuItem(
        id="grants", label=lazy_pgettext("points", "Grants of points"), model="rewards.Grant",
        permission="rewards.Grant.create", order=60, icon="plus-circle",
    ),
    MenuItem(
        id="rewards", label=lazy_pgettext("reward", "Catalogue of rewards"),
        model="rewards.Reward", permission=SET_UP, order=80, icon="basket",
    ),
    MenuItem(
        id="values", label=lazy_pgettext("culture", "Company values"), model="rewards.Value",
        permission="rewards.Value.update", order=81, icon="heart",
    ),
    MenuItem(
        id="budgets", label=lazy_pgettext("reward", "Budgets of rewards"), model="rewards.Budget",
        order=82, icon="piggy-bank",
    ),
)  # fmt: skip

"""The life of an analysis, of its items and of options."""

from __future__ import annotations

from plugin_api.context import lazy_pgettext
from plugin_api.workflow import Transition, Workflow
from plugins.swot.services import finishing, items, planning, workshop

ANALYSES = Workflow(
    model="swot.Analysis",
    field="state",
    guards=("reason",),
    transitions=(
        Transition(
            name="collect", label=lazy_pgettext("swot", "Collect silently"), from_=("draft",),
            to="collecting", check=workshop.check_collect, apply=workshop.collect,
        ),
        Transition(
            name="end_collection", label=lazy_pgettext("swot", "End the collection"),
            from_=("collecting",), to="draft", apply=workshop.end_collection, tone="good",
        ),
        Transition(
            name="vote", label=lazy_pgettext("swot", "Begin a vote"), from_=("draft",),
            to="voting", inputs=("votes_each",), required=("votes_each",),
            check=workshop.check_vote, apply=workshop.begin_vote,
        ),
        Transition(
            name="end_vote", label=lazy_pgettext("swot", "End the vote"), from_=("voting",),
            to="draft", apply=workshop.end_vote, tone="good",
        ),
        Transition(
            name="weigh", label=lazy_pgettext("swot", "Scale weights to 1"), from_=("draft",),
            to="draft", check=finishing.check_weigh, apply=finishing.weigh,
        ),
        Transition(
            name="weigh_by_votes", label=lazy_pgettext("swot", "Weigh by votes"),
            from_=("draft",), to="draft", check=finishing.check_weigh_by_votes,
            apply=finishing.weigh_by_votes,
        ),
        Transition(
            name="finish", label=lazy_pgettext("swot", "Finish"), from_=("draft",),
            to="finished", check=finishing.check_finish, apply=finishing.finish, tone="good",
        ),
        Transition(
            name="revise", label=lazy_pgettext("swot", "Revise"), from_=("finished",),
            to="finished", apply=finishing.revise, permission="swot.Analysis.create",
        ),
        Transition(
            name="reopen", label=lazy_pgettext("swot", "Reopen"), from_=("finished",),
            to="draft", inputs=("reason",), required=("reason",), apply=finishing.reopen,
        ),
    ),
)  # fmt: skip

ITEMS = Workflow(
    model="swot.Item",
    field="state",
    guards=("merged_into",),
    transitions=(
        Transition(
            name="merge", label=lazy_pgettext("swot", "Merge into another"), from_=("kept",),
            to="merged", inputs=("merged_into",), required=("merged_into",),
            check=items.check_merge, apply=items.merge,
        ),
        Transition(
            name="drop", label=lazy_pgettext("swot", "Drop the item"), from_=("kept",),
            to="dropped", apply=items.drop, tone="bad",
        ),
        Transition(
            name="restore", label=lazy_pgettext("swot", "Take up again"),
            from_=("merged", "dropped"), to="kept", apply=items.restore,
        ),
    ),
)  # fmt: skip

OPTIONS = Workflow(
    model="swot.Option",
    field="state",
    guards=("reason",),
    transitions=(
        Transition(
            name="choose", label=lazy_pgettext("swot", "Choose"), from_=("proposed",),
            to="chosen", check=planning.check_choose, apply=planning.choose, tone="good",
        ),
        Transition(
            name="plan", label=lazy_pgettext("swot", "Plan it"), from_=("chosen",), to="chosen",
            check=planning.check_plan, apply=planning.plan, offered=planning.lacks_plan,
        ),
        Transition(
            name="drop", label=lazy_pgettext("swot", "Drop the option"),
            from_=("proposed", "chosen"), to="dropped", inputs=("reason",), required=("reason",),
            tone="bad",
        ),
        Transition(
            name="reopen", label=lazy_pgettext("swot", "Propose again"), from_=("dropped",),
            to="proposed",
        ),
    ),
)  # fmt: skip

WORKFLOWS = (ANALYSES, ITEMS, OPTIONS)

"""Lists, forms, boards and menu entries of analyses."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.menus import MenuItem
from plugin_api.views import ChartView, FormView, ListView, PivotView, Related, Section

OF_ANALYSES = (
    ListView(
        model="swot.Analysis",
        columns=("name", "kind", "subject", "owner", "on", "state", "finished_on"),
        filters=("state", "kind", "owner", "on", "about_model"), order="-on",
    ),
    FormView(
        model="swot.Analysis",
        sections=(
            Section(
                title=lazy_pgettext("swot", "SWOT analysis"),
                fields=("name", "owner", "kind", "on", "subject", "about_model", "about_id",
                        "state", "finished_on", "votes_each", "former", "summary", "reason",
                        "external_id"),
            ),
        ),
        related=(
            Related(
                title=lazy_pgettext("swot", "Items"), model="swot.Item", field="analysis",
                columns=("name", "quadrant", "factor", "weight", "intensity", "score", "votes",
                         "expires_on"),
            ),
            Related(
                title=lazy_pgettext("swot", "Participants"), model="swot.Participant",
                field="analysis", columns=("user",),
            ),
            Related(
                title=lazy_pgettext("swot", "TOWS pairs"), model="swot.Pair", field="analysis",
                columns=("inner", "outer", "posture", "fit", "score"),
            ),
            Related(
                title=lazy_pgettext("swot", "Strategic options"), model="swot.Option",
                field="analysis", columns=("name", "posture", "state", "chosen_on", "plan"),
            ),
        ),
    ),
    ListView(
        model="swot.Participant", columns=("analysis", "user"), filters=("analysis", "user"),
        order="analysis",
    ),
)  # fmt: skip

OF_ITEMS = (
    ListView(
        model="swot.Item",
        columns=("name", "analysis", "quadrant", "factor", "weight", "intensity", "score",
                 "expires_on", "state"),
        filters=("quadrant", "analysis", "factor", "expires_on", "state"), order="-score",
    ),
    ChartView(model="swot.Item", by="quadrant", figure="score__sum", split="factor"),
    PivotView(model="swot.Item", rows=("factor",), columns=("quadrant",), figure="score__sum"),
    FormView(
        model="swot.Item",
        sections=(
            Section(
                title=lazy_pgettext("swot", "SWOT item"),
                fields=("name", "analysis", "quadrant", "factor", "weight", "intensity", "score",
                        "expires_on", "details"),
            ),
            Section(
                title=_("More"),
                fields=("state", "votes", "author", "merged_into", "former", "external_id"),
            ),
        ),
        related=(
            Related(
                title=lazy_pgettext("swot", "Evidence"), model="swot.Evidence", field="item",
                columns=("name", "kind", "as_of", "value", "source"),
            ),
        ),
    ),
    ListView(
        model="swot.Evidence",
        columns=("name", "item", "kind", "as_of", "measure", "value", "source"),
        filters=("item", "kind", "as_of", "measure"), order="-as_of",
    ),
    FormView(
        model="swot.Evidence",
        sections=(
            Section(
                title=lazy_pgettext("swot", "Evidence"),
                fields=("item", "kind", "name", "as_of", "external_id"),
            ),
            Section(
                title=lazy_pgettext("swot", "A figure"),
                fields=("measure", "start", "narrows", "value"),
            ),
            Section(title=lazy_pgettext("swot", "A record"), fields=("about_model", "about_id")),
            Section(title=lazy_pgettext("swot", "A note with its source"),
                    fields=("note", "source")),
        ),
    ),
)  # fmt: skip

OF_OPTIONS = (
    ListView(
        model="swot.Pair",
        columns=("analysis", "inner", "outer", "posture", "fit", "score"),
        filters=("analysis", "posture", "fit"), order="-score",
    ),
    ListView(
        model="swot.Option",
        columns=("name", "analysis", "posture", "state", "chosen_on", "plan"),
        filters=("state", "posture", "analysis", "chosen_on"), order="-chosen_on",
    ),
    FormView(
        model="swot.Option",
        sections=(
            Section(
                title=lazy_pgettext("swot", "Strategic option"),
                fields=("name", "analysis", "pair", "posture", "details", "state", "chosen_on",
                        "plan", "reason", "external_id"),
            ),
        ),
    ),
)  # fmt: skip

VIEWS = (*OF_ANALYSES, *OF_ITEMS, *OF_OPTIONS)

MENUS = (
    MenuItem(
        id="analyses", label=lazy_pgettext("swot", "SWOT analyses"), model="swot.Analysis",
        order=10, icon="grid",
    ),
    MenuItem(
        id="items", label=lazy_pgettext("swot", "SWOT items"), model="swot.Item", order=20,
        icon="card-list",
    ),
    MenuItem(
        id="options", label=lazy_pgettext("swot", "Strategic options"), model="swot.Option",
        order=30, icon="signpost-split",
    ),
)  # fmt: skip

"""Lists, forms and menu entries of targets."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.menus import MenuItem
from plugin_api.views import FormView, ListView, Related, Section

VIEWS = (
    ListView(
        model="targets.TargetAlert",
        columns=("target", "mark", "chance", "on"),
        filters=("mark", "on"),
        order="-on",
    ),
    ListView(
        model="targets.Target",
        columns=(
            "name", "measure", "level", "period", "start", "end", "amount", "quantity", "state",
        ),
        filters=(
            "measure", "level", "user", "team", "period", "start", "state", "cycle", "dimension",
            "member",
        ),
        order="-start",
    ),
    FormView(
        model="targets.Target",
        sections=(
            Section(title=_("Whose target"), fields=("measure", "level", "user", "team", "owner")),
            Section(title=_("Period"), fields=("cycle", "period", "start", "end")),
            Section(
                title=_("What is to be reached"),
                fields=(
                    "amount", "quantity", "dimension", "member", "weight", "baseline", "parent",
                    "by_hand", "state",
                ),
            ),
            Section(
                title=_("What was agreed"),
                fields=(
                    "original", "revision", "countered", "counter_reason", "note", "proposed_at",
                    "read_at", "answered_at", "confirmed_at", "confirmed_by",
                ),
            ),
            Section(
                title=_("Joiners and leavers"),
                fields=("active_from", "active_to", "part_time", "external_id"),
            ),
        ),
        related=(
            Related(
                title=_("Versions"), model="targets.TargetVersion", field="target",
                columns=("kind", "number", "value", "before", "reason", "on", "by"),
            ),
            Related(
                title=_("Parts"), model="targets.Target", field="parent",
                columns=("name", "amount", "quantity", "state"),
            ),
            Related(
                title=lazy_pgettext("target", "Snapshots"), model="targets.Snapshot",
                field="target",
                columns=("closing", "quota", "actual", "attainment", "revision"),
            ),
        ),
    ),
    ListView(
        model="targets.TargetCycle",
        columns=("name", "start", "end", "grain", "state", "closed_to"),
        filters=("state", "grain"),
        order="-start",
    ),
    FormView(
        model="targets.TargetCycle",
        sections=(
            Section(title=_("Target cycle"), fields=("name", "start", "end", "grain", "cuts")),
            Section(
                title=lazy_pgettext("target", "Closing"),
                fields=("state", "closed_to", "closed_at", "closed_by", "reopen_reason"),
            ),
        ),
        related=(
            Related(
                title=lazy_pgettext("target", "Closings"), model="targets.Closing", field="cycle",
                columns=("name", "targets", "state", "at", "by"),
            ),
            Related(
                title=_("Targets"), model="targets.Target", field="cycle",
                columns=("name", "measure", "amount", "quantity", "state"),
            ),
        ),
    ),
    ListView(
        model="targets.TeamStay",
        columns=("user", "team", "start", "until"),
        filters=("user", "team", "until"),
        order="-until",
    ),
    ListView(
        model="targets.Closing",
        columns=("name", "cycle", "start", "end", "targets", "state", "at", "by"),
        filters=("cycle", "state"),
        order="-end",
    ),
    ListView(
        model="targets.Snapshot",
        columns=(
            "name", "measure", "start", "end", "quota", "actual", "attainment", "weight",
            "revision",
        ),
        filters=("closing", "measure", "level", "user", "team"),
        order="-start",
    ),
)  # fmt: skip

MENUS = (
    MenuItem(
        id="attainment",
        label=_("Attainment"),
        endpoint="targets.attainment",
        permission="targets.Target.read",
        order=10,
        icon="speedometer2",
    ),
    MenuItem(
        id="ladder",
        label=_("Team ladder"),
        endpoint="targets.ladder",
        permission="targets.Target.read",
        order=12,
        icon="bar-chart-steps",
    ),
    MenuItem(
        id="burnup",
        label=_("Burn-up"),
        endpoint="targets.burnup",
        permission="targets.Target.read",
        order=11,
        icon="graph-up",
    ),
    MenuItem(
        id="heat",
        label=_("Heat map"),
        endpoint="targets.heat",
        permission="targets.Target.read",
        order=13,
        icon="grid-3x3-gap",
    ),
    MenuItem(
        id="grid",
        label=_("Target sheet"),
        endpoint="targets.grid",
        permission="targets.Target.read",
        order=15,
        icon="grid-3x3",
    ),
    MenuItem(id="targets", label=_("Targets"), model="targets.Target", order=20, icon="bullseye"),
    MenuItem(
        id="agree",
        label=_("Targets to agree"),
        endpoint="targets.agree",
        permission="targets.Target.read",
        order=15,
        icon="chat-left-text",
    ),
    MenuItem(
        id="cycles",
        label=_("Target cycles"),
        model="targets.TargetCycle",
        order=25,
        icon="arrow-repeat",
    ),
    MenuItem(
        id="split",
        label=_("Split a target"),
        endpoint="targets.split",
        permission="targets.Target.create",
        order=30,
        icon="diagram-3",
    ),
)

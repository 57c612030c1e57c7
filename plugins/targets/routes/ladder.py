"""Who is how far, the best first, and who needs help."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import render_template, request

from plugin_api.context import current_actor, current_company, gettext, lazy_pgettext, ngettext
from plugin_api.context import lazy_gettext as _
from plugin_api.pages import require
from plugins.targets import display
from plugins.targets.routes import common
from plugins.targets.routes.asked import PERIOD_LABELS, asked_period
from plugins.targets.services import outlook, reading
from plugins.targets.services.attainment import Row, subtree
from plugins.targets.services.chances import Chance
from plugins.targets.services.outlook import Outlook
from plugins.targets.services.visibility import visible_teams

MARKS: dict[str, tuple[Any, str]] = {
    "reached": (lazy_pgettext("ladder", "Reached"), "good"),
    "out_of_reach": (_("Out of reach"), "bad"),
    "behind": (_("Needs help"), "warn"),
    "trivial": (_("Set too low?"), "info"),
    "little_data": (_("Too little data"), "neutral"),
    "": (lazy_pgettext("target", "On its way"), "neutral"),
}
ORDERS = {
    "attainment": _("Attainment"),
    "pace": _("Pace"),
    "help": _("Who needs help first"),
}
MOST = 100
"""People on a page."""
URGENT = ("out_of_reach", "behind", "little_data", "trivial", "", "reached")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rung:
    """A person on the ladder; people who are as far share a place."""

    place: int
    row: Row
    team: str
    outlook: Outlook | None


def show() -> str:
    """The ladder."""
    require(reading.READ)
    asked = asked_period(request.args)
    key = common.usual_measure(request.args.get("measure"))
    stick = reading.yardstick(key) if key else None
    order = request.args.get("order", "attainment")
    order = order if order in ORDERS else "attainment"
    team = common.number(request.args.get("team"))
    page = common.number(request.args.get("page")) or 1
    rungs: list[Rung] = []
    teams = []
    if stick is not None and not asked.error:
        scope = stick.scope()
        teams = visible_teams(scope, current_actor(), reading.all_teams()) if scope else []
        rows, found = outlook.standing_of(stick, asked.period)
        names = {each.id: each.name for each in teams}
        inside = subtree(teams, team) if team is not None else None
        of_people = {each.id: each.team_id for each in reading.all_people()}
        mine = [
            row
            for row in rows
            if row.level == "user" and row.id is not None and row.pacing.quota
            and (inside is None or of_people.get(row.id) in inside)
        ]  # fmt: skip
        rungs = _placed(mine, found, {p: names.get(t or 0, "") for p, t in of_people.items()})
        rungs.sort(key=lambda rung: _order(rung, order))
    pages = max(-(-len(rungs) // MOST), 1)
    page = min(page, pages)
    args = {"measure": key, "order": order, "team": team, **asked.args}
    return render_template(
        "targets/ladder.html",
        args=args,
        asked=asked,
        chance=chance_text,
        clock=reading.clock(),
        currency=current_company().currency,
        display=display,
        key=key,
        marks=MARKS,
        measures=reading.by_importance(),
        order=order,
        orders=ORDERS,
        page=page,
        pages=pages,
        period_labels=PERIOD_LABELS,
        rungs=rungs[(page - 1) * MOST : page * MOST],
        stick=stick,
        tally=_tally(rungs),
        team=team,
        teams=teams,
    )


def chance_text(chance: Chance | None, unit: str) -> str:
    """A chance with what it rests on."""
    if chance is None:
        return str(gettext("too little data"))
    share = display.chance(chance.share)
    if unit == "months":
        return str(ngettext("%(share)s, of %(num)d month", "%(share)s, of %(num)d months",
                            chance.n, share=share))  # fmt: skip
    return str(ngettext("%(share)s, of %(num)d deal", "%(share)s, of %(num)d deals",
                        chance.n, share=share))  # fmt: skip


def _placed(rows: list[Row], found: dict[int, Outlook], teams: dict[int, str]) -> list[Rung]:
    """By attainment, whatever is shown first: places are those of the ladder."""
    ordered = sorted(rows, key=lambda row: -(row.pacing.attainment or Decimal(0)))
    rungs: list[Rung] = []
    for number, row in enumerate(ordered, 1):
        place = number
        if rungs and rungs[-1].row.pacing.attainment == row.pacing.attainment:
            place = rungs[-1].place
        id_ = row.id or 0
        rungs.append(Rung(place=place, row=row, team=teams.get(id_, ""), outlook=found.get(id_)))
    return rungs


def _order(rung: Rung, order: str) -> Any:
    pace = rung.row.pacing.pace
    slowest = pace if pace is not None else Decimal("Infinity")
    if order == "help":
        mark = rung.outlook.mark if rung.outlook else ""
        return URGENT.index(mark), slowest
    if order == "pace":
        return -slowest if pace is not None else Decimal("Infinity")
    return rung.place


def _tally(rungs: list[Rung]) -> list[tuple[str, int]]:
    marks = [rung.outlook.mark for rung in rungs if rung.outlook]
    return [(mark, marks.count(mark)) for mark in URGENT if mark in marks]

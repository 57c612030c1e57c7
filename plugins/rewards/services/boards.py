"""Leaderboards, as far as the company shows them."""

from __future__ import annotations

from dataclasses import dataclass

from plugin_api import host
from plugin_api.context import current_actor, has_permission
from plugin_api.errors import NotFound
from plugins.rewards.access import RUN
from plugins.rewards.models import Contest
from plugins.rewards.services import ranking
from plugins.rewards.services.ranking import Line
from plugins.rewards.settings import BOARDS


@dataclass(frozen=True, slots=True)
class Row:
    """A line as it is shown: ``name`` is empty where the company names nobody else."""

    line: Line
    name: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Board:
    """How all stand, as far as the person may see it."""

    rows: list[Row]
    among: int
    """How many stand on it in all."""
    is_money: bool
    shows_figures: bool
    """Whether the person may see the measure: places are shown in any case."""
    named: bool


def may_look() -> bool:
    """Whether the person finds leaderboards at all."""
    return has_permission(RUN) or host().setting(BOARDS) != "off"


def of(contest: Contest) -> Board:
    """The board of a contest. Raises Rejected where its measure is not available."""
    read = ranking.reading(contest)
    found = ranking.lines(contest, read)
    me, team = current_actor().user_id, current_actor().team_id
    own = ranking.line_of(contest, me or 0, team)
    named = has_permission(RUN) or host().setting(BOARDS) == "on"
    names = ranking.names(contest, [line.key for line in found]) if named else {}
    rows = [Row(line, names.get(line.key, ""), line.key == own) for line in found]
    return Board(
        rows=rows if named else [row for row in rows if row.is_own],
        among=len(found), is_money=read.is_money, shows_figures=_sees(contest.measure), named=named,
    )  # fmt: skip


def _sees(key: str) -> bool:
    try:
        host().measures.get(key)
    except NotFound:
        return False
    return True

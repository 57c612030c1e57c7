"""What people and teams are called, and who leads a team; read once a transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company
from plugin_api.models import model_of
from plugins.targets.services import kept

PEOPLE, TEAMS = "names of people", "names of teams"


def name_of(level: str, id_: int | None) -> str:
    """Name of whoever a target is for."""
    if level == "company" or id_ is None:
        return current_company().name
    if level == "user":
        return people(id_).get(id_, "")
    return teams(id_).get(id_, ("", None))[0]


def manager_of(team_id: int | None) -> int | None:
    """Who leads a team."""
    return None if team_id is None else teams(team_id).get(team_id, ("", None))[1]


def people(wanted: int | None = None) -> dict[int, str]:
    """Everybody's name by id; read anew when the one wanted is not among them."""
    user: Any = model_of("core.User")
    return _read(PEOPLE, wanted, sa.select(user.id, user.name), lambda row: row[1])


def teams(wanted: int | None = None) -> dict[int, tuple[str, int | None]]:
    """Name and manager of every team by id; read anew when the one wanted is not among them."""
    team: Any = model_of("core.Team")
    asked = sa.select(team.id, team.name, team.manager_id)
    return _read(TEAMS, wanted, asked, lambda row: (row[1], row[2]))


def forget() -> None:
    """Somebody is called otherwise, or leads another team."""
    kept.forget()


def _read(key: str, wanted: int | None, asked: Any, made: Callable[[Any], Any]) -> dict[int, Any]:
    def read() -> dict[int, Any]:
        with host().session.no_autoflush:
            return {row[0]: made(row) for row in host().session.execute(asked)}

    found: dict[int, Any] = kept.kept(key, read)
    if wanted is not None and wanted not in found:
        found = read()
        kept.put(key, found)
    return found

"""Whom something reaches that people share: nobody, their team, the company."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from core.host import services
from core.identity.actors import managed_teams
from core.identity.models import Team
from plugin_api.context import current_actor, gettext, has_permission
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Forbidden
from plugin_api.models import Choice

SHARE = "core.share_views"
SHARES = (
    Choice(value="private", label=_("Only me")),
    Choice(value="team", label=_("My team")),
    Choice(value="company", label=_("Everybody")),
)


def check(share: str) -> None:
    """Raise Forbidden unless the actor may share like that."""
    if share != "private" and not has_permission(SHARE):
        raise Forbidden(gettext("Your role does not allow sharing views."))


def teams_led_by(people: Iterable[int]) -> dict[int, frozenset[int]]:
    """Person → the teams that they manage, in one statement; none for nobody."""
    wanted = set(people)
    if not wanted:
        return {}
    teams = services().session.execute(sa.select(Team.id, Team.parent_id, Team.manager_id))
    known = tuple((row[0], row[1], row[2]) for row in teams)
    return {user_id: managed_teams(known, user_id) for user_id in wanted}


def reaches_actor(share: str, owners_team: int | None, managed: frozenset[int]) -> bool:
    """Whether the actor is among those that something of another is shared with: for a team,
    whoever works in the owner's team, in one below, or is managed by the owner."""
    if share != "team":
        return share == "company"
    actor = current_actor()
    if owners_team is not None and owners_team in {actor.team_id, *actor.team_ids}:
        return True
    return actor.team_id is not None and actor.team_id in managed

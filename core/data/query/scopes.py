"""``scope=mine`` and ``scope=team``: whose records, within what the actor may see anyway."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from core.access.rules import scope_of
from core.data.query.labels import inner_of
from plugin_api.context import current_actor, gettext
from plugin_api.models import CompanyModel, model_of

MINE, TEAM = "mine", "team"
SCOPES = (MINE, TEAM)


def scopes_of(model: type[CompanyModel]) -> tuple[str, ...]:
    """The scopes that narrow what the actor sees; empty where there is nothing to narrow.

    Who reaches only their own records has none, who reaches a team's has ``mine``.
    """
    actor = current_actor()
    if not model.__owner__ or actor.user_id is None:
        return ()
    reach = scope_of(model, f"{model.model_key()}.read", actor)
    if reach in (None, "own"):
        return ()
    in_team = actor.team_id is not None or bool(actor.team_ids)
    return SCOPES if reach == "company" and in_team else (MINE,)


def condition(model: type[CompanyModel], text: str) -> sa.ColumnElement[bool]:
    """What the owner of a record must be. Raises ValueError in words."""
    scope = text.strip()
    if scope not in SCOPES:
        raise ValueError(gettext("Expected one of: %(known)s.", known=", ".join(SCOPES)))
    if not model.__owner__:
        raise ValueError(gettext("These records belong to nobody."))
    actor, here = current_actor(), model
    owner: sa.ColumnElement[Any] = getattr(here, model.__owner__)
    if scope == MINE:
        return owner == actor.user_id
    person = inner_of(model_of("core.User"))
    teams = set(actor.team_ids)
    if actor.team_id is not None:
        teams.add(actor.team_id)
    within = (person.id == actor.user_id) | person.team_id.in_(sorted(teams))
    return owner.in_(sa.select(person.id).where(within))

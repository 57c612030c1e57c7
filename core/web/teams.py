"""The teams of a company as the tree that they are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import sqlalchemy as sa
from flask import Blueprint, render_template
from sqlalchemy.orm import aliased

from core.access.rules import scope_criteria
from core.data.titles import by_title
from core.extensions import db
from core.identity.models import Team, User
from core.views.urls import collection_url, record_url
from plugin_api.context import current_actor
from plugin_api.pages import require

bp = Blueprint("teams", __name__, url_prefix="/core/teams")


@dataclass(slots=True)
class Branch:
    """A team with those inside it. ``members`` are its own, ``everybody`` with those inside."""

    name: str
    href: str
    manager: str
    manager_href: str
    members: int
    members_href: str
    inside: list[Branch]

    @property
    def everybody(self) -> int:
        """Active people of the team and of all inside."""
        return self.members + sum(branch.everybody for branch in self.inside)


@bp.get("/tree")
def tree() -> str:
    """All teams that the person may see. One statement."""
    require("core.Team.read")
    manager = aliased(User)
    count = (
        sa.select(sa.func.count(User.id))
        .where(User.team_id == Team.id, User.active)
        .scalar_subquery()
    )
    asked = (
        sa.select(Team.id, Team.parent_id, Team.name, manager.id, manager.name, count)
        .outerjoin(manager, manager.id == Team.manager_id)
        .where(scope_criteria(Team, "read", current_actor()))
        .order_by(by_title(Team), Team.id)
    )
    rows = [tuple(row) for row in db.session.execute(asked)]
    seen = {row[0] for row in rows}
    below: dict[int | None, list[tuple[int, Branch]]] = defaultdict(list)
    for id_, parent, name, manager_id, manager_name, members in rows:
        branch = Branch(
            name=name,
            href=record_url(Team, id_),
            manager=manager_name or "",
            manager_href=record_url(User, manager_id) if manager_id else "",
            members=members,
            members_href=f"{collection_url(User)}?team={id_}&active=true",
            inside=[],
        )
        below[parent if parent in seen else None].append((id_, branch))
    for id_, branch in [each for branches in below.values() for each in branches]:
        branch.inside = [inner for _id, inner in below.get(id_, ())]
    roots = [branch for _id, branch in below[None]]
    return render_template(
        "web/teams.html", roots=roots, count=len(rows), list_href=collection_url(Team)
    )

"""Who may see a record and why, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from core.access import rules
from core.access.explain import Reason, explain, given_to, owner_of
from core.data.titles import by_title
from core.host import services
from core.hosting.implied import ACTION_LABELS
from core.identity.actors import actor_of
from core.identity.models import Role, Team, User
from plugin_api.context import Actor, Text, current_company, gettext
from plugin_api.context import lazy_gettext as _
from plugin_api.models import Base, CompanyModel

MOST = 200
"""People that one page names."""
SCOPES: dict[str, Text] = {
    "own": _("own records"),
    "team": _("records of the team"),
    "subtree": _("records of the teams below"),
    "company": _("every record of the company"),
}
MATCHES: dict[str, Text] = {
    "company": _("sees every record of this kind"),
    "own": _("owns it"),
    "team": _("is in the owner's team"),
    "subtree": _("manages the owner's team, or one above it"),
    "deputy": _("is the deputy of the owner, who is away"),
    "given": _("has it shared with them"),
    "shared": _("has a share in it, or manages somebody who has"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """Whether a person may do something with the record, and why."""

    action: str
    allowed: bool
    words: str
    permission: str
    scope: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Seer:
    """Somebody who sees the record."""

    id: int
    name: str
    role: str
    team: str
    why: str


def answers(model: type[CompanyModel], record_id: int, user: User) -> list[Answer]:
    """Why a person may see, change and delete the record, or not."""
    return [_answer(reason) for reason in explain(model, record_id, user)]


def owner_words(record: CompanyModel) -> str:
    """Whose record it is, in words; empty when it is nobody's."""
    owner, team = owner_of(record)
    if owner is None:
        return ""
    if team is None:
        return str(owner.label)
    return str(gettext("%(owner)s, in the team %(team)s", owner=owner.label, team=team.label))


def seers(record: CompanyModel) -> tuple[list[Seer], bool]:
    """Active people who may see the record, by name, and whether there may be others."""
    asked = (
        sa.select(User, Role.name, Team.name)
        .outerjoin(Role, Role.id == User.role_id)
        .outerjoin(Team, Team.id == User.team_id)
        .where(User.active)
        .order_by(by_title(User), User.id)
        .limit(MOST + 1)
    )
    rows = services().session.execute(asked).all()
    found = list(_seers(record, rows[:MOST]))
    return found, len(rows) > MOST


def _seers(record: CompanyModel, rows: Any) -> Iterator[Seer]:
    model, company = type(record), current_company()
    permission = f"{model.model_key()}.read"
    owner, team = owner_of(record)
    for user, role, team_name in rows:
        actor = actor_of(company, user)
        scope = rules.scope_of(model, permission, actor)
        if scope is None:
            continue
        why = "company" if scope == "company" else ""
        if not why and owner is not None:
            why = _matched(scope, actor, owner.id, team.id if team else None)
        if not why and owner is not None and permission in actor.stands_for.get(owner.id, ()):
            why = "deputy"
        if not why and given_to(record, actor) is not None:
            why = "given"
        if not why and _is_shared(model) and rules.reaches(record, permission, actor):
            why = "shared"
        if why:
            yield Seer(
                id=user.id, name=user.name, role=role or "", team=team_name or "",
                why=str(MATCHES[why]),
            )  # fmt: skip


def _matched(scope: str, actor: Actor, owner_id: int, team_id: int | None) -> str:
    if owner_id == actor.user_id:
        return "own"
    if scope == "team" and team_id is not None and team_id == actor.team_id:
        return "team"
    return "subtree" if scope == "subtree" and team_id in actor.team_ids else ""


def _is_shared(model: type[Base]) -> bool:
    """Whether owners of parts see the whole, or the whole of which this is a part."""
    while model.__parent__:
        model = rules.whole_of(model)
    return model.__shared_by__ is not None


def _answer(reason: Reason) -> Answer:
    known = services().registry.permissions.get(reason.permission)
    return Answer(
        action=str(ACTION_LABELS[reason.action]),
        allowed=reason.allowed,
        words=str(reason.words),
        permission=str(known.label) if known is not None else reason.permission,
        scope=str(SCOPES[reason.scope]) if reason.scope else "",
    )

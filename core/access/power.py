"""Nobody gives, to themselves or others, more than they hold.

Who may change people, teams or roles decides what others may do. Without these rules each of
those permissions would be worth as much as the role of the administrator.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from core.access import fields as narrower
from core.access.fields import RIGHTS, may_hide, right_of
from core.access.grants import ADMIN
from core.data.fields import every_field
from core.extensions import db
from core.host import services
from core.identity import proof
from core.identity.actors import FieldRights, rights_of
from core.identity.models import Role, RoleField, RoleGrant, Team, User
from core.identity.seeds import ROLES
from plugin_api.context import (
    SCOPES,
    Actor,
    Scope,
    current_actor,
    current_company,
    gettext,
)
from plugin_api.errors import Forbidden, Rejected
from plugin_api.masking import MASKABLE
from plugin_api.models import CompanyModel

Changes = Mapping[str, tuple[Any, Any]]
"""Column → (old, new)."""


def exceeds(wanted: Mapping[str, Scope], actor: Actor) -> bool:
    """Whether grants reach beyond those of the actor."""
    if actor.is_system:
        return False
    return any(
        permission not in actor.grants
        or SCOPES.index(scope) > SCOPES.index(actor.grants[permission])
        for permission, scope in wanted.items()
    )


def is_more(grants: Mapping[str, Scope], narrowed: FieldRights) -> bool:
    """Whether grants and narrowed fields come to more than what the actor holds."""
    actor = current_actor()
    return exceeds(grants, actor) or any(
        narrower.exceeds(narrowed.get(key, {}).get(name), right)
        for key, mine in actor.fields.items()
        if f"{key}.read" in grants
        for name, right in mine.items()
    )


def require_reach(user: User) -> None:
    """Raise Forbidden unless the actor holds all that the person does: whoever sets a password
    can log in as the one whose it is."""
    if user.role_id is not None and _role_exceeds(user.role_id):
        raise Forbidden(gettext("This person may do more than you."))


def check(record: CompanyModel, changes: Changes | None = None) -> None:
    """Refuse a new or changed person, team, role or grant by which somebody would come to more
    than the actor holds. Raises Rejected."""
    if current_actor().is_system:
        return
    if isinstance(record, User):
        _check_person(record, changes)
    elif isinstance(record, Team):
        _check_team(record, changes)
    elif isinstance(record, Role):
        _check_role(record, changes)
    elif isinstance(record, RoleGrant):
        _check_grant(record)
    elif isinstance(record, RoleField):
        _check_field(record)


def _check_person(user: User, changes: Changes | None) -> None:
    if changes is None:
        if user.role_id is not None and _role_exceeds(user.role_id):
            raise _too_much("role")
        _prove_for(user.role_id)
        return
    roles = {*changes.get("role_id", ())}
    if "active" in changes:
        roles.add(user.role_id)
    if any(role_id is not None and _role_exceeds(role_id) for role_id in roles):
        raise _too_much("role")
    if "role_id" in changes:
        _prove_for(changes["role_id"][1])
    if "team_id" in changes and _is_partial():
        # Whoever joins a team of the actor, or the actor another one, is seen from then on.
        actor = current_actor()
        mine = {actor.team_id, *actor.team_ids} - {None}
        old, new = changes["team_id"]
        if user.id == actor.user_id or (new in mine and old not in mine):
            raise _too_much("team")


def _prove_for(role_id: int | None) -> None:
    """Whoever makes somebody an administrator proves first who they are."""
    asked = sa.select(Role.code).where(Role.id == role_id)
    if role_id is not None and db.session.scalar(asked) == ADMIN:
        proof.require()


def _check_team(team: Team, changes: Changes | None) -> None:
    actor = current_actor()
    if not _is_partial():
        return
    is_new = changes is None
    if (is_new or "manager_id" in (changes or ())) and team.manager_id == actor.user_id:
        raise _too_much("manager")
    if changes is not None and "parent_id" in changes:
        old, new = changes["parent_id"]
        if new in actor.team_ids and old not in actor.team_ids:
            raise _too_much("parent")


def _check_role(role: Role, changes: Changes | None) -> None:
    """Roles are known by their codes: that of the administrator holds everything, and plugins
    grant to those that every company starts with."""
    if changes is None:
        if role.code == ADMIN:
            raise _too_much("code")
    elif "code" in changes and set(changes["code"]) & ROLES.keys():
        raise Rejected("code", gettext("Programs know this role by its code; it stays."))


def _check_grant(grant: RoleGrant) -> None:
    scope: Any = grant.scope
    if scope in SCOPES and exceeds({grant.permission: scope}, current_actor()):
        raise _too_much("scope")


def _check_field(rule: RoleField) -> None:
    model = services().registry.models.get(rule.model)
    if model is None or rule.field not in every_field(model) or rule.narrowed not in RIGHTS:
        raise Rejected("field", gettext("There is no such field."))
    if rule.narrowed != "read" and not may_hide(model, rule.field):
        raise Rejected("field", gettext("Records make no sense without this field."))
    if rule.narrowed == "masked" and every_field(model)[rule.field].kind not in MASKABLE:
        raise Rejected("field", gettext("Only texts can be masked."))
    mine = right_of(model, rule.field, current_actor())
    if narrower.exceeds(rule.narrowed, mine):
        raise _too_much("narrowed")


def lifts(rule: RoleField) -> None:
    """Refuse to take away a narrowing that holds for the actor too. Raises Rejected."""
    model = services().registry.models.get(rule.model)
    actor = current_actor()
    if model is not None and not actor.is_system and right_of(model, rule.field, actor) is not None:
        raise _too_much("narrowed")


def _role_exceeds(role_id: int) -> bool:
    theirs = rights_of(current_company(), role_id)
    return is_more(theirs.grants, theirs.fields)


def _is_partial() -> bool:
    """Whether some of what the actor may do depends on who is in which team."""
    return any(scope in ("team", "subtree") for scope in current_actor().grants.values())


def _too_much(field: str) -> Rejected:
    return Rejected(field, gettext("This would give more than you hold yourself."))

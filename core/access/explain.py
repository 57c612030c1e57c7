"""Why a person can or cannot see a record."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from core.access.rules import by_rule, reaches, scope_of, whole_of
from core.access.sharing import Shared, through
from core.data.query import Ref
from core.host import services
from core.identity.actors import actor_of
from core.identity.models import Role, Team, User
from plugin_api.context import Actor, Scope, Text, current_company, gettext
from plugin_api.models import CompanyModel

Match = Literal["company", "own", "team", "subtree", "deputy", "given", "shared", "rule", ""]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Whether a person may do something with a record, and what decided it.

    ``matched`` is what the record and the person have in common: their own record, one team,
    a team below the person, an owner who is away and whose deputy the person is (``deputy``),
    somebody who shares the record (``given``), a part of it that is theirs (``shared``), a rule of
    the record's kind (``rule``), or the company; empty when nothing is.
    """

    action: str
    allowed: bool
    permission: str
    role: str
    """Name of the person's role; empty without one."""
    scope: Scope | None
    """How far the role's grant reaches; None: it does not grant the permission."""
    owner: Ref | None
    """Whose record it is; for a part of another record, whose that one is."""
    team: Ref | None
    """The owner's team."""
    matched: Match
    words: Text


def explain(
    model: type[CompanyModel],
    record_id: int,
    user: User,
    actions: Collection[str] = ("read", "update", "delete"),
) -> list[Reason]:
    """Why a person can or cannot see, change and delete a record.

    Only who can see the record may ask about it: raises NotFound.
    """
    record = services().records.get(model, record_id)
    role = services().session.scalar(sa.select(Role.name).where(Role.id == user.role_id)) or ""
    person = _Person(user.name, role, actor_of(current_company(), user))
    owner, team = owner_of(record)
    return [_reason(record, action, person, owner, team) for action in actions]


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    role: str
    actor: Actor


def owner_of(record: CompanyModel) -> tuple[Ref | None, Ref | None]:
    while record.__parent__:
        whole_id = getattr(record, record.__parent__)
        key = (current_company().id, whole_id)
        whole: Any = services().session.get(whole_of(type(record)), key)
        if whole is None:
            return None, None
        record = whole
    owner_id = getattr(record, record.__owner__) if record.__owner__ else None
    if owner_id is None:
        return None, None
    row = (
        services()
        .session.execute(
            sa.select(User.name, Team.id, Team.name)
            .outerjoin(Team, Team.id == User.team_id)
            .where(User.id == owner_id)
        )
        .one()
    )
    return Ref(owner_id, row[0]), Ref(row[1], row[2]) if row[1] is not None else None


def _reason(
    record: CompanyModel, action: str, person: _Person, owner: Ref | None, team: Ref | None
) -> Reason:
    permission = f"{record.model_key()}.{action}"
    scope = scope_of(type(record), permission, person.actor)
    allowed = reaches(record, permission, person.actor)
    matched: Match = ""
    given: Shared | None = None
    if allowed:
        matched, given = _matched(record, permission, scope, person.actor, (owner, team))
    words = _words(person.role, scope, matched, owner) % {
        "whom": given.name if given else "",
        "by": (given.by if given else "") or gettext("Somebody"),
        "name": person.name,
        "role": person.role,
        "owner": owner.label if owner else "",
        "team": team.label if team else "",
    }
    return Reason(
        action=action,
        allowed=allowed,
        permission=permission,
        role=person.role,
        scope=scope,
        owner=owner,
        team=team,
        matched=matched,
        words=words,
    )


def _matched(
    record: CompanyModel,
    permission: str,
    scope: Scope | None,
    actor: Actor,
    owned: tuple[Ref | None, Ref | None],
) -> tuple[Match, Shared | None]:
    """What lets a person do it who may, and the share where one does."""
    owner, team = owned
    found = _match(scope, actor, owner, team)
    if found:
        return found, None
    if owner is not None and owner.id in actor.stands_for:
        return "deputy", None
    given = given_to(record, actor)
    if given is not None:
        return "given", given
    return ("rule" if by_rule(record, permission, actor) else "shared"), None


def given_to(record: CompanyModel, actor: Actor) -> Shared | None:
    """The share by which a record, or what it is a part of, reaches a person."""
    while record.__parent__:
        key = (current_company().id, getattr(record, record.__parent__))
        whole: Any = services().session.get(whole_of(type(record)), key)
        if whole is None:
            return None
        record = whole
    if record.model_key() not in actor.shared or actor.user_id is None:
        return None
    return through(record, actor.user_id, actor.shared_teams)


def _match(scope: Scope | None, actor: Actor, owner: Ref | None, team: Ref | None) -> Match:
    if scope == "company":
        return "company"
    if owner is not None and owner.id == actor.user_id:
        return "own"
    if scope == "team" and team is not None and team.id == actor.team_id:
        return "team"
    if scope == "subtree" and team is not None and team.id in actor.team_ids:
        return "subtree"
    return ""


def _words(role: str, scope: Scope | None, matched: Match, owner: Ref | None) -> Text:
    """The sentence of a reason, to be filled in."""
    if not role:
        return gettext("%(name)s has no role, and so may do nothing.")
    if scope is None:
        return gettext("The role %(role)s does not grant this.")
    yes = {
        "company": gettext("The role %(role)s grants this for every record of the company."),
        "own": gettext(
            "The role %(role)s grants this for records that %(name)s owns, as this one."
        ),
        "team": gettext(
            "The role %(role)s grants this for the team of %(name)s: %(owner)s, who owns the "
            "record, is in %(team)s too."
        ),
        "subtree": gettext(
            "The role %(role)s grants this for the teams that %(name)s manages and those below: "
            "%(owner)s, who owns the record, is in %(team)s."
        ),
        "deputy": gettext(
            "%(owner)s, who owns the record, is away today, and %(name)s is the deputy: the role "
            "%(role)s grants this, and so does that of %(owner)s."
        ),
        "given": gettext(
            "%(by)s shares the record with %(whom)s; the role %(role)s grants this for what is "
            "shared."
        ),
        "shared": gettext(
            "The role %(role)s grants this for records in which %(name)s or the people below "
            "have a share, as in this one."
        ),
        "rule": gettext(
            "The role %(role)s grants this, and a rule of this kind of records opens this one to "
            "%(name)s."
        ),
    }
    if matched:
        return yes[matched]
    if owner is None:
        return gettext(
            "The record has no owner: only who has this permission for the whole company "
            "reaches it."
        )
    no = {
        "own": gettext(
            "The role %(role)s grants this only for records that %(name)s owns; this one belongs "
            "to %(owner)s."
        ),
        "team": gettext(
            "The role %(role)s grants this only for the team of %(name)s; %(owner)s, who owns the "
            "record, is not in it."
        ),
        "subtree": gettext(
            "The role %(role)s grants this only for the teams that %(name)s manages and those "
            "below; %(owner)s, who owns the record, is in none of them."
        ),
    }
    return no[scope]

"""Absences make sense: nobody is away twice, and no deputy of the same days is away."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from core.access.models import Absence
from core.host import services
from core.identity.models import User
from core.identity.standing import behind
from plugin_api.context import current_actor, gettext
from plugin_api.errors import Rejected


def complete(absence: Absence) -> None:
    """Check an absence that is made or changed, and name it. Raises Rejected."""
    if None in (absence.user_id, absence.deputy_id, absence.first_day, absence.last_day):
        return
    if absence.last_day < absence.first_day:
        raise Rejected("last_day", gettext("It ends before it begins."))
    if absence.deputy_id == absence.user_id:
        raise Rejected("deputy", gettext("Nobody is their own deputy."))
    admin = behind()
    if absence.deputy_id in (current_actor().user_id, admin.user_id if admin else None):
        # Whose deputy one is decides what one reaches; looking as somebody is over in an hour.
        raise Rejected("deputy", gettext("Somebody else has to make you a deputy."))
    with services().session.no_autoflush:
        people = _people(absence)
        _refuse_overlaps(absence, people)
    absence.name = f"{people[absence.user_id]}, {absence.first_day} – {absence.last_day}"[:200]


def _people(absence: Absence) -> dict[int, str]:
    asked = sa.select(User.id, User.name, User.active).where(
        User.id.in_([absence.user_id, absence.deputy_id])
    )
    found = {row.id: row for row in services().session.execute(asked)}
    deputy = found.get(absence.deputy_id)
    if deputy is not None and not deputy.active:
        raise Rejected("deputy", gettext("%(name)s does not work here.", name=deputy.name))
    return {id_: row.name for id_, row in found.items()}


def _refuse_overlaps(absence: Absence, people: dict[int, str]) -> None:
    both = (absence.user_id, absence.deputy_id)
    asked = sa.select(Absence).where(
        Absence.id != (absence.id or 0),
        Absence.first_day <= absence.last_day,
        Absence.last_day >= absence.first_day,
        sa.or_(Absence.user_id.in_(both), Absence.deputy_id == absence.user_id),
    )
    for other in services().session.scalars(asked):
        said: dict[str, Any] = {
            "name": people.get(other.user_id, ""), "first": other.first_day, "last": other.last_day
        }  # fmt: skip
        if other.user_id == absence.user_id:
            words = gettext("%(name)s is away already from %(first)s to %(last)s.", **said)
            raise Rejected("first_day", words)
        if other.user_id == absence.deputy_id:
            words = gettext("%(name)s is away from %(first)s to %(last)s too.", **said)
            raise Rejected("deputy", words)
        said["name"] = people.get(absence.user_id, "")
        words = gettext(
            "%(name)s is somebody's deputy from %(first)s to %(last)s: name another one there "
            "first.", **said,
        )  # fmt: skip
        raise Rejected("first_day", words)

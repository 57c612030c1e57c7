"""What people open with: what waits for their approval."""

from __future__ import annotations

import sqlalchemy as sa

from plugin_api import host
from plugin_api.cards import Card, CardContent, Line
from plugin_api.context import current_actor, gettext
from plugin_api.context import lazy_gettext as _
from plugins.approvals.access import READ
from plugins.approvals.models import Decision
from plugins.approvals.services import people

MOST = 8
WAITING = {"state": "waiting"}


def waiting() -> CardContent:
    """What the person, or somebody for whom they stand in, is asked."""
    asked = (
        sa.select(Decision.id, Decision.name, Decision.asker_id, Decision.why, Decision.owner_id)
        .where(*mine())
        .order_by(Decision.asked_at, Decision.id)
        .limit(MOST)
    )
    rows = host().session.execute(asked).all()
    names = people.names() if rows else {}
    return CardContent(
        lines=tuple(
            Line(
                text=row.name,
                href=host().record_url(Decision.model_key(), row.id),
                value=names.get(row.asker_id, ""),
                note=(row.why or "").split("\n")[0][:120],
                tone="warn",
            )
            for row in rows
        ),
        empty=gettext("Nothing waits for your approval."),
        more_href=host().list_url(
            Decision.model_key(), {**WAITING, "owner": current_actor().user_id}
        ),
    )


def mine() -> tuple[sa.ColumnElement[bool], ...]:
    """Decisions that wait for the actor."""
    actor = current_actor()
    people_ids = [actor.user_id or 0, *actor.stands_for]
    return Decision.owner_id.in_(people_ids), Decision.state == "waiting"


def number() -> int:
    """How many of them."""
    asked = sa.select(sa.func.count()).select_from(Decision).where(*mine())
    return host().session.scalar(asked) or 0


CARDS = (
    Card(
        id="waiting",
        title=_("Waiting for your approval"),
        load=waiting,
        permission=READ,
        roles=("manager", "finance"),
        order=15,
    ),
)

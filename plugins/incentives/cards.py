"""What people open with: what the running period has brought."""

from __future__ import annotations

import sqlalchemy as sa
from flask import url_for

from plugin_api import host
from plugin_api.cards import Card, CardContent, Line
from plugin_api.context import current_actor, gettext
from plugin_api.context import lazy_gettext as _
from plugins.incentives import display
from plugins.incentives.access import READ
from plugins.incentives.models import Statement
from plugins.incentives.models.pay import STATEMENT_STATES

MOST = 4
STATES = {choice.value: choice.label for choice in STATEMENT_STATES}


def mine() -> CardContent:
    """The newest statements of one's own. One statement."""
    asked = (
        sa.select(Statement)
        .where(Statement.user_id == current_actor().user_id)
        .order_by(Statement.start.desc(), Statement.id)
        .limit(MOST)
    )
    return CardContent(
        lines=tuple(
            Line(
                text=f"{each.start:%Y-%m}", note=str(STATES[each.state]),
                value=display.money(each.amount),
                href=url_for("incentives.mine", statement=each.id),
            )
            for each in host().session.scalars(asked)
        ),
        empty=gettext("No statement yet: pay is worked out every night."),
        more_href=url_for("incentives.mine"),
    )  # fmt: skip


CARDS = (Card(id="mine", title=_("My pay"), load=mine, permission=READ, roles=("rep",), order=25),)

"""What people open with: risks that wait for them, and those that lie over the appetite."""

from __future__ import annotations

import sqlalchemy as sa
from flask import url_for

from plugin_api import host
from plugin_api.cards import Card, CardContent, Line
from plugin_api.context import current_actor, gettext
from plugin_api.context import lazy_gettext as _
from plugins.risk import display
from plugins.risk.access import READ
from plugins.risk.models import Response, Risk
from plugins.risk.services import overview, register

MOST = 6


def mine() -> CardContent:
    """What waits for the person: proposals, reviews, acceptances. Two statements."""
    me = current_actor().user_id or 0
    asked = sa.select(Risk).where(Risk.owner_id == me, register.waits())
    found = host().session.scalars(asked.order_by(Risk.review_on, Risk.id).limit(MOST)).all()
    accept = sa.select(Response).where(
        Response.approver_id == me, Response.state == "planned", Response.strategy == "accept"
    )
    asks = host().session.scalars(accept.order_by(Response.id).limit(MOST)).all()
    lines = [
        Line(
            text=each.name, href=host().record_url("risk.Response", each.id),
            value=display.day(each.expires_on), note=gettext("You are asked to accept it."),
            tone="warn",
        )
        for each in asks
    ]  # fmt: skip
    lines += [
        Line(
            text=each.name, href=host().record_url("risk.Risk", each.id),
            value=display.day(each.review_on) if each.state == "open" else "",
            note=gettext("To be reviewed") if each.state == "open" else each.found or "",
            tone="warn" if each.state == "open" else "info",
        )
        for each in found
    ]  # fmt: skip
    return CardContent(
        lines=tuple(lines),
        empty=gettext("No risk waits for you."),
        more_href=host().list_url("risk.Risk", {"owner": me}) if lines else "",
    )


def over() -> CardContent:
    """The first risks over the appetite. One statement."""
    asked = sa.select(Risk).where(*overview.visible(Risk.over_appetite))
    order = (sa.func.coalesce(Risk.priority, 0).desc(), Risk.id)
    found = host().session.scalars(asked.order_by(*order).limit(MOST)).all()
    return CardContent(
        lines=tuple(
            Line(
                text=each.name,
                href=host().record_url("risk.Risk", each.id),
                value=str(each.score or "–"),
                note=display.money(each.expected_loss) if each.expected_loss is not None else "",
                tone="bad" if each.band == "extreme" else "warn",
            )
            for each in found
        ),
        empty=gettext("No risk lies over the appetite."),
        more_href=url_for("risk.heat"),
    )


CARDS = (
    Card(
        id="mine", title=_("Risks that wait for you"), load=mine, permission=READ, order=40,
    ),
    Card(
        id="over", title=_("Risks over the appetite"), load=over, permission=READ,
        roles=("manager",), order=45,
    ),
)  # fmt: skip

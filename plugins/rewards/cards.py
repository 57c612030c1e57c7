"""What people open with: recognition, and what their points come to."""

from __future__ import annotations

import sqlalchemy as sa
from flask import url_for
from flask_babel import format_date, format_decimal

from plugin_api import host
from plugin_api.cards import Card, CardContent, Line
from plugin_api.context import current_actor, gettext, has_permission, lazy_pgettext, pgettext
from plugin_api.context import lazy_gettext as _
from plugin_api.panels import Action, Fact
from plugins.rewards import display
from plugins.rewards.access import MINE, PRAISE, RUN, WALL
from plugins.rewards.models import Award, Contest, Round
from plugins.rewards.services import points, wall

MOST = 5


def recognition() -> CardContent:
    """The newest on the wall, and a button to thank somebody."""
    found = wall.notes(most=MOST)
    thank = Action(
        label=gettext("Give kudos"), href=host().list_url("rewards.Kudos") + "/new", icon="heart"
    )
    return CardContent(
        lines=tuple(
            Line(
                text=f"{note.person}: {note.about or display.KIND_LABELS[note.kind]}",
                note=note.said, href=url_for("rewards.wall"),
                value=format_date(note.day, "short"),
            )
            for note in found
        ),
        empty=gettext("Nobody has been praised yet. Who has helped you lately?"),
        more_href=url_for("rewards.wall"),
        actions=(thank,) if has_permission(PRAISE) else (),
    )  # fmt: skip


def mine() -> CardContent:
    """One's points, and where one can take part now. Three statements."""
    me = current_actor().user_id or 0
    session = host().session
    running = sa.select(Contest.id, Contest.name, Contest.ends_on).where(
        Contest.state == "running", host().records.visible(Contest)
    )
    open_ = sa.select(Round.id, Round.name, Round.closes_on).where(
        Round.state == "open", host().records.visible(Round)
    )
    lines = [
        Line(text=name, href=host().record_url("rewards.Contest", id_), note=gettext("Contest"),
             value=gettext("until %(day)s", day=format_date(day, "short")))
        for id_, name, day in session.execute(running.order_by(Contest.ends_on).limit(MOST))
    ] + [
        Line(text=name, href=url_for("rewards.ballot", record_id=id_),
             note=pgettext("vote", "Vote"),
             value=gettext("until %(day)s", day=format_date(day, "short")))
        for id_, name, day in session.execute(open_.order_by(Round.closes_on).limit(MOST))
    ]  # fmt: skip
    fact = Fact(label=pgettext("points", "Points"), value=format_decimal(points.balance(me)),
                href=url_for("rewards.mine"))  # fmt: skip
    return CardContent(facts=(fact,), lines=tuple(lines), more_href=url_for("rewards.mine"))


def asked() -> CardContent:
    """What was had for points and is to be handed out. One statement."""
    asked_ = (
        sa.select(Award.id, Award.name, Award.day)
        .where(Award.state == "asked", host().records.visible(Award))
        .order_by(Award.day, Award.id)
        .limit(MOST)
    )
    return CardContent(
        lines=tuple(
            Line(text=name, href=host().record_url("rewards.Award", id_),
                 value=format_date(day, "short"))
            for id_, name, day in host().session.execute(asked_)
        ),
        empty=gettext("Nothing is waiting to be handed out."),
        more_href=host().list_url("rewards.Award", {"state": "asked"}),
    )  # fmt: skip


CARDS = (
    Card(
        id="recognition", title=lazy_pgettext("culture", "Recognition"), load=recognition,
        permission=WALL, roles=("rep", "manager"), order=70,
    ),
    Card(
        id="mine", title=_("My points and rewards"), load=mine, permission=MINE, roles=("rep",),
        order=72,
    ),
    Card(
        id="asked", title=_("Rewards to hand out"), load=asked, permission=RUN,
        roles=("manager",), order=75,
    ),
)  # fmt: skip

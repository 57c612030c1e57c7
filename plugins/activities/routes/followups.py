"""With whom contact is overdue, and what lacks a next step."""

from __future__ import annotations

from flask import render_template, request

from plugin_api import host
from plugin_api.context import current_actor, has_permission
from plugin_api.pages import require
from plugins.activities import display
from plugins.activities.access import CREATE, READ
from plugins.activities.services import contact, next_steps, subjects

MOST = 200


def show() -> str:
    """Both lists, by owner for who sees more than their own."""
    require(READ)
    mine = current_actor().grants.get(READ) == "own" or request.args.get("whose") == "mine"
    over = contact.overdue(MOST, mine=mine)
    steps = list(next_steps.missing(MOST, mine=mine))
    return render_template(
        "activities/followups.html",
        over=over,
        steps=steps,
        names=display.people({*(o.owner_id for o in over), *(s.owner_id for s in steps)}),
        most=MOST,
        mine=mine,
        may_choose=current_actor().grants.get(READ) != "own",
        may_create=has_permission(CREATE),
        display=display,
        url=host().record_url,
        write=subjects.write,
    )

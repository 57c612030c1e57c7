"""The start page: cards that each load on their own, in the order that the person likes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.dashboards import showing
from core.extensions import db
from core.home import arranging, layout
from core.web import formats
from plugin_api.context import current_actor, gettext, now
from plugin_api.pages import check_company

bp = Blueprint("home", __name__, url_prefix="/home")


def page() -> str:
    """The page; its cards follow one by one, or at once with ``all``, for who has no script."""
    placed = arranging.chosen()
    at_once = "all" in request.args
    contents = {each.key: _content(each) for each in placed} if at_once else {}
    return render_template(
        "web/home.html", greeting=_greeting(), cards=placed, contents=contents, at_once=at_once
    )


@bp.get("/cards/<key>")
def card(key: str) -> str:
    """One card, or a tile that the person has put there."""
    own = next((each for each in arranging.chosen() if each.key == key and each.tile), None)
    if own is not None and own.tile is not None:
        return render_template("dashboards/tile.html", tile=own.tile, content=_content(own))
    found, content = layout.content(key)
    return render_template("web/card.html", card=found, content=content)


@bp.get("/arrange")
def arrange() -> str:
    """Which cards, in which order."""
    mine = arranging.chosen()
    rest = [each for each in arranging.offered() if each.key not in {one.key for one in mine}]
    return render_template("web/arrange.html", mine=mine, rest=rest)


@bp.post("/arrange")
def rearrange() -> Response:
    """Move a card up or down, take one away, add one, or begin anew."""
    check_company()
    keys = [each.key for each in arranging.chosen()]
    key = request.form.get("card", "")
    match request.form.get("action"):
        case "reset":
            arranging.reset()
        case "add":
            arranging.arrange([*keys, key])
        case "remove":
            arranging.take_away(key)
        case "up" | "down" as way if key in keys:
            place = keys.index(key)
            keys.insert(max(place + (-1 if way == "up" else 1), 0), keys.pop(place))
            arranging.arrange(keys)
    db.session.commit()
    flash(gettext("Your home page is as you arranged it."), "success")
    return redirect(url_for("home.arrange"), 303)


def _content(placed: arranging.Placed) -> Any:
    if placed.tile is not None:
        return showing.content(placed.tile)
    return layout.content(placed.key)[1]


def _greeting() -> str:
    hour, name = formats.local(now()).hour, current_actor().name
    if hour < 11:
        return str(gettext("Good morning, %(name)s", name=name))
    if hour < 18:
        return str(gettext("Good afternoon, %(name)s", name=name))
    return str(gettext("Good evening, %(name)s", name=name))

"""Dashboards: looking at them, making them, putting things on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.analysis.asking import PERIODS
from core.dashboards import showing, store, tiles
from core.dashboards.store import HOME, Board
from core.dashboards.tiles import Tile
from core.extensions import db
from core.home import arranging, layout
from core.views.page import Option
from core.views.periods import label_of
from core.views.sharing import SHARE, SHARES
from core.web import asking
from plugin_api.context import Text, gettext, has_permission
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import NotFound, Refused
from plugin_api.pages import check_company

bp = Blueprint("dashboards", __name__, url_prefix="/dashboards")

NEW = "new"
WIDTHS: Mapping[int, Text] = {1: _("one third"), 2: _("two thirds"), 3: _("full width")}


@bp.get("")
def first() -> str | Response:
    """The one that the person's role starts with, or their own first."""
    known = store.boards()
    if known:
        return redirect(url_for("dashboards.show", key=known[0].key))
    return render_template("dashboards/page.html", board=None, boards=())


@bp.get("/<key>")
def show(key: str) -> str:
    """A dashboard; its tiles follow one by one, or at once with ``all``."""
    known = store.boards()
    board = next((each for each in known if each.key == key), None)
    if board is None:
        raise NotFound(gettext("There is no such dashboard."))
    shown, period, at_once = tiles.usable(board.tiles), _period(), "all" in request.args
    contents = {tile.id: showing.content(tile, period) for tile in shown} if at_once else {}
    return render_template(
        "dashboards/page.html",
        board=board,
        boards=known,
        tiles=shown,
        contents=contents,
        at_once=at_once,
        period=period,
        periods={name: label_of(name) for name in PERIODS},
    )


@bp.get("/<key>/tiles/<int:tile_id>")
def tile(key: str, tile_id: int) -> str:
    """One tile."""
    found = store.board(key).tile(tile_id)
    if not tiles.usable([found]):
        raise NotFound("")
    content = showing.content(found, _period())
    return render_template("dashboards/tile.html", tile=found, content=content)


@bp.get("/new")
def new() -> str:
    """A name for a dashboard."""
    return _edit(None)


@bp.post("/new")
def create() -> str | Response | tuple[str, int]:
    """Make it."""
    check_company()
    try:
        made = store.create(request.form.get("name", ""), request.form.get("share", "private"))
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        return _edit(None, refused=refused), refused.status
    return redirect(url_for("dashboards.edit", key=made.id), 303)


@bp.post("/<key>/copy")
def copy(key: str) -> Response:
    """Have one's own, to arrange as one likes."""
    check_company()
    board = store.board(key)
    names = {each.name for each in store.mine()}
    name = str(gettext("%(name)s (mine)", name=board.name))[:56]
    while name in names:
        name = f"{name[:56]} +"
    made = store.create(name, "private", board.tiles)
    db.session.commit()
    return redirect(url_for("dashboards.edit", key=made.id), 303)


@bp.get("/<key>/edit")
def edit(key: str) -> str:
    """Name, sharing, order and width."""
    return _edit(_mine(key))


@bp.post("/<key>/edit")
def edited(key: str) -> str | Response | tuple[str, int]:
    """Change one thing of it."""
    check_company()
    board, action = _mine(key), request.form.get("do", "")
    version = request.form.get("version", type=int) or 0
    if action == "delete":
        return _edit(board, is_doubtful=True)
    try:
        if action == "deleted":
            store.remove(key, version)
        elif action == "save":
            form = request.form
            store.change(key, form.get("name", ""), form.get("share", board.share), version)
        elif action == "card":
            card = tiles.clean("card", request.form.get("card", ""), "", "", "1")
            store.put(key, card)
        else:
            number = request.form.get("tile", type=int) or 0
            store.rearrange(key, version, lambda held: _moved(held, number, action))
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        return _edit(board, refused=refused), refused.status
    if action == "deleted":
        return redirect(url_for("dashboards.first"), 303)
    return redirect(url_for("dashboards.edit", key=key), 303)


@bp.get("/put")
def ask_put() -> str:
    """Where shall it be put, and what is it called there?"""
    return _put()


@bp.post("/put")
def put() -> str | Response | tuple[str, int]:
    """Put it on a dashboard, a new one, or the home page."""
    check_company()
    form = request.form
    try:
        made = tiles.clean(
            form.get("kind", ""), form.get("source", ""), form.get("state", ""),
            form.get("title", ""), form.get("width", ""),
        )  # fmt: skip
        key = form.get("on", NEW)
        if key == HOME:
            arranging.put(made)
        elif key == NEW:
            key = str(store.create(form.get("name", ""), "private", [replace(made, id=1)]).id)
        else:
            store.put(key, made)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        return _put(refused), refused.status
    flash(gettext("“%(title)s” is on it.", title=made.title), "success")
    return asking.go(url_for("web.home" if key == HOME else "dashboards.show", key=_key(key)))


def _key(key: str) -> str | None:
    return None if key == HOME else key


def _moved(held: list[Tile], number: int, action: str) -> list[Tile]:
    place = next((i for i, each in enumerate(held) if each.id == number), None)
    if place is None:
        raise NotFound("")
    made = list(held)
    if action in ("up", "down"):
        made.insert(max(place + (-1 if action == "up" else 1), 0), made.pop(place))
    elif action == "remove":
        made.pop(place)
    elif action.removeprefix("width-") in map(str, tiles.WIDTHS):
        made[place] = replace(made[place], width=int(action.removeprefix("width-")))
    return made


def _mine(key: str) -> Board:
    board = store.board(key)
    if not board.mine and not (board.owner and has_permission("core.settings")):
        raise NotFound(gettext("There is no such dashboard."))
    return board


def _period() -> str:
    name = request.args.get("period", "")
    return name if name in PERIODS else ""


def _edit(board: Board | None, *, refused: Refused | None = None, is_doubtful: bool = False) -> str:
    share = board.share if board else "private"
    return render_template(
        "dashboards/edit.html",
        board=board,
        version=board.version if board else 0,
        usable=tiles.usable(board.tiles) if board else (),
        name=request.form.get("name", board.name if board else ""),
        share=request.form.get("share", share),
        shares=SHARES if has_permission(SHARE) or share != "private" else SHARES[:1],
        widths=WIDTHS,
        cards=layout.available(),
        errors=dict(refused.errors) if refused else {},
        message=str(refused.message) if refused and not refused.errors else "",
        is_doubtful=is_doubtful,
    )


def _put(refused: Refused | None = None) -> str:
    asked = request.form if request.method == "POST" else request.args
    carried = {name: asked.get(name, "") for name in ("kind", "source", "state")}
    on = asked.get("on", "")
    own = [Option(value=each.key, label=each.name) for each in store.mine()]
    options = [
        *own,
        Option(value=HOME, label=str(gettext("My home page"))),
        Option(value=NEW, label=str(gettext("A new dashboard"))),
    ]
    usual = own[0].value if own else NEW
    chosen = on if on in {option.value for option in options} else usual
    back = Tile(
        id=0, kind="analysis" if carried["kind"] == "analysis" else "records",
        source=carried["source"], title="", query=carried["state"],
    )  # fmt: skip
    return render_template(
        "dashboards/put.html",
        carried=carried,
        title=asked.get("title", ""),
        name=asked.get("name", ""),
        options=[replace(option, selected=option.value == chosen) for option in options],
        widths=WIDTHS,
        errors=dict(refused.errors) if refused else {},
        message=str(refused.message) if refused and not refused.errors else "",
        list_title=str(gettext("Dashboards")),
        list_href=showing.href_of(back),
    )

"""Looking at everything as another person does, to help them."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.access.power import require_reach
from core.collab.notify import notify
from core.extensions import db
from core.host import services
from core.identity import noting, proof, sessions
from core.identity.models import User
from core.identity.standing import behind
from plugin_api.context import current_actor, gettext
from plugin_api.errors import Forbidden, Rejected
from plugin_api.pages import check_company, require

bp = Blueprint("look_as", __name__)

PERMISSION = "core.impersonate"
SHORTEST = 5
"""Characters of a reason."""


@bp.get("/core/users/<int:user_id>/look-as")
def ask(user_id: int) -> str:
    """What it means, and why it is done."""
    return _page(_person(user_id), "")


@bp.post("/core/users/<int:user_id>/look-as")
def start(user_id: int) -> Response | tuple[str, int]:
    """From now on everything is shown, and done, as the person. They are told."""
    user = _person(user_id)
    check_company()
    reason = " ".join(request.form.get("reason", "").split())[:300]
    if len(reason) < SHORTEST:
        return _page(user, gettext("Say why, in a few words.")), 422
    proof.require()
    noting.note_of("look_as", user, reason=reason)
    notify("looked", user, [user.id], {"reason": reason})
    db.session.commit()
    sessions.look_as(g.session.id, user_id)
    return redirect(url_for("web.home"), 303)


@bp.post("/look-as/stop")
def stop() -> Response:
    """Be oneself again."""
    who = behind()
    if who is None:
        raise Rejected("", gettext("You are yourself."))
    person = current_actor()
    noting.note("look_stop", person.user_id or 0, person.name)
    db.session.commit()
    sessions.look_as(g.session.id, None)
    flash(gettext("You are yourself again."), "success")
    return redirect(url_for("web.home"), 303)


def _person(user_id: int) -> User:
    require(PERMISSION)
    if behind() is not None:
        raise Forbidden(gettext("Not while you look as somebody else."))
    user = services().records.get(User, user_id)
    if user.id == current_actor().user_id or not user.active:
        raise Forbidden(gettext("Choose a colleague who is active."))
    require_reach(user)
    return user


def _page(user: User, error: str) -> str:
    back = services().record_url("core.User", user.id)
    return render_template("web/look_as.html", name=user.name, back=back, error=error)

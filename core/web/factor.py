"""Setting up the second factor, and taking it away."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from core.access.power import require_reach
from core.extensions import db
from core.host import services
from core.identity import factors, noting, proof, sessions
from core.identity.belonging import address_of, belongs_elsewhere
from core.identity.models import User
from core.web.security import login_id
from plugin_api.context import gettext
from plugin_api.errors import Forbidden
from plugin_api.pages import check_company, require

bp = Blueprint("factor", __name__)

WANTED = "totp"
"""Where the browser's session keeps the secret until its first code is right."""


@bp.get("/profile/security/second-factor")
def show() -> str:
    """The picture for the app."""
    proof.require()
    return _page("")


@bp.post("/profile/security/second-factor")
def switch_on() -> str | tuple[str, int]:
    """Take it into use with its first code; this page alone shows the recovery codes."""
    check_company()
    proof.require()
    mine = login_id()
    db.session.rollback()
    secret = session.get(WANTED, "")
    codes = factors.switch_on(mine, secret, request.form.get("code", ""), g.session.id)
    if codes is None:
        return _page(gettext("This is not the code that the app shows now.")), 422
    session.pop(WANTED, None)
    noting.note_mine("factor_on")
    db.session.commit()
    return render_template("web/recovery_codes.html", codes=codes)


@bp.post("/profile/security/second-factor/codes")
def new_codes() -> str:
    """Recovery codes in place of the old ones."""
    check_company()
    proof.require()
    mine = login_id()
    db.session.rollback()
    codes = factors.new_codes(mine)
    noting.note_mine("recovery_codes")
    db.session.commit()
    return render_template("web/recovery_codes.html", codes=codes)


@bp.post("/profile/security/second-factor/off")
def switch_off() -> Response:
    """Ask for the password alone from now on."""
    check_company()
    proof.require()
    if g.needs_factor:
        raise Forbidden(gettext("Your role needs a second factor."))
    mine = login_id()
    db.session.rollback()
    factors.switch_off(mine)
    noting.note_mine("factor_off")
    db.session.commit()
    flash(gettext("The second factor is off."), "success")
    return redirect(url_for("security.show"), 303)


@bp.post("/core/users/<int:user_id>/second-factor/reset")
def reset(user_id: int) -> Response:
    """Take the second factor of a person away who has lost it; they are logged out."""
    require("core.logins")
    user = services().records.get(User, user_id, "update")
    check_company()
    require_reach(user)
    proof.require()
    theirs, name = user.login_id, user.name
    db.session.rollback()
    if theirs is not None:
        if belongs_elsewhere(theirs):
            raise Forbidden(gettext("This person works for other companies too."))
        factors.forget(theirs)
        sessions.end(theirs)
        noting.note("factor_reset", user_id, name)
        db.session.commit()
    flash(gettext("%(name)s logs in with the password alone.", name=name), "success")
    return redirect(url_for("people.login_of", user_id=user_id), 303)


def _page(error: str) -> str:
    secret = session.get(WANTED) or factors.new_secret()
    session[WANTED] = secret
    import segno  # heavy, and only here

    picture = segno.make(factors.address_of(secret, address_of(login_id())), error="m")
    return render_template(
        "web/second_factor.html",
        picture=Markup(picture.svg_inline(scale=4, light="#fff", border=3)),
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        error=error,
        needed=g.needs_factor,
    )

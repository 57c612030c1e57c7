"""How a person logs in, and the tokens of their programs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.access.power import require_reach
from core.extensions import db
from core.host import services
from core.identity import noting, proof, service, sessions
from core.identity.belonging import belongs_elsewhere
from core.identity.giving import login_for
from core.identity.models import ApiToken, User
from core.identity.passwords import SHORTEST
from core.web import invitations
from core.web.guard import check_company, require
from plugin_api.context import current_actor, current_company, gettext, now
from plugin_api.errors import NotFound, Refused, Rejected

bp = Blueprint("people", __name__)

PERMISSION = "core.logins"
DAYS = (30, 90, 365)
"""How long a token may live."""


@bp.route("/core/users/<int:user_id>/login", methods=("GET", "POST"))
def login_of(user_id: int) -> str | Response | tuple[str, int]:
    """Give a person a login, or another password."""
    require(PERMISSION)
    user = services().records.get(User, user_id, "update")
    proof.require()
    name, email, error = user.name, request.form.get("email", user.email or ""), ""
    if request.method == "POST":
        check_company()
        try:
            _give_login(user, email, request.form.get("password", ""))
        except Refused as refused:
            db.session.rollback()
            error = str(refused.message)
        else:
            flash(gettext("%(name)s can log in with this password now.", name=name), "success")
            return redirect(services().record_url("core.User", user_id), 303)
    page = render_template(
        "web/login_of.html",
        name=name,
        email=email,
        error=error,
        has_login=user.login_id is not None,
        **invitations.shown(user),
        sessions=sessions.of_login(user.login_id, user.company_id) if user.login_id else [],
        user_id=user_id,
        shortest=SHORTEST,
        back=services().record_url("core.User", user_id),
    )
    return (page, 422) if error else page


@bp.post("/core/users/<int:user_id>/sessions/end")
def end_sessions(user_id: int) -> Response:
    """Log a person out of this company, wherever they are."""
    require(PERMISSION)
    user = services().records.get(User, user_id, "update")
    check_company()
    require_reach(user)
    proof.require()
    login_id, name = user.login_id, user.name
    db.session.rollback()
    if login_id is not None:
        ended = sessions.end(login_id, company_id=current_company().id)
        noting.note("end_sessions", user_id, name, sessions=ended)
        db.session.commit()
    flash(gettext("%(name)s is logged out everywhere.", name=name), "success")
    return redirect(url_for("people.login_of", user_id=user_id), 303)


def _give_login(user: User, email: str, password: str) -> None:
    require_reach(user)
    if user.login_id is not None:
        if belongs_elsewhere(user.login_id):
            # Else one company would open the others to whoever administers it.
            text = gettext("This person works for other companies too and sets the password alone.")
            raise Rejected("password", text)
        user_id, name = user.id, user.name
        service.set_password(user.login_id, password)
        noting.note("password", user_id, name)
        db.session.commit()
        return
    email = email.strip().lower()
    user_id = user.id
    login_id = login_for(email, password)
    row: Any = services().session.get(User, user_id)
    row.login_id = login_id
    row.email = row.email or email
    noting.note_of("give_login", row)
    db.session.commit()


@bp.get("/core/tokens")
def tokens() -> str:
    """The person's own tokens."""
    require("core.tokens")
    return _tokens_page()


@bp.post("/core/tokens")
def new_token() -> str:
    """Make a token; this page is the only one that ever shows it."""
    require("core.tokens")
    check_company()
    proof.require()
    user = services().session.get(User, current_actor().user_id)
    if user is None:
        raise NotFound("")
    days = int(request.form.get("days", "")) if request.form.get("days", "").isdigit() else DAYS[0]
    expires = now() + timedelta(days=min(days, DAYS[-1]))
    name = request.form.get("name", "").strip()[:200] or gettext("Unnamed")
    secret = service.add_token(user, name, expires)
    db.session.commit()
    return _tokens_page(secret)


@bp.post("/core/tokens/<int:token_id>/revoke")
def revoke(token_id: int) -> Response:
    """Take a token back, at once."""
    require("core.tokens")
    check_company()
    token = db.session.scalar(
        sa.select(ApiToken).where(
            ApiToken.id == token_id, ApiToken.user_id == current_actor().user_id
        )
    )
    if token is None:
        raise NotFound("")
    db.session.delete(token)
    db.session.commit()
    flash(gettext("The token does not work any more."), "success")
    return redirect(url_for("people.tokens"), 303)


def _tokens_page(secret: str = "") -> str:
    own = sa.select(ApiToken).where(ApiToken.user_id == current_actor().user_id)
    found = db.session.scalars(own.order_by(ApiToken.id.desc())).all()
    return render_template("web/tokens.html", tokens=found, secret=secret, days=DAYS, now=now())

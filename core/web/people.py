"""How a person logs in, as who may give logins sees it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.access.power import require_reach
from core.extensions import db
from core.host import services
from core.identity import noting, proof, service, sessions, tokens
from core.identity.belonging import belongs_elsewhere
from core.identity.giving import login_for
from core.identity.login import has_factor
from core.identity.models import User
from core.identity.passwords import SHORTEST
from core.web import invitations
from core.web.tokens import REACHES
from plugin_api.context import current_company, gettext, now
from plugin_api.errors import Refused, Rejected
from plugin_api.pages import check_company, require

bp = Blueprint("people", __name__)

PERMISSION = "core.logins"


@bp.route("/core/users/<int:user_id>/login", methods=("GET", "POST"))
def login_of(user_id: int) -> str | Response | tuple[str, int]:
    """Give a person a login, or another password."""
    require(PERMISSION)
    user = services().records.get(User, user_id, "update")
    # The page tells where the person is logged in, and without mail the link for a password.
    require_reach(user)
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
        tokens=tokens.of_person(user.id),
        reaches=REACHES,
        now=now(),
        has_factor=user.login_id is not None and has_factor(user.login_id),
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

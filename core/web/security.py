"""How a person logs in: password and open sessions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.data.numbers import whole
from core.extensions import db
from core.identity import factors, links, noting, passkeys, service, sessions
from core.identity import login as logins
from core.identity.belonging import address_of
from core.identity.passwords import SHORTEST
from core.mail import sending
from plugin_api.context import current_actor, current_company, gettext
from plugin_api.errors import Forbidden, NotFound, Refused, Rejected
from plugin_api.pages import check_company

bp = Blueprint("security", __name__, url_prefix="/profile/security")


@bp.get("")
def show() -> str:
    """The page."""
    return page()


@bp.post("/password")
def password() -> Response | tuple[str, int]:
    """Set another password; the old one is asked, and other sessions end."""
    check_company()
    old, new = request.form.get("old_password", ""), request.form.get("new_password", "")
    try:
        _set_password(login_id(), old, new)
    except Refused as refused:
        db.session.rollback()
        errors = {name: str(texts[0]) for name, texts in refused.errors.items() if texts}
        return page(errors or {"old_password": str(refused.message)}), refused.status
    noting.note_mine("password")
    db.session.commit()
    flash(gettext("The password is changed. Sessions elsewhere have ended."), "success")
    return redirect(url_for("security.show"), 303)


@bp.post("/sessions/end")
def end_sessions() -> Response:
    """End one session, or all but this one."""
    check_company()
    db.session.rollback()
    text = request.form.get("session", "")
    if text:
        only = whole(text) or 0
        ended = sessions.end(login_id(), only=only)
        if not ended:
            raise NotFound("")
    else:
        ended = sessions.end(login_id(), but=g.session.id)
    if ended:
        noting.note_mine("end_sessions", sessions=ended)
        db.session.commit()
    flash(gettext("Ended."), "success")
    return redirect(url_for("security.show"), 303)


def _set_password(login: int, old: str, new: str) -> None:
    """Raises Rejected naming the field at fault."""
    # Reading who it is may have begun a transaction, for which that of the log-in would wait.
    db.session.rollback()
    known = logins.reauthenticate(login, old)
    if known is None:
        raise Rejected("old_password", wrong_password())
    if new != request.form.get("again_password", ""):
        raise Rejected("again_password", gettext("The two are not the same."))
    if new == old:
        raise Rejected("new_password", gettext("This is the old password."))
    try:
        service.set_password(login, new, keep=g.session.id)
    except Rejected as rejected:
        raise Rejected("new_password", rejected.message) from None


def wrong_password() -> str:
    """What is said of a wrong password to somebody who is logged in."""
    return str(
        gettext(
            "This is not the password. After ten failures none is taken for a quarter of an hour."
        )
    )


def login_id() -> int:
    """The login of the person who asks. Raises Forbidden for who has none."""
    found = current_actor().login_id
    if found is None:
        raise Forbidden(gettext("Only who logs in has settings."))
    return found


def page(errors: Mapping[str, str] | None = None) -> str:
    """The page, with what is wrong beside the fields."""
    return render_template(
        "web/security.html",
        errors=errors or {},
        shortest=SHORTEST,
        sessions=sessions.of_login(login_id()),
        this_session=g.session.id,
        passkeys=passkeys.of_login(login_id()) if passkeys.is_on() else None,
        **_address(),
        **_factor(),
    )


def _address() -> dict[str, Any]:
    user_id = current_actor().user_id or 0
    return {
        "address": address_of(login_id()),
        "waiting": links.pending(current_company().id, user_id, links.ADDRESS),
        "mail": sending.is_on(),
    }


def _factor() -> dict[str, Any]:
    mine = login_id()
    has = logins.has_factor(mine)
    left = factors.codes_left(mine) if has else 0
    return {"has_factor": has, "codes_left": left, "needs_factor": g.needs_factor}

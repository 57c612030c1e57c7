"""Inviting a person to set a password of their own, and taking it back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from core.access.power import require_reach
from core.extensions import db
from core.host import services
from core.identity import links, noting, proof
from core.identity.belonging import address_of, belongs_elsewhere
from core.identity.giving import check_address
from core.identity.models import User
from core.mail import sending
from core.web.links import base_url, send_link
from plugin_api.context import current_company, gettext
from plugin_api.errors import Refused, Rejected
from plugin_api.pages import check_company, require

bp = Blueprint("invitations", __name__)

PERMISSION = "core.logins"


@bp.post("/core/users/<int:user_id>/invitation")
def invite(user_id: int) -> Response:
    """Send a person a link to set a password, in place of an earlier one."""
    user = _person(user_id)
    try:
        _invite(user, request.form.get("email", user.email or "").strip().lower())
    except Refused as refused:
        db.session.rollback()
        flash(str(refused.message), "danger")
    return redirect(url_for("people.login_of", user_id=user_id), 303)


def _invite(user: User, email: str) -> None:
    user_id, name, company = user.id, user.name, current_company()
    purpose = links.INVITATION
    if user.login_id is not None:
        # Never the address that this company's administrators may write.
        purpose, email = links.RESET, address_of(user.login_id)
        if not sending.is_on() and belongs_elsewhere(user.login_id):
            text = gettext("This person works for other companies too and sets the password alone.")
            raise Rejected("email", text)
    else:
        check_address(email)
    db.session.rollback()
    send_link(purpose, company, user_id, email)
    noting.note("invite", user_id, name, to=email)
    db.session.commit()
    if sending.is_on():
        flash(gettext("A message is on its way to %(email)s.", email=email), "success")
    else:
        flash(gettext("Copy the link below and hand it to %(name)s.", name=name), "success")


@bp.post("/core/users/<int:user_id>/invitation/revoke")
def revoke(user_id: int) -> Response:
    """Take the link back."""
    user = _person(user_id)
    name = user.name
    db.session.rollback()
    links.revoke(current_company().id, user_id, links.INVITATION, links.RESET)
    noting.note("uninvite", user_id, name)
    db.session.commit()
    flash(gettext("The link does not work any more."), "success")
    return redirect(url_for("people.login_of", user_id=user_id), 303)


def shown(user: User) -> dict[str, Any]:
    """What the page of a login says of a link that waits."""
    purpose = links.RESET if user.login_id is not None else links.INVITATION
    waiting = links.pending(user.company_id, user.id, purpose)
    # Who may see the link can use it: where mail goes out, only the person gets it.
    href = ""
    if waiting is not None and not sending.is_on():
        href = f"{base_url().rstrip('/')}/enter/{links.signed(waiting.id)}"
    return {"waiting": waiting, "link": href, "mail": sending.is_on()}


def _person(user_id: int) -> User:
    require(PERMISSION)
    user = services().records.get(User, user_id, "update")
    check_company()
    require_reach(user)
    proof.require()
    return user

"""Giving a person a login of their own, never that of somebody else."""

from __future__ import annotations

import sqlalchemy as sa

from core.extensions import db
from core.identity import factors, service
from core.identity.belonging import belongs_elsewhere, login_named
from core.identity.models import User
from plugin_api.context import gettext
from plugin_api.errors import Rejected


def check_address(email: str) -> None:
    """Raise Rejected for what is no address, and for one with which somebody logs in."""
    if "@" not in email:
        raise Rejected("email", gettext("Who logs in needs an e-mail address."))
    login_id = login_named(email)
    if login_id is None:
        return
    held = sa.select(User.id).where(User.login_id == login_id)
    if belongs_elsewhere(login_id) or db.session.scalar(held) is not None:
        text = gettext(
            "Somebody logs in with this address already. Whoever runs the installation can let"
            " them work for this company too."
        )
        raise Rejected("email", text)


def login_for(email: str, password: str) -> int:
    """A login of the address with the password. Raises Rejected when it is somebody's."""
    check_address(email)
    login_id = login_named(email)
    if login_id is None:
        return service.ensure_login(email, password)
    # Who had it has gone, and does not come back with the one who gets it.
    service.set_password(login_id, password)
    factors.forget(login_id)
    return login_id

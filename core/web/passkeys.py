"""Making passkeys and logging in with them. Both need a script: the device is asked by one."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from core.extensions import db
from core.identity import attempts, noting, passkeys, proof
from core.identity.belonging import address_of
from core.web.links import base_url
from core.web.security import login_id
from plugin_api.context import current_actor, gettext, now
from plugin_api.errors import NotFound
from plugin_api.pages import check_company

bp = Blueprint("passkeys", __name__)

ASKED = "passkey"
"""Where the browser's session keeps what was asked, and when."""
SECONDS = 300


@bp.get("/profile/security/passkeys/new")
def new() -> str:
    """The page that asks the device for a key."""
    _require()
    proof.require()
    mine = login_id()
    options = passkeys.to_register(_host(), mine, address_of(mine), current_actor().name)
    return render_template("web/passkey_new.html", options=_asked(options))


@bp.post("/profile/security/passkeys/new")
def make() -> Response:
    """Keep the key that the device has made."""
    _require()
    check_company()
    proof.require()
    mine, challenge = login_id(), _challenge()
    name = request.form.get("name", "").strip() or gettext("Unnamed")
    db.session.rollback()
    if challenge is None or not passkeys.register(
        mine, _answer(), name, challenge=challenge, host=_host(), origin=_origin()
    ):
        flash(gettext("The device has not made a passkey. Try again."), "danger")
        return redirect(url_for("passkeys.new"), 303)
    noting.note_mine("passkey_made")
    db.session.commit()
    flash(gettext("You can log in with the passkey now."), "success")
    return redirect(url_for("security.show"), 303)


@bp.post("/profile/security/passkeys/<int:key_id>/remove")
def remove(key_id: int) -> Response:
    """Take a passkey back."""
    check_company()
    proof.require()
    mine = login_id()
    db.session.rollback()
    if not passkeys.remove(mine, key_id):
        raise NotFound("")
    noting.note_mine("passkey_removed")
    db.session.commit()
    flash(gettext("The passkey does not work any more."), "success")
    return redirect(url_for("security.show"), 303)


@bp.get("/login/passkey")
def ask() -> str:
    """The page that asks the device to sign."""
    _require()
    return render_template(
        "web/passkey_login.html",
        options=_asked(passkeys.to_log_in(_host())),
        next=request.args.get("next", ""),
    )


@bp.post("/login/passkey")
def log_in() -> Response:
    """Let in whose device has signed."""
    from core.web.pages import enter  # it imports what mounts this

    _require()
    address, challenge = request.remote_addr or "", _challenge()
    if attempts.too_many("login", address):
        raise TooManyRequests
    known = None
    if challenge is not None:
        known = passkeys.log_in(_answer(), challenge=challenge, host=_host(), origin=_origin())
    if known is None:
        attempts.count("login", address)
        flash(gettext("This passkey is not known here."), "danger")
        return redirect(url_for("web.login"), 303)
    return enter(known, passkeys.FACTOR) or redirect(url_for("web.login"), 303)


def _require() -> None:
    if not passkeys.is_on():
        abort(404)


def _asked(options: Any) -> str:
    """The options as JSON; what they ask is remembered, for one answer."""
    from webauthn import options_to_json
    from webauthn.helpers import bytes_to_base64url

    session[ASKED] = [bytes_to_base64url(options.challenge), int(now().timestamp())]
    return options_to_json(options)


def _challenge() -> bytes | None:
    from webauthn.helpers import base64url_to_bytes

    challenge, at = session.pop(ASKED, ("", 0))
    return base64url_to_bytes(challenge) if at > now().timestamp() - SECONDS else None


def _answer() -> dict[str, Any]:
    try:
        found = json.loads(request.form.get("answer", ""))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _origin() -> str:
    found = urlsplit(base_url())
    return f"{found.scheme}://{found.netloc}"


def _host() -> str:
    return urlsplit(base_url()).hostname or ""

"""Logging in by OpenID Connect: the code flow with PKCE, state and nonce, as Authlib does it."""

from __future__ import annotations

import logging
from typing import Any

from flask import Blueprint, Flask, abort, current_app, flash, redirect, request, session, url_for
from werkzeug.wrappers import Response

from core.config import Config
from core.identity import single
from core.web.links import base_url
from plugin_api.context import gettext
from plugin_api.pages import inside

log = logging.getLogger(__name__)
bp = Blueprint("sso", __name__, url_prefix="/sso")

NEXT, AGAIN = "sso_next", "sso_again"
SECONDS = 10
"""How long the provider may take for one answer."""


@bp.get("/start")
def start() -> Response:
    """Go to the provider. It asks anew who it is, for a step that matters."""
    session[NEXT] = inside(request.args.get("next", ""))
    session[AGAIN] = bool(request.args.get("again"))
    wanted = {"prompt": "login"} if session[AGAIN] else {}
    found: Response = _provider().authorize_redirect(_callback(), **wanted)
    return found


@bp.get("/callback")
def callback() -> Response:
    """Come back from the provider, which says who it is."""
    from authlib.common.errors import AuthlibBaseError

    from core.web.pages import enter  # it imports what mounts this

    wanted, again = session.pop(NEXT, ""), session.pop(AGAIN, False)
    try:
        token = _provider().authorize_access_token()
    except (AuthlibBaseError, OSError, ValueError) as error:
        # Its name alone: what it says may hold parts of a token.
        log.warning("single sign-on failed: %s", type(error).__name__)
        return _refused(gettext("The log-in did not succeed. Try again."))
    claims = token.get("userinfo") or {}
    known = single.login_of(claims)
    if known is None:
        return _refused(
            gettext("Nobody here has this address, or the provider has not verified it.")
        )
    entered = enter(known, single.FACTOR, wanted, single.is_proof(claims, again))
    return entered or _refused(gettext("You do not belong to any company any more."))


def _refused(text: str) -> Response:
    flash(text, "danger")
    return redirect(url_for("web.login"), 303)


def _callback() -> str:
    return base_url().rstrip("/") + url_for("sso.callback")


def _provider() -> Any:
    if not single.is_on():
        abort(404)
    return current_app.extensions["xiaoguan.sso"].create_client("provider")


def install(app: Flask, config: Config) -> None:
    """Know the provider; it is asked what it can when somebody logs in."""
    with app.app_context():
        if not single.is_on():
            return
    from authlib.integrations.flask_client import OAuth  # an extra, which may be missing

    oauth = OAuth(app)
    oauth.register(
        "provider",
        client_id=config.sso_client_id,
        client_secret=config.sso_client_secret or None,
        server_metadata_url=config.sso_issuer.rstrip("/") + "/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "timeout": SECONDS,
        },
    )
    app.extensions["xiaoguan.sso"] = oauth

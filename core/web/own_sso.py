"""Logging in by the provider that a company brings."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from core.host import services
from core.identity import admitting, attempts, providers, single
from core.identity.providers import Provider
from core.web.gate import log_in
from core.web.links import base_url
from plugin_api.context import SYSTEM, Company, acting_as, gettext
from plugin_api.pages import inside

log = logging.getLogger(__name__)
bp = Blueprint("own_sso", __name__, url_prefix="/sso")

NEXT, AGAIN = "own_sso_next", "own_sso_again"
WELL_KNOWN = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@bp.post("/find")
def find() -> Response:
    """Which company's provider is for an address. Its domain alone decides."""
    address = request.remote_addr or ""
    if attempts.too_many("login", address):
        raise TooManyRequests
    wanted = inside(request.form.get("next", ""))
    slug = providers.for_address(request.form.get("email", "")) if single.is_able() else None
    if slug is None:
        attempts.count("login", address)
        flash(gettext("No company here has single sign-on for this domain."), "danger")
        return redirect(url_for("web.login", next=wanted or None), 303)
    return redirect(url_for("own_sso.show", slug=slug, next=wanted or None), 303)


@bp.get("/at/<slug>")
def show(slug: str) -> str:
    """Whose provider it is, before one goes there."""
    company, provider = _of(slug)
    wanted = inside(request.args.get("next", "")) or None
    return render_template(
        "web/own_sso.html", company=company.name, name=provider.name,
        start=url_for("own_sso.start", slug=slug, next=wanted),
    )  # fmt: skip


@bp.get("/at/<slug>/start")
def start(slug: str) -> Response:
    """Go to the provider. It asks anew who it is, for a step that matters."""
    company, provider = _of(slug)
    session[NEXT] = inside(request.args.get("next", ""))
    session[AGAIN] = bool(request.args.get("again"))
    wanted = {"prompt": "login"} if session[AGAIN] else {}
    try:
        client = client_of(company, provider)
        found: Response = client.authorize_redirect(callback_of(slug), **wanted)
    except _failures() as error:
        log.warning("single sign-on of %s failed: %s", slug, type(error).__name__)
        return _refused(
            gettext("The provider of %(company)s does not answer.", company=company.name)
        )
    return found


@bp.get("/at/<slug>/callback")
def callback(slug: str) -> Response:
    """Come back from the provider, which says who it is."""
    company, provider = _of(slug)
    wanted, again = session.pop(NEXT, ""), session.pop(AGAIN, False)
    try:
        token = client_of(company, provider).authorize_access_token()
    except _failures() as error:
        # Its name alone: what it says may hold parts of a token.
        log.warning("single sign-on of %s failed: %s", slug, type(error).__name__)
        return _refused(gettext("The log-in did not succeed. Try again."))
    claims = token.get("userinfo") or {}
    known = admitting.admit(company, provider, claims)
    is_proof = known is not None and single.is_proof(claims, again)
    if known is None or log_in(known, company.id, providers.FACTOR, is_proof) is None:
        text = gettext("%(company)s does not let you in by this way.", company=company.name)
        return _refused(text)
    return redirect(wanted or url_for("web.home"), 303)


def client_of(company: Company, provider: Provider) -> Any:
    """What talks to the provider, which has told where it is to be asked. Raises ValueError when
    it speaks for another, and what a request raises."""
    from authlib.integrations.flask_client import FlaskIntegration, FlaskOAuth2App
    from authlib.integrations.requests_client import OAuth2Session

    from core.outgoing import guard

    class Session(OAuth2Session):  # type: ignore[misc]
        """Asks public servers only."""

        def __init__(self, *args: Any, **kw: Any) -> None:
            super().__init__(*args, **kw)
            guard(self)

    class Client(FlaskOAuth2App):  # type: ignore[misc]
        client_cls = Session

    with acting_as(company, SYSTEM):
        secret = providers.secret()
        services().session.rollback()
    name = f"company {company.id}"
    client = Client(
        FlaskIntegration(name),
        name=name,
        client_id=provider.client_id,
        client_secret=secret or None,
        server_metadata_url=provider.issuer.rstrip("/") + WELL_KNOWN,
        client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256"},
    )
    told = client.load_server_metadata()
    if str(told.get("issuer", "")).rstrip("/") != provider.issuer.rstrip("/"):
        raise ValueError("issuer")
    for each in ENDPOINTS:
        if urlsplit(str(told.get(each, ""))).scheme not in ("https", "http"):
            raise ValueError(each)
    return client


def callback_of(slug: str) -> str:
    """Where the provider sends people back to."""
    return base_url().rstrip("/") + url_for("own_sso.callback", slug=slug)


def _of(slug: str) -> tuple[Company, Provider]:
    found = providers.of_company(slug) if single.is_able() else None
    if found is None:
        abort(404)
    return found


def _refused(text: str) -> Response:
    flash(text, "danger")
    return redirect(url_for("web.login"), 303)


def _failures() -> tuple[type[Exception], ...]:
    """What a provider that is away or says nonsense raises."""
    import requests  # heavy, like the next
    from authlib.common.errors import AuthlibBaseError

    return AuthlibBaseError, requests.RequestException, ValueError

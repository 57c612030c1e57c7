"""Every request passes here: who asks, for which company, and is the plugin open to it?"""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from flask import Flask, abort, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from core.access.power import is_more
from core.extensions import db
from core.host import services
from core.hosting.enablement import state_of
from core.identity import noting, proof, providers, sessions
from core.identity.login import Known, LoggedIn, identify
from core.identity.standing import Behind, standing
from core.tenancy.engine import reading
from core.web import again, kept
from core.web import proof as proof_page
from core.web.cookies import API
from core.web.errors import wants_json
from plugin_api.context import Actor, acting_as, current_company, has_permission
from plugin_api.pages import is_scripted

ANYBODY = frozenset(
    {
        "assets.serve",
        "feeds.serve",
        "health.alive",
        "health.ready",
        "metrics.metrics",
        "open_pages.show",
        "open_pages.answer",
        "open_pages.file",
    }
)
"""Endpoints that do not ask who it is."""
OPEN = frozenset(
    {
        "web.login",
        "web.login_code",
        "web.language",
        "links.forgot",
        "links.enter",
        "addresses.go_back",
        "passkeys.ask",
        "passkeys.log_in",
        "sso.start",
        "sso.callback",
        "own_sso.find",
        "own_sso.show",
        "own_sso.start",
        "own_sso.callback",
    }
)
"""Endpoints for people who are not logged in, too."""
WITHOUT_FACTOR = OPEN | {"factor.show", "factor.switch_on", "proof.go_on", "web.logout"}
"""Endpoints for people whose role needs a second factor that they have yet to set up."""
OF_COLLECTIONS = frozenset(
    {
        "access", "collections", "comments", "files", "following", "importing", "moves",
        "open_pages", "records",
    }
)  # fmt: skip
"""Blueprints of the host whose addresses begin with a plugin and a collection."""


def open_request() -> Response | None:
    """Identify the person, enter the company, and keep closed what it does not use."""
    stack = ExitStack()
    g.xiaoguan = stack
    asks = not (request.path.startswith(API) or request.endpoint in ANYBODY)
    known = who() if asks else None
    if known is not None:
        sessions.seen(known.session)
    if request.method in ("GET", "HEAD", "OPTIONS"):
        stack.enter_context(reading())
    if not asks:
        return None
    if known is not None:
        stack.enter_context(acting_as(known.company, known.actor))
        looks = known.seen_as is not None and _may_look(known.seen_as)
        if known.seen_as is not None and looks:
            stack.enter_context(acting_as(known.company, known.seen_as))
            me = Behind(known.actor.user_id or 0, known.actor.name)
            stack.enter_context(standing(me))
        g.look, g.session, g.needs_factor = known.look, known.session, known.needs_factor
        g.companies = known.companies
        asked_again = proof_page.take() if not looks else None
        if asked_again is not None:
            return asked_again
        proved_at = proof.ANOTHER if looks else g.session.proved_at
        stack.enter_context(proof.proved(proved_at))
        lacks_factor = known.needs_factor and known.session.factor == "password"
        if lacks_factor and request.endpoint not in WITHOUT_FACTOR:
            return redirect(url_for("factor.show"), 303)
    elif request.endpoint not in OPEN:
        return _to_login()
    plugin = plugin_of_request()
    if plugin is not None and known is not None:
        require_open(plugin)
    return None


def _may_look(person: Actor) -> bool:
    """Whether the actor may still look as the person: with every click, for both may have come
    to more or less."""
    return has_permission("core.impersonate") and not is_more(person.grants, person.fields)


def close_request(error: BaseException | None = None) -> None:
    """Leave the company."""
    stack: ExitStack | None = g.pop("xiaoguan", None)
    if stack is not None:
        stack.close()


def plugin_of_request() -> str | None:
    """The plugin whose page is asked for; None for the host's own frame."""
    named = (request.view_args or {}).get("plugin")
    if named is not None and request.blueprint in OF_COLLECTIONS:
        return str(named)
    if request.blueprints:
        outermost = request.blueprints[-1].partition("_")[0]
        if outermost in services().registry.plugins:
            return outermost
    return None


def require_open(plugin: str) -> None:
    """End the request with 404 when the company does not use the plugin, as if there were
    none; with 503 when its tables are not ready."""
    state = state_of(current_company(), plugin)
    if state == "off":
        abort(404)
    if state == "behind":
        abort(503)


def log_in(
    login: LoggedIn, company_id: int, factor: str = "password", is_proof: bool = True
) -> Known | None:
    """Begin a session; nothing of an earlier one stays. None when the person has left since."""
    chosen = session.get("language")
    if session.get("key"):
        sessions.end_by_key(session["key"])
    session.clear()
    key = sessions.begin(
        login.id,
        login.epoch,
        company_id,
        address=request.remote_addr or "",
        agent=request.headers.get("User-Agent", ""),
        factor=factor,
        is_proof=is_proof,
    )
    known = identify(key)
    if known is None:
        return None
    session.permanent = True
    session["key"] = key
    if chosen or login.language:
        session["language"] = chosen or login.language
    facts: dict[str, Any] = {"failures": login.failures} if login.failures else {}
    if factor != "password":
        facts["factor"] = factor
    with acting_as(known.company, known.actor):
        noting.note_mine("login", address=request.remote_addr, **facts)
        db.session.commit()
    return known


def who() -> Known | None:
    """Whose session it is; None for strangers and for those who have left."""
    key = session.get("key")
    if not isinstance(key, str):
        return None
    known = identify(key)
    if known is None or _is_stray(known):
        session.clear()
        return None
    return known


def _is_stray(known: Known) -> bool:
    """Whether a company's own provider has vouched for a login that is of others too by now: what
    it may change would be theirs as well."""
    return known.session.factor == providers.FACTOR and known.companies > 1


def _to_login() -> Response:
    if wants_json() or is_scripted():
        abort(401)
    signed = kept.posted()
    if signed:
        return again.ask_to_log_in(signed)
    wanted: dict[str, Any] = {}
    if request.method == "GET" and request.path != "/":
        wanted = {"next": request.full_path.rstrip("?")}
    return redirect(url_for("web.login", **wanted))


def install(app: Flask) -> None:
    """Put the gate before every page."""
    app.before_request(open_request)
    app.teardown_request(close_request)

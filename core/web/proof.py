"""The page on which a person proves who they are before a dangerous step goes on."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response as Answer

from core.config import Config
from core.extensions import db
from core.identity import attempts, providers, sessions, single
from core.identity import login as logins
from core.identity.proof import ProofNeeded
from core.web.errors import wants_json
from plugin_api.context import current_actor, current_company, gettext, now
from plugin_api.pages import inside, is_scripted

bp = Blueprint("proof", __name__)

FIELD = "_proof"
"""The password, in a form that is sent again with it."""
LEFT_OUT = "_left_out"
"""Says that a password of the form was left out: it has to be typed anew."""


@bp.post("/profile/proof")
def go_on() -> Answer:
    """After the proof, which the gate has taken: back to the page that asked for it."""
    return redirect(inside(request.form.get("next", "")) or url_for("web.home"), 303)


def take() -> Answer | None:
    """Look at the proof that a form brings along; None when it may go on."""
    if request.method != "POST" or FIELD not in request.form:
        return None
    address = request.remote_addr or ""
    if attempts.too_many("login", address):
        raise TooManyRequests
    login_id = current_actor().login_id or 0
    if logins.reauthenticate(login_id, request.form[FIELD]) is None:
        attempts.count("login", address)
        return ask(
            gettext(
                "This is not the password. After ten failures none is taken for a quarter of an"
                " hour."
            )
        )
    sessions.proved(g.session.id)
    g.session = replace(g.session, proved_at=now())
    if LEFT_OUT in request.form:
        return redirect(request.full_path.rstrip("?"), 303)
    return None


def ask(error: str = "") -> Response:
    """The page; what was posted goes along, but for passwords, which no page shows again."""
    db.session.rollback()
    if wants_json() or is_scripted():
        text = gettext("Open this on a page of its own: your password is asked for.")
        answer = jsonify(message=text, errors={})
        answer.status_code = 403
        return answer
    is_post = request.method == "POST"
    left_out = LEFT_OUT in request.form or any(n.endswith("password") for n in request.form)
    here = request.full_path.rstrip("?")
    page = render_template(
        "web/proof.html",
        action=here if is_post else url_for("proof.go_on"),
        pairs=carried() if is_post else [("next", here)],
        left_out=left_out,
        sso=_sso_name(),
        sso_start=_sso_start(),
        back=here if not is_post else inside(urlsplit(request.referrer or "").path),
        error=error,
    )
    answer = make_response(page)
    answer.status_code = 403
    return answer


def carried() -> list[tuple[str, str]]:
    """What was typed into the form of this request, but for passwords."""
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in ("csrf_token", FIELD, LEFT_OUT) and not name.endswith("password")
    ]


def _is_own() -> bool:
    """Whether the provider of the company has let the person in."""
    return "session" in g and g.session is not None and g.session.factor == providers.FACTOR


def _sso_start() -> str:
    """Where the provider asks who it is."""
    if _is_own():
        return url_for("own_sso.start", slug=current_company().slug, again=1)
    return url_for("sso.start", again=1)


def _sso_name() -> str:
    if _is_own():
        return providers.current().name or str(gettext("single sign-on"))
    config: Config = current_app.extensions["xiaoguan.config"]
    return (config.sso_name or str(gettext("single sign-on"))) if single.is_on() else ""


def install(app: Flask) -> None:
    """Ask wherever a step needs it."""
    app.register_error_handler(ProofNeeded, lambda _needed: ask())

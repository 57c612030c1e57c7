"""The frame's own pages: home, log-in, company and language."""

from __future__ import annotations

from flask import (
    Blueprint,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from core.config import Config
from core.extensions import db
from core.identity import attempts, noting, sessions
from core.identity import login as logins
from core.identity.service import members, set_language
from core.mail import sending
from core.web import again
from core.web.form_input import inside
from core.web.gate import log_in
from core.web.home import page as start_page
from core.web.language import LANGUAGES
from plugin_api.context import (
    current_actor,
    current_company,
    current_company_or_none,
    gettext,
)
from plugin_api.errors import Forbidden

bp = Blueprint("web", __name__)

DEMO_PASSWORD = "demo-demo"
"""Of everybody in the demo companies."""


@bp.get("/")
def home() -> str:
    """The start page."""
    return start_page()


@bp.route("/login", methods=("GET", "POST"))
def login() -> str | Response | tuple[str, int]:
    """Ask who it is."""
    email, error = request.form.get("email", ""), ""
    wanted, kept = _inside(request.values.get("next", "")), request.form.get("kept", "")
    if request.method == "POST":
        address = request.remote_addr or ""
        if attempts.too_many("login", address):
            raise TooManyRequests
        known = logins.authenticate(email, request.form.get("password", ""))
        if known is None:
            attempts.count("login", address)
        companies = logins.companies_of(known.id) if known else []
        if known and companies:
            chosen = again.company_for(kept, companies, session.get("last_company"))
            entered = log_in(known, chosen.id)
            if entered is not None:
                wanted = again.resume(kept, entered) or wanted
                return redirect(wanted or url_for("web.home"), 303)
        if known:
            error = gettext("You do not belong to any company any more.")
        error = error or gettext(
            "E-mail and password do not go together. After ten failures a login rests for a"
            " quarter of an hour."
        )
    elif current_company_or_none() is not None:
        return redirect(wanted or url_for("web.home"))
    config: Config = _config()
    page = render_template(
        "web/login.html",
        email=email,
        error=error,
        next=wanted,
        kept=kept,
        forgot=sending.is_on(),
        password=DEMO_PASSWORD,
        people=list(members().items()) if config.demo else [],
    )
    return (page, 422) if error else page


@bp.post("/logout")
def logout() -> Response:
    """End the session."""
    last, language = current_company().id, session.get("language")
    noting.note_mine("logout")
    db.session.commit()
    sessions.end_by_key(session["key"])
    session.clear()
    session["last_company"] = last
    if language:
        session["language"] = language
    return redirect(url_for("web.login"), 303)


@bp.post("/switch")
def switch() -> Response:
    """Work for another of the person's companies from now on."""
    wanted = request.form.get("company", "")
    login_id = current_actor().login_id
    known = logins.companies_of(login_id) if login_id is not None else []
    chosen = next((company for company in known if str(company.id) == wanted), None)
    if chosen is None:
        raise Forbidden(gettext("You do not belong to this company."))
    sessions.work_for(g.session.id, chosen.id)
    flash(gettext("You now work for %(company)s.", company=chosen.name))
    return redirect(url_for("web.home"), 303)


@bp.post("/language")
def language() -> Response:
    """Read in another language from now on."""
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
        if current_company_or_none() is not None:
            login_id = current_actor().login_id
            if login_id is not None:
                set_language(login_id, chosen)
    return redirect(_inside(request.form.get("next", "")) or url_for("web.home"), 303)


def _config() -> Config:
    config: Config = current_app.extensions["xiaoguan.config"]
    return config


def _inside(address: str) -> str:
    """An address of this site, else nothing."""
    return inside(address).rstrip("?")

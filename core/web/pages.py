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
from core.identity import attempts, factors, noting, passkeys, sessions, single
from core.identity import login as logins
from core.identity.login import LoggedIn
from core.identity.service import members, set_language
from core.mail import sending
from core.web import again
from core.web.gate import log_in
from core.web.home import page as start_page
from core.web.language import LANGUAGES
from plugin_api.context import (
    current_actor,
    current_company,
    current_company_or_none,
    gettext,
    now,
)
from plugin_api.errors import Forbidden
from plugin_api.pages import inside

bp = Blueprint("web", __name__)

DEMO_PASSWORD = "demo-demo"
"""Of everybody in the demo companies."""
HALF_WAY = 600
"""Seconds for which the password counts while the code is awaited."""


@bp.get("/")
def home() -> str:
    """The start page."""
    return start_page()


@bp.route("/login", methods=("GET", "POST"))
def login() -> str | Response | tuple[str, int]:
    """Ask who it is."""
    error = ""
    if request.method == "POST":
        address = request.remote_addr or ""
        if attempts.too_many("login", address):
            raise TooManyRequests
        known = logins.authenticate(request.form.get("email", ""), request.form.get("password", ""))
        if known is not None and known.has_factor:
            session["half"] = [known.id, known.epoch, int(now().timestamp())]
            return _code_page()
        if known is not None:
            entered = enter(known, "password")
            if entered is not None:
                return entered
            error = gettext("No company takes this log-in: you have left, or use single sign-on.")
        else:
            attempts.count("login", address)
            error = gettext(
                "E-mail and password do not go together. After ten failures a login rests for a"
                " quarter of an hour."
            )
    elif current_company_or_none() is not None:
        return redirect(_wanted() or url_for("web.home"))
    config: Config = _config()
    page = render_template(
        "web/login.html",
        email=request.form.get("email", ""),
        error=error,
        next=_wanted(),
        kept=request.form.get("kept", ""),
        forgot=sending.is_on(),
        passkeys=passkeys.is_on(),
        sso=(config.sso_name or gettext("single sign-on")) if single.is_on() else "",
        own_sso=single.is_able(),
        password=DEMO_PASSWORD,
        people=list(members().items()) if config.demo else [],
    )
    return (page, 422) if error else page


@bp.post("/login/code")
def login_code() -> str | Response | tuple[str, int]:
    """Ask for the second factor of who has given the password a moment ago."""
    half, address = session.get("half"), request.remote_addr or ""
    if not half or half[2] < now().timestamp() - HALF_WAY:
        session.pop("half", None)
        return redirect(url_for("web.login"), 303)
    if attempts.too_many("login", address):
        raise TooManyRequests
    done = factors.complete(half[0], half[1], request.form.get("code", ""))
    if done is None:
        attempts.count("login", address)
        text = gettext(
            "This code is not taken. Wait for the next one; after ten failures a login rests for a"
            " quarter of an hour."
        )
        return _code_page(text), 422
    return enter(*done) or redirect(url_for("web.login"), 303)


def enter(known: LoggedIn, factor: str, wanted: str = "", is_proof: bool = True) -> Response | None:
    """Begin the session of who has proved everything, and go on to what was asked for. None for
    who belongs to no company any more."""
    signed = request.form.get("kept", "")
    companies = single.open_to(logins.companies_of(known.id), factor, known.id)
    if not companies:
        return None
    chosen = again.company_for(signed, companies, session.get("last_company"))
    entered = log_in(known, chosen.id, factor, is_proof)
    if entered is None:
        return None
    wanted = again.resume(signed, entered) or wanted or _wanted()
    return redirect(wanted or url_for("web.home"), 303)


def _code_page(error: str = "") -> str:
    return render_template(
        "web/login_code.html", error=error, next=_wanted(), kept=request.form.get("kept", "")
    )


def _wanted() -> str:
    return _inside(request.values.get("next", ""))


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
    known = single.open_to(known, g.session.factor, login_id)
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

"""Setting a password by a link: the first one after an invitation, another when it is forgotten."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from core.config import Config
from core.extensions import db
from core.identity import attempts, links, noting, passwords, service
from core.identity.belonging import belongs_elsewhere
from core.identity.giving import login_for
from core.identity.models import Company, Login, User
from core.mail import letters, sending
from core.tenancy.platform import platform_session
from plugin_api.context import SYSTEM, acting_as, gettext
from plugin_api.context import Company as CompanyValue
from plugin_api.errors import Refused

bp = Blueprint("links", __name__)


def base_url() -> str:
    """The address of the site, for links that are read elsewhere."""
    config: Config = current_app.extensions["xiaoguan.config"]
    return config.url or request.host_url


@bp.route("/forgot", methods=("GET", "POST"))
def forgot() -> str:
    """Ask for a new password. Whether there is such a login shows in no word."""
    done = False
    if request.method == "POST":
        if attempts.count("reset", request.remote_addr or ""):
            raise TooManyRequests
        _send_reset(request.form.get("email", ""))
        done = True
    return render_template("web/forgot.html", done=done, is_on=sending.is_on())


def _send_reset(email: str) -> None:
    email = email.strip().lower()
    if not sending.is_on() or not email.isprintable() or len(email) > 200:
        return
    with platform_session("companies") as session:
        asked = (
            sa.select(Company, User.id)
            .join(User, User.company_id == Company.id)
            .join(Login, Login.id == User.login_id)
            .where(Login.email == email, User.active)
            .order_by(Company.id)
        )
        row = session.execute(asked).first()
        found = (row[0].value(), row[1]) if row is not None else None
    if found is not None:
        send_link(links.RESET, found[0], found[1], email)


def send_link(purpose: str, company: CompanyValue, user_id: int, email: str) -> None:
    """Make a link for a person and have it sent, if there is mail."""
    link = links.make(purpose, company.id, user_id, email)
    if sending.is_on():
        with acting_as(company, SYSTEM):
            letters.post(link, base_url())
            db.session.commit()


def company_of(link: links.LoginLink | None) -> CompanyValue | None:
    """The company in which a link was made."""
    if link is None:
        return None
    with platform_session("companies") as session:
        row = session.get(Company, link.company_id)
        return row.value() if row is not None else None


@bp.route("/enter/<token>", methods=("GET", "POST"))
def enter(token: str) -> str | Response | tuple[str, int]:
    """Set a password by a link."""
    link = links.find(token, links.INVITATION, links.RESET)
    company = company_of(link)
    if link is None or company is None:
        return render_template("web/link_gone.html"), 410
    errors: dict[str, str] = {}
    if request.method == "POST":
        new = request.form.get("new_password", "")
        if new != request.form.get("again_password", ""):
            errors["again_password"] = gettext("The two are not the same.")
        else:
            try:
                with acting_as(company, SYSTEM):
                    _set_password(link, new)
            except Refused as refused:
                db.session.rollback()
                errors["new_password"] = str(refused.message)
            else:
                flash(gettext("The password is set. Log in with it."), "success")
                return redirect(url_for("web.login"), 303)
    page = render_template(
        "web/enter.html",
        link=link,
        company=company.name,
        errors=errors,
        shortest=passwords.SHORTEST,
    )
    return (page, 422) if errors else page


def _set_password(link: links.LoginLink, password: str) -> None:
    """Raises Refused; then the link is as good as before."""
    user = db.session.scalar(sa.select(User).where(User.id == link.user_id, User.active))
    if user is None:
        raise Refused(gettext("The person is not there any more."))
    name, login_id = user.name, user.login_id
    passwords.check(password, [link.email, name])
    _refuse_others(link, login_id)
    db.session.rollback()
    if not links.use(link.id):
        raise Refused(_gone())
    if login_id is not None:
        service.set_password(login_id, password)
    else:
        login_id = login_for(link.email, password)
    row = db.session.scalars(sa.select(User).where(User.id == link.user_id)).one()
    row.login_id, row.email = login_id, row.email or link.email
    noting.note(f"by_{link.purpose}", link.user_id, name)
    db.session.commit()


def _refuse_others(link: links.LoginLink, login_id: int | None) -> None:
    """What has become of the person since: an invitation is for who has no login, and a link that
    was copied instead of sent may be in the hands of one company's administrator."""
    if login_id is None:
        return
    if link.purpose == links.INVITATION:
        raise Refused(_gone())
    if not sending.is_on() and belongs_elsewhere(login_id):
        text = gettext("This person works for other companies too and sets the password alone.")
        raise Refused(text)


def _gone() -> str:
    return str(gettext("The link was used, taken back or has run out."))

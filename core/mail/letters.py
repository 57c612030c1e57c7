"""The job that writes and sends a message. What it is started with holds no secret: the link is
made when the message is."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import force_locale

from core.extensions import db
from core.identity import links
from core.identity.models import Login, User
from core.jobs import runs
from core.jobs.running import payload, result
from core.mail import sending, texts
from core.tenancy.platform import platform_session
from plugin_api.context import current_company, gettext
from plugin_api.errors import Rejected

JOB = "core.mail"
PATHS = {
    links.INVITATION: "/enter",
    links.RESET: "/enter",
    links.ADDRESS: "/profile/security/address",
    links.BACK: "/enter/back",
}
"""Where the links of each purpose lead; the signed key follows."""


def post(link_id: str, base: str) -> None:
    """Have a link sent to who it is for. The edge commits. ``base`` is the site's address."""
    runs.start(JOB, {"link": link_id, "base": base}, about=f"link:{link_id}")


def run() -> None:
    """Write the message that the running job asks for, and send it."""
    asked = payload()
    company = current_company()
    link = links.by_id(str(asked["link"]))
    if link is None or link.company_id != company.id:
        raise Rejected("", gettext("The link was used, taken back or has run out."))
    user = db.session.scalar(sa.select(User).where(User.id == link.user_id))
    if user is None:
        raise Rejected("", gettext("The person is not there any more."))
    name, language = user.name, _language(user.login_id) or company.language
    db.session.rollback()
    href = f"{asked['base'].rstrip('/')}{PATHS[link.purpose]}/{links.signed(link.id)}"
    valid = links.VALID[link.purpose]
    with force_locale(language):
        if link.purpose == links.INVITATION:
            made = texts.invitation(company.name, name, href, valid.days)
        elif link.purpose == links.BACK:
            made = texts.left_address(name, href, valid.days)
        else:
            write = texts.reset if link.purpose == links.RESET else texts.other_address
            made = write(href, int(valid.total_seconds() // 60))
    sending.send(link.email, made.subject, made.text, made.html)
    result(to=link.email, what=link.purpose)


def _language(login_id: int | None) -> str | None:
    with platform_session("identify") as session:
        return session.scalar(sa.select(Login.language).where(Login.id == login_id))

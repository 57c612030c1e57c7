"""Mail of plugins to people of the company."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from flask import current_app
from flask_babel import force_locale

from core.config import Config
from core.extensions import db
from core.identity.actors import actor_of
from core.identity.models import Login, User
from core.jobs import runs
from core.jobs.running import payload, result
from core.mail import sending, texts
from core.tenancy.platform import platform_session
from core.web.language import LANGUAGES
from plugin_api.context import acting_as, current_company, gettext
from plugin_api.errors import NotFound, Rejected
from plugin_api.mail import Message

JOB = "core.letter"


@contextmanager
def acting_for(user_id: int) -> Iterator[None]:
    """Work as a person, by their clock and in their language. Raises NotFound."""
    user = db.session.scalar(sa.select(User).where(User.id == user_id, User.active))
    if user is None:
        raise NotFound(gettext("The person is not there any more."))
    language, timezone = _habits(user.login_id)
    company = current_company()
    if language not in LANGUAGES:
        language = company.language if company.language in LANGUAGES else "en"
    actor = actor_of(company, user, language, timezone)
    with acting_as(company, actor), force_locale(language):
        yield


def post(user_id: int, message: Message) -> bool:
    """Have a message sent to a person once this transaction is committed. False where the
    installation sends none, or the person has no address."""
    asked = sa.select(User.email).where(User.id == user_id, User.active)
    if not sending.is_on() or not db.session.scalar(asked):
        return False
    said = {
        "user": user_id, "subject": str(message.subject), "path": message.path,
        "lines": [str(line) for line in message.lines], "button": str(message.button),
    }  # fmt: skip
    runs.start(JOB, said)
    return True


def run() -> None:
    """Send the message that the running job holds."""
    asked = payload()
    email = db.session.scalar(sa.select(User.email).where(User.id == asked["user"], User.active))
    if not email:
        raise Rejected("to", gettext("The person is not there any more."))
    with acting_for(asked["user"]):
        config: Config = current_app.extensions["xiaoguan.config"]
        # Where nobody has said what the site is called, a link would lead nowhere.
        href = f"{config.url.rstrip('/')}{asked['path']}" if config.url and asked["path"] else ""
        made = texts.message(asked["subject"], asked["lines"], asked["button"], href)
    db.session.rollback()
    sending.send(email, made.subject, made.text, made.html)
    result(to=email, what=made.subject)


def _habits(login_id: int | None) -> tuple[str | None, str | None]:
    if login_id is None:
        return None, None
    with platform_session("identify") as session:
        row = session.execute(
            sa.select(Login.language, Login.timezone).where(Login.id == login_id)
        ).first()
    return (None, None) if row is None else (row.language, row.timezone)

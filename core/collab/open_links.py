"""Links by which people outside see a page about one record."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa
from flask import current_app
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy.exc import OperationalError

from core.access.rules import reaches
from core.collab.models import OpenLink
from core.data import audit
from core.extensions import db
from core.host import services
from core.hosting.enabled import enabled_set
from core.identity.models import Company
from core.tenancy.engine import at_once
from core.tenancy.platform import platform_session
from plugin_api.context import Company as CompanyValue
from plugin_api.context import (
    current_actor,
    current_company,
    gettext,
    has_permission,
    now,
    today,
)
from plugin_api.errors import Forbidden, NotFound, Rejected
from plugin_api.models import CompanyModel
from plugin_api.open_pages import OpenPage

LONGEST = 366
"""Days that a link may hold."""


class Found(NamedTuple):
    """A link that may be good, and the company in which it was made."""

    company: CompanyValue
    id: int
    secret: str


def pages_of(record: CompanyModel) -> dict[str, OpenPage]:
    """Pages to which the actor may make a link, by key."""
    on, key = enabled_set(current_company()), record.model_key()
    return {
        name: page
        for name, page in services().registry.open_pages.items()
        if page.model == key
        and name.partition(".")[0] in on
        and has_permission(page.permission)
        and reaches(record, f"{key}.update", current_actor())
    }


def of_record(record: CompanyModel) -> Sequence[OpenLink]:
    """Links to pages about a record that were not taken back, the newest first."""
    asked = sa.select(OpenLink).where(
        OpenLink.model == record.model_key(),
        OpenLink.record_id == record.id,
        ~OpenLink.taken_back,
    )
    return db.session.scalars(asked.order_by(OpenLink.id.desc())).all()


def make(record: CompanyModel, key: str, until: dt.date | None = None) -> OpenLink:
    """A link to a page, good to the end of a day. Raises Forbidden, Rejected."""
    page = pages_of(record).get(key)
    if page is None:
        raise Forbidden(gettext("You may not do this."))
    last = until or today() + dt.timedelta(days=page.days)
    if not today() <= last <= today() + dt.timedelta(days=LONGEST):
        raise Rejected("until", gettext("A link holds from today on, and a year at most."))
    link = OpenLink(
        page=key, model=record.model_key(), record_id=record.id,
        secret=secrets.token_hex(16), until=last,
    )  # fmt: skip
    db.session.add(link)
    db.session.flush()
    audit.write("share", [(record, {"shared": (None, f"{page.label} ({last})")})])
    if page.made is not None:
        page.made(record, last)
    return link


def take_back(record: CompanyModel, link_id: int) -> None:
    """Have a link be good no more. Raises Forbidden, NotFound."""
    link = next((each for each in of_record(record) if each.id == link_id), None)
    if link is None:
        raise NotFound("")
    page = pages_of(record).get(link.page)
    if page is None:
        raise Forbidden(gettext("You may not do this."))
    link.taken_back = True
    audit.write("unshare", [(record, {"shared": (f"{page.label} ({link.until})", None)})])
    if page.taken_back is not None:
        page.taken_back(record)


def token_of(link: OpenLink) -> str:
    """What stands in the address."""
    return str(_signer().dumps([link.company_id, link.id, link.secret]))


def read(token: str) -> Found | None:
    """What a token says, if this installation has signed it and its company is there."""
    try:
        company_id, link_id, secret = _signer().loads(token)
    except (BadData, ValueError, TypeError):
        return None
    with platform_session("companies") as session:
        row = session.get(Company, company_id)
        return None if row is None else Found(row.value(), link_id, secret)


def good(found: Found) -> OpenLink | None:
    """The link, as long as it holds; asked inside its company."""
    link = db.session.scalar(sa.select(OpenLink).where(OpenLink.id == found.id))
    if link is None or link.taken_back or link.until < today():
        return None
    return link if secrets.compare_digest(link.secret, found.secret) else None


def page_of(link: OpenLink) -> OpenPage | None:
    """The page, if its plugin is on."""
    on = link.page.partition(".")[0] in enabled_set(current_company())
    return services().registry.open_pages.get(link.page) if on else None


def opened(company_id: int, link_id: int) -> None:
    """Note that a link was opened the first time. Waits for nobody."""
    db.session.rollback()
    mine = (OpenLink.company_id == company_id, OpenLink.id == link_id, OpenLink.opened_at.is_(None))
    try:
        with at_once(), platform_session("opened") as session:
            statement = sa.update(OpenLink).where(*mine).values(opened_at=now())
            session.execute(statement.execution_options(synchronize_session=False))
    except OperationalError:
        return  # Somebody writes; the next time it is noted.


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="open page")

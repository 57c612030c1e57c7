"""The provider of log-ins that a company brings: what is kept of it, and for which addresses.

Whoever administers a company says what its provider says. So it vouches for people of that company
alone: :mod:`core.identity.admitting`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from core.access.grants import ADMIN
from core.data import settings
from core.data.settings import SettingValue
from core.extensions import db
from core.identity.models import Company, Role, User
from core.identity.sealing import seal, unseal
from core.tenancy.platform import platform_session
from plugin_api.context import Company as CompanyValue
from plugin_api.context import current_actor, gettext
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Forbidden, Invalid
from plugin_api.models import CompanyModel, reference, text

KEY, SECRET = "core.sso", "core.sso_secret"
FACTOR = "own sso"
"""What a session says of such a log-in. It is for the provider's company alone."""
_DOMAIN = re.compile(r"(?=.{4,200}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
MOST_DOMAINS = 50


class SsoIdentity(CompanyModel):
    """Whom a provider means by a subject: that, not an address, is the same person for ever."""

    __tablename__ = "core_sso_identity"
    __label__ = _("Identity at a provider")
    __label_plural__ = _("Identities at a provider")
    __title__ = "subject"
    __table_args__ = (
        sa.UniqueConstraint("company_id", "issuer", "subject"),
        sa.UniqueConstraint("company_id", "issuer", "user_id"),
    )

    issuer: Mapped[str] = text(_("Issuer"), length=500)
    subject: Mapped[str] = text(_("Subject"), length=255)
    user_id: Mapped[int] = reference("core.User", _("Person"), on_delete="cascade")


@dataclass(frozen=True, kw_only=True, slots=True)
class Provider:
    """What a company keeps. ``emergency``: the person who may always use the password."""

    name: str = ""
    issuer: str = ""
    client_id: str = ""
    domains: tuple[str, ...] = ()
    create: bool = False
    role: int | None = None
    team: int | None = None
    only: bool = False
    emergency: int | None = None


def of_values(values: Any) -> Provider:
    """A provider as it is kept."""
    held = values if isinstance(values, Mapping) else {}
    known = {name: held[name] for name in Provider.__slots__ if name in held}
    return Provider(**{**known, "domains": tuple(known.get("domains", ()))})


def current() -> Provider:
    """That of the current company; empty without one."""
    return of_values(settings.read(KEY))


def secret() -> str:
    """The secret of the current company's client; empty when there is none to be read."""
    kept = settings.read(SECRET)
    return (unseal(kept) or "") if kept else ""


def of_company(slug: str) -> tuple[CompanyValue, Provider] | None:
    """A company and its provider, if it has one."""
    with platform_session("identify") as session:
        asked = sa.select(Company, SettingValue.value).where(
            Company.slug == slug, SettingValue.company_id == Company.id, SettingValue.key == KEY
        )
        row = session.execute(asked).first()
    if row is None:
        return None
    provider = of_values(row[1])
    return (row[0].value(), provider) if provider.issuer else None


def for_address(email: str) -> str | None:
    """The slug of the one company whose provider is for an address; None when there is none, or
    several name its domain. Whether anybody has the address plays no part."""
    domain = email.strip().lower().rpartition("@")[2]
    with platform_session("identify") as session:
        asked = sa.select(Company.slug, SettingValue.value).where(
            SettingValue.company_id == Company.id, SettingValue.key == KEY
        )
        known = [(slug, of_values(values)) for slug, values in session.execute(asked)]
    found = [slug for slug, provider in known if provider.issuer and domain in provider.domains]
    return found[0] if len(found) == 1 else None


def closed_by(companies: list[int], login_id: int | None) -> set[int]:
    """Those of the companies that take no password but that of one other person."""
    with platform_session("companies") as session:
        asked = sa.select(SettingValue.company_id, SettingValue.value).where(
            SettingValue.key == KEY, SettingValue.company_id.in_(companies)
        )
        closed = {
            company: provider.emergency
            for company, values in session.execute(asked)
            if (provider := of_values(values)).issuer and provider.only
        }
        if closed and login_id is not None:
            mine = sa.select(User.company_id, User.id).where(
                User.login_id == login_id, User.company_id.in_(closed)
            )
            for company, user in session.execute(mine):
                if closed[company] == user:
                    del closed[company]
    return set(closed)


def require_admin() -> None:
    """Raise Forbidden unless the actor is an administrator: who says what a provider is, can be
    anybody in the company."""
    asked = sa.select(Role.code).join(User, User.role_id == Role.id)
    user_id = current_actor().user_id
    if db.session.scalar(asked.where(User.id == user_id)) != ADMIN:
        raise Forbidden(gettext("Only administrators change how everybody logs in."))


def administrators() -> list[tuple[int, str]]:
    """Number and name of those who can log in with a password."""
    asked = (
        sa.select(User.id, User.name)
        .join(Role, User.role_id == Role.id)
        .where(Role.code == ADMIN, User.active, User.login_id.is_not(None))
        .order_by(User.name)
    )
    return [(row[0], row[1]) for row in db.session.execute(asked)]


def store(provider: Provider, new_secret: str | None) -> None:
    """Keep a provider; ``new_secret`` None leaves the one that is there. Raises Invalid.

    Whether the actor may is for the edge to ask, which commits.
    """
    errors = {name: [told] for name, told in _faults(provider)}
    if errors:
        raise Invalid(gettext("Some fields need another look."), errors=errors)
    values: dict[str, Any] = {name: getattr(provider, name) for name in Provider.__slots__}
    settings.put(KEY, {**values, "domains": list(provider.domains)}, {})
    if new_secret is not None:
        settings.put(SECRET, seal(new_secret) if new_secret else "", "", told=False)


def forget() -> None:
    """Have no provider any more."""
    settings.put(KEY, {}, {})
    settings.put(SECRET, "", "", told=False)


def _faults(provider: Provider) -> list[tuple[str, str]]:
    found: list[tuple[str, Any]] = []
    address = urlsplit(provider.issuer)
    plain = bool(address.query or address.fragment or address.username)
    if address.scheme not in ("https", "http") or not address.hostname or plain:
        found.append(("issuer", gettext("An address such as https://id.example.com.")))
    if not provider.client_id:
        found.append(("client_id", gettext("A value is needed.")))
    if not provider.domains:
        found.append(("domains", gettext("Name the domains of your addresses: example.com")))
    wrong = [each for each in provider.domains if not _DOMAIN.fullmatch(each)]
    if wrong or len(provider.domains) > MOST_DOMAINS:
        text_of = gettext("“%(domain)s” is no domain.", domain=wrong[0]) if wrong else ""
        found.append(("domains", text_of or gettext("At most %(most)s.", most=MOST_DOMAINS)))
    code = db.session.scalar(sa.select(Role.code).where(Role.id == (provider.role or 0)))
    if provider.create and (code is None or code == ADMIN):
        found.append(("role", gettext("Choose a role, not that of administrators.")))
    if provider.only and provider.emergency not in dict(administrators()):
        found.append(("emergency", gettext("Name an administrator who keeps the password.")))
    return [(name, str(told)) for name, told in found]

"""Making companies, people, logins and tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa
from babel.numbers import list_currencies

from core.extensions import db
from core.identity import links
from core.identity.actors import actor_of
from core.identity.login import new_token, token_hash
from core.identity.models import ApiToken, Company, Login, LoginSession, Role, RoleGrant, User
from core.identity.passwords import check as check_password
from core.identity.passwords import hash_password
from core.identity.seeds import ROLES
from core.tenancy.platform import platform_session
from plugin_api.context import SYSTEM, Actor, acting_as, current_company, gettext
from plugin_api.context import Company as CompanyValue
from plugin_api.errors import NotFound, Rejected

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,38}")
CALENDARS = {"CN": ("Asia/Shanghai", "zh", "CNY")}
"""Country → time zone, language and currency to start with; others are asked."""


def create_company(
    *,
    slug: str,
    name: str,
    currency: str = "",
    country: str = "CN",
    timezone: str = "",
    language: str = "",
    fiscal_year_start: int = 1,
    plugins: bool = False,
) -> CompanyValue:
    """Make a company with the seeded roles, and commit it.

    ``plugins`` switches on what a new company starts with. Raises Rejected.
    """
    if not SLUG.fullmatch(slug):
        raise Rejected("slug", gettext("Lower-case letters, digits and hyphens, such as acme-2."))
    zone, tongue, money = CALENDARS.get(country, ("UTC", "en", "USD"))
    currency = currency or money
    if currency not in list_currencies():
        raise Rejected("currency", gettext("%(code)s is no currency.", code=currency))
    with platform_session("create company", slug) as session:
        if session.scalar(sa.select(Company.id).where(Company.slug == slug)) is not None:
            raise Rejected("slug", gettext("There is a company %(slug)s already.", slug=slug))
        made = Company(
            slug=slug,
            name=name,
            currency=currency,
            country=country,
            timezone=timezone or zone,
            language=language or tongue,
            fiscal_year_start=fiscal_year_start,
        )
        session.add(made)
        session.flush()
        company = made.value()
    with acting_as(company, SYSTEM):
        _seed_roles(company.language)
        db.session.commit()
        if plugins:
            from core.hosting.enablement import enable_defaults

            enable_defaults()
            db.session.commit()
    return load_company(slug)


def _seed_roles(language: str) -> None:
    from core.host import services

    granted = services().registry.grants_of("core")
    for code, names in ROLES.items():
        role = Role(code=code, name=names[language if language in names else "en"])
        db.session.add(role)
        db.session.flush()
        grants = [
            {"role_id": role.id, "permission": permission, "scope": scope}
            for permission, scope in granted.get(code, {}).items()
        ]
        if grants:
            db.session.execute(sa.insert(RoleGrant), grants)


def load_company(slug: str) -> CompanyValue:
    """The company as it is stored now. Raises NotFound."""
    with platform_session("companies") as session:
        found = session.scalar(sa.select(Company).where(Company.slug == slug))
    if found is None:
        raise NotFound(gettext("There is no company %(slug)s.", slug=slug))
    return found.value()


def all_companies() -> list[CompanyValue]:
    """Every company by slug."""
    with platform_session("companies") as session:
        return [row.value() for row in session.scalars(sa.select(Company).order_by(Company.slug))]


@contextmanager
def system_in(slug: str) -> Iterator[None]:
    """Work for a company as the system. Raises NotFound."""
    with acting_as(load_company(slug), SYSTEM):
        yield


def add_user(
    *,
    name: str,
    email: str | None = None,
    role: str | None = None,
    team_id: int | None = None,
    password: str | None = None,
    password_hash: str | None = None,
    external_id: str | None = None,
    language: str | None = None,
) -> User:
    """Add a person to the current company; with a password, or a hash, one who may log in.

    An address that has a login already is joined to it and keeps its password. The edge
    commits, but for the login. Raises Rejected.
    """
    login_id = None
    if password or password_hash:
        if not email:
            raise Rejected("email", gettext("Who logs in needs an e-mail address."))
        login_id = ensure_login(email, password, password_hash, language)
    role_id = role_named(role).id if role else None
    user = User(
        name=name,
        email=email.strip().lower() if email else None,
        role_id=role_id,
        team_id=team_id,
        external_id=external_id,
        login_id=login_id,
    )
    if email and db.session.scalar(sa.select(User.id).where(User.email == user.email)):
        raise Rejected("email", gettext("%(email)s is taken in this company.", email=email))
    db.session.add(user)
    db.session.flush()
    return user


def ensure_login(
    email: str,
    password: str | None = None,
    password_hash: str | None = None,
    language: str | None = None,
) -> int:
    """The id of an address's login, made when there is none."""
    email = email.strip().lower()
    with platform_session("identify") as session:
        found = session.scalar(sa.select(Login.id).where(Login.email == email))
    if found is not None:
        return found
    if password_hash is None:
        check_password(password or "", [email])
    kept = password_hash or hash_password(password or "")
    _release_lock()
    with platform_session("logins", email) as session:
        login = Login(email=email, password_hash=kept, language=language)
        session.add(login)
        session.flush()
        return login.id


def set_password(login_id: int, password: str, keep: int | None = None) -> None:
    """Give a login another password; its sessions end, but for the one to ``keep``, and
    links to set it are taken back."""
    check_password(password, _known_of(login_id))
    kept = hash_password(password)
    _release_lock()
    with platform_session("logins", f"password of {login_id}") as session:
        links.forget(session, login_id, links.RESET, links.ADDRESS)
        session.execute(
            sa.update(Login)
            .where(Login.id == login_id)
            .values(password_hash=kept, epoch=Login.epoch + 1, failures=0, locked_until=None)
        )
        mine = LoginSession.login_id == login_id
        session.execute(sa.delete(LoginSession).where(mine, LoginSession.id != (keep or 0)))
        session.execute(sa.update(LoginSession).where(mine).values(epoch=LoginSession.epoch + 1))


def _known_of(login_id: int) -> list[str]:
    """Address and names of a person, and of the companies they work for."""
    with platform_session("identify") as session:
        asked = sa.select(Login.email, User.name, Company.name, Company.slug).where(
            Login.id == login_id, User.login_id == Login.id, Company.id == User.company_id
        )
        return [text for row in session.execute(asked) for text in row]


def set_language(login_id: int, language: str) -> None:
    """Remember the language that a person reads."""
    with platform_session("login") as session:
        session.execute(sa.update(Login).where(Login.id == login_id).values(language=language))


def set_preferences(login_id: int, **values: str | None) -> None:
    """Remember how a person wants pages: language, timezone, theme, density."""
    _release_lock()
    with platform_session("login") as session:
        session.execute(sa.update(Login).where(Login.id == login_id).values(**values))


def _release_lock() -> None:
    """A transaction of the company that is under way would wait for the platform's for ever."""
    if db.session().in_transaction():
        db.session.commit()


def role_named(code: str) -> Role:
    """A role of the current company by code. Raises Rejected."""
    role = db.session.scalar(sa.select(Role).where(Role.code == code))
    if role is None:
        known = ", ".join(db.session.scalars(sa.select(Role.code).order_by(Role.code)))
        raise Rejected(
            "role",
            gettext("There is no role %(code)s; there are: %(known)s", code=code, known=known),
        )
    return role


def find_user(named: str) -> User:
    """A person of the current company by e-mail, external id or name. Raises Rejected."""
    for column in (User.email, User.external_id, User.name):
        value = named.strip().lower() if column is User.email else named.strip()
        found = db.session.scalars(sa.select(User).where(column == value).limit(2)).all()
        if len(found) == 1:
            return found[0]
    raise Rejected("user", gettext("There is nobody called %(name)s, or several.", name=named))


def add_token(
    user: User,
    name: str,
    expires_at: datetime | None = None,
    reach: str = "full",
    chosen: Mapping[str, str] | None = None,
) -> str:
    """Make a token that acts as the person, for as much as :mod:`core.identity.tokens` says. The
    secret is returned once and not kept."""
    secret = new_token()
    db.session.add(
        ApiToken(
            user_id=user.id,
            name=name,
            prefix=secret[:10],
            token_hash=token_hash(secret),
            expires_at=expires_at,
            reach=reach,
            chosen=dict(chosen or {}),
        )
    )
    db.session.flush()
    return secret


def actor_for(user: User) -> Actor:
    """The person as they would act in the current company."""
    return actor_of(current_company(), user)


def members() -> Mapping[str, list[tuple[str, str]]]:
    """Company → (e-mail, role) of everybody who can log in, for the demo's login page."""
    found: dict[str, list[tuple[str, str]]] = {}
    with platform_session("companies") as session:
        rows = session.execute(
            sa.select(Company.name, Login.email, Role.name)
            .join(User, User.company_id == Company.id)
            .join(Login, Login.id == User.login_id)
            .outerjoin(Role, (Role.company_id == User.company_id) & (Role.id == User.role_id))
            .where(User.active)
            .order_by(Company.id, User.id)
        )
        for company, email, role in rows:
            found.setdefault(company, []).append((email, role or ""))
    return found

"""People, teams, roles and the logins behind them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.tenancy.models import Company, PlatformEntry
from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext, now
from plugin_api.models import (
    JSON,
    Base,
    CompanyModel,
    UTCDateTime,
    boolean,
    instant,
    reference,
    text,
)

__all__ = [
    "ApiToken",
    "Company",
    "Login",
    "LoginSession",
    "PlatformEntry",
    "Role",
    "RoleField",
    "RoleGrant",
    "Team",
    "User",
]


class Login(Base):
    """How a person proves who they are, in whatever companies they work for."""

    __tablename__ = "core_login"
    __label__ = _("Login")
    __label_plural__ = _("Logins")

    id: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                                    primary_key=True)  # fmt: skip
    email: Mapped[str] = mapped_column(sa.String(200), unique=True)
    """In lower case."""
    password_hash: Mapped[str] = mapped_column(sa.String(200))
    language: Mapped[str | None] = mapped_column(sa.String(10))
    timezone: Mapped[str | None] = mapped_column(sa.String(60))
    """None: that of the company one works for."""
    theme: Mapped[str] = mapped_column(sa.String(10), default="system")
    density: Mapped[str] = mapped_column(sa.String(12), default="comfortable")
    epoch: Mapped[int] = mapped_column(sa.Integer(), default=0)
    """Grows when the password changes; sessions of an earlier one end."""
    totp_secret: Mapped[str | None] = mapped_column(sa.String(300))
    """What the authenticator app shares, sealed; None: the password is enough."""
    totp_step: Mapped[int] = mapped_column(sa.BigInteger(), default=0)
    """Of the last code that was taken: no code is taken twice."""
    failures: Mapped[int] = mapped_column(sa.Integer(), default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UTCDateTime())
    last_login_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
    created_at: Mapped[datetime] = mapped_column(UTCDateTime(), default=now)

    def is_locked(self, at: datetime) -> bool:
        """Whether nothing is taken at an instant."""
        return self.locked_until is not None and self.locked_until > at


class LoginSession(Base):
    """A browser in which somebody is logged in, and for which company. Only the hash of what its
    cookie says is kept. Ended: the row is gone."""

    __tablename__ = "core_login_session"

    id: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                                    primary_key=True)  # fmt: skip
    key_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    login_id: Mapped[int] = mapped_column(
        sa.ForeignKey("core_login.id", ondelete="CASCADE"), index=True
    )
    company_id: Mapped[int] = mapped_column(sa.ForeignKey("core_company.id"))
    epoch: Mapped[int] = mapped_column(sa.Integer())
    """That of the login whose password was given."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime(), default=now)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime(), default=now)
    """To some minutes: not every request writes."""
    proved_at: Mapped[datetime] = mapped_column(UTCDateTime(), default=now)
    """When the person last proved who they are."""
    factor: Mapped[str] = mapped_column(sa.String(10), default="password")
    """What was proved beside the password: password (nothing), code or recovery."""
    address: Mapped[str] = mapped_column(sa.String(45), default="")
    seen_as: Mapped[int | None] = mapped_column(sa.BigInteger())
    """The person of the company as whom somebody looks at everything, for a while."""
    seen_as_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
    agent: Mapped[str] = mapped_column(sa.String(300), default="")
    """What the browser calls itself."""


class Role(CompanyModel):
    """A named set of permissions. The role ``admin`` holds all of them."""

    __tablename__ = "core_role"
    __collection__ = "roles"
    __label__ = _("Role")
    __label_plural__ = _("Roles")
    __find_by__ = ("code", "name")
    __raises_revision__ = True

    name: Mapped[str] = text(_("Name"), unique=True)
    code: Mapped[str] = text(
        _("Code"), length=40, unique=True, help=_("How imports and plugins name the role.")
    )
    second_factor: Mapped[bool] = boolean(
        _("Second factor needed"),
        default=False,
        help=_("Who has none yet sets it up with the next click."),
    )


class RoleGrant(CompanyModel):
    """A permission of a role, and whose records it reaches."""

    __tablename__ = "core_role_grant"
    __title__ = "permission"
    __raises_revision__ = True
    __table_args__ = (sa.UniqueConstraint("company_id", "role_id", "permission"),)

    role_id: Mapped[int] = reference("core.Role", _("Role"), on_delete="cascade")
    permission: Mapped[str] = text(_("Permission"), length=120)
    scope: Mapped[str] = text(_("Scope"), length=10)


class RoleField(CompanyModel):
    """A field that a role may not see, or not change. A record with no such row is whole."""

    __tablename__ = "core_role_field"
    __label__ = _("Field of a role")
    __label_plural__ = _("Fields of roles")
    __title__ = "field"
    __raises_revision__ = True
    __table_args__ = (sa.UniqueConstraint("company_id", "role_id", "model", "field"),)

    role_id: Mapped[int] = reference("core.Role", _("Role"), on_delete="cascade")
    model: Mapped[str] = text(_("Records"), length=100)
    field: Mapped[str] = text(_("Field"), length=100)
    narrowed: Mapped[str] = text(_("Right"), length=10)
    """To what: a :data:`plugin_api.context.FieldRight`."""


class Team(CompanyModel):
    """People with one manager, inside a larger team or on their own."""

    __tablename__ = "core_team"
    __collection__ = "teams"
    __label__ = _("Team")
    __label_plural__ = _("Teams")
    __find_by__ = ("name", "external_id")
    __raises_revision__ = True

    name: Mapped[str] = text(_("Name"), unique=True)
    parent_id: Mapped[int | None] = reference(
        "core.Team", _("Part of"), help=_("The larger team; its manager sees this one too.")
    )
    manager_id: Mapped[int | None] = reference("core.User", _("Manager"))
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)


class User(CompanyModel):
    """A person of the company. Who never logs in has no login."""

    __tablename__ = "core_user"
    __collection__ = "users"
    __label__ = _("Person")
    __label_plural__ = _("People")
    __aside__ = ("active", False)
    __find_by__ = ("name", "email", "external_id")
    __search__ = ("name", "email")
    __raises_revision__ = True
    __table_args__ = (
        sa.UniqueConstraint("company_id", "login_id"),
        # Who a request is of, and for how many companies, is asked across companies.
        sa.Index(None, "login_id"),
    )

    name: Mapped[str] = text(lazy_pgettext("person", "Name"), indexed=True, personal=True)
    email: Mapped[str | None] = text(_("E-mail"), kind="email", unique=True, personal=True)
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True, personal=True)
    team_id: Mapped[int | None] = reference("core.Team", _("Team"))
    role_id: Mapped[int | None] = reference(
        "core.Role", _("Role"), help=_("What the person may do. Without a role: nothing.")
    )
    active: Mapped[bool] = boolean(
        _("Active"), default=True, help=_("Who has left cannot log in; their records stay.")
    )
    login_id: Mapped[int | None] = mapped_column(sa.ForeignKey("core_login.id"))
    muted: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Kinds of notifications that the person does not want."""


class ApiToken(CompanyModel):
    """A secret that lets a program act as a person. Only its hash is kept."""

    __tablename__ = "core_api_token"
    __label__ = _("Token")
    __label_plural__ = _("Tokens")
    __table_args__ = (sa.Index(None, "token_hash"),)

    user_id: Mapped[int] = reference("core.User", _("Person"), on_delete="cascade")
    name: Mapped[str] = text(_("Name"))
    prefix: Mapped[str] = text(_("Begins with"), length=12, readonly=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64))
    expires_at: Mapped[datetime | None] = instant(_("Expires"))
    reach: Mapped[str] = mapped_column(sa.String(10), default="full")
    """full, read, chosen or feed; see :mod:`core.identity.tokens`."""
    chosen: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
    """To an hour: not every request writes."""

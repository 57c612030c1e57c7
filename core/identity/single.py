"""Single sign-on: whose login a provider speaks of, and which companies take nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import sqlalchemy as sa
from flask import current_app

from core.config import Config
from core.data.settings import SettingValue
from core.identity import providers
from core.identity.login import LoggedIn, Membership
from core.identity.models import Login
from core.identity.proof import FRESH
from core.tenancy.platform import platform_session
from plugin_api.context import now

ONLY = "core.sso_only"
"""The company's setting."""
FACTOR = "sso"
"""What a session says of such a log-in."""


def is_able() -> bool:
    """Whether the extra is installed that talks to providers."""
    return find_spec("authlib") is not None


def is_on() -> bool:
    """Whether a provider is set up for everybody and the extra for it installed."""
    config: Config = current_app.extensions["xiaoguan.config"]
    return bool(config.sso_issuer) and is_able()


def login_of(claims: Any) -> LoggedIn | None:
    """The login that has the verified address of a provider's claims; None when there is none."""
    email = str(claims.get("email") or "").strip().lower()
    if not email or claims.get("email_verified") is not True:
        return None
    with platform_session("identify") as session:
        login = session.scalar(sa.select(Login).where(Login.email == email))
    return LoggedIn(login.id, login.epoch, login.language, login.failures) if login else None


def is_proof(claims: Any, again: bool) -> bool:
    """Whether the provider has asked the person a moment ago who they are: it remembers a browser
    for days. By its own word if it says when; else when it was told to ask anew (``again``)."""
    at = claims.get("auth_time")
    if isinstance(at, int | float):
        return at > (now() - FRESH).timestamp()
    return again


def open_to(companies: Sequence[Membership], factor: str, login_id: int | None) -> list[Membership]:
    """Those of the companies that take a log-in of this kind. What a company's own provider has
    vouched for opens no other."""
    if factor == providers.FACTOR:
        return []
    if factor == FACTOR:
        return list(companies)
    shut = providers.closed_by([company.id for company in companies], login_id)
    companies = [company for company in companies if company.id not in shut]
    if not is_on():
        return companies
    with platform_session("companies") as session:
        asked = sa.select(SettingValue.company_id, SettingValue.value).where(
            SettingValue.key == ONLY,
            SettingValue.company_id.in_([company.id for company in companies]),
        )
        closed = {row[0] for row in session.execute(asked) if row[1] is True}
    return [company for company in companies if company.id not in closed]

"""An installation whose people have passwords, and what they do in a browser."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core.data.audit import AuditEntry
from core.extensions import db
from core.identity.models import Login
from core.identity.passwords import hash_password
from core.identity.service import find_user, load_company
from core.tenancy.platform import platform_session
from tests.harness import Installation

PASSWORD = "a bicycle made of cheese"
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
_hash: list[str] = []


def set_hash(inst: Installation, *emails: str) -> None:
    """Give logins the password of these tests, hashed once."""
    if not _hash:
        _hash.append(hash_password(PASSWORD))
    with inst.app.app_context(), platform_session("logins") as session:
        session.execute(
            sa.update(Login).where(Login.email.in_(emails)).values(password_hash=_hash[0])
        )


def company_id(inst: Installation, slug: str = "acme") -> str:
    """What a form says of its company."""
    with inst.app.app_context():
        return str(load_company(slug).id)


def post(inst: Installation, client: FlaskClient, path: str, **form: Any) -> TestResponse:
    """A form of acme."""
    return client.post(path, data={"_company": company_id(inst), **form})


def log_in(
    inst: Installation, email: str = "rick@acme.example", password: str = PASSWORD, **headers: str
) -> FlaskClient:
    """A browser after the log-in page, let in or not."""
    client = inst.app.test_client()
    client.post("/login", data={"email": email, "password": password}, headers=headers)
    return client


def is_in(client: FlaskClient) -> bool:
    """Whether the browser is let in."""
    return client.get("/profile/security", headers={"Accept-Language": "en"}).status_code == 200


def noted(
    inst: Installation, name: str, slug: str = "acme", email: str = ""
) -> list[tuple[str, dict[str, Any]]]:
    """Action and values of what the trail says of a person's login, oldest first."""
    with inst.working(slug):
        user = find_user(email or f"{name}@{slug}.example")
        rows = db.session.execute(
            sa.select(AuditEntry.action, AuditEntry.changes)
            .where(AuditEntry.model == "core.Login", AuditEntry.record_id == user.id)
            .order_by(AuditEntry.id)
        )
        return [(action, {k: pair[1] for k, pair in changes.items()}) for action, changes in rows]

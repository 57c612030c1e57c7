"""Values that the program must read again but the database alone must not tell."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app


def seal(text: str) -> str:
    """The text as the database keeps it; only this installation's secret opens it."""
    return _fernet().encrypt(text.encode()).decode()


def unseal(kept: str) -> str | None:
    """The text again; None when it was sealed with another secret."""
    try:
        return _fernet().decrypt(kept.encode()).decode()
    except InvalidToken:
        return None


def _fernet() -> Fernet:
    secret = f"xiaoguan sealed values {current_app.secret_key!s}"
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(secret.encode()).digest()))

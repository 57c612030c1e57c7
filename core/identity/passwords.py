"""Passwords: only their hashes are kept, made slow on purpose."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from plugin_api.context import gettext
from plugin_api.errors import Rejected

SHORTEST = 8
_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """The hash to keep. Raises Rejected for a password that is too short."""
    if len(password) < SHORTEST:
        text = gettext("A password has at least %(number)s characters.", number=SHORTEST)
        raise Rejected("password", text)
    return _hasher.hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Whether the password is the one. Without a hash to compare it takes just as long."""
    try:
        _hasher.verify(kept or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")

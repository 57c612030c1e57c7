"""Passwords: only their hashes are kept, made slow on purpose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from plugin_api.context import gettext
from plugin_api.errors import Rejected

SHORTEST, LONGEST = 8, 1000
GUESSES = 6
"""A password that is guessed with fewer attempts than ten to this power is refused."""
LOOKED_AT = 72
"""Characters that are looked at for that; more only make it better."""
_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """The hash to keep. What may be one is for :func:`check` to say."""
    return _hasher.hash(password)


def check(password: str, about: Iterable[str] = ()) -> None:
    """Refuse a password that is too short or easily guessed: a common one, a keyboard's row, or
    made of what is known of the person (``about``). Raises Rejected."""
    if len(password) < SHORTEST:
        text = gettext("A password has at least %(number)s characters.", number=SHORTEST)
        raise Rejected("password", text)
    if len(password) > LONGEST:
        text = gettext("A password has at most %(number)s characters.", number=LONGEST)
        raise Rejected("password", text)
    known = [each for text in about for each in (text, *re.split(r"[@. ]", text)) if len(each) > 1]
    rest = password.casefold()
    for word in sorted(known, key=len, reverse=True):
        rest = rest.replace(word.casefold(), "")
    is_known = len(rest) < min(SHORTEST, len(password)) / 2
    if is_known or _guesses(password, known) < GUESSES:
        text = gettext(
            "This password is easily guessed. Take several words that do not belong together, and"
            " nothing about yourself."
        )
        raise Rejected("password", text)


def _guesses(password: str, known: list[str]) -> float:
    from zxcvbn import zxcvbn  # Its lists take a while to load, and few requests need them.

    return float(zxcvbn(password[:LOOKED_AT], user_inputs=known)["guesses_log10"])


def fits(password: str, kept: str | None) -> bool:
    """Whether the password is the one. Without a hash to compare it takes just as long."""
    try:
        _hasher.verify(kept or _nobodys(), password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")

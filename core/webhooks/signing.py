"""Signatures as the Standard Webhooks specification has them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets

PREFIX = "whsec_"
VERSION = "v1"
_BYTES = 32


def new_secret() -> str:
    """A secret that nobody else has."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def new_message() -> str:
    """What a message is called: ``msg_`` and random letters and digits."""
    return f"msg_{secrets.token_hex(12)}"


def signature(secret: str, message: str, timestamp: int, body: bytes) -> str:
    """``v1,`` and the HMAC-SHA256 of ``<message>.<timestamp>.<body>``.

    Raises ValueError for what is no secret.
    """
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("no secret") from error
    said = f"{message}.{timestamp}.".encode() + body
    digest = hmac.new(key, said, hashlib.sha256).digest()
    return f"{VERSION},{base64.b64encode(digest).decode()}"

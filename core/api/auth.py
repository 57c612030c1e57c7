"""Who calls: the bearer of a token, which belongs to one user in one company."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack

from flask import Request

from core.api.problems import CHALLENGE, Problem
from core.identity import attempts, proof, tokens
from core.identity.bearers import identify_token
from plugin_api.context import acting_as, gettext

SCHEME = "bearer"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
RETRY_AFTER = 900
"""Seconds."""


def enter(request: Request) -> AbstractContextManager[object]:
    """Work as the caller, in the caller's company, for as long as the context is open.

    Raises Problem 401 for a request without a token that is valid now; it does not say whether
    the token is unknown, expired or of someone who has left.
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != SCHEME or not token.strip():
        raise Problem(401, gettext("Send a token: “Authorization: Bearer …”."))
    found = identify_token(token.strip())
    if found is None:
        if attempts.count("token", request.remote_addr or ""):
            raise Problem(
                429,
                gettext("Too many requests with tokens that are not valid."),
                headers={"Retry-After": str(RETRY_AFTER)},
            )
        challenge = f'{CHALLENGE}, error="invalid_token"'
        raise Problem(
            401, gettext("The token is not valid."), headers={"WWW-Authenticate": challenge}
        )
    stack = ExitStack()
    tokens.used(found.id, found.company.id, found.used_at)
    if found.reach == "read" and request.method not in SAFE:
        raise Problem(403, gettext("This token only reads."))
    stack.enter_context(acting_as(found.company, found.actor))
    stack.enter_context(proof.unattended())
    return stack

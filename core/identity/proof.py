"""Dangerous steps ask for the password again when it was last given some time ago."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from plugin_api.context import gettext, now
from plugin_api.errors import Forbidden

FRESH = timedelta(minutes=10)
NOBODY = datetime.min.replace(tzinfo=UTC)
"""In place of an instant: a program or a job, whom nobody can ask."""

ANOTHER = NOBODY + timedelta(days=1)
"""In place of an instant: somebody who looks as another person."""

_proved_at: ContextVar[datetime | None] = ContextVar("proved at", default=None)


class ProofNeeded(Exception):
    """The person is to prove who they are; then the same request is made again.

    No refusal, so that no form shows it as one: the page that asks carries what was posted.
    """


@contextmanager
def proved(at: datetime) -> Iterator[None]:
    """Work for a person who proved at an instant who they are."""
    token = _proved_at.set(at)
    try:
        yield
    finally:
        _proved_at.reset(token)


@contextmanager
def unattended() -> Iterator[None]:
    """Work for a person who is not there to be asked."""
    with proved(NOBODY):
        yield


def require() -> None:
    """Go on only when the person has proved lately who they are. Commands are not asked.

    Raises ProofNeeded on a page, Forbidden where nobody can be asked.
    """
    at = _proved_at.get()
    if at is None:
        return
    if at is NOBODY:
        raise Forbidden(gettext("This is done on a page only, where the password is asked for."))
    if at is ANOTHER:
        raise Forbidden(gettext("Not while you look as somebody else."))
    if now() - at > FRESH:
        raise ProofNeeded

"""Where contents are kept: ``files/<company>/ab/abcdef…`` in the folder of the instance.

A content is named by its digest, so it is kept once a company however often it is attached,
and can be checked. Whoever attaches or gives up one holds the company's lock until the end of
the transaction: a content that nobody needs is never taken from somebody who begins to.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import sqlalchemy as sa
from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from core.extensions import db
from core.files.models import Attachment
from core.tenancy.models import Company
from core.tenancy.session import CompanySession
from plugin_api.context import current_company

log = logging.getLogger(__name__)

BLOCK = 1 << 16
CHUNK = 500
KEPT = 24 * 3600
"""Seconds after which a content that no row is about was left by accident."""
INCOMING = ".incoming-"
_DOUBTFUL = "xiaoguan.files"


class TooLarge(ValueError):
    """There is more content than may be."""


@dataclass(frozen=True, slots=True)
class Received:
    """A content that has come in and is not yet kept."""

    path: Path
    size: int
    digest: str


def folder() -> Path:
    """Where the contents of the current company are."""
    return Path(current_app.instance_path) / "files" / str(current_company().id)


def path_of(digest: str) -> Path:
    """Where a content of the current company is, if it is."""
    return folder() / digest[:2] / digest


@contextmanager
def receiving(stream: IO[bytes], most: int) -> Iterator[Received]:
    """Take a content in, at most ``most`` bytes; it is gone afterwards unless it was kept.

    Raises TooLarge as soon as there are more.
    """
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=INCOMING, dir=place)
    path = Path(name)
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as written:
            while block := stream.read(BLOCK):
                size += len(block)
                if size > most:
                    raise TooLarge
                digest.update(block)
                written.write(block)
        yield Received(path, size, digest.hexdigest())
    finally:
        path.unlink(missing_ok=True)


def keep(received: Received) -> None:
    """Put a content in its place. Call it in the transaction that writes the row about it."""
    lock(db.session())
    doubt([received.digest])
    target = path_of(received.digest)
    if not target.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        received.path.chmod(0o640)
        received.path.replace(target)


def lock(session: Session) -> None:
    """Wait for others who keep or give up contents of this company. On SQLite whoever writes
    is alone already; new rows of the company are not kept waiting elsewhere either."""
    session.execute(sa.select(Company.id).with_for_update(key_share=True))


def throw_away_old() -> None:
    """Remove what no row is about although it has been there for a day: a process that was
    killed has left it."""
    session, old = db.session(), time.time() - KEPT
    held = [path for path in folder().rglob("*") if path.is_file() and path.stat().st_mtime < old]
    for path in held:
        if path.name.startswith(INCOMING):
            path.unlink(missing_ok=True)
    digests = sorted(path.name for path in held if not path.name.startswith(INCOMING))
    for start in range(0, len(digests), CHUNK):
        doubt(digests[start : start + CHUNK])
        lock(session)
        session.commit()


def doubt(digests: Iterable[str]) -> None:
    """Once the transaction has ended, well or not, remove those that no row is about."""
    held: set[str] = db.session.info.setdefault(_DOUBTFUL, {}).setdefault(
        current_company().id, set()
    )
    held.update(digests)


@event.listens_for(CompanySession, "after_commit")
def _committed(session: Session) -> None:
    if not session.in_nested_transaction():
        _settle(session)


@event.listens_for(CompanySession, "after_soft_rollback")
def _rolled_back(session: Session, previous: SessionTransaction) -> None:
    if previous.parent is None:
        _settle(session)


def _settle(session: Session) -> None:
    doubtful: dict[int, set[str]] = session.info.pop(_DOUBTFUL, {})
    if not doubtful:
        return
    try:
        digests = doubtful.get(current_company().id, set())
        with CompanySession(db) as own:
            lock(own)
            asked = sa.select(Attachment.digest).where(Attachment.digest.in_(sorted(digests)))
            for digest in digests.difference(own.scalars(asked)):
                path_of(digest).unlink(missing_ok=True)
            own.rollback()
    except Exception:
        # What was done is done; a content too many does no harm.
        log.exception("contents that may be needed no more were not looked at")

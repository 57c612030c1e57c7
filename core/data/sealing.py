"""Sealing the audit trail: each entry is chained to the one before it, so that none can be
altered, taken out, put in or moved without the chain showing it.

Entries are written unsealed, by whoever makes a change, and nobody waits. A worker seals what
has been committed, company by company, about once a minute. The chain is over a salted digest
of what an entry says, not over its words: personal data can be taken out of an entry, and the
chain stands (see :mod:`core.privacy`).
"""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from core.data.audit import AuditEntry
from core.data.slim import SlimModel
from core.extensions import db
from core.tenancy.models import Company
from core.tenancy.platform import platform_session
from plugin_api.context import SYSTEM, acting_as, now
from plugin_api.context import lazy_gettext as _
from plugin_api.models import UTCDateTime

log = logging.getLogger(__name__)

BATCH = 1000
"""Entries sealed in one transaction."""
SETTLED = timedelta(days=1)
"""After this nothing is sealed any more between entries that are: no transaction is as long."""
LATE = timedelta(hours=1)
BEGINNING = hashlib.sha256(b"xiaoguan audit trail").hexdigest()
"""What the first seal is chained to."""


class AuditSeal(SlimModel):
    """The seal of an entry: its place in the company's chain, and the hash of all until then."""

    __tablename__ = "core_audit_seal"
    __label__ = _("Seal")
    __label_plural__ = _("Seals")
    __title__ = "hash"
    __append_only__ = True
    __table_args__ = (
        sa.UniqueConstraint("company_id", "entry_id"),
        sa.Index(None, "company_id", "sealed_at"),
    )

    number: Mapped[int] = mapped_column(sa.BigInteger(), primary_key=True, autoincrement=False)
    """1, 2, 3 … without a gap."""
    entry_id: Mapped[int] = mapped_column(sa.BigInteger())
    salt: Mapped[str] = mapped_column(sa.String(32))
    digest: Mapped[str] = mapped_column(sa.String(64))
    """Of the entry's words as they were sealed."""
    sealed_at: Mapped[datetime] = mapped_column(UTCDateTime())
    hash: Mapped[str] = mapped_column(sa.String(64))


ENTRY = AuditEntry.__table__.c
SEAL = AuditSeal.__table__.c


def content_digest(salt: str, title: str, changes: Mapping[str, Any]) -> str:
    """The digest of what an entry says."""
    return hashlib.sha256(salt.encode() + _canonical([title, changes])).hexdigest()


def chain(previous: str, number: int, sealed_at: datetime, digest: str, entry: Any) -> str:
    """The hash of a seal. ``entry`` has the columns of :class:`AuditEntry`."""
    said = [
        previous, number, _instant(sealed_at), digest, entry.id, _instant(entry.created_at),
        entry.user_id, entry.for_user_id, entry.behind_id, entry.model, entry.record_id,
        entry.action, entry.transition,
    ]  # fmt: skip
    return hashlib.sha256(_canonical(said)).hexdigest()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _canonical(value: Any) -> bytes:
    text = json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def _plain(value: Any) -> Any:
    # PostgreSQL gives a whole number back as one, SQLite as it was written.
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def floor() -> int:
    """The entry up to which the chain is settled: an unsealed one before it came afterwards."""
    return int(db.session.scalar(_floor()) or 0)


def _floor() -> sa.Select[tuple[int]]:
    return (
        sa.select(SEAL.entry_id)
        .where(SEAL.sealed_at <= now() - SETTLED)
        .order_by(SEAL.sealed_at.desc(), SEAL.number.desc())
        .limit(1)
    )


def unsealed() -> sa.ColumnElement[bool]:
    """A condition on entries: that they have no seal."""
    same = (SEAL.company_id == ENTRY.company_id, SEAL.entry_id == ENTRY.id)
    return ~sa.exists(sa.select(SEAL.number).where(*same))


def seal() -> int:
    """Seal what has been committed in the current company, and commit it; how many entries.

    Others who seal the same company wait; who writes entries does not.
    """
    done = 0
    while count := _seal_some():
        done += count
        if count < BATCH:
            break
    return done


def _seal_some() -> int:
    session = db.session
    try:
        session.execute(sa.select(Company.id).with_for_update(key_share=True))
        asked = sa.select(SEAL.number, SEAL.hash).order_by(SEAL.number.desc()).limit(1)
        last = session.execute(asked).first()
        number, previous = (last.number, last.hash) if last else (0, BEGINNING)
        waiting = sa.select(*ENTRY).where(ENTRY.id > floor(), unsealed()).order_by(ENTRY.id)
        instant, rows = now(), []
        for entry in session.execute(waiting.limit(BATCH)):
            number += 1
            salt = secrets.token_hex(16)
            digest = content_digest(salt, entry.title, entry.changes)
            previous = chain(previous, number, instant, digest, entry)
            rows.append(
                {"number": number, "entry_id": entry.id, "salt": salt, "digest": digest,
                 "sealed_at": instant, "hash": previous}
            )  # fmt: skip
        if rows:
            session.execute(sa.insert(AuditSeal), rows)
        session.commit()
    except IntegrityError:
        # On a database without row locks another may have been quicker: it has sealed them.
        session.rollback()
        return 0
    return len(rows)


def seal_all() -> int:
    """Do so in every company that has something to seal; how many entries."""
    done = 0
    for company in _waiting():
        with _working_in(company):
            done += seal()
    return done


@contextmanager
def _working_in(company: Company) -> Iterator[None]:
    with acting_as(company.value(), SYSTEM):
        try:
            yield
        except Exception:
            log.exception("the audit trail of %s could not be sealed", company.slug)
            db.session.rollback()
        finally:
            db.session.remove()


def late() -> list[str]:
    """Slugs of companies in which a change waits for its seal for more than an hour."""
    return [company.slug for company in _waiting(ENTRY.created_at < now() - LATE)]


def _waiting(*which: sa.ColumnElement[bool]) -> list[Company]:
    settled = _floor().where(SEAL.company_id == Company.id).scalar_subquery()
    waits = sa.select(ENTRY.id).where(
        ENTRY.company_id == Company.id, ENTRY.id > sa.func.coalesce(settled, 0), unsealed(), *which
    )
    asked = sa.select(Company).where(sa.exists(waits)).order_by(Company.slug)
    with platform_session("seal") as session:
        return list(session.scalars(asked))

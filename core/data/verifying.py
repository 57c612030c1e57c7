"""Looking whether the audit trail is as it was sealed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.data.sealing import BEGINNING, ENTRY, SEAL, chain, content_digest, floor, unsealed
from core.extensions import db
from core.tenancy.engine import reading
from plugin_api.context import current_company, now

ERASE = "erase"
"""The action of an entry that says which entries have lost their personal data."""
DIGESTS = "digests"
"""In its changes: entry → digest of what is left of it."""
_CHUNK = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """How far a company's chain was: kept elsewhere, it shows that the end was cut off."""

    company: str
    number: int
    hash: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What was found. ``entry`` is the first broken one; ``unsealed`` wait for their seal since
    ``since``, and until then nothing is known of them."""

    company: str
    sealed: int
    unsealed: int
    since: datetime | None
    entry: int | None = None
    reason: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether all that is sealed is as it was."""
        return not self.reason


class _Broken(Exception):
    def __init__(self, entry: int | None, reason: str) -> None:
        super().__init__(reason)
        self.entry, self.reason = entry, reason


def anchor() -> Anchor:
    """How far the chain of the current company is."""
    with reading():
        asked = sa.select(SEAL.number, SEAL.hash).order_by(SEAL.number.desc()).limit(1)
        last = db.session.execute(asked).first()
        db.session.rollback()
    number, held = (last.number, last.hash) if last else (0, BEGINNING)
    return Anchor(company=current_company().slug, number=number, hash=held, at=now())


def verify(anchors: Sequence[Anchor] = ()) -> Outcome:
    """Walk along the chain of the current company; memory does not grow with its length.

    ``anchors`` are those of this company.
    """
    entry, reason, count = None, "", 0
    with reading():
        try:
            for _seal in _walk({each.number: each.hash for each in anchors}):
                count += 1
            _check_inserted()
        except _Broken as broken:
            entry, reason = broken.entry, broken.reason
        waiting = sa.select(sa.func.count(), sa.func.min(ENTRY.created_at))
        tail = db.session.execute(waiting.where(unsealed())).one()
        db.session.rollback()
    return Outcome(
        company=current_company().slug, sealed=count, unsealed=tail[0],
        since=tail[1] if tail[0] else None, entry=entry, reason=reason,
    )  # fmt: skip


def _walk(anchors: Mapping[int, str]) -> Iterator[int]:
    erased = _erased()
    number, previous = 0, BEGINNING
    for seal, entry in _sealed():
        number += 1
        if seal.number != number:
            raise _Broken(seal.entry_id, f"seal {number} is missing")
        if entry is None:
            raise _Broken(seal.entry_id, "the entry was deleted")
        left = content_digest(seal.salt, entry.title, entry.changes)
        if left not in (seal.digest, erased.get(entry.id)):
            raise _Broken(entry.id, "what the entry says was altered")
        previous = chain(previous, number, seal.sealed_at, seal.digest, entry)
        if previous != seal.hash:
            raise _Broken(entry.id, "the entry or its place in the chain was altered")
        if anchors.get(number, previous) != previous:
            raise _Broken(entry.id, f"anchor {number} was made of another chain")
        yield number
    beyond = [each for each in anchors if each > number]
    if beyond:
        text = f"the chain ends at {number}, but was at {max(beyond)} once"
        raise _Broken(None, text)
    if anchors.get(0, BEGINNING) != BEGINNING:
        raise _Broken(None, "anchor 0 is of no chain")


def _sealed() -> Iterator[tuple[Any, Any]]:
    """Every seal with its entry, in the order of the chain."""
    last = 0
    while True:
        asked = sa.select(*SEAL).where(SEAL.number > last).order_by(SEAL.number).limit(_CHUNK)
        seals = db.session.execute(asked).all()
        ids = [seal.entry_id for seal in seals]
        found = db.session.execute(sa.select(*ENTRY).where(ENTRY.id.in_(ids)))
        entries = {entry.id: entry for entry in found}
        for seal in seals:
            yield seal, entries.get(seal.entry_id)
        if len(seals) < _CHUNK:
            return
        last = seals[-1].number


def _erased() -> dict[int, str]:
    """Entry → digest of what was left of it when personal data was last taken out."""
    asked = sa.select(ENTRY.changes).where(ENTRY.action == ERASE).order_by(ENTRY.id)
    found: dict[int, str] = {}
    for changes in db.session.scalars(asked):
        _before, digests = changes.get(DIGESTS) or (None, {})
        found |= {int(entry): digest for entry, digest in digests.items()}
    return found


def _check_inserted() -> None:
    asked = sa.select(sa.func.min(ENTRY.id)).where(ENTRY.id <= floor(), unsealed())
    found = db.session.scalar(asked)
    if found is not None:
        raise _Broken(found, "the entry was put in after its time was sealed")

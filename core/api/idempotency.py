"""A POST sent twice under one ``Idempotency-Key`` is done once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import IO, Any

import sqlalchemy as sa
from flask import Response, request
from sqlalchemy.exc import IntegrityError

from core.api import wire
from core.api.models import IdempotencyKey
from core.api.problems import Problem
from core.extensions import db
from plugin_api.context import current_actor, gettext, now

KEEP = timedelta(hours=24)
MAX_KEY = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What a handler made, before it is committed."""

    body: Any
    status: int = 200
    location: str | None = None

    def response(self, **headers: str) -> Response:
        """The answer on the wire."""
        if self.location is not None:
            headers["Location"] = self.location
        return wire.reply(self.body, self.status, headers)


def once(act: Callable[[], Answer]) -> Response:
    """Do, commit and answer; for a key seen in the last 24 hours only answer again.

    The key is kept in the transaction of the deed: a request that failed may be sent again
    under the same key. Raises Problem 422 when the key came with another request, 400 when it
    is empty or too long.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        answer = act()
        db.session.commit()
        return answer.response()
    if not 0 < len(key) <= MAX_KEY:
        raise Problem(400, gettext("Idempotency-Key: 1 to %(max)s characters.", max=MAX_KEY))
    sent = _fingerprint()
    db.session.execute(sa.delete(IdempotencyKey).where(IdempotencyKey.created_at < now() - KEEP))
    entry = _find(key) or _reserve(key, sent)
    if entry.request_hash != sent:
        raise Problem(422, gettext("This Idempotency-Key was used for another request."))
    if entry.status:
        seen = Answer(json.loads(entry.body), entry.status, entry.location)
        db.session.commit()
        return seen.response(**{"Idempotency-Replayed": "true"})
    answer = act()
    entry.body = json.dumps(answer.body, ensure_ascii=False)
    entry.status, entry.location = answer.status, answer.location
    db.session.commit()
    return answer.response()


def _find(key: str) -> IdempotencyKey | None:
    found: IdempotencyKey | None = db.session.scalars(
        sa.select(IdempotencyKey).where(
            IdempotencyKey.user_id == current_actor().user_id, IdempotencyKey.key == key
        )
    ).one_or_none()
    return found


def _reserve(key: str, sent: str) -> IdempotencyKey:
    """A row for the key; a twin of this request waits here until the first one is done."""
    entry = IdempotencyKey(
        user_id=current_actor().user_id, key=key, request_hash=sent, status=0, body=""
    )
    db.session.add(entry)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        found = _find(key)
        if found is None:
            raise Problem(409, gettext("The same request is being done. Try again.")) from None
        return found
    return entry


def _fingerprint() -> str:
    """What the request is known by: address and body; of a form what it holds, for clients draw
    another boundary between its parts each time."""
    sent = hashlib.sha256(f"{request.method} {request.full_path}\n".encode())
    if request.mimetype == "multipart/form-data":
        files = [
            (field, file.filename, _digest(file.stream))
            for field, file in request.files.items(multi=True)
        ]
        told = json.dumps([sorted(request.form.items(multi=True)), sorted(files, key=str)])
        sent.update(told.encode())
    else:
        sent.update(request.get_data(cache=True))
    return sent.hexdigest()


def _digest(stream: IO[bytes]) -> str:
    """Of a file, which is read from its start again afterwards."""
    found = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
    stream.seek(0)
    return found

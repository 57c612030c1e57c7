"""Attaching files to records. Whether the record may be seen or changed is asked before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

import sqlalchemy as sa

from core.data import audit
from core.data.numbers import LARGEST as LARGEST_ID
from core.files import kinds, names, storage
from core.files.models import Attachment
from core.host import services
from plugin_api.context import current_actor, gettext
from plugin_api.errors import NotFound, Rejected
from plugin_api.models import CompanyModel

MEGABYTE = 1024 * 1024
LARGEST = 25 * MEGABYTE
ROOM = "core.files_room"


def attach(record: CompanyModel, name: str, stream: IO[bytes]) -> Attachment:
    """Keep a file with a record. Raises Rejected with the reason."""
    shown = names.clean(name) or gettext("file")
    try:
        with storage.receiving(stream, LARGEST) as received:
            found = _kind(shown, received)
            if not names.ending_of(shown):
                shown = f"{shown}.{found.kind.id}"
            _check_room(shown, received.size)
            return _kept(record, shown, found, received)
    except storage.TooLarge:
        text = gettext(
            "“%(name)s” is larger than %(most)s MB.", name=shown, most=LARGEST // MEGABYTE
        )
        raise Rejected("file", text) from None


def copy(source: CompanyModel, target: CompanyModel) -> None:
    """Let a record have the files of another too, but for those that it has already. Their
    contents are kept once, so they take no room."""
    session = services().session
    storage.lock(session)
    asked = sa.select(Attachment).order_by(Attachment.id)
    there = {(each.name, each.digest) for each in session.scalars(asked.where(_about(target)))}
    for each in session.scalars(asked.where(_about(source))):
        if (each.name, each.digest) not in there:
            made = Attachment(
                model=target.model_key(), record_id=target.id, author_id=each.author_id,
                name=each.name, kind=each.kind, charset=each.charset, size=each.size,
                digest=each.digest,
            )  # fmt: skip
            session.add(made)
            audit.write("attach", [(target, {"file": (None, each.name)})])
    session.flush()


def _about(record: CompanyModel) -> sa.ColumnElement[bool]:
    return sa.and_(Attachment.model == record.model_key(), Attachment.record_id == record.id)


def remove(record: CompanyModel, attachment: Attachment) -> None:
    """Take a file away from a record; its content goes when no other row is about it."""
    session = services().session
    storage.doubt([attachment.digest])
    audit.write("detach", [(record, {"file": (attachment.name, None)})])
    session.delete(attachment)
    session.flush()


def of(model: type[CompanyModel], record_id: int) -> Sequence[tuple[Attachment, str]]:
    """The files of a record with the names of who attached them, newest first. One statement."""
    from core.identity.models import User

    asked = (
        sa.select(Attachment, User.name)
        .outerjoin(User, User.id == Attachment.author_id)
        .where(Attachment.model == model.model_key(), Attachment.record_id == record_id)
        .order_by(Attachment.id.desc())
    )
    return [(row[0], row[1] or "") for row in services().session.execute(asked)]


def is_there(record: CompanyModel, name: str) -> bool:
    """Whether the record has a file of this name: what is sent again, because nobody heard that it
    had arrived, carries a name of its own."""
    asked = sa.select(Attachment.id).where(_about(record), Attachment.name == names.clean(name))
    return services().session.scalar(asked.limit(1)) is not None


def find(record: CompanyModel, attachment_id: int) -> Attachment:
    """A file of the record. Raises NotFound."""
    found = None
    if attachment_id <= LARGEST_ID:
        asked = sa.select(Attachment).where(_about(record), Attachment.id == attachment_id)
        found = services().session.scalar(asked)
    if found is None:
        raise NotFound(gettext("There is no such file."))
    return found


def used() -> int:
    """Bytes of all files of the company: equal contents are kept once, and count once."""
    kept = sa.select(Attachment.digest, Attachment.size).distinct().subquery()
    return int(services().session.scalar(sa.select(sa.func.sum(kept.c.size))) or 0)


def _kind(name: str, received: storage.Received) -> kinds.Found:
    ending = names.ending_of(name)
    with received.path.open("rb") as content:
        try:
            found = kinds.kind_of(content, ending)
        except kinds.UnknownKind as unknown:
            text = gettext("“%(name)s” is not taken. %(reason)s", name=name, reason=unknown)
            raise Rejected("file", text) from None
    if ending and not names.fits(name, found.kind):
        text = gettext(
            "“%(name)s” is not what its name says: by its content it is %(kind)s (%(ending)s).",
            name=name, kind=found.kind.label, ending=", ".join(found.kind.endings),
        )  # fmt: skip
        raise Rejected("file", text)
    return found


def _check_room(name: str, size: int) -> None:
    most = int(services().setting(ROOM))
    if used() + size > most * MEGABYTE:
        text = gettext(
            "There is no room for “%(name)s”: the company keeps at most %(most)s MB of files.",
            name=name, most=most,
        )  # fmt: skip
        raise Rejected("file", text)


def _kept(
    record: CompanyModel, name: str, found: kinds.Found, received: storage.Received
) -> Attachment:
    made = Attachment(
        model=record.model_key(),
        record_id=record.id,
        author_id=current_actor().user_id,
        name=name,
        kind=found.kind.id,
        charset=found.charset,
        size=received.size,
        digest=received.digest,
    )
    session = services().session
    storage.keep(received)
    session.add(made)
    session.flush()
    audit.write("attach", [(record, {"file": (None, name)})])
    return made

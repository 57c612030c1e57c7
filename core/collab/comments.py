"""Writing, changing and deleting comments. Whether the record may be seen is asked before."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from core.collab import following, notify, people
from core.collab.models import Comment, Notification
from core.collab.text import Named, people_in
from core.data import audit, texts
from core.data.numbers import LARGEST
from core.host import services
from plugin_api.context import current_actor, gettext, has_permission, now
from plugin_api.errors import Forbidden, NotFound, Rejected
from plugin_api.models import CompanyModel

WRITE, MODERATE = "core.comments", "core.comments.moderate"
LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Said:
    """A comment that was written, and people named in it who cannot see the record."""

    comment: Comment
    unreached: list[str]


def add(record: CompanyModel, text: str, picked: Iterable[int] = ()) -> Said:
    """Write a comment and tell those who are named in it and those who follow the record.

    ``picked`` are ids that decide between people of one name. Raises Forbidden, Rejected.
    """
    require_write()
    text = clean(text)
    actor = current_actor()
    mentioned, unreached = _named(record, text, picked)
    comment = Comment(
        model=record.model_key(),
        record_id=record.id,
        author_id=actor.user_id,
        text=text,
        mentions=[{"id": each.id, "name": each.name} for each in mentioned],
    )
    session = services().session
    session.add(comment)
    session.flush()
    audit.write("create", [(comment, {"text": (None, text)})])
    told = _tell(record, comment, [each.id for each in mentioned])
    followers = following.followers_of(record) - told
    notify.notify("comment", record, followers, _params(comment))
    following.join(record, {actor.user_id or 0, *told} - {0})
    return Said(comment, unreached)


def change(record: CompanyModel, comment: Comment, text: str) -> Said:
    """Say it otherwise; who is named now and was not before is told."""
    if comment.author_id != current_actor().user_id:
        raise Forbidden(gettext("Only who wrote a comment changes it."))
    text = clean(text)
    before, old = {each["id"] for each in comment.mentions}, comment.text
    if text == old:
        return Said(comment, [])
    mentioned, unreached = _named(record, text, before)
    comment.text, comment.edited_at = text, now()
    comment.mentions = [{"id": each.id, "name": each.name} for each in mentioned]
    for notice in _notices(record, comment):
        notice.params = {**notice.params, **_params(comment)}
    services().session.flush()
    audit.write("update", [(comment, {"text": (old, text)})])
    _tell(record, comment, [each.id for each in mentioned if each.id not in before])
    return Said(comment, unreached)


def delete(record: CompanyModel, comment: Comment) -> None:
    """Take a comment away, and what it says from the notifications about it."""
    if not may_delete(comment):
        raise Forbidden(gettext("Only who wrote a comment deletes it."))
    session = services().session
    for notice in _notices(record, comment):
        session.delete(notice)
    audit.write("delete", [(comment, {"text": (comment.text, None)})])
    session.delete(comment)
    session.flush()


def find(record: CompanyModel, comment_id: int) -> Comment:
    """A comment on the record. Raises NotFound."""
    found = None
    if comment_id <= LARGEST:
        found = services().session.scalar(
            sa.select(Comment).where(
                Comment.id == comment_id,
                Comment.model == record.model_key(),
                Comment.record_id == record.id,
            )
        )
    if found is None:
        raise NotFound(gettext("There is no such comment."))
    return found


def may_delete(comment: Comment) -> bool:
    """Whether the actor may: its author, and who keeps order."""
    mine = comment.author_id is not None and comment.author_id == current_actor().user_id
    return mine or has_permission(MODERATE)


def require_write() -> None:
    """Raise Forbidden unless the actor may write comments."""
    if not has_permission(WRITE):
        raise Forbidden(gettext("Your role does not write comments."))


def clean(text: str) -> str:
    """A text to keep. Raises Rejected."""
    try:
        text = texts.storable(text.replace("\r\n", "\n")).strip()
    except ValueError as error:
        raise Rejected("text", str(error)) from None
    if not text:
        raise Rejected("text", gettext("Write something first."))
    if len(text) > LONGEST:
        raise Rejected("text", gettext("At most %(length)s characters.", length=LONGEST))
    return text


def _named(record: CompanyModel, text: str, picked: Iterable[int]) -> tuple[list[Named], list[str]]:
    """People named in a text who may see the record, and the names of those who may not."""
    named = people_in(text, people.called_in(text), picked)
    able = set(notify.able(record, [each.id for each in named]))
    unreached = [each.name for each in named if each.id not in able]
    return [each for each in named if each.id in able], unreached


def _tell(record: CompanyModel, comment: Comment, ids: Collection[int]) -> set[int]:
    """Tell people that they are named; their ids, told or not, for they are not told twice."""
    notify.notify("mention", record, ids, _params(comment))
    return set(ids)


def _notices(record: CompanyModel, comment: Comment) -> list[Notification]:
    """Notifications that repeat what the comment says."""
    asked = sa.select(Notification).where(
        *notify.about(record), Notification.kind.in_(("mention", "comment"))
    )
    found = services().session.scalars(asked)
    return [notice for notice in found if notice.params.get("comment") == comment.id]


def _params(comment: Comment) -> dict[str, object]:
    return {"comment": comment.id, "text": comment.text[: notify.EXCERPT]}

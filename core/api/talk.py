"""Comments on records over REST."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Response

from core.api import wire
from core.api.collection import model_at, record_href
from core.api.idempotency import Answer, once
from core.api.values import instant
from core.collab import comments
from core.collab.models import Comment
from core.data.query.asking import MOST_ROWS, PAGE
from core.extensions import db
from core.host import services
from core.identity.models import User
from plugin_api.context import current_actor, gettext
from plugin_api.errors import Invalid
from plugin_api.models import CompanyModel

talk = Blueprint("talk", __name__)

COMMENTS = "/<plugin>/<collection>/<int:record_id>/comments"
ONE = f"{COMMENTS}/<int:comment_id>"


@talk.get(COMMENTS)
def index(plugin: str, collection: str, record_id: int) -> Response:
    """The comments on a record that the caller may see, newest first."""
    record = _record(plugin, collection, record_id)
    wire.only_arguments("limit", "cursor")
    limit = wire.number("limit", PAGE, MOST_ROWS)
    before = wire.number("cursor", wire.MAX_ID, wire.MAX_ID)
    asked = (
        sa.select(Comment, User.name)
        .outerjoin(User, User.id == Comment.author_id)
        .where(
            Comment.model == record.model_key(),
            Comment.record_id == record.id,
            Comment.id < before,
        )
        .order_by(Comment.id.desc())
        .limit(limit + 1)
    )
    rows = db.session.execute(asked).all()
    shown = rows[:limit]
    following = str(shown[-1][0].id) if len(rows) > limit else None
    return wire.reply({"items": [_told(row[0], row[1]) for row in shown], "next": following})


@talk.post(COMMENTS)
def create(plugin: str, collection: str, record_id: int) -> Response:
    """Write a comment; who is named in it after an ``@`` is told."""
    record = _record(plugin, collection, record_id)

    def act() -> Answer:
        said = comments.add(record, _text(wire.body()))
        href = f"{record_href(type(record), record.id)}/comments/{said.comment.id}"
        body = _told(said.comment, current_actor().name)
        return Answer({**body, "unreached": said.unreached}, 201, href)

    return once(act)


@talk.get(ONE)
def show(plugin: str, collection: str, record_id: int, comment_id: int) -> Response:
    """One comment."""
    record = _record(plugin, collection, record_id)
    comment = comments.find(record, comment_id)
    name = db.session.scalar(sa.select(User.name).where(User.id == comment.author_id))
    return wire.reply(_told(comment, name))


@talk.patch(ONE)
def change(plugin: str, collection: str, record_id: int, comment_id: int) -> Response:
    """Say it otherwise; only its author does."""
    record = _record(plugin, collection, record_id)
    said = comments.change(record, comments.find(record, comment_id), _text(wire.body()))
    body = _told(said.comment, current_actor().name)
    db.session.commit()
    return wire.reply({**body, "unreached": said.unreached})


@talk.delete(ONE)
def delete(plugin: str, collection: str, record_id: int, comment_id: int) -> Response:
    """Take a comment away."""
    record = _record(plugin, collection, record_id)
    comment = comments.find(record, comment_id)
    wire.nothing()
    comments.delete(record, comment)
    db.session.commit()
    return Response(status=204)


def _record(plugin: str, collection: str, record_id: int) -> CompanyModel:
    return services().records.get(model_at(plugin, collection), wire.storable(record_id))


def _text(sent: Mapping[str, Any]) -> str:
    errors = {name: [gettext("There is no such field.")] for name in sent if name != "text"}
    if not isinstance(sent.get("text"), str):
        errors["text"] = [gettext("Expected a text.")]
    if errors:
        raise Invalid(gettext("Some fields need another look."), errors=errors)
    return str(sent["text"])


def _told(comment: Comment, author: str | None) -> dict[str, Any]:
    return {
        "id": comment.id,
        "text": comment.text,
        "author": None
        if comment.author_id is None
        else {"id": comment.author_id, "label": author or ""},
        "mentions": [{"id": each["id"], "label": each["name"]} for each in comment.mentions],
        "created_at": instant(comment.created_at),
        "edited_at": instant(comment.edited_at) if comment.edited_at else None,
    }

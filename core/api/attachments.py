"""Files of records over REST."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from core.api import wire
from core.api.collection import href, model_at, path_of
from core.api.idempotency import Answer, once
from core.api.values import instant
from core.extensions import db
from core.files import attachments
from core.files.kinds import KINDS
from core.files.models import Attachment
from core.host import services
from core.web.files import sent
from plugin_api.context import current_actor
from plugin_api.models import CompanyModel

files = Blueprint("attachments", __name__)

FILES = "/<plugin>/<collection>/<int:record_id>/attachments"
ONE = f"{FILES}/<int:file_id>"


@files.get(FILES)
def index(plugin: str, collection: str, record_id: int) -> Response:
    """What is known of the files of a record that the caller may see, newest first."""
    record = _record(plugin, collection, record_id)
    wire.only_arguments()
    found = attachments.of(type(record), record.id)
    return wire.reply({"items": [_told(record, row, who) for row, who in found], "next": None})


@files.post(FILES)
def create(plugin: str, collection: str, record_id: int) -> Response:
    """Attach the file that is sent as ``file`` of a form."""
    request.max_content_length = attachments.LARGEST + attachments.MEGABYTE
    record = _record(plugin, collection, record_id, "update")

    def act() -> Answer:
        given = wire.file()
        made = attachments.attach(record, str(given.filename), given.stream)
        body = _told(record, made, current_actor().name)
        return Answer(body, 201, body["href"])

    return once(act)


@files.get(ONE)
def show(plugin: str, collection: str, record_id: int, file_id: int) -> Response:
    """The content of a file."""
    return sent(attachments.find(_record(plugin, collection, record_id), file_id))


@files.delete(ONE)
def delete(plugin: str, collection: str, record_id: int, file_id: int) -> Response:
    """Take a file away from its record."""
    record = _record(plugin, collection, record_id, "update")
    file = attachments.find(record, file_id)
    wire.nothing()
    attachments.remove(record, file)
    db.session.commit()
    return Response(status=204)


def _record(plugin: str, collection: str, record_id: int, action: str = "read") -> CompanyModel:
    model = model_at(plugin, collection)
    return services().records.get(model, wire.storable(record_id), action)


def _told(record: CompanyModel, row: Attachment, who: str) -> dict[str, Any]:
    place = f"{path_of(type(record))}/{record.id}/attachments/{row.id}"
    return {
        "id": row.id,
        "name": row.name,
        "type": KINDS[row.kind].mimetype,
        "size": row.size,
        "sha256": row.digest,
        "author": None if row.author_id is None else {"id": row.author_id, "label": who},
        "created_at": instant(row.created_at),
        "href": href(place),
    }

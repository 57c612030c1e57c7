"""Records over REST: list, read, create, change, delete, move on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request

from core.api import streams, wire
from core.api.collection import model_at, record_href, transition_of
from core.api.idempotency import Answer, once
from core.api.reading import page_of, shown
from core.api.writing import CARRIED, change, checked, described, require_same, stale
from core.extensions import db
from core.host import services

resources = Blueprint("resources", __name__)

COLLECTION = "/<plugin>/<collection>"
RECORD = f"{COLLECTION}/<int:record_id>"


@resources.get(COLLECTION)
def index(plugin: str, collection: str) -> Response:
    """A page of the records that the caller may see, as the arguments ask; all of them in a
    stream, when the client wants CSV or NDJSON."""
    model, form = model_at(plugin, collection), streams.wanted()
    if form != streams.JSON:
        return streams.stream(model, request.args, form)
    return wire.reply_text(page_of(model, request.args), headers={"Vary": streams.VARY})


@resources.post(COLLECTION)
def create(plugin: str, collection: str) -> Response:
    """Make a record."""
    model = model_at(plugin, collection)

    def act() -> Answer:
        values = checked(model, wire.body())
        with wire.asking():
            record = services().records.create(model, values)
        db.session.flush()
        return Answer(described(record), 201, record_href(model, record.id))

    return once(act)


@resources.get(RECORD)
def show(plugin: str, collection: str, record_id: int) -> Response:
    """One record, with its version as ``ETag``; nothing for who has that version."""
    found = shown(model_at(plugin, collection), record_id, request.args)
    return wire.unless_known(wire.reply(found, headers={"ETag": wire.tag(found["version"])}))


@resources.patch(RECORD)
def update(plugin: str, collection: str, record_id: int) -> Response:
    """Change the fields that are sent, unless someone has changed the record meanwhile."""
    model = model_at(plugin, collection)
    sent = wire.body()
    version = wire.version(sent)
    with stale(model, record_id):
        with wire.asking():
            record = change(model, record_id, sent, version)
        db.session.flush()
        body = described(record)
        db.session.commit()
    return wire.reply(body, headers={"ETag": wire.tag(body["version"])})


@resources.delete(RECORD)
def delete(plugin: str, collection: str, record_id: int) -> Response:
    """Delete a record for good, unless someone has changed it meanwhile."""
    model = model_at(plugin, collection)
    sent = wire.optional_body()
    with stale(model, record_id):
        record = services().records.get(model, wire.storable(record_id), "delete")
        wire.only_fields(sent, *CARRIED)
        require_same(record_id, sent)
        version = wire.version(sent)
        services().records.delete(record, version=version)
        db.session.commit()
    return Response(status=204)


@resources.post(f"{RECORD}/transitions/<name>")
def move(plugin: str, collection: str, record_id: int, name: str) -> Response:
    """Take a record through a transition of its workflow.

    The body holds the transition's inputs, and optionally the version that was read.
    """
    model = model_at(plugin, collection)
    transition = transition_of(model, name)

    takes = (*transition.inputs, *transition.required)

    def act() -> Answer:
        sent = wire.optional_body()
        version = wire.version_if_sent(sent)
        with stale(model, record_id):
            record = services().records.get(model, wire.storable(record_id))
            values = checked(model, sent, takes=takes, known=record)
            said = services().records.transition(record, name, values, version=version)
            db.session.flush()
            return Answer(described(record) | _result(said))

    return once(act)


def _result(said: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a transition has to say: other records by their address, plain values as they are."""
    made: dict[str, Any] = {}
    for key, value in (said or {}).items():
        if hasattr(value, "model_key"):
            made[key] = {
                "model": value.model_key(),
                "id": value.id,
                "href": record_href(type(value), value.id),
            }
        elif value is None or isinstance(value, str | int | bool):
            made[key] = value
        else:
            made[key] = str(value)
    return {"_result": made} if made else {}

"""The part of the OpenAPI document about saved views."""

from __future__ import annotations

from core.api import schemas, streams
from core.api.collection import Collection
from core.api.parts import (
    IDEMPOTENCY_KEY,
    LIMIT,
    READS,
    WRITES,
    answer,
    body,
    operations,
    parameter,
    responses,
)
from core.api.schemas import Schema, ref
from core.api.views import LONGEST_NAME, SHARES
from core.api.views import SCHEMA as VIEW

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer"}
COMPONENTS: dict[str, Schema] = {"View": VIEW}
"""Schemas that the operations name."""


def paths(collection: Collection) -> Schema:
    """Addresses of the saved views of a collection."""
    path, operation = f"{collection.path}/views", operations(collection)
    kept = {
        "name": {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME},
        "query": TEXT | {"description": "As the address of the list: stage=won&sort=-amount."},
        "share": {"type": "string", "enum": list(SHARES), "default": "private"},
    }
    sent: Schema = {"type": "object", "properties": kept, "additionalProperties": False}
    found = {"type": "object", "properties": {"items": {"type": "array", "items": ref("View")}}}
    page: Schema = {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": ref(collection.model.model_key())},
            "next": {"type": ["string", "null"]},
            "total": COUNT,
        },
    }
    view_id = parameter("view_id", schemas.ID, where="path")
    cursor = parameter("cursor", TEXT, "What next held.")
    fields = parameter("fields", TEXT, "Names of the fields wanted, with commas.")
    count = parameter("count", {"type": "boolean"}, "Whether to answer the total.")
    rows = answer(page)
    if "export" in collection.actions:
        rows["content"] |= {streams.CSV: {"schema": TEXT}, streams.NDJSON: {"schema": TEXT}}
    one = answer(ref("View"))
    return {
        path: {
            "get": operation(
                "views", "saved views", responses=responses(READS, s200=answer(found))
            ),
            "post": operation(
                "save_view", "keep a question", parameters=[IDEMPOTENCY_KEY],
                requestBody=body(sent | {"required": ["name", "query"]}),
                responses=responses(WRITES, s201=answer(ref("View"), Location="The view.")),
            ),
        },
        f"{path}/{{view_id}}": {
            "parameters": [view_id],
            "get": operation("view", "a saved view", responses=responses(READS, s200=one)),
            "patch": operation(
                "change_view", "change a view", requestBody=body(sent),
                responses=responses(WRITES, s200=one),
            ),
            "delete": operation(
                "delete_view", "delete a view",
                responses={"204": {"description": "Deleted."}} | responses(READS),
            ),
        },
        f"{path}/{{view_id}}/records": {
            "parameters": [view_id],
            "get": operation(
                "view_records", "what a view asks for", parameters=[LIMIT, cursor, count, fields],
                responses=responses(READS, s200=rows),
            ),
        },
    }  # fmt: skip

"""The part of the OpenAPI document about imports."""

from __future__ import annotations

from core.api import schemas
from core.api.about_work import BUSY, COUNT, INSTANT_OR_NOT, JOB, TEXT
from core.api.collection import Collection
from core.api.import_bodies import ON_ERROR
from core.api.imports import COUNTED
from core.api.parts import (
    CURSOR,
    IDEMPOTENCY_KEY,
    LIMIT,
    READS,
    WRITES,
    answer,
    body,
    listed,
    operations,
    parameter,
    responses,
)
from core.api.schemas import Schema, ref
from core.data.importing.models import STATES as IMPORTED

MAP: Schema = {
    "type": ["object", "string"],
    "description": "Which column fills which field: the sections of a map as an object, or a map"
    " in TOML. Without one, columns go by names and labels of fields.",
}
MAPPING: dict[str, Schema] = {
    "map": MAP,
    "key": TEXT | {"description": "Fields, with commas, that tell which record a row is."},
    "like": {"type": "integer", "description": "An import whose map is taken."},
    "saved": TEXT | {"description": "Name of a map that the company keeps."},
}
TAKEN_BACK: Schema = {
    "type": "object",
    "description": "How many records were deleted, set back, gone already, and left alone.",
    "required": ["deleted", "restored", "gone", "left"],
    "properties": dict.fromkeys(("deleted", "restored", "gone", "left"), COUNT),
}
COMPONENTS: dict[str, Schema] = {
    "Import": {
        "type": "object",
        "required": ["id", "href", "file", "state", "rows", "errors", "map", "revertible"],
        "properties": {
            "id": schemas.ID,
            "href": TEXT,
            "file": TEXT,
            "state": {"type": "string", "enum": [choice.value for choice in IMPORTED]},
            **dict.fromkeys(COUNTED, COUNT),
            "map": {"type": "object"},
            "messages": {"type": "array", "items": {"type": "object"}},
            "started_at": INSTANT_OR_NOT,
            "finished_at": INSTANT_OR_NOT,
            "bad_rows": {"type": ["string", "null"], "description": "Where they are as a file."},
            "revertible": {"type": "boolean"},
            "taken_back": TAKEN_BACK | {"type": ["object", "null"]},
        },
    },
    "ImportReport": {
        "type": "object",
        "description": "What has become of each row, or would.",
        "required": ["outcome", "rows", "created", "updated", "errors", "row_errors"],
        "properties": {
            "outcome": TEXT,
            "rows": COUNT,
            "created": COUNT,
            "updated": COUNT,
            "unchanged": COUNT,
            "skipped": COUNT,
            "errors": COUNT,
            "columns": {"type": "object", "description": "Field → the column that fills it."},
            "unmatched": {"type": "array", "items": TEXT},
            "row_errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "line": COUNT,
                        "field": TEXT,
                        "column": TEXT,
                        "value": TEXT,
                        "reason": TEXT,
                    },
                },
            },
        },
    },
}
"""Schemas that the operations name."""


def paths(collection: Collection) -> Schema:
    """Addresses of imports into a collection, for who may import."""
    if "import" not in collection.actions:
        return {}
    path, operation = f"{collection.path}/imports", operations(collection)
    row = {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean",
                                                               "null"]}}  # fmt: skip
    rows: Schema = {
        "type": "object",
        "required": ["rows"],
        "additionalProperties": False,
        "properties": {"rows": {"type": "array", "minItems": 1, "items": row}, "name": TEXT,
                       **MAPPING},
    }  # fmt: skip
    form: Schema = {
        "type": "object",
        "required": ["file"],
        "properties": {"file": {"type": "string", "contentMediaType": "application/octet-stream"},
                       "map": TEXT, "key": TEXT, "like": COUNT, "saved": TEXT},
    }  # fmt: skip
    sent: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **MAPPING,
            "on_error": {"type": "string", "enum": list(ON_ERROR), "default": "stop",
                         "description": "Whether one wrong row keeps all from going in."},
        },
    }  # fmt: skip
    both = {"application/json": {"schema": rows}, "multipart/form-data": {"schema": form}}
    one = parameter("import_id", schemas.ID, where="path")
    report, job = answer(ref("ImportReport")), JOB
    csv: Schema = {"description": "The rows.", "content": {"text/csv": {"schema": TEXT}}}
    asked = body(sent, required=False)
    return {
        path: {
            "get": operation(
                "imports", "imports", parameters=[LIMIT, CURSOR],
                responses=responses(READS, s200=answer(listed("Import"))),
            ),
            "post": operation(
                "begin_import", "keep a file or rows", parameters=[IDEMPOTENCY_KEY],
                requestBody={"required": True, "content": both},
                responses=responses(
                    WRITES, s201=answer(ref("Import"), Location="The import.")
                ),
            ),
        },
        f"{path}/{{import_id}}": {
            "parameters": [one],
            "get": operation(
                "import", "an import", responses=responses(READS, s200=answer(ref("Import")))
            ),
            "delete": operation(
                "call_off_import", "forget the file, or stop the job that takes it in",
                responses={"204": {"description": "It is forgotten."}} | responses(BUSY, s202=job),
            ),
        },
        f"{path}/{{import_id}}/check": {
            "parameters": [one],
            "post": operation(
                "check_import", "what would become of each row",
                parameters=[IDEMPOTENCY_KEY], requestBody=asked,
                responses=responses(WRITES, s200=report, s202=job),
            ),
        },
        f"{path}/{{import_id}}/run": {
            "parameters": [one],
            "post": operation(
                "run_import", "take the rows in", parameters=[IDEMPOTENCY_KEY], requestBody=asked,
                responses=responses(WRITES, s202=job),
            ),
        },
        f"{path}/{{import_id}}/bad-rows": {
            "parameters": [one],
            "get": operation(
                "bad_rows", "rows that did not go in", responses={"200": csv} | responses(READS)
            ),
        },
        f"{path}/{{import_id}}/revert": {
            "parameters": [one],
            "post": operation(
                "revert_import", "take an import back", parameters=[IDEMPOTENCY_KEY],
                responses=responses(BUSY, s200=answer(TAKEN_BACK), s202=job),
            ),
        },
    }  # fmt: skip

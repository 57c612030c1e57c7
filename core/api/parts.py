"""Parts that operations of the OpenAPI document are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from core.api import schemas, wire
from core.api.collection import Collection
from core.api.idempotency import MAX_KEY
from core.api.schemas import Schema, ref
from core.data.query.asking import MOST_ROWS, PAGE

PROBLEMS = {
    "400": "The request is not understood.",
    "401": "No valid token.",
    "403": "The caller's role does not allow it.",
    "404": "There is no such thing, for this caller.",
    "409": "Someone has changed the record meanwhile, or another record stands against it.",
    "413": "The body is too large.",
    "415": "The body is no JSON.",
    "422": "A value does not fit; errors tells which.",
    "429": "Too many requests with tokens that are not valid; Retry-After tells how long.",
    "503": "Try again later.",
}
READS = ("401", "403", "404", "422", "429", "503")
WRITES = ("400", "401", "403", "404", "409", "413", "415", "422", "429", "503")


def answer(schema: Schema, description: str = "Done.", **headers: str) -> Schema:
    """What an operation answers, with its headers."""
    made: Schema = {
        "description": description, "content": {"application/json": {"schema": schema}}
    }  # fmt: skip
    if headers:
        made["headers"] = {
            name: {"description": text, "schema": {"type": "string"}}
            for name, text in headers.items()
        }
    return made


def responses(problems: Iterable[str], **answers: Schema) -> Schema:
    """All answers of an operation: ``s200=…`` and problems by their status."""
    made = {status.removeprefix("s"): answer for status, answer in answers.items()}
    return made | {status: {"$ref": f"#/components/responses/{status}"} for status in problems}


def body(schema: Schema, *, required: bool = True) -> Schema:
    """What is sent as JSON."""
    return {"required": required, "content": {"application/json": {"schema": schema}}}


def parameter(name: str, schema: Schema, description: str = "", where: str = "query") -> Schema:
    """A parameter."""
    made: Schema = {"name": name, "in": where, "schema": schema}
    if where == "path":
        made["required"] = True
    return made | ({"description": description} if description else {})


ID = parameter("id", schemas.ID, where="path")
FIELDS = parameter("fields", {"type": "string"}, "Names of the fields wanted, with commas.")
IF_MATCH = parameter(
    "If-Match", {"type": "string", "pattern": r'^(W/)?"\d{1,18}"$'},
    'The version that was read, as "3"; or version in the body. Both must be the same.',
    "header",
)  # fmt: skip
IF_NONE_MATCH = parameter(
    "If-None-Match", {"type": "string"},
    "ETag of what one has: the answer is 304 while it is so.", "header",
)  # fmt: skip
IDEMPOTENCY_KEY = parameter(
    "Idempotency-Key", {"type": "string", "minLength": 1, "maxLength": MAX_KEY},
    "A request sent again under the same key within a day is done once.", "header",
)  # fmt: skip
DUPLICATES = parameter(
    wire.DUPLICATES, {"type": "string", "enum": [wire.ALLOW]},
    "Save what seems to be there already; else 409 tells of it.", "header",
)  # fmt: skip
LIMIT = parameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": PAGE})
CURSOR = parameter("cursor", {"type": "string", "pattern": "^[1-9][0-9]{0,17}$"}, "What next held.")


def listed_all(name: str, examples: Sequence[Any] = ()) -> Schema:
    """All of what a component describes, at once; with examples of it."""
    made: Schema = {
        "type": "object",
        "required": ["items"],
        "properties": {"items": {"type": "array", "items": ref(name)}},
    }
    return made | ({"examples": [{"items": list(examples)}]} if examples else {})


def listed(name: str) -> Schema:
    """A page of what a component describes."""
    return {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": ref(name)},
            "next": {"type": ["string", "null"]},
        },
    }


def operations(collection: Collection) -> Callable[..., Schema]:
    """What makes operations of a collection."""
    key, tag = collection.model.model_key(), collection.model.plugin_id()
    many = collection.model.__label_plural__

    def operation(name: str, summary: str, **more: Any) -> Schema:
        one = f"{many}: {summary}"
        return {"operationId": f"{key}.{name}", "summary": one, "tags": [tag], **more}

    return operation

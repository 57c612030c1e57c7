"""The part of the OpenAPI document about what hangs on records: comments, files and shares."""

from __future__ import annotations

from typing import Any

from core.access.models import LEVELS
from core.access.rules import is_shareable
from core.access.sharing import SHARE
from core.api import schemas
from core.api.collection import Collection
from core.api.schemas import Schema, ref
from core.collab.comments import LONGEST, WRITE
from core.data.query.asking import MOST_ROWS, PAGE
from core.files.kinds import KINDS
from plugin_api.context import has_permission

PERSON: Schema = {"anyOf": [ref("Reference"), {"type": "null"}]}
COMPONENTS: dict[str, Schema] = {
    "Comment": {
        "type": "object",
        "required": ["id", "text", "author", "mentions", "created_at", "edited_at"],
        "properties": {
            "id": schemas.ID,
            "text": {"type": "string"},
            "author": PERSON,
            "mentions": {"type": "array", "items": ref("Reference")},
            "created_at": schemas.INSTANT,
            "edited_at": {"type": ["string", "null"], "format": "date-time"},
            "unreached": {
                "type": "array",
                "items": {"type": "string"},
                "description": "After writing: people named in it who may not see the record.",
            },
        },
    },
    "Attachment": {
        "type": "object",
        "required": ["id", "name", "type", "size", "sha256", "author", "created_at", "href"],
        "properties": {
            "id": schemas.ID,
            "name": {"type": "string"},
            "type": {"type": "string", "enum": [kind.mimetype for kind in KINDS.values()]},
            "size": {"type": "integer", "description": "Bytes."},
            "sha256": {"type": "string"},
            "author": PERSON,
            "created_at": schemas.INSTANT,
            "href": {"type": "string", "description": "Where its content is."},
        },
    },
    "Share": {
        "type": "object",
        "required": ["id", "user", "team", "level", "until", "over", "by"],
        "properties": {
            "id": schemas.ID,
            "user": PERSON,
            "team": PERSON,
            "level": {"type": "string", "enum": [choice.value for choice in LEVELS]},
            "until": {"type": ["string", "null"], "format": "date", "description": "Last day."},
            "over": {"type": "boolean", "description": "Whether that day has passed."},
            "by": {"type": "string", "description": "Who gave it; empty for the system."},
        },
    },
}
"""Schemas that the operations name."""
GIVEN: Schema = {
    "type": "object",
    "additionalProperties": False,
    "description": "Either a person or a team.",
    "properties": {
        "user": {"type": ["integer", "null"], "minimum": 1, "maximum": 2**63 - 1},
        "team": {"type": ["integer", "null"], "minimum": 1, "maximum": 2**63 - 1},
        "level": {"type": "string", "enum": [choice.value for choice in LEVELS]},
        "until": {"type": ["string", "null"], "format": "date"},
    },
}
SAID: Schema = {
    "type": "object",
    "required": ["text"],
    "additionalProperties": False,
    "properties": {
        "text": {
            "type": "string", "minLength": 1, "maxLength": LONGEST,
            "description": "Plain; @Name names somebody, who is told.",
        }
    },
}  # fmt: skip
FORM: Schema = {
    "type": "object",
    "required": ["file"],
    "properties": {"file": {"type": "string", "contentMediaType": "application/octet-stream"}},
}
READS = ("401", "403", "404", "422", "503")
WRITES = ("400", "401", "403", "404", "413", "415", "422", "503")
GONE: Schema = {"204": {"description": "Deleted."}}


def paths(collection: Collection, idempotency: Schema) -> Schema:
    """Addresses below each record of a collection. ``idempotency`` is the header's parameter."""
    key, at, tag = collection.model.model_key(), f"{collection.path}/{{id}}", collection.model
    made: Schema = {}

    def operation(name: str, summary: str, **more: Any) -> Schema:
        one = f"{tag.__label__}: {summary}"
        return {"operationId": f"{key}.{name}", "summary": one, "tags": [tag.plugin_id()], **more}

    comments: Schema = {
        "parameters": [_id("id")],
        "get": operation(
            "comments", "comments", parameters=_paging(),
            responses=_answers(READS, "200", _list("Comment")),
        ),
    }  # fmt: skip
    comment: Schema = {
        "parameters": [_id("id"), _id("comment_id")],
        "get": operation(
            "comment", "one comment", responses=_answers(READS, "200", ref("Comment"))
        ),
    }
    if has_permission(WRITE):
        comments["post"] = operation(
            "comment_on", "comment", parameters=[idempotency], requestBody=_body(SAID),
            responses=_answers(WRITES, "201", ref("Comment")),
        )  # fmt: skip
        comment["patch"] = operation(
            "change_comment", "change a comment of one's own", requestBody=_body(SAID),
            responses=_answers(WRITES, "200", ref("Comment")),
        )  # fmt: skip
        comment["delete"] = operation(
            "delete_comment", "delete a comment of one's own", responses=GONE | _problems(READS)
        )
    files: Schema = {
        "parameters": [_id("id")],
        "get": operation(
            "attachments", "files", responses=_answers(READS, "200", _list("Attachment"))
        ),
    }
    kinds: Schema = {kind.mimetype: {} for kind in KINDS.values()}
    binary: Schema = {"content": kinds, "description": "The content."}
    file: Schema = {
        "parameters": [_id("id"), _id("file_id")],
        "get": operation("attachment", "a file", responses={"200": binary} | _problems(READS)),
    }
    if "update" in collection.actions:
        form = {"required": True, "content": {"multipart/form-data": {"schema": FORM}}}
        files["post"] = operation(
            "attach", "attach a file", requestBody=form,
            responses=_answers(WRITES, "201", ref("Attachment")),
        )  # fmt: skip
        file["delete"] = operation("detach", "delete a file", responses=GONE | _problems(READS))
    made[f"{at}/comments"], made[f"{at}/comments/{{comment_id}}"] = comments, comment
    if is_shareable(collection.model):
        shares: Schema = {
            "parameters": [_id("id")],
            "get": operation("shares", "shares", responses=_answers(READS, "200", _list("Share"))),
        }
        share: Schema = {
            "parameters": [_id("id"), _id("share_id")],
            "get": operation("share", "a share", responses=_answers(READS, "200", ref("Share"))),
        }
        if has_permission(SHARE):
            shares["post"] = operation(
                "share_with", "share", parameters=[idempotency], requestBody=_body(GIVEN),
                responses=_answers(WRITES, "201", ref("Share")),
            )  # fmt: skip
            share["delete"] = operation(
                "revoke_share", "take a share back", responses=GONE | _problems(READS)
            )
        made[f"{at}/shares"], made[f"{at}/shares/{{share_id}}"] = shares, share
    made[f"{at}/attachments"], made[f"{at}/attachments/{{file_id}}"] = files, file
    return made


def _id(name: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": schemas.ID}


def _paging() -> list[Schema]:
    limit = {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": PAGE}
    cursor = {"type": "string", "pattern": "^[1-9][0-9]{0,17}$"}
    return [
        {"name": "limit", "in": "query", "schema": limit},
        {"name": "cursor", "in": "query", "schema": cursor, "description": "What next held."},
    ]


def _list(name: str) -> Schema:
    return {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": ref(name)},
            "next": {"type": ["string", "null"]},
        },
    }


def _body(schema: Schema) -> Schema:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _answers(problems: tuple[str, ...], status: str, schema: Schema) -> Schema:
    content = {"application/json": {"schema": schema}}
    return {status: {"description": "Done.", "content": content}} | _problems(problems)


def _problems(statuses: tuple[str, ...]) -> Schema:
    return {status: {"$ref": f"#/components/responses/{status}"} for status in statuses}

"""The part of the OpenAPI document about what hangs on records: comments, files and shares."""

from __future__ import annotations

from typing import Any

from core.access.models import LEVELS
from core.access.rules import is_shareable
from core.access.sharing import SHARE
from core.api import schemas
from core.api.collection import Collection
from core.api.parts import (
    CURSOR,
    ID,
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
from core.collab.comments import LONGEST, WRITE
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
GONE: Schema = {"204": {"description": "Deleted."}}


def paths(collection: Collection) -> Schema:
    """Addresses below each record of a collection."""
    at, made = f"{collection.path}/{{id}}", dict[str, Any]()
    operation = operations(collection)
    comments: Schema = {
        "parameters": [ID],
        "get": operation(
            "comments", "comments", parameters=[LIMIT, CURSOR],
            responses=responses(READS, s200=answer(listed("Comment"))),
        ),
    }  # fmt: skip
    comment: Schema = {
        "parameters": [ID, _numbered("comment_id")],
        "get": operation(
            "comment", "one comment", responses=responses(READS, s200=answer(ref("Comment")))
        ),
    }
    if has_permission(WRITE):
        comments["post"] = operation(
            "comment_on", "comment", parameters=[IDEMPOTENCY_KEY], requestBody=body(SAID),
            responses=responses(WRITES, s201=answer(ref("Comment"))),
        )  # fmt: skip
        comment["patch"] = operation(
            "change_comment", "change a comment of one's own", requestBody=body(SAID),
            responses=responses(WRITES, s200=answer(ref("Comment"))),
        )  # fmt: skip
        comment["delete"] = operation(
            "delete_comment", "delete a comment of one's own", responses=GONE | responses(READS)
        )
    files: Schema = {
        "parameters": [ID],
        "get": operation(
            "attachments", "files", responses=responses(READS, s200=answer(listed("Attachment")))
        ),
    }
    kinds: Schema = {kind.mimetype: {} for kind in KINDS.values()}
    binary: Schema = {"content": kinds, "description": "The content."}
    file: Schema = {
        "parameters": [ID, _numbered("file_id")],
        "get": operation("attachment", "a file", responses=responses(READS, s200=binary)),
    }
    if "update" in collection.actions:
        form = {"required": True, "content": {"multipart/form-data": {"schema": FORM}}}
        files["post"] = operation(
            "attach", "attach a file", parameters=[IDEMPOTENCY_KEY], requestBody=form,
            responses=responses(WRITES, s201=answer(ref("Attachment"))),
        )  # fmt: skip
        file["delete"] = operation("detach", "delete a file", responses=GONE | responses(READS))
    made[f"{at}/comments"], made[f"{at}/comments/{{comment_id}}"] = comments, comment
    if is_shareable(collection.model):
        shares: Schema = {
            "parameters": [ID],
            "get": operation(
                "shares", "shares", responses=responses(READS, s200=answer(listed("Share")))
            ),
        }
        share: Schema = {
            "parameters": [ID, _numbered("share_id")],
            "get": operation(
                "share", "a share", responses=responses(READS, s200=answer(ref("Share")))
            ),
        }
        if has_permission(SHARE):
            shares["post"] = operation(
                "share_with", "share", parameters=[IDEMPOTENCY_KEY], requestBody=body(GIVEN),
                responses=responses(WRITES, s201=answer(ref("Share"))),
            )  # fmt: skip
            share["delete"] = operation(
                "revoke_share", "take a share back", responses=GONE | responses(READS)
            )
        made[f"{at}/shares"], made[f"{at}/shares/{{share_id}}"] = shares, share
    made[f"{at}/attachments"], made[f"{at}/attachments/{{file_id}}"] = files, file
    return made


def _numbered(name: str) -> Schema:
    return parameter(name, schemas.ID, where="path")

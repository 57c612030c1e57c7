"""The part of the OpenAPI document about refusals."""

from __future__ import annotations

from core.api import schemas
from core.api.problems import WHOLE
from core.api.schemas import Schema

PLACE: Schema = {"type": "string", "examples": ["create.3"]}
COMPONENTS: dict[str, Schema] = {
    "Problem": {
        "type": "object",
        "description": "RFC 9457.",
        "required": ["type", "title", "status"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "errors": {
                "type": "object",
                "description": "Messages by field, of the record as a whole under"
                f" {WHOLE}; in a bulk request by place, update.3.name and update.3.",
                "additionalProperties": {"type": "array", "items": {"type": "string"}},
            },
            "duplicates": {
                "type": "array",
                "description": "What seems to be there already (409): why, and which record it is"
                " if it may be seen.",
                "items": {
                    "type": "object",
                    "required": ["why"],
                    "properties": {
                        "at": PLACE | {"description": "In a bulk request: what is refused."},
                        "why": {"type": "string", "examples": ["same Name"]},
                        "title": {"type": "string"},
                        "owner": {"type": "string"},
                        "model": {"type": "string"},
                        "id": schemas.ID,
                        "like": PLACE | {"description": "In place of an id: another new one."},
                    },
                },
            },
            "may_save": {
                "type": "boolean",
                "description": "Whether Duplicates: allow saves it all the same.",
            },
            "code": {"type": "string", "description": "Of a failure (500), as in the log."},
            "current": {
                "description": "After a lost race (409) what the record holds now, if it may "
                "be read.",
                "type": ["object", "null"],
            },
        },
    },
}
"""Schemas that the operations name."""

"""The part of the OpenAPI document about work in the background: jobs and exports."""

from __future__ import annotations

from typing import Any

from core.api import schemas
from core.api.collection import ROOT, Collection
from core.api.jobs import FORMS, PERMISSION
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
from core.jobs.models import STATES
from plugin_api.context import has_permission

INSTANT_OR_NOT: Schema = {"type": ["string", "null"], "format": "date-time"}
TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer"}
BUSY = ("401", "403", "404", "409", "422", "503")
COMPONENTS: dict[str, Schema] = {
    "Job": {
        "type": "object",
        "description": "A run of a job. Ask for it again until its state is done, failed or"
        " cancelled.",
        "required": ["id", "href", "job", "label", "state", "progress", "result", "file"],
        "properties": {
            "id": schemas.ID,
            "href": TEXT,
            "job": TEXT,
            "label": TEXT,
            "state": {"type": "string", "enum": [choice.value for choice in STATES]},
            "progress": COUNT | {"description": "In percent."},
            "text": TEXT,
            "error": TEXT,
            "attempts": COUNT,
            "user": {"anyOf": [ref("Reference"), {"type": "null"}]},
            "created_at": schemas.INSTANT,
            "started_at": INSTANT_OR_NOT,
            "finished_at": INSTANT_OR_NOT,
            "result": {"type": "object", "description": "What it has left, for who asked for it."},
            "file": {
                "type": ["object", "null"],
                "required": ["href", "name", "expires_at"],
                "properties": {"href": TEXT, "name": TEXT, "expires_at": schemas.INSTANT},
            },
        },
    },
}  # fmt: skip
"""Schemas that the operations name."""
JOB = answer(ref("Job"), "The run of the job that does it.", Location="The run.")
RUN_ID = parameter("run_id", schemas.ID, where="path")


def job_paths() -> Schema:
    """Addresses of jobs, which belong to no collection."""
    path = f"{ROOT}/jobs"
    state = parameter("state", {"type": "string", "enum": [choice.value for choice in STATES]})
    job = parameter("job", TEXT, "Key of a job, such as core.import.")

    def operation(name: str, summary: str, **more: Any) -> Schema:
        return {"operationId": f"jobs.{name}", "summary": summary, "tags": ["jobs"], **more}

    at_all: Schema = {
        "get": operation(
            "list", "Runs of jobs", parameters=[state, job, LIMIT, CURSOR],
            responses=responses(("401", "422", "503"), s200=answer(listed("Job"))),
        )
    }  # fmt: skip
    if has_permission(PERMISSION):
        key = {"type": "object", "required": ["job"], "additionalProperties": False,
               "properties": {"job": TEXT | {"examples": ["core.tidy_up"]}}}  # fmt: skip
        at_all["post"] = operation(
            "start", "Start a job", parameters=[IDEMPOTENCY_KEY], requestBody=body(key),
            responses=responses(WRITES, s202=JOB),
        )  # fmt: skip
    file: Schema = {"content": {"application/octet-stream": {}, "text/csv": {}, WORKBOOK: {}},
                    "description": "The file."}  # fmt: skip
    again = answer(ref("Job"), "As it is now.")
    return {
        path: at_all,
        f"{path}/{{run_id}}": {
            "parameters": [RUN_ID],
            "get": operation("get", "A run", responses=responses(READS, s200=answer(ref("Job")))),
        },
        f"{path}/{{run_id}}/cancel": {
            "parameters": [RUN_ID],
            "post": operation("cancel", "Cancel a run", responses=responses(BUSY, s202=again)),
        },
        f"{path}/{{run_id}}/retry": {
            "parameters": [RUN_ID],
            "post": operation(
                "retry", "Try once more", parameters=[IDEMPOTENCY_KEY],
                responses=responses(BUSY, s202=again),
            ),
        },
        f"{path}/{{run_id}}/file": {
            "parameters": [RUN_ID],
            "get": operation("file", "What it has written",
                             responses={"200": file} | responses(READS)),
        },
    }  # fmt: skip


WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def paths(collection: Collection) -> Schema:
    """The address at which an export of a collection is ordered."""
    if "export" not in collection.actions:
        return {}
    return _exports(collection)


def _exports(collection: Collection) -> Schema:
    sent: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "format": {"type": "string", "enum": list(FORMS), "default": "csv"},
            "query": TEXT | {"description": "As the address of the list.",
                             "examples": ["sort=-id"]},
            "ids": {"type": "boolean", "description": "Whether to add numbers of references."},
        },
    }  # fmt: skip
    return {
        f"{collection.path}/export": {
            "post": operations(collection)(
                "export", "write a file", parameters=[IDEMPOTENCY_KEY], requestBody=body(sent),
                responses=responses(WRITES, s202=JOB),
            )
        }
    }  # fmt: skip

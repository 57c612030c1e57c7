"""The OpenAPI document: what this caller can do in this company, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core.api import (
    about,
    about_figures,
    about_imports,
    about_problems,
    about_views,
    about_work,
    deleted,
    reports,
    schemas,
    streams,
)
from core.api.collection import ROOT, Collection, transitions_of
from core.api.parts import (
    DUPLICATES,
    FIELDS,
    ID,
    IDEMPOTENCY_KEY,
    IF_MATCH,
    IF_NONE_MATCH,
    PROBLEMS,
    READS,
    WRITES,
    answer,
    body,
    parameter,
    responses,
)
from core.api.schemas import Schema, ref
from core.data import query
from core.data.fields import all_fields
from core.data.query.asking import MOST_ROWS, PAGE, RESERVED
from core.data.query.conditions import LONGEST
from core.data.query.filters import operators_of
from core.data.query.scopes import SCOPES
from core.host import services
from core.hosting.implied import ACTION_LABELS
from core.measures.behind import NAME as BEHIND
from plugin_api.context import has_permission
from plugin_api.measures import Measure, Ratio

VERSION = "3.1.0"
WHERE = (
    "Conditions as JSON, each an object with one filter and its value, all or any of them, with"
    ' groups one level deep: {"any": [{"name": "a"}, {"all": [{"id__gt": "3"}]}]}.'
)
PAGE_OR_STREAM = (
    "A page; with Accept: text/csv a table of all records, with Accept: application/x-ndjson each"
    " as an object on a line of its own, in one stream, which needs the right to export."
)
PARTS: tuple[Any, ...] = (
    about, about_work, about_views, about_imports, about_figures, about_problems, deleted, reports
)  # fmt: skip
"""Modules that describe what hangs on every collection or on none."""
TEXT: Schema = {"type": "string"}
EXAMPLE = '{"any":[{"id":"1"},{"id__gt":"7"}]}'


def document(
    collections: Iterable[Collection], measures: Iterable[Measure | Ratio], server: str
) -> Schema:
    """The whole document. ``server`` is the address that the paths stand below."""
    held = list(collections)
    paths: Schema = {f"{ROOT}/": {"get": about_figures.index(held)}}
    components = dict(schemas.COMMON)
    for part in PARTS:
        components |= part.COMPONENTS
    for collection in held:
        paths |= _collection(collection) | about.paths(collection)
        for part in (about_work, about_views, about_imports, deleted):
            paths |= part.paths(collection)
        components |= schemas.components(collection)
    paths |= about_work.job_paths()
    paths |= about_figures.measures(list(measures))
    paths |= reports.paths()
    return {
        "openapi": VERSION,
        "info": {
            "title": "Xiaoguan",
            "version": "1",
            "description": "What your company has switched on and you may use.",
        },
        "servers": [{"url": server or "/"}],
        "security": [{"token": []}],
        "tags": [{"name": name} for name in dict.fromkeys(c.model.plugin_id() for c in held)],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "responses": {
                status: {
                    "description": text,
                    "content": {"application/problem+json": {"schema": ref("Problem")}},
                }
                for status, text in PROBLEMS.items()
            },
        },
    }


def _collection(collection: Collection) -> Schema:
    model = collection.model
    key, path, tag = model.model_key(), collection.path, model.plugin_id()
    one, many = str(model.__label__), str(model.__label_plural__)

    def operation(name: str, summary: str, **more: Any) -> Schema:
        return {"operationId": f"{key}.{name}", "summary": summary, "tags": [tag], **more}

    listed = {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": ref(key)},
            "next": {"type": ["string", "null"], "description": "Send it as cursor."},
            "total": {"type": "integer"},
        },
    }
    tagged = answer(ref(key), ETag="The version.")
    page = answer(listed, PAGE_OR_STREAM if "export" in collection.actions else "A page.")
    if "export" in collection.actions:
        page["content"] |= {streams.CSV: {"schema": TEXT}, streams.NDJSON: {"schema": TEXT}}
    at_all: Schema = {
        "get": operation(
            "list", many, parameters=_list_parameters(collection),
            responses=responses(READS, s200=page),
        ),
    }  # fmt: skip
    at_one: Schema = {
        "parameters": [ID],
        "get": operation(
            "get", one, parameters=[FIELDS, IF_NONE_MATCH],
            responses=responses(READS, s200=tagged, s304={"description": "It is as it was."}),
        ),
    }  # fmt: skip
    if "create" in collection.actions:
        made = answer(ref(key), Location="The record.")
        at_all["post"] = operation(
            "create", f"{one}: {ACTION_LABELS['create']}", parameters=[IDEMPOTENCY_KEY, DUPLICATES],
            requestBody=body(ref(f"{key}.New")), responses=responses(WRITES, s201=made),
        )  # fmt: skip
    if "update" in collection.actions:
        at_one["patch"] = operation(
            "update", f"{one}: {ACTION_LABELS['update']}", parameters=[IF_MATCH, DUPLICATES],
            requestBody=body(ref(f"{key}.Change")), responses=responses(WRITES, s200=tagged),
        )  # fmt: skip
    if "delete" in collection.actions:
        version = parameter("version", schemas.VERSION, "The version that was read.")
        at_one["delete"] = operation(
            "delete", f"{one}: {ACTION_LABELS['delete']}", parameters=[IF_MATCH, version],
            requestBody=body(schemas.named(), required=False),
            responses=responses(WRITES, s204={"description": "Deleted."}),
        )  # fmt: skip
    paths: Schema = {path: at_all, f"{path}/{{id}}": at_one}
    if collection.actions & {"create", "update", "delete"}:
        paths[f"{path}/bulk"] = {
            "post": operation(
                "bulk", f"{many}: many at once", parameters=[IDEMPOTENCY_KEY, DUPLICATES],
                requestBody=body(schemas.bulk(model, collection.actions)),
                responses=responses(WRITES, s200=answer(schemas.done())),
            )
        }  # fmt: skip
    for transition in transitions_of(model):
        if has_permission(transition.permission or f"{key}.update"):
            paths[f"{path}/{{id}}/transitions/{transition.name}"] = {
                "parameters": [ID],
                "post": operation(
                    transition.name, f"{one}: {transition.label}",
                    parameters=[IDEMPOTENCY_KEY, IF_MATCH],
                    requestBody=body(schemas.inputs(model, transition), required=False),
                    responses=responses(WRITES, s200=answer(schemas.moved(key))),
                ),
            }  # fmt: skip
    return paths


def _list_parameters(collection: Collection) -> list[Schema]:
    model = collection.model
    text, yes = {"type": "string"}, {"type": "boolean"}
    key = f"-?({'|'.join(sorted(query.sortable(model)))})"
    order = text | {"pattern": f"^{key}(,{key})*$"}
    made = [
        parameter("sort", order, "Fields with commas, descending with a minus."),
        parameter(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": PAGE},
            streams.LIMIT,
        ),
        parameter("cursor", text, "What next held. Not of a stream."),
        parameter(
            "count", yes | {"default": False}, "Whether to answer the total. Not of a stream."
        ),
        FIELDS,
    ]
    if model.__search__:
        made.append(parameter("q", text, "Words to look for."))
    if model.__owner__:
        made.append(
            parameter("scope", text | {"enum": list(SCOPES)}, "The caller's, or their team's.")
        )
    made.append(parameter("where", text | {"maxLength": LONGEST, "examples": [EXAMPLE]}, WHERE))
    measures = services().measures
    keys = [each.key for each in measures.all()]
    about = [key for key in keys if measures.parts(key)[-1].model == model.model_key()]
    if about:
        asked = text | {"examples": about[:1]}
        made.append(parameter(BEHIND, asked, "The figure of a measure that they are behind."))
    for name, meta in all_fields(model).items():
        equals = () if meta.kind == "json" or name in RESERVED else ("",)
        made += [
            parameter(
                f"{name}__{operator}".removesuffix("__"),
                schemas.asked(meta, operator),
                str(meta.label),
            )
            for operator in (*equals, *operators_of(meta))
        ]
    return made

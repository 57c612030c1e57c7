"""JSON Schema of records and of everything else that goes over the wire."""

from __future__ import annotations

from typing import Any

from core.api import examples
from core.api.bulk import MOST
from core.api.collection import Collection
from core.api.matching import MATCH, matching_fields
from core.api.values import STAMPS, adds_currency
from core.data.fields import FieldMeta, fields_of
from core.data.periods import NAMED
from plugin_api.models import CompanyModel
from plugin_api.workflow import Transition

Schema = dict[str, Any]

NUMBER = r"^-?\d+(\.\d+)?$"
PERIOD = rf"^({'|'.join(NAMED)}|(last|next)_[1-9]\d{{0,2}}_days)$"
INSTANT: Schema = {"type": "string", "format": "date-time"}
VERSION: Schema = {"type": "integer", "description": "Grows with every change of the record."}
ID: Schema = {"type": "integer", "format": "int64"}

COMMON: dict[str, Schema] = {
    "Reference": {
        "type": "object",
        "required": ["id", "label"],
        "properties": {"id": ID, "label": {"type": "string"}},
    },
    "Written": {
        "type": "object",
        "required": ["id", "version"],
        "properties": {"id": ID, "version": VERSION},
    },
}
"""Components that do not depend on what the company has enabled."""


def ref(name: str) -> Schema:
    """A component by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def record(model: type[CompanyModel]) -> Schema:
    """What is read. Only the id and the version are there when ``fields`` narrows it."""
    properties: dict[str, Schema] = {
        "id": ID | {"readOnly": True},
        "version": VERSION | {"readOnly": True},
    }
    for name, meta in fields_of(model).items():
        properties[name] = _told(meta, _read(meta))
    if adds_currency(model):
        properties["currency"] = {
            "type": "string", "description": "Of all amounts: the company's.", "readOnly": True,
        }  # fmt: skip
    for name in STAMPS:
        properties[name] = INSTANT | {"readOnly": True}
    return {
        "type": "object",
        "title": str(model.__label__),
        "required": ["id", "version"],
        "properties": properties,
    }


def new(model: type[CompanyModel]) -> Schema:
    """What is sent to create a record."""
    metas = [meta for meta in fields_of(model).values() if not meta.readonly]
    made: Schema = {
        "type": "object",
        "properties": {meta.name: _told(meta, _sent(meta)) for meta in metas},
        "additionalProperties": False,
    }
    required = [meta.name for meta in metas if _must_be_sent(model, meta)]
    made["examples"] = [examples.new(model)]
    return made | ({"required": required} if required else {})


def change(model: type[CompanyModel]) -> Schema:
    """What is sent to change a record: any of its fields, and the version that was read."""
    metas = [meta for meta in fields_of(model).values() if not meta.readonly]
    properties = {meta.name: _told(meta, _sent(meta)) for meta in metas}
    return {
        "type": "object",
        "properties": {"version": VERSION, "id": ID} | properties,
        "additionalProperties": False,
        "examples": [examples.change(model)],
    }


def named() -> Schema:
    """What may be sent to delete a record: the version that was read."""
    return {
        "type": "object",
        "properties": {"version": VERSION, "id": ID},
        "additionalProperties": False,
    }


def bulk(model: type[CompanyModel], actions: frozenset[str]) -> Schema:
    """What is sent to work on many records at once."""
    key = model.model_key()
    told_by = [meta.name for meta in matching_fields(model)]
    which = {"type": "object", "required": ["id", "version"]}
    kinds = {
        "create": ref(f"{key}.New"),
        "update": {"allOf": [ref(f"{key}.Change"), which]},
        "delete": ref("Written"),
    }
    properties: Schema = {}
    if told_by and {"create", "update"} <= actions:
        kinds["create"] = {"anyOf": [ref(f"{key}.New"), ref(f"{key}.Change")]}
        properties[MATCH] = {
            "type": "string",
            "enum": told_by,
            "description": "A record of create that has the value of another one in this field"
            " changes that one.",
        }
    properties |= {
        kind: {"type": "array", "maxItems": MOST, "items": schema}
        for kind, schema in kinds.items()
        if kind in actions
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}


CREATED: Schema = {"type": "boolean", "description": "With match: whether it is a new one."}


def done() -> Schema:
    """What a bulk request answers, in the order in which it was sent."""
    deleted = {"type": "object", "required": ["id"], "properties": {"id": ID}}
    told = {"type": "object", "properties": {"created": CREATED}}
    made = {"allOf": [ref("Written"), told]}
    kinds = {"create": made, "update": ref("Written"), "delete": deleted}
    return {
        "type": "object",
        "required": list(kinds),
        "properties": {kind: {"type": "array", "items": schema} for kind, schema in kinds.items()},
    }


def inputs(model: type[CompanyModel], transition: Transition) -> Schema:
    """What is sent with a transition."""
    metas = fields_of(model)
    by_key = {meta.attribute: meta for meta in metas.values()} | dict(metas)
    names = (*transition.inputs, *transition.required)
    known = {by_key[name].name: by_key[name] for name in names if name in by_key}
    return {
        "type": "object",
        "properties": {"version": VERSION}
        | {name: _told(meta, _sent(meta), settable=True) for name, meta in known.items()},
        "additionalProperties": False,
    }


def moved(key: str) -> Schema:
    """What a transition answers."""
    said = {"type": "object", "description": "What it has to say, such as a record it made."}
    return {"allOf": [ref(key), {"type": "object", "properties": {"_result": said}}]}


def asked(meta: FieldMeta, operator: str) -> Schema:
    """The value of a filter."""
    if operator == "isnull":
        return {"type": "boolean"}
    if operator in ("in", "all", "none", "contains", "startswith") or meta.kind == "reference":
        return {"type": "string"}
    if operator == "period":
        return {"type": "string", "pattern": PERIOD, "examples": ["this_month"]}
    if meta.kind in ("money", "decimal", "percent"):
        return {"type": "string", "pattern": NUMBER}
    if meta.kind == "choices":
        return dict(_plain(meta)["items"])
    return {name: part for name, part in _plain(meta).items() if name in ("type", "format", "enum")}


def components(collection: Collection) -> dict[str, Schema]:
    """The schemas of a collection by name, for the actions that the caller may do."""
    model, key = collection.model, collection.model.model_key()
    made = {key: record(model)}
    if "create" in collection.actions:
        made[f"{key}.New"] = new(model)
    if "update" in collection.actions:
        made[f"{key}.Change"] = change(model)
    return made


def _must_be_sent(model: type[CompanyModel], meta: FieldMeta) -> bool:
    """The write path knows an owner and a currency by itself."""
    known = meta.has_default or meta.is_currency or meta.attribute == model.__owner__
    return meta.required and not known


def _told(meta: FieldMeta, schema: Schema, *, settable: bool = False) -> Schema:
    """A schema with the field's label and help, which a ``$ref`` alone could not carry."""
    made: Schema = {"title": str(meta.label)} | schema
    description = [text for text in (str(meta.help), schema.get("description", "")) if text]
    if description:
        made["description"] = " ".join(description)
    if meta.readonly and not settable:
        made["readOnly"] = True
    return made


def _nullable(meta: FieldMeta, schema: Schema) -> Schema:
    if not meta.nullable:
        return schema
    if "type" not in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    made = schema | {"type": [*types, "null"]}
    if "enum" in made:
        made["enum"] = [*made["enum"], None]
    return made


def _read(meta: FieldMeta) -> Schema:
    if meta.kind == "json":
        return {}
    if meta.kind == "reference":
        return _nullable(meta, ref("Reference"))
    if meta.kind in ("money", "decimal", "percent"):
        return _nullable(meta, {"type": "string", "pattern": NUMBER} | _amount(meta))
    return _nullable(meta, _plain(meta))


def _sent(meta: FieldMeta) -> Schema:
    if meta.kind == "reference":
        named = f"An id of {meta.target}, or an object with the field that names the record."
        return _nullable(meta, {"type": ["integer", "object"], "description": named})
    if meta.kind in ("money", "decimal", "percent"):
        limits = _limits(meta) if meta.kind != "money" else {}
        exact = {"type": ["string", "number"], "pattern": NUMBER}
        return _nullable(meta, exact | limits | _amount(meta))
    plain = _plain(meta)
    if meta.kind == "choice":
        plain["enum"] = [choice.value for choice in meta.choices if not choice.retired]
    if meta.kind == "choices":
        current = [choice.value for choice in meta.choices if not choice.retired]
        plain["items"] = {"type": "string", "enum": current}
    return _nullable(meta, plain)


def _amount(meta: FieldMeta) -> Schema:
    if meta.kind == "money":
        currency = f"the field {meta.currency_field}" if meta.currency_field else "the company"
        return {"description": f"In major units of the currency of {currency}."}
    if meta.kind == "percent":
        return {"description": "25 is 25 %."}
    return {}


def _limits(meta: FieldMeta) -> Schema:
    limits = {"minimum": meta.minimum, "maximum": meta.maximum}
    return {name: limit for name, limit in limits.items() if limit is not None}


def _plain(meta: FieldMeta) -> Schema:
    match meta.kind:
        case "integer":
            return {"type": "integer", "format": "int64"} | _limits(meta)
        case "boolean":
            return {"type": "boolean"}
        case "date":
            return {"type": "string", "format": "date"}
        case "instant":
            return dict(INSTANT)
        case "choice":
            return {"type": "string", "enum": [choice.value for choice in meta.choices]}
        case "choices":
            values = [choice.value for choice in meta.choices]
            return {"type": "array", "items": {"type": "string", "enum": values}}
    formats = {"email": {"format": "email"}, "url": {"format": "uri"}}
    if meta.is_currency:
        return {"type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217."}
    length: Schema = {"maxLength": meta.length} if meta.length else {}
    if meta.required:
        length["minLength"] = 1
    return {"type": "string"} | length | formats.get(meta.kind, {})

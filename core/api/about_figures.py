"""The part of the OpenAPI document about what belongs to no collection: the index, and measures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from core.api import schemas
from core.api.collection import ROOT, Collection
from core.api.figures import described
from core.api.parts import READS, answer, listed_all, parameter, responses
from core.api.schemas import Schema, ref
from core.host import services
from plugin_api.access import ACTIONS
from plugin_api.measures import Measure, Ratio, Unit

TEXT: Schema = {"type": "string"}
NAMES: Schema = {"type": "array", "items": TEXT}
CURRENCY: Schema = {"type": ["string", "null"], "description": "Of money: the company's."}
KEY_OR_NOT: Schema = {"type": ["string", "null"], "description": "Of a ratio."}
DAY_OR_NOT: Schema = {"type": ["string", "null"], "format": "date"}
VALUES = {"money": "1054.00", "count": 7, "ratio": "0.250000", "days": "3.500000", "number": "12.5"}
"""A value of each unit, for examples."""


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


COMPONENTS: dict[str, Schema] = {
    "Figure": {
        "type": "object",
        "description": "The value, and a property for each key that was grouped by.",
        "required": ["value"],
        "properties": {"value": {"type": ["string", "integer", "null"]}},
    },
    "Measure": _object(
        key=TEXT,
        label=TEXT,
        description=TEXT,
        unit={"type": "string", "enum": list(get_args(Unit))},
        direction={
            "type": "string", "enum": ["up", "down"], "description": "Whether more is better."
        },
        currency=CURRENCY,
        snapshot={"type": "boolean", "description": "Whether it is of now, and of no period."},
        by=NAMES | {"description": "What it can be grouped by."},
        filters=NAMES,
        numerator=KEY_OR_NOT,
        denominator=KEY_OR_NOT,
    ),
    "Figures": _object(
        key=TEXT,
        label=TEXT,
        unit={"type": "string", "enum": list(get_args(Unit))},
        currency=CURRENCY,
        by=NAMES,
        items={"type": "array", "items": ref("Figure")},
        **{"from": DAY_OR_NOT, "to": DAY_OR_NOT},
    ),
    "Evidence": _object(
        key=TEXT,
        model=TEXT,
        ids={"type": "array", "items": schemas.ID},
        more={"type": "boolean", "description": "Whether there are others."},
        href={"type": ["string", "null"], "description": "A list of all of them."},
    ),
    "Index": _object(
        company=_object(slug=TEXT, name=TEXT, currency=TEXT, timezone=TEXT),
        user=_object(id={"type": ["integer", "null"], "format": "int64"}, label=TEXT),
        collections={
            "type": "array",
            "items": _object(
                model=TEXT, label=TEXT, href=TEXT,
                actions={"type": "array", "items": {"type": "string", "enum": list(ACTIONS)}},
            ),
        },
        measures=TEXT,
        reports=TEXT,
        jobs=TEXT,
        openapi=TEXT,
    ),
}  # fmt: skip
"""Schemas that the operations name. Examples are the same for every company: they are kept."""


def index(held: Sequence[Collection]) -> Schema:
    """The operation that says what there is."""
    example = {
        "company": {
            "slug": "acme", "name": "Acme", "currency": "CNY", "timezone": "Asia/Shanghai"
        },
        "user": {"id": 3, "label": "Ada"},
        "collections": [
            {
                "model": each.model.model_key(), "label": str(each.model.__label_plural__),
                "href": each.path, "actions": sorted(each.actions),
            }
            for each in held[:1]
        ],
        **{name: f"{ROOT}/{name}" for name in ("measures", "reports", "jobs")},
        "openapi": f"{ROOT}/openapi.json",
    }  # fmt: skip
    return {
        "operationId": "index",
        "summary": "What there is.",
        "responses": responses(("401",), s200=answer(_with(ref("Index"), example))),
    }


def measures(known: Sequence[Measure | Ratio]) -> Schema:
    """Addresses of measures: of all, and of what is asked of one."""
    path = f"{ROOT}/measures"
    asked = parameter("by", TEXT, "Keys to group by, with commas: month,user.")
    shown = [_described(measure) for measure in known[:1]]
    made: Schema = {
        path: {
            "get": _operation("list", "Measures.", ("401", "422"), listed_all("Measure", shown))
        }
    }  # fmt: skip
    if not known:
        return made
    key = parameter("key", {"type": "string", "enum": [each.key for each in known]}, where="path")
    figures, evidence = _figures(known[0]), _evidence(known[0])
    made[f"{path}/{{key}}"] = {
        "parameters": [key],
        "get": _operation(
            "table", "A figure, grouped.", READS, _with(ref("Figures"), figures),
            parameters=[*_period(), asked],
        ),
    }  # fmt: skip
    made[f"{path}/{{key}}/records"] = {
        "parameters": [key],
        "get": _operation(
            "records", "The records behind it.", READS, _with(ref("Evidence"), evidence),
            parameters=_period(),
        ),
    }  # fmt: skip
    return made


def _operation(
    name: str, summary: str, problems: Sequence[str], schema: Schema, **more: Any
) -> Schema:
    return {
        "operationId": f"measures.{name}", "summary": summary, "tags": ["measures"], **more,
        "responses": responses(problems, s200=answer(schema)),
    }  # fmt: skip


def _period() -> list[Schema]:
    day = {"type": "string", "format": "date"}
    filters = parameter(
        "filters", {"type": "object", "additionalProperties": TEXT},
        "What the measure names as its filters: user=7, team__in=1,2, team__isnull=true. One said"
        " more than once takes any of its values.",
    ) | {"style": "form", "explode": True}  # fmt: skip
    return [parameter("from", day, "First day."), parameter("to", day, "Last day."), filters]


def _with(schema: Schema, example: Any) -> Schema:
    return schema | {"examples": [example]}


def _described(measure: Measure | Ratio) -> Schema:
    """As it is listed."""
    return described(measure) | {"currency": _currency(measure)}


def _figures(measure: Measure | Ratio) -> Schema:
    is_of_now = all(part.snapshot for part in services().measures.parts(measure.key))
    return {
        "key": measure.key, "label": str(measure.label), "unit": measure.unit,
        "currency": _currency(measure),
        "from": None if is_of_now else "2026-01-01", "to": None if is_of_now else "2026-03-31",
        "by": ["month", "user"],
        "items": [
            {"month": "2026-01", "user": {"id": 3, "label": "Ada"}, "value": VALUES[measure.unit]}
        ],
    }  # fmt: skip


def _evidence(measure: Measure | Ratio) -> Schema:
    model = services().measures.parts(measure.key)[0].model
    return {"key": measure.key, "model": model, "ids": [7, 12], "more": False, "href": None}


def _currency(measure: Measure | Ratio) -> str | None:
    return "CNY" if measure.unit == "money" else None

"""Reports of plugins over REST."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, Response, request

from core.api import wire
from core.api.collection import ROOT, href
from core.api.parts import READS, answer, listed_all, parameter, responses
from core.host import services
from plugin_api.context import gettext, has_permission
from plugin_api.errors import Invalid, NotFound
from plugin_api.reports import Report

reports = Blueprint("reports", __name__)


def open_reports() -> Iterator[tuple[str, Report]]:
    """Keys and reports of the plugins that are on, which the caller may ask for."""
    for key, report in services().registry.reports.items():
        if services().is_enabled(key.partition(".")[0]) and has_permission(report.permission):
            yield key, report


@reports.get("/reports")
def index() -> Response:
    """Reports that the caller may ask for."""
    wire.only_arguments()
    items = [
        _described(key, report) | {"href": href(f"{ROOT}/reports/{key}")}
        for key, report in open_reports()
    ]
    return wire.reply({"items": items})


@reports.get("/reports/<key>")
def show(key: str) -> Response:
    """What a report says of the values that were sent."""
    report = dict(open_reports()).get(key)
    if report is None:
        raise NotFound(gettext("There is no such report."))
    unknown = sorted(request.args.keys() - report.arguments.keys())
    if unknown:
        message = gettext("It is asked with %(names)s.", names=", ".join(report.arguments))
        raise Invalid(gettext("Bad parameter."), errors={unknown[0]: [message]})
    wire.once_each(*report.arguments)
    return wire.reply(report.make(request.args.to_dict()))


def _described(key: str, report: Report) -> dict[str, Any]:
    return {
        "key": key,
        "label": str(report.label),
        "arguments": {name: str(help_) for name, help_ in report.arguments.items()},
    }


COMPONENTS: dict[str, Any] = {
    "Report": {
        "type": "object",
        "required": ["key", "label", "arguments", "href"],
        "properties": {
            "key": {"type": "string"},
            "label": {"type": "string"},
            "arguments": {
                "type": "object",
                "description": "What it is asked with → what that means.",
                "additionalProperties": {"type": "string"},
            },
            "href": {"type": "string"},
        },
    }
}
"""Schemas that the operations name."""


def paths() -> Mapping[str, Any]:
    """The part of the OpenAPI document."""
    shown = [
        _described(key, report) | {"href": f"{ROOT}/reports/{key}"}
        for key, report in open_reports()
    ]
    listed = listed_all("Report", shown[:1])
    text = {"type": "string"}
    made: dict[str, Any] = {
        f"{ROOT}/reports": {
            "get": {
                "operationId": "reports.list", "summary": "Reports.", "tags": ["reports"],
                "responses": responses(("401", "422"), s200=answer(listed)),
            }
        }
    }  # fmt: skip
    for key, report in open_reports():
        made[f"{ROOT}/reports/{key}"] = {
            "get": {
                "operationId": f"reports.{key}", "summary": str(report.label), "tags": ["reports"],
                "parameters": [
                    parameter(name, text, str(help_)) for name, help_ in report.arguments.items()
                ],
                "responses": responses(READS, s200=answer(dict(report.answer))),
            }
        }  # fmt: skip
    return made

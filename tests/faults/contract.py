"""Whether REST answers as its OpenAPI document says, asked with what schemathesis makes up."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

EXAMPLES = int(os.environ.get("XIAOGUAN_TEST_EXAMPLES", "1"))
"""Requests of each kind, fitting and not, for every operation and role."""
SEED = int(os.environ.get("XIAOGUAN_TEST_SEED", "20"))
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
BOTH = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
_COLLECTION = re.compile(r"^/api/v1/\w+/\w+")


class Caller:
    """Somebody with a token, and the document that is made for them."""

    def __init__(self, app: Flask, headers: dict[str, str]) -> None:
        # What is packed is not unpacked here.
        self.headers = {"Accept-Encoding": "identity", **headers}
        self.client = app.test_client()
        self.schema = schemathesis.openapi.from_wsgi(
            "/api/v1/openapi.json", app, headers=self.headers
        )

    def operations(self) -> Iterator[Any]:
        """Every operation of the document."""
        for found in self.schema.get_all_operations():
            yield found.ok()

    def wrong(self, operation: Any, modes: Sequence[GenerationMode] = BOTH) -> list[str]:
        """Ask an operation with what fits its description and what does not; what was untrue."""
        said: list[str] = []
        known = self._known(operation)
        for mode in modes:
            try:
                strategy = operation.as_strategy(generation_mode=mode)
            except NotImplementedError:
                continue

            @seed(SEED)
            @settings(
                max_examples=EXAMPLES,
                database=None,
                deadline=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=strategy)
            def ask(case: Case) -> None:
                aimed(case, known)
                answer = case.call(headers=self.headers)
                try:
                    case.validate_response(answer, checks=list(CHECKS))
                except BaseExceptionGroup as group:
                    said.append(f"{operation.label}: {group.exceptions}\n{case.as_curl_command()}")

            ask()
        return said

    def _known(self, operation: Any) -> dict[str, Any] | None:
        found = _COLLECTION.match(operation.path)
        if "{id}" not in operation.path or found is None:
            return None
        answer: Any = self.client.get(f"{found[0]}?limit=1&sort=-id", headers=self.headers).json
        return answer["items"][0] if answer.get("items") else None


def aimed(case: Case, known: dict[str, Any] | None) -> None:
    """Have a request concern the record that is known, so that it comes further than 404."""
    if known is None or not isinstance(case.path_parameters.get("id"), int):
        return
    case.path_parameters["id"] = known["id"]
    if isinstance(case.body, dict) and "version" in case.body:
        case.body["version"] = known["version"]
    if case.headers and "If-Match" in case.headers and case.operation.method == "delete":
        case.headers["If-Match"] = f'"{known["version"]}"'

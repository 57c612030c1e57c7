"""Numbers in addresses."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import IntegerConverter, ValidationError

LARGEST = 2**63 - 1
"""What a database can hold; no record has a higher number."""


class Number(IntegerConverter):
    """``<int:…>``: a number that may be a record's. Others lead nowhere, on every page."""

    def to_python(self, value: str) -> int:
        if len(value) > 19 or int(value) > LARGEST:
            raise ValidationError
        return int(super().to_python(value))


def install(app: Flask) -> None:
    """Read numbers so in every address, those of plugins too."""
    app.url_map.converters["int"] = Number

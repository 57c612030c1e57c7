"""Numbers in addresses."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import IntegerConverter


class Number(IntegerConverter):
    """``<int:…>``: a number that may be a record's. Others lead nowhere, on every page."""

    # Any of these fits into a database. A number that is refused only after its address has
    # matched would be answered as if another method were right there.
    regex = r"\d{1,18}"


def install(app: Flask) -> None:
    """Read numbers so in every address, those of plugins too."""
    app.url_map.converters["int"] = Number

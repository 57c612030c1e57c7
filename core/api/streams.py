"""A whole list in one answer, as CSV or as a JSON object a line, written while it is read."""

from __future__ import annotations

import csv
import io
import json
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from contextvars import copy_context
from itertools import chain

from flask import Flask, Response, current_app, request
from flask_babel import force_locale, get_locale
from werkzeug.datastructures import MIMEAccept

from core.api.packed import takes_gzip
from core.api.reading import Arguments, names_in, refuse, refuse_twice
from core.api.values import shower
from core.data import query
from core.data.exporting import Export, Table, as_text
from core.data.query.asking import MOST_ROWS
from core.data.saving import allow
from plugin_api.context import gettext
from plugin_api.models import CompanyModel

CSV, NDJSON, JSON = "text/csv", "application/x-ndjson", "application/json"
PAGED = ("cursor", "count")
"""Arguments of a page, which a stream does not have."""
CHUNK = 500
"""Rows held at once."""
VARY = "Accept, Accept-Encoding"


def wanted() -> str:
    """Which form of a list the client asks for; JSON unless it prefers another."""
    if not request.headers.get("Accept"):
        return JSON
    # The first of what is liked equally: who takes anything gets JSON.
    asked = [(kind.partition(";")[0].strip(), liked) for kind, liked in request.accept_mimetypes]
    return MIMEAccept(asked).best_match((JSON, CSV, NDJSON), JSON)


def stream(model: type[CompanyModel], arguments: Arguments, form: str) -> Response:
    """Every record of a list, in one statement whose rows are sent as they come.

    ``limit`` is the most that are wanted. What fails before the first rows is a problem as
    anywhere; later the connection is broken off, so that nobody takes a part for the whole.
    Raises Invalid naming the arguments at fault, Forbidden without the export permission.
    """
    refuse_twice(arguments)
    if paged := [name for name in PAGED if name in arguments]:
        refuse(paged, gettext("A stream has no pages."))
    allow(model, f"{model.model_key()}.export")
    asked = dict(arguments.items())
    most = query.parse_query(model, asked).limit if asked.get("limit", "").strip() else None
    asked.pop("limit", None)
    write = _csv if form == CSV else _ndjson
    parts = _Apart(lambda: _with_session(write(model, asked, most)))
    parts.begin()
    made = Response(mimetype=form)
    made.response = parts
    if takes_gzip():
        made.response = _packed(parts)
        made.call_on_close(parts.close)
        made.headers["Content-Encoding"] = "gzip"
    made.headers["Vary"] = VARY
    return made


class _Apart:
    """An iterator that works in a context of its own: the request's company and person hold in
    it, though the request is over by the time the client reads on."""

    def __init__(self, make: Callable[[], Generator[bytes]]) -> None:
        self._context = copy_context()
        self._lines = self._context.run(make)
        self._left: Iterator[bytes] = self._lines

    def begin(self) -> None:
        """Make the first part now, so that what it raises is raised here."""
        self._left = chain([next(self)], self._lines)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return self._context.run(next, self._left)

    def close(self) -> None:
        """Let go of the database, however much was read."""
        self._context.run(self._lines.close)

    __del__ = close


def _with_session(lines: Iterator[bytes]) -> Generator[bytes]:
    """The same with a session that lasts as long as they do."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    locale = get_locale()
    with app.app_context(), force_locale(locale):
        yield from lines


def _csv(model: type[CompanyModel], asked: dict[str, str], most: int | None) -> Iterator[bytes]:
    table = Table(Export(model=model, arguments=asked, most=most))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    for number, row in enumerate(table.rows(), 1):
        writer.writerow([as_text(cell) for cell in row])
        if number % CHUNK == 0:
            yield _taken(text)
    yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    made = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return made


def _ndjson(model: type[CompanyModel], asked: dict[str, str], most: int | None) -> Iterator[bytes]:
    question = query.parse_query(model, {"sort": "id", **asked})
    show = shower(model, names_in(asked.get("fields")))
    empty = True
    for rows in query.stream(question, CHUNK, most, show):
        empty = False
        yield "".join(
            json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows
        ).encode()
    if empty:
        yield b""


def _packed(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same under gzip, a piece as soon as there is one."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    for part in parts:
        made = packer.compress(part)
        if made:
            yield made
    yield packer.flush()


LIMIT = f"In a stream (text/csv, application/x-ndjson) all unless given; at most {MOST_ROWS}."
"""Of the argument, for the document."""

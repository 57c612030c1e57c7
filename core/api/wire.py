"""JSON in and out: exact decimals, plain refusals of what no record could hold."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from decimal import Decimal
from typing import Any, NoReturn

from flask import Response, request
from werkzeug.datastructures import FileStorage

from core.api.problems import Problem
from core.data.numbers import whole
from plugin_api import duplicates
from plugin_api.context import gettext
from plugin_api.errors import Invalid, NotFound

MAX_BODY = 10 * 1024 * 1024
"""Bytes of a request; an import takes files of any size."""
MAX_ID = 2**63 - 1
DUPLICATES = "Duplicates"
ALLOW = "allow"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_TAG = re.compile(r'(?:W/)?"(\d{1,18})"')


class _NotJson(ValueError):
    """What JSON does not know, such as ``NaN``."""


def reply(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer in UTF-8."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return reply_text(text, status, headers)


def reply_text(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An answer that is JSON already."""
    return Response(text, status, headers, mimetype="application/json")


def unless_known(answer: Response) -> Response:
    """The same, or 304 without a body when the client says that it has what the ``ETag`` names."""
    tag, _is_weak = answer.get_etag()
    if tag is None or not request.if_none_match.contains_weak(tag):
        return answer
    return Response(status=304, headers={"ETag": answer.headers["ETag"]})


def body() -> dict[str, Any]:
    """The object that the client sent. Raises Problem 400, 413 or 415."""
    raw = request.get_data(cache=True)
    if request.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        unpacked = {"Accept-Encoding": "identity"}
        raise Problem(415, gettext("Send the body unpacked."), headers=unpacked)
    if not request.is_json:
        raise Problem(
            415, gettext("Send application/json."), headers={"Accept": "application/json"}
        )
    try:
        found = json.loads(
            raw, parse_float=_decimal, parse_constant=_no_constant, object_pairs_hook=_object
        )
        _check(found)
    except (ValueError, RecursionError) as error:
        raise Problem(400, no_json(error)) from None
    if not isinstance(found, dict):
        raise Problem(400, gettext("Send a JSON object."))
    return found


def no_json(error: ValueError | RecursionError) -> str:
    """What keeps a text from being JSON, in words and not in those of the library."""
    match error:
        case json.JSONDecodeError():
            why = gettext(
                "it cannot be read at line %(line)s, column %(column)s",
                line=error.lineno, column=error.colno,
            )  # fmt: skip
        case UnicodeDecodeError():
            why = gettext("it is not in UTF-8")
        case RecursionError():
            why = gettext("it is nested too deeply")
        case _NotJson():
            why = str(error)
        case _:
            why = gettext("a number in it is too long")
    return str(gettext("This is no JSON: %(why)s.", why=why))


def optional_body() -> dict[str, Any]:
    """The object that the client sent, or an empty one."""
    return body() if request.get_data(cache=True) else {}


def nothing() -> None:
    """Raise Invalid for a body with fields, of a request that takes none."""
    only_fields(optional_body())


def only_fields(sent: Mapping[str, Any], *known: str) -> None:
    """Raise Invalid for fields of a body that mean nothing."""
    errors = {name: [gettext("There is no such field.")] for name in sent if name not in known}
    if errors:
        raise Invalid(gettext("Some fields need another look."), errors=errors)


def file(*fields: str, files: Collection[str] = ()) -> FileStorage:
    """The file that a form holds as ``file``. It may hold these fields and ``files`` besides, each
    once. Raises Invalid."""
    errors: dict[str, list[str]] = {}
    for part, known in ((request.form, fields), (request.files, ("file", *files))):
        for name, values in part.lists():
            if name not in known:
                errors[name] = [gettext("There is no such field.")]
            elif len(values) > 1:
                errors[name] = [gettext("It stands twice.")]
    found = request.files.get("file")
    if found is None or not found.filename:
        errors["file"] = [gettext("Send a form with a file.")]
    if errors or found is None:
        raise Invalid(gettext("Some fields need another look."), errors=errors)
    return found


def storable(record_id: int) -> int:
    """An id from an address. Raises NotFound for one that no database can hold."""
    if record_id > MAX_ID:
        raise NotFound(gettext("There is no such record."))
    return record_id


def only_arguments(*known: str) -> None:
    """Raise Invalid for arguments of the address that mean nothing or stand twice."""
    errors = {
        name: [gettext("There is no such parameter.")] for name in request.args if name not in known
    }
    if errors:
        raise Invalid(gettext("Bad parameter."), errors=errors)
    once_each(*known)


def once_each(*names: str) -> None:
    """Raise Invalid for those of some arguments that stand more than once."""
    errors = {
        name: [gettext("The parameter stands twice.")]
        for name in names
        if len(request.args.getlist(name)) > 1
    }
    if errors:
        raise Invalid(gettext("Bad parameter."), errors=errors)


def number(name: str, default: int, most: int) -> int:
    """A positive number of the address. Raises Invalid."""
    text = request.args.get(name, "")
    if not text:
        return default
    if found := whole(text, most):
        return found
    message = gettext("Expected a number from 1 to %(most)s.", most=most)
    raise Invalid(gettext("Bad parameter."), errors={name: [message]})


def asking() -> AbstractContextManager[None]:
    """Ask whether a duplicate is to be saved, unless the client says ``Duplicates: allow``."""
    return duplicates.asking(request.headers.get(DUPLICATES, "").strip().lower() != ALLOW)


def tag(version: int) -> str:
    """A version as ``ETag``."""
    return f'"{version}"'


def version(sent: Mapping[str, Any]) -> int:
    """The version that the client has read: ``If-Match``, ``version`` in the body or the URL.

    Raises Problem 422 when there is none, 400 when ``If-Match`` is no tag of ours.
    """
    found = version_if_sent(sent)
    if found is None:
        message = gettext("Send the version that you have read, here or as If-Match.")
        raise Problem(422, gettext("The version is missing."), errors={"version": [message]})
    return found


def version_if_sent(sent: Mapping[str, Any]) -> int | None:
    """As :func:`version`, None when there is none. Raises Problem for what is no version, and 422
    for several that are not the same."""
    named = [_whole(value) for value in (sent.get("version"), *request.args.getlist("version"))]
    found = {value for value in (_tagged(), *named) if value is not None}
    if len(found) > 1:
        message = gettext(
            "It is named more than once, each time another: %(versions)s.",
            versions=", ".join(map(str, sorted(found))),
        )
        raise Problem(422, gettext("Bad version."), errors={"version": [message]})
    return next(iter(found), None)


def _tagged() -> int | None:
    tag = request.headers.get("If-Match")
    if tag is None:
        return None
    found = _TAG.fullmatch(tag.strip())
    if found is None:
        raise Problem(400, gettext('If-Match: expected the version in quotes, such as “"3"”.'))
    return int(found[1])


def _whole(value: Any) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value[:18])
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    message = gettext("A version is a whole number.")
    raise Problem(422, message, errors={"version": [message]})


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError:
        raise _NotJson(text[:40]) from None


def _no_constant(name: str) -> NoReturn:
    raise _NotJson(name)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON. Raises Problem 422 naming what stands in it twice: which of two values is
    meant nobody knows."""
    found = dict(pairs)
    if len(found) < len(pairs):
        counted = Counter(name for name, _ in pairs)
        twice = {
            _UNSTORABLE.sub("\ufffd", name): [gettext("It stands twice.")]
            for name, count in counted.items()
            if count > 1
        }
        raise Problem(422, gettext("Some fields need another look."), errors=twice)
    return found


def _check(value: Any, place: str = "") -> None:
    """Raise Problem 400 that names where a text is that no database can hold."""
    if isinstance(value, str):
        if _UNSTORABLE.search(value):
            message = gettext("There is a character in it that cannot be stored.")
            raise Problem(400, message, errors={place: [message]} if place else None)
    elif isinstance(value, dict):
        for key, item in value.items():
            _check(key, place)
            _check(item, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            _check(item, f"{place}.{number}" if place else str(number))

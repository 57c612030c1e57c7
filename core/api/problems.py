"""Errors of REST as RFC 9457 problems; nothing of the code that failed shows."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, json, request
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from core.data.outages import RETRY_SECONDS, outage
from core.extensions import db
from core.host import services
from core.hosting.blame import failure_of
from plugin_api.context import gettext
from plugin_api.duplicates import Duplicate, Match
from plugin_api.errors import Refused

PREFIX = "/api/"
WHOLE = "_record"
"""Names in ``errors`` what is wrong with a record as a whole; no field is called so."""
CHALLENGE = 'Bearer realm="xiaoguan"'
log = logging.getLogger(__name__)


class Problem(Refused):
    """A refusal of the protocol itself: no token, a broken body, a stale version."""

    def __init__(
        self,
        status: int,
        detail: Any,
        *,
        errors: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail, errors=errors)
        self.status = status
        self.headers = headers or {}
        self.more = more


def response(
    status: int,
    detail: Any = "",
    *,
    errors: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """An ``application/problem+json`` answer; ``errors`` maps field to messages, the empty name to
    those of the record as a whole."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        **more,
    }
    if str(detail):
        body["detail"] = str(detail)
    if errors:
        body["errors"] = {field or WHOLE: [str(m) for m in said] for field, said in errors.items()}
    made = Response(json.dumps(body), status, mimetype="application/problem+json")
    made.headers.update(headers or {})
    if status == HTTPStatus.UNAUTHORIZED:
        made.headers.setdefault("WWW-Authenticate", CHALLENGE)
    return made


def of(error: Exception) -> Response:
    """The problem that says what an exception means to a client; the transaction is undone."""
    db.session.rollback()
    match error:
        case Problem():
            return response(
                error.status, error.message, errors=error.errors, headers=error.headers,
                **error.more,
            )  # fmt: skip
        case Duplicate():
            return response(error.status, error.message, **told_of({"": error}))
        case Refused():
            return response(error.status, error.message, errors=error.errors)
        case HTTPException():
            return _of_http(error)
        case StaleDataError():
            return response(409, gettext("The record has changed since you read it."))
        case IntegrityError():
            log.warning("refused by the database: %s", error.orig)
            return response(409, gettext("Another record stands against this change."))
    told = outage(error)
    if told is not None:
        log.exception("no database, or no room")
        return response(503, told, headers={"Retry-After": RETRY_SECONDS})
    if isinstance(error, DBAPIError):
        log.exception("value refused by the database")
        return response(400, gettext("The database cannot hold one of the values."))
    failure = failure_of(error, services().registry.plugins)
    log.exception("%s %s: %s", request.method, request.path, failure)
    return response(500, gettext("Something went wrong. It has been logged."), code=failure.code)


def told_of(found: Mapping[str, Duplicate]) -> dict[str, Any]:
    """What a program is told of records that seem to be there already: by their place in a bulk
    request, under the empty place of the only one."""
    told = [
        ({"at": place} if place else {}) | _told(each)
        for place, duplicate in found.items()
        for each in duplicate.matches
    ]
    return {"duplicates": told, "may_save": all(each.may_save for each in found.values())}


def _told(match: Match) -> dict[str, Any]:
    texts = {"title": match.title, "owner": match.owner, "why": match.why}
    made: dict[str, Any] = {name: str(text) for name, text in texts.items() if str(text)}
    if match.record_id is not None:
        made |= {"model": match.model, "id": match.record_id}
    if match.place is not None:
        made["like"] = f"create.{match.place}"
    return made


def _of_http(error: HTTPException) -> Response:
    status = error.code or 500
    if error.response is not None:
        status = error.response.status_code
    headers = {k: v for k, v in error.get_headers() if k not in ("Content-Type", "Content-Length")}
    details = {
        404: gettext("There is nothing here."),
        405: gettext("This address does not take %(method)s.", method=request.method),
        413: gettext("The body is too large."),
    }
    return response(status, details.get(status, ""), headers=headers)

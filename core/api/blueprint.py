"""REST under ``/api/v1``: one way in, one way for every failure to be told."""

from __future__ import annotations

from contextlib import AbstractContextManager

from flask import Blueprint, Flask, Response, g, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RoutingException

from core.api import auth, cors, packed, problems
from core.api.attachments import files
from core.api.bulk import bulk
from core.api.deleted import deletions
from core.api.figures import figures
from core.api.imports import imports
from core.api.jobs import jobs
from core.api.openapi import openapi
from core.api.reports import reports
from core.api.resources import resources
from core.api.shares import shares
from core.api.talk import talk
from core.api.views import views
from core.api.wire import MAX_BODY
from core.extensions import csrf

api = Blueprint("api", __name__, url_prefix="/api/v1")
PARTS = (
    openapi, figures, reports, jobs, imports, bulk, deletions, views, resources, talk, files, shares
)  # fmt: skip
for _part in PARTS:
    api.register_blueprint(_part)


api.before_request(cors.preflight)


@api.before_request
def _enter() -> None:
    request.max_content_length = MAX_BODY
    entered = auth.enter(request)
    entered.__enter__()
    g.api_entered = entered


@api.teardown_request
def _leave(error: BaseException | None) -> None:
    entered: AbstractContextManager[object] | None = g.pop("api_entered", None)
    if entered is not None:
        entered.__exit__(None, None, None)


api.after_request(packed.pack)


@api.errorhandler(Exception)
def _failed(error: Exception) -> Response:
    return problems.of(error)


def _nowhere() -> Response | None:
    """An address or method under ``/api/`` that no route takes is no page either."""
    error = request.routing_exception
    if not request.path.startswith(problems.PREFIX) or not isinstance(error, HTTPException):
        return None
    return None if isinstance(error, RoutingException) else problems.of(error)


def install(app: Flask) -> None:
    """Mount REST. A bearer token is no cookie, so forged forms need no guard here."""
    for part in (api, *PARTS):
        csrf.exempt(part)
    app.before_request(_nowhere)
    app.register_blueprint(api)
    cors.install(app, app.extensions["xiaoguan.config"])

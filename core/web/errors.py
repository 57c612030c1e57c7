"""Pages that say what happened, what was kept and what to do next."""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass
from typing import Any

from flask import (
    Flask,
    Response,
    current_app,
    jsonify,
    make_response,
    render_template,
    request,
    url_for,
)
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from core.data.outages import RETRY_SECONDS, outage
from core.extensions import db
from core.host import services
from core.hosting.blame import Failure, failure_of
from plugin_api.context import Text, current_company_or_none, gettext, has_permission
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Refused

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Words:
    """Texts of one status."""

    title: Text
    happened: Text
    advice: Text


WORDS = {
    400: Words(
        _("This request cannot be understood"),
        _("Something in the address or in the form does not fit."),
        _("Go back, check what you entered and try again. Nothing was changed."),
    ),
    401: Words(
        _("You are logged out"),
        _("Your session has ended. Log in again in another tab; what you typed is still here."),
        _("Log in and repeat the last step. Nothing was changed."),
    ),
    403: Words(
        _("This is not yours to do"),
        _("Your role does not allow it."),
        _("Ask an administrator of your company if you need it. Nothing was changed."),
    ),
    404: Words(
        _("Nothing is here"),
        _("There is no page or record at this address, or you may not see it."),
        _("Check the address, or go on from the start page."),
    ),
    409: Words(
        _("This page is out of date"),
        _("What it showed has changed since it was opened."),
        _("Open it again and repeat the last step. Nothing was changed."),
    ),
    413: Words(
        _("This is too much at once"),
        _("The file or the form is larger than the server takes."),
        _("Send less, or a smaller file. Nothing was changed."),
    ),
    422: Words(
        _("This cannot be done"),
        _("A rule stands against it."),
        _("Go back and correct it. Nothing was changed."),
    ),
    429: Words(
        _("Too many attempts"),
        _("Too much has failed from where you are."),
        _("Wait a quarter of an hour, then try again. Nothing was changed."),
    ),
    500: Words(
        _("An error on our side"),
        _("The program failed while making this page. The failure was written to the log."),
        _("Nothing was changed. Try again; if it stays so, give your administrator the code."),
    ),
    503: Words(
        _("Not ready yet"),
        _("This part waits for the database."),
        _("Try again in a minute. An operator finds the reason with: xiaoguan doctor"),
    ),
}
SECRET = ("csrf_token", "_company", "_before", "version", "kept")


def _is_secret(name: str) -> bool:
    """Whether what stands in an input is not shown again."""
    return name in SECRET or name.startswith("_") or name.endswith("password")


def wants_json() -> bool:
    """Whether a script asked, not a page."""
    return request.accept_mimetypes.best == "application/json"


def error_page(
    code: int,
    happened: Text = "",
    errors: Any = None,
    failure: Failure | None = None,
    error: Exception | None = None,
) -> Response:
    """The page of a status; with ``happened`` in place of the usual words."""
    words = WORDS.get(code) or WORDS[400 if code < 500 else 500]
    said = str(happened or words.happened)
    if wants_json():
        told = {"code": failure.code} if failure is not None else {}
        answer = jsonify(message=said, errors=errors or {}, **told)
    else:
        # What was too much to take in cannot be read a second time either.
        form = [] if code in (413, 429, 500) else list(request.form.items(multi=True))
        typed = [(name, value) for name, value in form if value and not _is_secret(name)]
        page = render_template(
            "web/error.html",
            code=code,
            title=words.title,
            happened=said,
            advice=words.advice,
            typed=typed,
            **(_found(failure, error) if failure is not None else {}),
        )
        answer = make_response(page)
    answer.status_code = code
    return answer


def refused(error: Refused) -> Response:
    """A rule, a permission or a stale version said no, and no page caught it."""
    db.session.rollback()
    if error.status == 404:
        return error_page(404)
    messages = {
        field: [str(text) for text in texts] for field, texts in error.errors.items() if texts
    }
    return error_page(error.status, error.message, messages)


def http_error(error: HTTPException) -> Any:
    """An error of the protocol: no such address, method, size."""
    code = error.code or 500
    if code < 400:
        return error
    return error_page(404 if code == 405 else code)


def bad_token(error: CSRFError) -> Any:
    """The form's token ran out: the session ended while the form was open."""
    from core.web.again import after_bad_token  # it asks the gate, which asks this module

    return after_bad_token() or error_page(
        400,
        gettext("The form waited too long and could not be checked. Go back, reload, try again."),
    )


def failed(error: Exception) -> Response:
    """Anything that nobody foresaw."""
    db.session.rollback()
    told = outage(error)
    if told is not None:
        log.exception("no database, or no room")
        answer = error_page(503, told)
        answer.headers["Retry-After"] = RETRY_SECONDS
        return answer
    if isinstance(error, StaleDataError):
        return error_page(409)
    if isinstance(error, IntegrityError):
        log.warning("refused by the database: %s", error.orig)
        return error_page(409, gettext("Another record stands against this change."))
    failure = failure_of(error, services().registry.plugins)
    log.exception("%s %s: %s", request.method, repr(request.path)[1:-1], failure)
    return error_page(500, failure=failure, error=error)


def shows_failures() -> bool:
    """Whether this installation is a developer's."""
    return bool(current_app.extensions["xiaoguan.config"].debug)


def _found(failure: Failure, error: Exception | None) -> dict[str, Any]:
    """What of a failure is shown: its code to everybody, whose it is to who switches plugins on,
    and all of it where failures are shown."""
    shown: dict[str, Any] = {"failure_code": failure.code}
    debug = shows_failures()
    inside = current_company_or_none() is not None
    if debug or (inside and has_permission("core.plugins")):
        plugin = services().registry.plugins[failure.plugin]
        shown["failure"] = failure
        shown["plugin_name"] = plugin.manifest.name
        if inside and failure.plugin != "core":
            shown["plugin_href"] = url_for("contributions.show", plugin=failure.plugin)
    if debug and error is not None:
        shown["trace"] = "".join(traceback.format_exception(error))
    return shown


def install(app: Flask) -> None:
    """Answer every failure of a page in words. The REST interface has its own answers."""
    app.register_error_handler(CSRFError, bad_token)
    app.register_error_handler(Refused, refused)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, failed)

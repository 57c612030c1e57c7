"""What hooks did for a request: in the log, in a header, and at the foot of the page.

Installed only where hooks are traced. Header and foot are for those who switch plugins on, and for
everybody where failures are shown: the names of plugins are not for others.
"""

from __future__ import annotations

from flask import Flask, Response, g, render_template, request

from core.extensions import db
from core.hosting import tracing
from core.web.errors import shows_failures
from plugin_api.context import current_company_or_none, has_permission
from plugin_api.pages import is_scripted

PERMISSION = "core.plugins"
HEADER = "X-Xiaoguan-Hooks"
END = b"</body>"


def begin() -> None:
    """Note from the first moment of a request on."""
    # A line feed in an address is none in the log.
    g.tracing = tracing.tracing(f"{request.method} {repr(request.path)[1:-1]}")
    g.trace = g.tracing.__enter__()


def show(answer: Response) -> Response:
    """Tell whoever may know."""
    trace: tracing.Trace | None = g.get("trace")
    if trace is None or not _may_know():
        return answer
    answer.headers[HEADER] = trace.figures()
    whole = answer.mimetype == "text/html" and not answer.is_streamed and not is_scripted()
    page = answer.get_data() if whole else b""
    if END in page:
        foot = render_template("web/traced.html", trace=trace).encode()
        head, _, rest = page.rpartition(END)
        answer.set_data(head + foot + END + rest)
    return answer


def end(error: BaseException | None = None) -> None:
    """Write it to the log."""
    running = g.pop("tracing", None)
    if running is not None:
        running.__exit__(None, None, None)


def _may_know() -> bool:
    inside = current_company_or_none() is not None
    return shows_failures() or (inside and has_permission(PERMISSION))


def install(app: Flask) -> None:
    """Trace every request of an application."""
    tracing.tell_the_log()
    app.extensions["xiaoguan"].dispatcher.watch = tracing.tracing
    with app.app_context():
        tracing.count_statements(db.engine)
    app.before_request_funcs.setdefault(None, []).insert(0, begin)
    app.after_request(show)
    app.teardown_request(end)

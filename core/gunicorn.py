"""Settings of gunicorn: ``gunicorn --config python:core.gunicorn --workers 4``.

What the command line says goes before them.
"""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Any

from gunicorn.systemd import sd_notify

if TYPE_CHECKING:
    from flask import Flask

wsgi_app = "core.gunicorn:the_app()"
preload_app = True
"""Loaded once, before the workers are forked, which share what they do not change: the most."""
worker_class = "gthread"
threads = 4
keepalive = 60
"""Seconds that a connection of the proxy stays open for its next request."""


def the_app() -> Flask:
    """The application, without anything that two processes must not share."""
    from core.starting import the_app as started

    app = started()
    with app.app_context():
        # A plugin may have asked the database while it was loaded.
        app.extensions["sqlalchemy"].engine.dispose()
    return app


def when_ready(server: Any) -> None:
    """Take over from the process before. Sent USR2, it starts this one, which has the code of
    today, on the same sockets; it goes on when that fails, and ends once this one is ready."""
    if server.master_pid:
        sd_notify(f"MAINPID={os.getpid()}", server.log)
        os.kill(server.master_pid, signal.SIGTERM)

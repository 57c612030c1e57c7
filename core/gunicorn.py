"""Settings of gunicorn: ``gunicorn --config python:core.gunicorn --workers 4``.

What the command line says goes before them.
"""

from __future__ import annotations

import gc
from typing import Any

from core.starting import settle

wsgi_app = "core.app:create_app()"
worker_class = "gthread"
threads = 4
keepalive = 60
"""Seconds that a connection of the proxy stays open for its next request."""


def post_fork(server: Any, worker: Any) -> None:
    """A process that is about to load the application."""
    gc.disable()


def post_worker_init(worker: Any) -> None:
    """A process that has loaded it."""
    settle()
    gc.enable()

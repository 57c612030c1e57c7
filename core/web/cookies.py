"""The cookie of a session: of pages only, for programs say with each request who they are."""

from __future__ import annotations

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

API = "/api/"


class OfPages(SecureCookieSessionInterface):
    """Neither reads nor writes a cookie for addresses of REST, where nothing may be kept in it."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """None for REST."""
        return None if request.path.startswith(API) else super().open_session(app, request)


def install(app: Flask) -> None:
    """Have an application keep its sessions like this."""
    app.session_interface = OfPages()

"""Under which names the installation answers, and what a proxy before it may say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import host_is_trusted
from werkzeug.wrappers import Response

from core.config import Config

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
OPEN = frozenset({"/healthz", "/readyz", "/metrics"})
"""For machines, which ask by whatever address; nothing in the answer depends on the name."""


class KnownHosts:
    """Answers a request under any other name with a plain 400, before anything looks at it: no
    link and no cookie is made for a name that somebody else has chosen."""

    def __init__(self, inner: Any, hosts: Iterable[str]) -> None:
        self.inner, self.hosts = inner, [*hosts]

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        host = environ.get("HTTP_HOST", "").lower()
        if "*" in self.hosts or environ.get("PATH_INFO") in OPEN or _knows(self.hosts, host):
            found: Iterable[bytes] = self.inner(environ, start)
            return found
        text = "Bad request: this installation does not answer under this name.\n"
        return Response(text, 400, content_type="text/plain")(environ, start)


def _knows(hosts: list[str], host: str) -> bool:
    if host.startswith("["):  # An IPv6 address, which werkzeug does not take apart.
        return host.partition("]")[0] + "]" in hosts
    return host_is_trusted(host, hosts)


def install(app: Flask, config: Config) -> None:
    """Look at the name of every request; believe as many proxies as the settings name."""
    hosts = config.trusted_hosts or LOOPBACK
    app.wsgi_app = KnownHosts(app.wsgi_app, hosts)  # type: ignore[assignment,method-assign]
    if config.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=config.proxies, x_proto=config.proxies
        )

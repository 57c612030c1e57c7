"""Requests to addresses that people of a company name: a provider of log-ins, a webhook.

Who names an address must not reach through this machine what only it reaches: itself, the
network it stands in, a cloud's description of it. So each connection, that of a redirect too, is
made to an address that was looked at, never to a name that is looked up once more; and an answer
that is huge or never ends is cut off.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import requests
from flask import current_app
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.connection import create_connection

from core.intranet import Address, Intranet, is_public

SECONDS = 10.0
LIMIT = 1024 * 1024

S = TypeVar("S", bound=requests.Session)


class NotPublic(requests.exceptions.ConnectionError):
    """The address leads to no public server, or to none. Which of both is not told: it would
    tell which names a network has."""


class TooLarge(requests.exceptions.RequestException):
    """The answer has more bytes than are taken."""


class Unencrypted(requests.exceptions.InvalidSchema):
    """The address does not begin with ``https://``."""


def session(
    *, seconds: float = SECONDS, limit: int = LIMIT, redirects: int = 0, plain: bool = False
) -> requests.Session:
    """What makes such requests, one at a time; see :func:`guard`."""
    return guard(requests.Session(), seconds=seconds, limit=limit, redirects=redirects, plain=plain)


def guard(
    web: S,
    *,
    seconds: float = SECONDS,
    limit: int = LIMIT,
    redirects: int = 0,
    plain: bool = False,
) -> S:
    """Have a session reach public servers only, and those of ``XIAOGUAN_INTRANET``.

    A request ends after ``seconds``, name, connection and body together, with
    ``requests.Timeout``; after ``limit`` bytes of what it unpacks to with :class:`TooLarge`; after
    that many ``redirects`` with ``requests.TooManyRedirects``. ``plain`` allows ``http://``, which
    is always allowed inside the own network. Raises :class:`NotPublic` and :class:`Unencrypted`
    when it is used. All of them are ``requests.RequestException``.
    """
    intranet: Intranet = current_app.extensions["xiaoguan.intranet"]
    adapter = _Adapter(intranet, seconds=seconds, limit=limit, plain=plain)
    # Neither a proxy of the environment, which would connect in our place, nor its passwords.
    web.trust_env = False
    web.verify = os.environ.get("REQUESTS_CA_BUNDLE") or True
    web.max_redirects = redirects
    web.adapters.clear()
    web.mount("https://", adapter)
    web.mount("http://", adapter)
    return web


class _Refused(Exception):
    """Passes urllib3, which would wrap others."""


class _Adapter(HTTPAdapter):
    """One request a connection, to an address that was looked at."""

    def __init__(self, intranet: Intranet, *, seconds: float, limit: int, plain: bool) -> None:
        self.intranet, self.seconds, self.limit, self.plain = intranet, seconds, limit, plain
        self.open = threading.local()
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kw: Any) -> None:
        super().init_poolmanager(*args, **kw)
        self.poolmanager.pool_classes_by_scheme = _pools(self)

    def send(  # noqa: PLR0917 - as requests calls it
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Any = None,
    ) -> requests.Response:
        if any((proxies or {}).values()):
            raise NotPublic(request=request)
        request.headers["Connection"] = "close"
        with self._in_time(request):
            try:
                response = super().send(
                    request, stream=True, timeout=self.seconds, verify=verify, cert=cert
                )
            except _Refused as error:
                raise error.args[0](request=request) from None
            response._content = self._body(response)
        return response

    def _body(self, response: requests.Response) -> bytes:
        held = bytearray()
        for piece in response.iter_content(16 * 1024):
            held += piece
            if len(held) > self.limit:
                response.close()
                raise TooLarge(response=response)
        return bytes(held)

    @contextmanager
    def _in_time(self, request: requests.PreparedRequest) -> Iterator[None]:
        """End what is in here when the time is over: one that sends a byte now and then would
        keep within every limit of a single wait."""
        over, handles = threading.Event(), list[socket.socket]()
        self.open.over, self.open.handles = over, handles

        def end() -> None:
            over.set()
            for handle in tuple(handles):
                _hang_up(handle)

        timer = threading.Timer(self.seconds, end)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (requests.RequestException, OSError):
            if not over.is_set():
                raise
        finally:
            timer.cancel()
            timer.join()
            for handle in handles:
                handle.close()
        if over.is_set():
            # What has come is part of an answer, whatever it looks like.
            raise requests.exceptions.Timeout(request=request)

    def connect(self, wanted: HTTPConnection) -> socket.socket:
        """A connection to where the name leads. Raises _Refused, and OSError as a socket does."""
        name, port = wanted._dns_host.strip("[]"), wanted.port
        addresses = list(_looked_up(name, port))
        own = [self.intranet.has(name, address) for address in addresses]
        public = [is_public(address) for address in addresses]
        if not addresses or not all(a or b for a, b in zip(own, public, strict=True)):
            raise _Refused(NotPublic)
        if not (self.plain or isinstance(wanted, HTTPSConnection) or all(own)):
            raise _Refused(Unencrypted)
        failed: OSError | None = None
        if self.open.over.is_set():
            raise TimeoutError
        for address in addresses:
            try:
                made = create_connection(
                    (str(address), port), wanted.timeout, None, wanted.socket_options
                )
            except OSError as error:
                failed = error
                continue
            # The other is given away when it is wrapped for TLS; this one ends both.
            self.open.handles.append(made.dup())
            return made
        raise failed or OSError()


def _pools(adapter: _Adapter) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return adapter.connect(self)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return adapter.connect(self)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _looked_up(name: str, port: int) -> Iterable[Address]:
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return dict.fromkeys(ipaddress.ip_address(entry[4][0]) for entry in found)


def _hang_up(handle: socket.socket) -> None:
    with suppress(OSError):  # the other side may be faster
        handle.shutdown(socket.SHUT_RDWR)

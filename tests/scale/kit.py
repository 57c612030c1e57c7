"""Several processes on one database, as the documented commands start them."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

from tests.harness import Installation

SERVER = ("-m", "gunicorn", "--config", "python:core.gunicorn", "--workers", "1")
WORKER = ("-m", "core.cli.main", "jobs", "run", "--threads", "1")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said."""

    status: int
    text: str
    headers: Mapping[str, str]

    @property
    def data(self) -> Any:
        return json.loads(self.text)


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kw: Any) -> None:
        return None


class Browser:
    """Cookies, and which server the next request goes to is up to the test."""

    def __init__(self) -> None:
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()), _Stay())

    def ask(
        self, server: str, path: str, form: Mapping[str, Any] | None = None, **headers: str
    ) -> Answer:
        """Get a page, or send a form."""
        body = urlencode(form, doseq=True).encode() if form is not None else None
        return _ask(self._opener, Request(server + path, body, headers))

    def send(self, server: str, path: str, **form: Any) -> Answer:
        """Send a form to the page that has it."""
        return self.ask(server, path, {**self.form_of(server, path), **form})

    def form_of(self, server: str, path: str) -> dict[str, str]:
        """What the forms of a page send unseen: that they are ours, and for which company."""
        page = self.ask(server, path).text
        found = re.findall(r'name="(csrf_token|_company)" value="([^"]*)"', page)
        return dict(found)


def _ask(opener: Any, request: Request) -> Answer:
    try:
        with opener.open(request, timeout=30) as answer:
            return Answer(answer.status, answer.read().decode(), answer.headers)
    except HTTPError as error:
        with error:
            return Answer(error.code, error.read().decode(), error.headers)


@dataclass
class Cluster:
    """Two web servers and a worker, their database, and an installation beside them."""

    installation: Installation
    a: str
    b: str
    tokens: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def rest(
        self, server: str, method: str, path: str, body: Any = None, who: str = "ada", **more: str
    ) -> Answer:
        """A program's request."""
        headers = {**self.tokens[who], **more, "Content-Type": "application/json"}
        data = json.dumps(body).encode() if body is not None else None
        request = Request(f"{server}/api/v1{path}", data, headers, method=method)
        return _ask(build_opener(), request)


@contextmanager
def processes(
    instance: Path, environment: Mapping[str, str], *commands: tuple[str, ...]
) -> Iterator[list[str]]:
    """Run commands until the end; the addresses of those that serve."""
    given = {**os.environ, "XIAOGUAN_INSTANCE": str(instance), **environment}
    addresses, running = [], []
    with ExitStack() as stack:
        for command in commands:
            said = stack.enter_context(tempfile.TemporaryFile("w+"))
            more: tuple[str, ...] = ()
            if command is SERVER:
                port = free_port()
                addresses.append(f"http://127.0.0.1:{port}")
                more = ("--bind", f"127.0.0.1:{port}")
            process = subprocess.Popen(
                [sys.executable, *command, *more],
                env=given,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
            running.append((process, said))
        try:
            for address in addresses:
                _wait(address, running)
            yield addresses
        finally:
            for process, said in running:
                # At once and with all that it has begun: what was asked is answered by now.
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                said.seek(0)
                sys.stderr.write(said.read())


def _wait(address: str, running: list[Any]) -> None:
    ends = time.monotonic() + 120
    while time.monotonic() < ends:
        for process, said in running:
            if process.poll() is not None:
                said.seek(0)
                raise AssertionError(said.read())
        try:
            if _ask(build_opener(), Request(f"{address}/readyz")).status == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"{address} does not answer")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def until(true: Any, seconds: float = 60) -> Any:
    """Wait for something to become true, and return it."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if found := true():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")

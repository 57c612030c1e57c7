"""Addresses that people of a company name lead to public servers only, and not for ever."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
import requests
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from core.config import Config
from core.intranet import Intranet, install, is_public
from core.outgoing import NotPublic, TooLarge, Unencrypted, session

PRIVATE = (
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.8.8.8", "169.254.169.254", "172.16.0.1",
    "192.0.0.8", "192.168.1.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1",
    "64:ff9b:1::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "2002:7f00:1::",
    "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%1", "fec0::1", "ff02::1",
)  # fmt: skip


class _Pages(BaseHTTPRequestHandler):
    seen: ClassVar[list[str]] = []
    to: str = ""

    def do_GET(self) -> None:
        self.seen.append(self.path)
        answer: Callable[[], None] = getattr(self, self.path.strip("/"))
        answer()

    do_POST = do_GET  # noqa: N815 - the name that its base looks for

    def hello(self) -> None:
        self._send(b"hello")

    def moved(self) -> None:
        self._send(b"", 302, Location=self.to)

    def round(self) -> None:
        self._send(b"", 302, Location="/round")

    def huge(self) -> None:
        self._send(b"x" * 300_000)

    def bomb(self) -> None:
        self._send(gzip.compress(b"\0" * 50_000_000), **{"Content-Encoding": "gzip"})

    def drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        self._slowly(b"x" * 600)

    def headers_only(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        self._slowly(b"X-A: " + b"b" * 600)

    def _slowly(self, text: bytes) -> None:
        for byte in text:
            try:
                self.wfile.write(bytes([byte]))
            except OSError:
                return
            time.sleep(0.05)

    def _send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(OSError):  # nobody may listen any more
            self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server of this machine, as there are in every network."""
    made = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def _nothing_seen() -> None:
    _Pages.seen.clear()


def asking(intranet: str = "", **limits: Any) -> requests.Session:
    app = Flask(__name__)
    install(app, Config(intranet=intranet))
    with app.app_context():
        return session(**limits)


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Let names lead to one address after the other, as a name server of an attacker does."""
    asked: list[str] = []
    real, left = socket.getaddrinfo, list(answers)

    def lookup(name: str, port: Any, *rest: Any, **kw: Any) -> Any:
        if name.replace(".", "").isdigit():
            return real(name, port, *rest, **kw)
        asked.append(name)
        return real(left.pop(0) if len(left) > 1 else left[0], port, *rest, **kw)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    return asked


@pytest.mark.parametrize("text", PRIVATE)
def test_what_is_not_public(text: str) -> None:
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "64:ff9b::808:808"])
def test_what_is_public(text: str) -> None:
    assert is_public(ipaddress.ip_address(text))


@given(st.ip_addresses(v=4))
def test_dressing_an_address_up_makes_it_no_more_public(address: ipaddress.IPv4Address) -> None:
    for prefix in ("::ffff:0:0", "64:ff9b::"):
        dressed = ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) | int(address))
        assert is_public(dressed) == is_public(address)
    assert not is_public(ipaddress.IPv6Address(int(address)))
    assert not is_public(ipaddress.IPv6Address((0x2002 << 112) | (int(address) << 80)))


def test_an_intranet_is_what_the_setting_names() -> None:
    own = Intranet("id.acme.internal, 10.20.0.0/16, 192.168.1.5")
    ip = ipaddress.ip_address
    assert own.has("ID.acme.internal.", ip("10.99.0.1")) and own.has("x", ip("10.20.3.4"))
    assert own.has("x", ip("::ffff:192.168.1.5"))
    assert not own.has("evil-id.acme.internal", ip("10.21.0.1"))
    assert not own.has("x", ip("169.254.169.254")) and not Intranet().has("", ip("127.0.0.1"))
    with pytest.raises(ValueError, match=r"10\.0\.0\.1/8"):
        Intranet("10.0.0.1/8")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "0"])
def test_this_machine_is_not_reached_under_any_spelling(server: str, host: str) -> None:
    with asking(plain=True) as web, pytest.raises(NotPublic):
        web.get(server.replace("127.0.0.1", host) + "/hello")
    assert _Pages.seen == []


def test_a_name_that_leads_nowhere_looks_like_one_of_the_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = []
    for name in ("nowhere.invalid", "internal.example"):
        if name == "internal.example":
            resolving(monkeypatch, "10.0.0.1")
        with asking() as web, pytest.raises(NotPublic) as refused:
            web.get(f"https://{name}/")
        said.append(str(refused.value))
    assert said == ["", ""]


def test_a_name_is_looked_up_once(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else its owner answers with a public address first, and with another for the connection."""
    asked = resolving(monkeypatch, "192.0.2.1", "127.0.0.1")
    monkeypatch.setattr("core.outgoing.is_public", lambda address: str(address) == "192.0.2.1")
    port = server.rpartition(":")[2]
    with asking(plain=True, seconds=0.3) as web, pytest.raises(requests.RequestException):
        web.get(f"http://rebound.example:{port}/hello")
    assert asked == ["rebound.example"] and _Pages.seen == []


def test_one_address_of_many_that_is_not_public_is_enough(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lookup(name: str, port: int, **kw: Any) -> Any:
        return [(socket.AF_INET, 1, 6, "", (ip, port)) for ip in ("93.184.216.34", "127.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    with asking() as web, pytest.raises(NotPublic):
        web.get("https://both.example/")


def test_a_redirect_is_looked_at_like_the_first_address(server: str) -> None:
    _Pages.to = server.replace("127.0.0.1", "127.0.0.2") + "/hello"
    with asking("127.0.0.1", redirects=3) as web:
        assert web.get(server + "/hello").text == "hello"
        with pytest.raises(NotPublic):
            web.get(server + "/moved")
        assert _Pages.seen == ["/hello", "/moved"]
        _Pages.to = "file:///etc/passwd"
        with pytest.raises(requests.exceptions.InvalidSchema):
            web.get(server + "/moved")
        with pytest.raises(requests.TooManyRedirects):
            web.get(server + "/round")
    with asking("127.0.0.1") as web, pytest.raises(requests.TooManyRedirects):
        web.get(server + "/moved")


def test_secrets_do_not_travel_in_clear(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, "93.184.216.34")
    with asking() as web, pytest.raises(Unencrypted):
        web.get("http://id.example/")
    with asking("localhost") as web, pytest.raises(Unencrypted):
        web.get("http://id.example/")


def test_a_proxy_of_the_environment_is_not_asked(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would reach in our place what we do not."""
    monkeypatch.setenv("HTTPS_PROXY", server)
    monkeypatch.setenv("HTTP_PROXY", server)
    with asking(plain=True) as web, pytest.raises(NotPublic):
        web.get("http://10.0.0.1/hello")
    with asking() as web, pytest.raises(NotPublic):
        web.get("https://nowhere.invalid/", proxies={"https": server})
    assert _Pages.seen == []


@pytest.mark.parametrize("path", ["/huge", "/bomb"])
def test_a_huge_answer_is_cut_off(server: str, path: str) -> None:
    with asking("127.0.0.1", limit=100_000) as web, pytest.raises(TooLarge):
        web.get(server + path)


@pytest.mark.parametrize("path", ["/drip", "/headers_only"])
def test_an_answer_that_never_ends_is_cut_off(server: str, path: str) -> None:
    """Each of its bytes comes in time."""
    began = time.monotonic()
    with asking("127.0.0.1", seconds=0.3) as web, pytest.raises(requests.Timeout):
        web.get(server + path)
    assert time.monotonic() - began < 2


def test_a_server_that_is_away_is_an_error_of_its_own(server: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with asking("127.0.0.1") as web, pytest.raises(requests.ConnectionError) as failed:
            web.post(f"http://127.0.0.1:{port}/", json={})
    assert not isinstance(failed.value, NotPublic)

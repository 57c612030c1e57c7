"""Tests reach nobody: neither other machines nor anybody's mailbox."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any
from unittest import mock

from core.mail import sending


class ReachedOutside(AssertionError):
    """A test tried to reach another machine, or to send mail."""


@contextmanager
def nothing_outside() -> Iterator[None]:
    """Fail for every connection to another machine and for every mail that is sent, inside.

    Servers on this machine (a database, a browser) are reached as ever. What fails is an
    AssertionError, and it is raised once more at the end, for code that caught it.
    """
    attempts: list[str] = []

    def refuse(what: str) -> ReachedOutside:
        attempts.append(what)
        return ReachedOutside(
            f"{what}: tests reach nobody outside. Replace what does so in the test"
            " (monkeypatch), and examine what would have been sent."
        )

    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def connecting(handle: socket.socket, address: Any) -> None:
        if handle.family in (socket.AF_INET, socket.AF_INET6) and not is_here(address[0]):
            raise refuse(f"a connection to {address[0]}:{address[1]}")
        connect(handle, address)

    def looking_up(host: Any, *args: Any, **kw: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name and not is_here(name):
            raise refuse(f"a question for the address of {name}")
        return look_up(host, *args, **kw)

    def sent(to: str, subject: str, *_rest: str) -> None:
        raise refuse(f"mail to {to}, “{subject}”")

    with (
        mock.patch.object(socket.socket, "connect", connecting),
        mock.patch.object(socket, "getaddrinfo", looking_up),
        mock.patch.object(sending, "send", sent),
    ):
        yield
    if attempts:
        raise ReachedOutside(f"this was tried inside: {'; '.join(attempts)}")


def is_here(host: str) -> bool:
    """Whether a name or address is of this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False

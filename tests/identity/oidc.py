"""A provider of OpenID Connect that runs as a process."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from flask.testing import FlaskClient


@contextmanager
def running(folder: Path, people: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Its address; it knows the people by their claims."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    users = [part for each in people for part in ("--user-claims", json.dumps(each))]
    command = [str(Path(sys.executable).parent / "oidc-provider-mock"), "-p", str(port),
               "-n", "true", *users]  # fmt: skip
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _wait(f"http://127.0.0.1:{port}/.well-known/openid-configuration", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def at_provider(client: FlaskClient, sub: str, path: str, callback: str) -> str:
    """What the provider sends the browser back to, once somebody has agreed there."""
    sent = client.get(path).headers["Location"]
    asked = parse_qs(urlsplit(sent).query)
    assert asked["code_challenge_method"] == ["S256"] and asked["state"] and asked["nonce"]
    assert asked["redirect_uri"] == [f"http://localhost{callback}"]
    answer = requests.post(sent, data={"sub": sub}, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "the provider ended"
        try:
            requests.get(address, timeout=1).raise_for_status()
            return
        except requests.RequestException:
            time.sleep(0.1)
    raise AssertionError("the provider does not answer")

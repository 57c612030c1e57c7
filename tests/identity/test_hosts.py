"""Only under its names does an installation answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core.app import create_app
from core.config import Config
from tests.harness import shared_cache


def client(folder: Path, **settings: Any) -> Any:
    return create_app(Config(cache=shared_cache(), instance=folder, **settings)).test_client()


@pytest.mark.parametrize(
    ("hosts", "host", "ok"),
    [
        ("", "localhost", True),
        ("", "127.0.0.1:8000", True),
        ("", "[::1]:8000", True),
        ("", "crm.acme.example", False),
        ("", "localhost.evil.example", False),
        ("crm.acme.example", "crm.acme.example", True),
        ("crm.acme.example", "CRM.acme.example:443", True),
        ("crm.acme.example", "evil.example", False),
        ("crm.acme.example", "localhost", False),
        (".acme.example, other.example", "x.acme.example", True),
        (".acme.example, other.example", "other.example", True),
        ("*", "whatever.example", True),
    ],
)
def test_names(tmp_path: Path, hosts: str, host: str, ok: bool) -> None:
    answer = client(tmp_path, hosts=hosts).get("/login", headers={"Host": host})
    assert answer.status_code == (200 if ok else 400)
    if not ok:
        assert answer.content_type == "text/plain" and host not in answer.text
        assert "Set-Cookie" not in answer.headers


def test_machines_ask_by_any_name(tmp_path: Path) -> None:
    assert client(tmp_path).get("/healthz", headers={"Host": "10.0.0.9"}).status_code == 200


@pytest.mark.parametrize(
    ("proxies", "seen"), [(0, "198.51.100.1"), (1, "203.0.113.9"), (2, "192.0.2.7")]
)
def test_proxies_are_believed_as_far_as_the_setting_says(
    tmp_path: Path, proxies: int, seen: str
) -> None:
    app = create_app(Config(cache=shared_cache(), instance=tmp_path, proxies=proxies))
    asked: list[str | None] = []

    @app.before_request
    def note() -> None:
        from flask import request

        asked.append(request.remote_addr)

    headers = {"X-Forwarded-For": "10.9.9.9, 192.0.2.7, 203.0.113.9", "X-Forwarded-Host": "evil"}
    answer = app.test_client().get(
        "/healthz", headers=headers, environ_overrides={"REMOTE_ADDR": "198.51.100.1"}
    )
    assert answer.status_code == 200 and asked == [seen]

"""No address that somebody else chose leads away from the site or into a header."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from tests.security.kit import ACME, World

AWAY = (
    "//evil.example", "///evil.example", "https://evil.example", "http:evil.example",
    "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "\t//evil.example",
    "/\n/evil.example", "/\r/evil.example", " //evil.example", "javascript:alert(1)",
    "/\x00/evil.example", "/x\r\nSet-Cookie: a=b", "evil.example", "@evil.example", "/\u2028/x",
)  # fmt: skip
"""Browsers take tabs and line ends out of an address before they look where it leads."""


def stays(location: str | None) -> bool:
    """Whether a browser that is sent there stays on the site."""
    return location is not None and location.startswith("/") and location[1:2] not in ("/", "\\")


@pytest.mark.parametrize("address", AWAY)
def test_next_leads_nowhere_else(world: World, address: str) -> None:
    client, company = world.client(ACME, "rick"), str(world.company_id(ACME))
    answers: list[Any] = [
        client.get("/login", query_string={"next": address}),
        client.post("/language", data={"language": "en", "next": address}),
        client.post("/notifications/read", data={"_company": company, "next": address}),
        client.post("/crm/accounts/new", data={"_company": company, "name": "N", "next": address}),
    ]
    for answer in answers:
        assert answer.status_code in (302, 303), answer.text
        assert stays(answer.headers["Location"])
        assert "evil.example" not in answer.headers["Location"]
        assert answer.headers.get_all("Set-Cookie") == [
            cookie for cookie in answer.headers.get_all("Set-Cookie") if "xiaoguan=" in cookie
        ]


@pytest.mark.parametrize("address", AWAY)
def test_the_log_in_carries_no_such_address(world: World, address: str) -> None:
    page = world.app.test_client().get("/login", query_string={"next": address})
    carried = re.findall(r'name="next" value="([^"]*)"', page.text)
    assert carried
    assert all(html.unescape(value)[:7] in ("", "/login?") for value in carried)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "a b", ""])
def test_the_host_that_a_client_names_is_in_no_answer(world: World, host: str) -> None:
    answer = world.app.test_client().get("/crm/accounts", headers={"Host": host})
    assert answer.status_code in (302, 400)
    assert "evil" not in answer.text + answer.headers.get("Location", "")

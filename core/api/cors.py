"""Pages of other sites that ask REST in a browser: those that the operator names, with a token.

Nothing is said to others, so that browsers keep the answers from them. Cookies are never let
through: REST takes none.
"""

from __future__ import annotations

import re

from flask import Flask, Response, current_app, request

from core.api import wire
from core.api.problems import PREFIX
from core.config import Config

METHODS = "GET, HEAD, POST, PATCH, DELETE"
SENT = ("Authorization", "Content-Type", "If-Match", "If-None-Match", "Idempotency-Key",
        wire.DUPLICATES)  # fmt: skip
"""Headers of requests that a browser asks about."""
SHOWN = ("Content-Disposition", "ETag", "Idempotency-Replayed", "Location", "Retry-After",
         "WWW-Authenticate")  # fmt: skip
"""Headers of answers that a page could not read otherwise."""
REMEMBERED = "7200"
"""Seconds for which a browser need not ask again; most take no more."""
_KEY = "xiaoguan.cors"
_SITE = re.compile(r"https?://([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?")


def origins(text: str) -> frozenset[str]:
    """The sites of a setting: scheme, name, and a port if it is not the usual one.

    Raises ValueError for what is none.
    """
    found = set()
    for each in filter(None, (part.strip().lower() for part in text.split(","))):
        if not _SITE.fullmatch(each):
            raise ValueError(
                f"XIAOGUAN_CORS_ORIGINS: {each} is no site such as https://shop.example"
            )
        found.add(each)
    return frozenset(found)


def preflight() -> Response | None:
    """The answer to a browser that asks whether a page of a known site may send a request."""
    asks = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
    if not asks or not _is_known():
        return None
    headers = {
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": ", ".join(SENT),
        "Access-Control-Max-Age": REMEMBERED,
    }
    return Response(status=204, headers=headers)


def install(app: Flask, config: Config) -> None:
    """Let pages of the sites that the settings name read what REST answers, refusals too."""
    known = origins(config.cors_origins)
    if not known:
        return
    app.extensions[_KEY] = known
    app.after_request(_mark)


def _mark(answer: Response) -> Response:
    if request.path.startswith(PREFIX):
        answer.vary.add("Origin")
        if _is_known():
            answer.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
            answer.headers["Access-Control-Expose-Headers"] = ", ".join(SHOWN)
    return answer


def _is_known() -> bool:
    known: frozenset[str] = current_app.extensions.get(_KEY, frozenset())
    return request.headers.get("Origin", "") in known

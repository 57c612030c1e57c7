"""Answers under gzip, for clients that take it, where that makes them much shorter."""

from __future__ import annotations

import gzip

from flask import Response, request

SHORTEST = 2048
"""Bytes from which on it pays: what fits into one or two packets comes no sooner packed."""
LEVEL = 1
"""The first step makes a page an eighth of its length; the others take long for little more."""
KINDS = frozenset({"application/json", "application/problem+json"})


def pack(answer: Response) -> Response:
    """The same answer, packed if the client takes it so. Streams pack themselves."""
    if answer.mimetype not in KINDS or answer.is_streamed or answer.direct_passthrough:
        return answer
    if "Accept-Encoding" not in answer.headers.get("Vary", ""):
        answer.headers.add("Vary", "Accept-Encoding")
    plain = answer.get_data()
    # A version as a tag is that of the record in any form; two forms must not share a strong one.
    packs = len(plain) >= SHORTEST and answer.headers.get("ETag", "W/").startswith("W/")
    if packs and "Content-Encoding" not in answer.headers and takes_gzip():
        answer.set_data(gzip.compress(plain, LEVEL, mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
    return answer


def takes_gzip() -> bool:
    """Whether the client says that it can unpack it, and likes it no less than plain text."""
    liked = request.accept_encodings
    return liked.quality("gzip") > 0 and liked.quality("gzip") >= liked.quality("identity")

"""Style sheets, scripts and icons: from installed packages and ``core/static``, unchanged.

Every address carries a digest of all contents, so that answers may be kept for ever.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, abort, request, url_for

from core.web import icons
from core.web.packages import static_of

bp = Blueprint("assets", __name__)

OWN = Path(__file__).parent.parent / "static"


@cache
def _sources() -> dict[str, Path]:
    bootstrap = static_of("flask_bootstrap") / "bootstrap5"
    return {
        "bootstrap.css": bootstrap / "css" / "bootstrap.min.css",
        "htmx.js": static_of("js_lib_htmx") / "htmx" / "htmx.min.js",
        "vega.js": static_of("js_lib_vega_embed") / "js_lib_vega_embed" / "vega-embed-full.js",
        **{path.name: path for path in sorted(OWN.iterdir()) if path.is_file()},
    }


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as sent: its bytes plain and compressed."""

    plain: bytes
    packed: bytes
    mimetype: str


@cache
def _load(name: str) -> Asset:
    return _packed(name, _sources()[name].read_bytes())


@cache
def _icons(content: bytes) -> Asset:
    return _packed(icons.NAME, content)


def _packed(name: str, plain: bytes) -> Asset:
    if name.endswith(".css"):
        # The maps are not served; without the hint nobody asks for them.
        plain = re.sub(rb"/\*# sourceMappingURL=.*?\*/", b"", plain)
    kind = "text/javascript" if name.endswith(".js") else mimetypes.guess_type(name)[0]
    return Asset(plain, gzip.compress(plain, 9, mtime=0), kind or "application/octet-stream")


@cache
def digest() -> str:
    """Twelve hex digits that change with any file."""
    made = hashlib.sha256()
    for name, path in _sources().items():
        made.update(name.encode())
        made.update(path.read_bytes())
    return made.hexdigest()[:12]


def asset(name: str) -> str:
    """Address of a file by its name."""
    if name not in _sources():
        raise LookupError(f"no asset {name}")
    return url_for("assets.serve", version=digest(), name=name)


@bp.get("/assets/<version>/<name>")
def serve(version: str, name: str) -> Response:
    """One file. A page made by another version of the program still gets it, unkept."""
    if name == icons.NAME:
        sprite = icons.sprite()
        found, newest = _icons(sprite.content), sprite.digest
    elif name in _sources():
        found, newest = _load(name), digest()
    else:
        abort(404)
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = Response(found.packed if packed else found.plain, mimetype=found.mimetype)
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    known = version == newest
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if known else "no-cache"
    return answer

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
from importlib.util import find_spec
from pathlib import Path

from flask import Blueprint, Response, abort, g, has_request_context, request, url_for
from markupsafe import Markup, escape

bp = Blueprint("assets", __name__)

OWN = Path(__file__).parent.parent / "static"


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"the package {name} is not installed")
    return Path(spec.origin).parent / "static"


@cache
def _sources() -> dict[str, Path]:
    bootstrap = _package("flask_bootstrap") / "bootstrap5"
    return {
        "bootstrap.css": bootstrap / "css" / "bootstrap.min.css",
        "htmx.js": _package("js_lib_htmx") / "htmx" / "htmx.min.js",
        "vega.js": _package("js_lib_vega_embed") / "js_lib_vega_embed" / "vega-embed-full.js",
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
    plain = _sources()[name].read_bytes()
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
    if name not in _sources():
        abort(404)
    found = _load(name)
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = Response(found.packed if packed else found.plain, mimetype=found.mimetype)
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    known = version == digest()
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if known else "no-cache"
    return answer


@cache
def _symbols() -> dict[str, str]:
    sprite = _package("flask_bootstrap") / "bootstrap5" / "icons" / "bootstrap-icons.svg"
    shapes = re.findall(
        r'<symbol[^>]*id="([^"]+)"[^>]*>(.*?)</symbol>', sprite.read_text("utf-8"), re.S
    )
    return dict(shapes)


def icon(name: str) -> Markup:
    """A Bootstrap icon as inline SVG; a dot when there is none of that name."""
    shape = _symbols().get(name) or '<circle cx="8" cy="8" r="2.5"/>'
    shared: dict[str, str] | None = g.get("icon_shapes") if has_request_context() else None
    if shared is not None:
        shared[name] = shape
        shape = f'<use href="#i-{escape(name)}"/>'
    # Shapes come from the installed package, never from people.
    return Markup(f'<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">{shape}</svg>')


def share_icons() -> str:
    """From here on a whole page names its icons and holds the shape of each once, at its end. A
    part of a page brings its own, for it may be put where that end is not."""
    if "HX-Request" not in request.headers:
        g.icon_shapes = {}
    return ""


def icon_shapes() -> Markup:
    """The shapes that the page has named."""
    shared: dict[str, str] = g.pop("icon_shapes", {})
    symbols = "".join(
        f'<symbol id="i-{escape(name)}" viewBox="0 0 16 16">{shape}</symbol>'
        for name, shape in shared.items()
    )
    return Markup(f'<svg class="shapes" aria-hidden="true">{symbols}</svg>' if symbols else "")

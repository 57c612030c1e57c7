"""Icons: shapes of one file, to which pages refer by name.

The file holds those of the package's icons whose names stand as texts in the sources of the host
and of the loaded plugins, and nothing else: the whole package is a megabyte. It is made once a
process, and its address carries the digest of what it holds.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import has_request_context, request
from markupsafe import Markup, escape

from core.host import services
from core.web.packages import static_of

NAME = "icons.svg"
ASIDE = frozenset({"demo", "migrations", "static", "translations"})
"""Folders of a plugin in which no icon is named."""
_TEXT = re.compile(r"""["']([a-z0-9]+(?:-[a-z0-9]+)*)["']""")
_DOT = '<circle cx="8" cy="8" r="2.5"/>'


@dataclass(frozen=True, slots=True)
class Sprite:
    """The file, the names in it, and twelve hex digits that change with it."""

    content: bytes
    names: frozenset[str]
    digest: str


def icon(name: str) -> Markup:
    """A Bootstrap icon; a dot when there is none of that name. One that is made up while the
    program runs, or beyond any page, brings its shape."""
    found = sprite() if has_request_context() else None
    if found is not None and name in found.names:
        # As ``url_for`` makes it, which would take most of the time of a page with many icons.
        path = f"{request.script_root}/assets/{found.digest}/{NAME}#{escape(name)}"
        shape = f'<use href="{path}"/>'
    else:
        shape = _symbols().get(name) or _DOT
    # Shapes come from the installed package, never from people.
    return Markup(f'<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">{shape}</svg>')


def sprite() -> Sprite:
    """The file of this application."""
    plugins = services().registry.plugins.values()
    return _made(tuple(sorted({plugin.path for plugin in plugins})))


@cache
def _made(folders: tuple[Path, ...]) -> Sprite:
    named = {name for folder in folders for name in _texts(folder)}
    shapes = {name: shape for name, shape in sorted(_symbols().items()) if name in named}
    symbols = "".join(
        f'<symbol id="{name}" viewBox="0 0 16 16">{shape}</symbol>'
        for name, shape in shapes.items()
    )
    content = f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>'.encode()
    return Sprite(content, frozenset(shapes), hashlib.sha256(content).hexdigest()[:12])


def _texts(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.suffix in (".py", ".html") and ASIDE.isdisjoint(path.relative_to(folder).parts):
            yield from _TEXT.findall(path.read_text("utf-8", errors="replace"))


@cache
def _symbols() -> dict[str, str]:
    whole = static_of("flask_bootstrap") / "bootstrap5" / "icons" / "bootstrap-icons.svg"
    shapes = re.findall(
        r'<symbol[^>]*id="([^"]+)"[^>]*>(.*?)</symbol>', whole.read_text("utf-8"), re.S
    )
    return dict(shapes)

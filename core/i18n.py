"""Texts in the reader's language: one catalogue a plugin, merged into one.

Catalogues are kept as ``.po`` files; what runs is compiled from them into the cache of the
instance when the process starts, under a name that changes with the content.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import Babel

from core.caching import writable
from core.hosting.registry import Registry
from core.web.language import choose
from plugin_api.context import current_company_or_none

log = logging.getLogger(__name__)

FOLDER = Path("translations")
FILE = Path("LC_MESSAGES") / "messages.po"


def install(app: Flask, registry: Registry, cache: Path) -> None:
    """Set up Flask-Babel with the catalogues of the host and of the plugins, which are kept
    compiled in the cache folder.

    Where two plugins translate the same text, the one loaded earlier wins, the host before all: a
    plugin that is installed changes no word of others.
    """
    sources = ((id_, plugin.path / FOLDER) for id_, plugin in registry.plugins.items())
    directories = compiled(sources, writable(cache / "translations"))
    # One for each application, which keeps what it has read.
    Babel().init_app(
        app,
        default_translation_directories=";".join(str(each) for each in reversed(directories)),
        locale_selector=_locale,
        timezone_selector=_timezone,
    )


def compiled(sources: Iterable[tuple[str, Path]], cache: Path) -> list[Path]:
    """A folder of compiled catalogues for each plugin that has any, in the order given.

    ``sources`` are ids and folders such as ``plugins/targets/translations``. A catalogue that
    cannot be read is logged and left out: its texts stay English.
    """
    made: list[Path] = []
    for id_, folder in sources:
        files = sorted(folder.glob(f"*/{FILE}"))
        if files:
            target = cache / f"{id_}-{_fingerprint(files)}"
            if not target.is_dir():
                _compile(id_, files, target)
            made.append(target)
    return made


def _compile(id_: str, files: Iterable[Path], target: Path) -> None:
    """All catalogues of a plugin, put in place at once, so that no process reads half."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    for file in files:
        language = file.parents[1].name
        try:
            with file.open("rb") as source:
                catalogue = read_po(source, locale=language, abort_invalid=True)
        except Exception:
            log.exception("plugin %s: %s cannot be read and is left out", id_, file)
            continue
        output = (half / language / FILE).with_suffix(".mo")
        output.parent.mkdir(parents=True)
        with output.open("wb") as written:
            write_mo(written, catalogue)
    # A command run as another user must not leave what the server cannot read.
    half.chmod(0o755)
    try:
        half.rename(target)
    except OSError:
        # Another process was quicker with the same content.
        shutil.rmtree(half, ignore_errors=True)


def _fingerprint(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"\0{file.parents[1].name}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _locale() -> Locale:
    return _known(choose())


@cache
def _known(language: str) -> Locale:
    """A language as Babel knows it. Kept, since Babel looks for its file each time."""
    return Locale.parse(language)


def _timezone() -> str | None:
    company = current_company_or_none()
    return company.timezone if company else None

"""A restore that stops at a moment and waits to be killed."""

from __future__ import annotations

import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

from core.app import create_app
from core.config import Config
from core.host import services
from core.hosting import backup, bundle
from core.tenancy.engine import as_owner


def wait() -> None:
    """Say so, and wait."""
    sys.stdout.write("here\n")
    sys.stdout.flush()
    time.sleep(60)


def main(moment: str, file: str) -> None:
    """Restore the copy."""
    app = create_app(Config.from_environment())

    def told(text: str) -> None:
        if text == moment:
            wait()

    def slow(engine: Any, source: Path) -> None:
        if engine.dialect.name == "sqlite":
            _in_the_middle(engine, source)
        wait()

    if moment == "restoring":
        backup.restore = slow
    with app.app_context():
        bundle.restore(
            as_owner(), services().registry, Path(app.instance_path), Path(file), told=told
        )


def _in_the_middle(engine: Any, source: Path) -> None:
    """Half of the pages are written, and not committed."""
    copy, target = sqlite3.connect(source), sqlite3.connect(engine.url.database)
    pages = copy.execute("pragma page_count").fetchone()[0]

    def progress(status: int, left: int, total: int) -> None:
        if left <= pages // 2:
            wait()

    copy.backup(target, pages=10, progress=progress)

"""Folders for results that may be lost: each is found out again."""

from __future__ import annotations

import logging
import os
import tempfile
from pathlib import Path

log = logging.getLogger(__name__)


def writable(folder: Path) -> Path:
    """The folder, made when it is missing, or one of this process where nothing can be kept."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except OSError as error:
        log.warning("%s are not kept: %s", folder.name, error)
    return Path(tempfile.mkdtemp(prefix=f"xiaoguan-{folder.name}-"))

"""Folders for results that may be lost: each is found out again."""

from __future__ import annotations

import logging
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

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


class CompiledTemplates(FileSystemBytecodeCache):
    """Code of templates in a folder; without room it is made again by every process."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)

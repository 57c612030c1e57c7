"""``python -m tests.docs.typed``: are the plugins of the documentation typed as strictly as the
contract is? They lie outside, as a stranger's would. CI asks, after its own types."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.docs.pages import ROOT, write_files

PLUGINS = {"visits": "docs/plugins/tutorial.md", "samples": "docs/plugins/howto.md"}


def main() -> int:
    """What mypy says, and its exit code."""
    with TemporaryDirectory() as scratch:
        for name, page in PLUGINS.items():
            write_files(page, Path(scratch, "plugins", name))
        packages = [word for name in PLUGINS for word in ("-p", f"plugins.{name}")]
        path = os.pathsep.join([scratch, str(ROOT)])
        options = ("--strict", "--namespace-packages", "--explicit-package-bases")
        return subprocess.run(
            [sys.executable, "-m", "mypy", *options, *packages],
            cwd=ROOT, env={**os.environ, "MYPYPATH": path}, check=False,
        ).returncode  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())

"""``python -m tests.docs.typed``: are the plugins of the documentation typed as strictly as the
contract is? They lie outside, as a stranger's would. CI asks, after its own types."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.docs.pages import ROOT, write_files

PLUGINS = {"docs/plugins/tutorial.md": ".", "docs/plugins/howto.md": "plugins/samples"}
"""Page → the folder of its files."""
PACKAGES = ("xiaoguan_visits", "plugins.samples")


def main() -> int:
    """What mypy says, and its exit code."""
    with TemporaryDirectory() as scratch:
        for page, folder in PLUGINS.items():
            write_files(page, Path(scratch, folder))
        packages = [word for name in PACKAGES for word in ("-p", name)]
        path = os.pathsep.join([scratch, str(ROOT)])
        options = ("--strict", "--namespace-packages", "--explicit-package-bases")
        return subprocess.run(
            [sys.executable, "-m", "mypy", *options, *packages],
            cwd=ROOT, env={**os.environ, "MYPYPATH": path}, check=False,
        ).returncode  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())

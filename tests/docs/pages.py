"""The code on pages of the documentation, as files."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.processes import run

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(?:python|html) file=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def write_files(page: str, folder: Path) -> list[str]:
    """Write every block that names a file below the folder; the names."""
    found = BLOCK.findall((ROOT / page).read_text("utf-8"))
    for name, text in found:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return [name for name, _ in found]


class Installation:
    """An instance folder, and the command line as a person uses it."""

    def __init__(self, instance: Path) -> None:
        self.instance = instance
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("XIAOGUAN_")},
            "XIAOGUAN_CACHE": os.environ["XIAOGUAN_CACHE"],
            "XIAOGUAN_INSTANCE": str(instance),
            # Plugins of the instance are importable as plugins.<id> beside the bundled ones.
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(instance)]),
        }

    def add_path(self, folder: Path) -> None:
        """Have what lies there found: modules, and distributions with their entry points."""
        self.environment["PYTHONPATH"] += os.pathsep + str(folder)

    def run(self, work: Callable[..., Any], *arguments: str) -> None:
        """Call a function in a process that has found the plugins of this installation."""
        done = run(work, *arguments, env=self.environment)
        assert done.returncode == 0, done.stdout + done.stderr

    def python(self, *arguments: str, cwd: Path) -> None:
        """Run the interpreter in this installation."""
        done = subprocess.run(
            [sys.executable, *arguments], cwd=cwd, env=self.environment, text=True,
            capture_output=True, timeout=180, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr

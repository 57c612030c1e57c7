"""Serving anew whenever something of the program changes: for whoever writes it."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from core.config import ROOT, Config
from core.hosting.inventory import ENTRY_POINTS

if TYPE_CHECKING:
    from watchfiles import Change

SUFFIXES = (".py", ".html", ".po", ".css", ".js", ".svg", ".toml", ".env")
"""What is read at the start, or kept for as long as the process lives."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")
OPTION = "--reload"
COMMAND = (sys.executable, "-m", "core.cli.main")

reload_option = click.option(OPTION, "again", is_flag=True,
                             help="Start anew when the program or a plugin changes.")  # fmt: skip
trace_option = click.option("--trace", is_flag=True,
                            help="Tell which hooks were called for each request.")  # fmt: skip


def watched(instance: Path) -> list[Path]:
    """Folders of the program and of all plugins; those that are links by where they lead."""
    local = instance / "plugins"
    local.mkdir(parents=True, exist_ok=True)
    found = [ROOT / name for name in ("core", "plugin_api", "plugins")]
    found += [local, *(each.resolve() for each in local.iterdir() if each.is_symlink())]
    found += _installed()
    settings = instance / "settings.env"
    found += [settings] if settings.is_file() else []
    return [path for path in dict.fromkeys(found) if path.exists()]


def _installed() -> Iterator[Path]:
    """Packages of plugins that are distributions. None of them is imported."""
    for point in importlib.metadata.entry_points(group=ENTRY_POINTS):
        try:
            spec = importlib.util.find_spec(point.module)
        except (ImportError, ValueError):
            continue
        yield from (Path(each) for each in (spec and spec.submodule_search_locations) or ())


def matters(change: object, path: str) -> bool:
    """Whether a changed file is one that a running process would not see."""
    return path.endswith(SUFFIXES)


def as_asked(trace: bool, again: bool, address: str) -> bool:
    """Do what the two options ask for; whether the command has been served to its end by it."""
    if trace:
        os.environ["XIAOGUAN_TRACE_HOOKS"] = "1"
    if again:
        arguments = [each for each in sys.argv[1:] if each != OPTION]
        serve_again(arguments, Config.from_environment().instance, address)
    return again


def serve_again(arguments: Sequence[str], instance: Path, address: str) -> None:
    """Run the command with these arguments in a process of its own, and again after each change.

    A process that ends by itself, over a mistake in the program, is started with the next change.
    On this machine alone, pages tell where they failed.
    """
    try:
        import watchfiles
    except ImportError:
        raise click.ClickException("Not installed. Run: pip install 'xiaoguan[reload]'") from None
    if address in LOOPBACK:
        os.environ.setdefault("XIAOGUAN_DEBUG", "1")
    command = shlex.join([*COMMAND, *arguments])
    watchfiles.run_process(
        *watched(instance), target=command, target_type="command", watch_filter=matters,
        callback=_tell, debounce=400, step=50,
    )  # fmt: skip


def _tell(changes: set[tuple[Change, str]]) -> None:
    names = sorted({Path(path).name for _change, path in changes})
    click.echo(f"Changed: {', '.join(names[:5])}. Serving again.", err=True)

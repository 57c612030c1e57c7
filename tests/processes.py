"""Processes of the program beside that of a test, which begin at once.

They are forked from one that has loaded the program and its plugins, which takes longer than most
of what they are begun for. Each is real: what it has is its own, and it can be killed.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SECONDS = 240
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.loaded"])


@dataclass(frozen=True)
class Done:
    """How a process ended: its status, negative for the signal, and what it said."""

    returncode: int
    stdout: str
    stderr: str


class Begun:
    """A process that may still run."""

    def __init__(self, process: Any, folder: Path) -> None:
        self._process, self._folder = process, folder
        self.pid: int = process.pid

    def poll(self) -> int | None:
        """Its status if it has ended."""
        status: int | None = self._process.exitcode
        return status

    def said(self) -> str:
        """What it has written to its output by now."""
        return (self._folder / "out").read_text(errors="replace")

    def kill(self) -> None:
        """End it without a word to it."""
        self._process.kill()

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    def finish(self, seconds: float = SECONDS) -> Done:
        """Wait for its end. Raises TimeoutError."""
        self._process.join(seconds)
        if self._process.exitcode is None:
            raise TimeoutError(f"it runs after {seconds} seconds: {self.said()[-2000:]}")
        errors = (self._folder / "err").read_text(errors="replace")
        return Done(self._process.exitcode, self.said(), errors)


@contextmanager
def begun(
    work: Callable[..., Any], *args: Any, env: Mapping[str, str] | None = None, cwd: Path = ROOT
) -> Iterator[Begun]:
    """Call a function of a module in a process; killed at the end if it still runs. ``env`` is
    all of its environment, by default that of the test."""
    with tempfile.TemporaryDirectory() as folder:
        told = (work, args, dict(os.environ if env is None else env), str(cwd), folder)
        for name in ("out", "err"):
            Path(folder, name).touch()
        process = FORKS.Process(target=_live, args=told)
        process.start()
        try:
            yield Begun(process, Path(folder))
        finally:
            process.kill()
            process.join()
            process.close()


def run(work: Callable[..., Any], *args: Any, **given: Any) -> Done:
    """Call a function in a process to its end; ``given`` is that of :func:`begun`."""
    with begun(work, *args, **given) as process:
        return process.finish()


def together(work: Callable[..., Any], *calls: tuple[Any, ...]) -> list[str]:
    """Call a function in processes at the same time, each with its arguments; what each said.
    All must succeed."""
    with ExitStack() as running:
        started = [running.enter_context(begun(work, *args)) for args in calls]
        done = [process.finish() for process in started]
    for each in done:
        assert each.returncode == 0, each.stderr[-2000:]
    return [each.stdout for each in done]


def xiaoguan(*arguments: str) -> None:
    """A command, as an operator types it."""
    from core.cli.main import main

    main(list(arguments), prog_name="xiaoguan")


def _live(
    work: Callable[..., Any], args: tuple[Any, ...], env: dict[str, str], cwd: str, folder: str
) -> None:
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    sys.path[:0] = [path for path in env.get("PYTHONPATH", "").split(os.pathsep) if path]
    tempfile.tempdir = None
    for number, name in ((1, "out"), (2, "err")):
        to = os.open(Path(folder, name), os.O_WRONLY | os.O_APPEND)
        os.dup2(to, number)
        os.close(to)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    work(*args)

"""What gunicorn does by our settings, seen at an application that starts at once."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

from tests.architecture.sources import ROOT
from tests.scale.kit import free_port, until

FAILS = """
import os, pathlib
pathlib.Path("tried").write_text(str(os.getpid()))
raise SystemExit("not today")
"""
PROGRAM = """
import os
loaded = os.getpid()

def app(environ, start_response):
    start_response("200 OK", [])
    return [f"{version} {{loaded}} {{os.getpid()}}".encode()]
"""


@dataclass(frozen=True)
class Server:
    program: Path
    address: str
    told: socket.socket
    """What systemd would be told."""

    def says(self, version: str) -> None:
        """The application of a version; none: one that cannot be loaded."""
        self.program.write_text(PROGRAM.format(version=version) if version else FAILS)

    def ask(self) -> tuple[str, int, int]:
        """Version, the process that loaded it, and the one that answers."""
        with urlopen(self.address, timeout=10) as answer:
            version, loaded, worker = answer.read().decode().split()
        return version, int(loaded), int(worker)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    port, told = free_port(), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    told.bind(str(tmp_path / "told"))
    made = Server(tmp_path / "small.py", f"http://127.0.0.1:{port}", told)
    made.says("first")
    command = ["-m", "gunicorn", "--config", "python:core.gunicorn", "--workers", "2"]
    environment = {
        **os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}", "PYTHONDONTWRITEBYTECODE": "1",
        "NOTIFY_SOCKET": str(tmp_path / "told"),
    }  # fmt: skip
    with told, subprocess.Popen(
        [sys.executable, *command, "--bind", f"127.0.0.1:{port}", "small:app"],
        cwd=tmp_path, env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            until(lambda: _listens(port))
            yield made
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def _lives(process: int) -> bool:
    return psutil.pid_exists(process) and psutil.Process(process).status() != "zombie"


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_workers_share_what_was_loaded_once_and_new_code_takes_over(server: Server) -> None:
    version, master, worker = server.ask()
    assert version == "first"
    assert worker != master
    # Code that cannot be loaded changes nothing.
    server.says("")
    os.kill(master, signal.SIGUSR2)
    tried = server.program.with_name("tried")
    until(lambda: tried.exists() and tried.read_text() and not _lives(int(tried.read_text())))
    assert server.ask()[:2] == ("first", master)
    # Nobody meets a closed door while other code takes over.
    server.says("second")
    os.kill(master, signal.SIGUSR2)
    answers = [server.ask()]
    until(lambda: answers.append(server.ask()) or answers[-1][0] == "second")
    successor = answers[-1][1]
    assert {each[:2] for each in answers} == {("first", master), ("second", successor)}
    until(lambda: not _lives(master))
    assert server.ask()[:2] == ("second", successor)
    server.told.settimeout(10)
    while server.told.recv(200) != f"MAINPID={successor}".encode():
        pass

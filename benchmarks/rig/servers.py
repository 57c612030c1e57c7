"""Servers as operators run them: gunicorn with two workers of four threads each."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[2]
WORKERS, THREADS = 2, 4
OURS = ""
"""In place of an address: what the settings name."""


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(app: str, port: int, workers: int = WORKERS) -> list[str]:
    """How an application is served; ours by the settings that operators are told to use."""
    what = ["--config", "python:core.gunicorn"] if app == OURS else [app]
    return [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(workers),
        "--worker-class", "gthread", "--threads", str(THREADS), "--keep-alive", "60",
        "--log-level", "warning", *what,
    ]  # fmt: skip


@contextmanager
def serving(
    app: str, environment: Mapping[str, str], ready: str, workers: int = WORKERS
) -> Iterator[tuple[int, float, subprocess.Popen[bytes]]]:
    """The port, the seconds until ``ready`` was answered first, and the process."""
    port = free_port()
    variables = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    start = time.perf_counter()
    process = subprocess.Popen(command(app, port, workers), env=variables, cwd=ROOT)
    try:
        while not _answers(port, ready, environment):
            if process.poll() is not None or time.perf_counter() - start > 60:
                raise RuntimeError(f"{app} does not answer")
            time.sleep(0.01)
        yield port, time.perf_counter() - start, process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _answers(port: int, path: str, environment: Mapping[str, str]) -> bool:
    token = environment.get("BENCHMARK_TOKEN", "")
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}")
    request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        raise RuntimeError(f"{path}: {error.code} {error.read()[:500]!r}") from None
    except OSError:
        return False


def memory(process: subprocess.Popen[bytes]) -> list[tuple[float, float]]:
    """Megabytes of each worker: resident, and its share of what several use (proportional)."""
    found = []
    for child in psutil.Process(process.pid).children(recursive=True):
        held = child.memory_full_info()
        found.append((held.rss / 1e6, held.pss / 1e6))
    return found


def load(port: int, requests: list[dict[str, Any]], seconds: float, connections: int = 8,
         warm: float = 1.0) -> dict[str, Any]:  # fmt: skip
    """What a process of its own measures; see :mod:`benchmarks.rig.load`."""
    scenario = {"port": port, "connections": connections, "seconds": seconds, "warm": warm,
                "requests": requests}  # fmt: skip
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(scenario, file)
        file.flush()
        done = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("load.py")), file.name],
            stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found

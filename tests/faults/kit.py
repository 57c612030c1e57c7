"""An installation whose processes are killed, and set back for the next kill."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa

ROOT = Path(__file__).parents[2]


@dataclass
class Ended:
    """How a process ended: its status, negative for the signal, and what it said."""

    status: int
    output: str
    seconds: float

    @property
    def killed(self) -> bool:
        return self.status == -signal.SIGKILL


@dataclass
class Ward:
    """An installation on one of the databases, with a nursery."""

    folder: Path
    url: str = ""
    chance: random.Random = field(default_factory=lambda: random.Random(20))
    _nursery: Any = None

    @property
    def instance(self) -> Path:
        return self.folder / "instance"

    @property
    def file(self) -> Path:
        """What imports bring."""
        return self.folder / "new.csv"

    def start(self) -> None:
        """Load the program once; it opens no connection."""
        environment = {
            **os.environ, "XIAOGUAN_INSTANCE": str(self.instance),
            "XIAOGUAN_DATABASE_URL": self.url,
            "XIAOGUAN_OWNER_DATABASE_URL": "", "XIAOGUAN_SECRET_KEY": "of a test",
        }  # fmt: skip
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def stop(self) -> None:
        """End it."""
        self._nursery.stdin.close()
        self._nursery.wait(20)
        self._nursery.stdout.close()

    def begin(self, order: Mapping[str, Any]) -> int:
        """Start a process; its number."""
        line = json.dumps({**order, "output": str(self.folder / "output")})
        self._nursery.stdin.write(line + "\n")
        self._nursery.stdin.flush()
        return int(self._nursery.stdout.readline())

    def ended(self, began: float) -> Ended:
        """Wait for the process that was started."""
        status = int(self._nursery.stdout.readline())
        output = (self.folder / "output").read_text(errors="replace")
        return Ended(status, output, time.monotonic() - began)

    def run(self, *args: str, **deed: Any) -> Ended:
        """Run a command, or a deed, to its end."""
        began = time.monotonic()
        self.begin({"args": args, **deed} if args else deed)
        return self.ended(began)

    def do(self, *args: str, **deed: Any) -> str:
        """As :meth:`run`; what it said. It must succeed."""
        ended = self.run(*args, **deed)
        assert ended.status == 0, ended.output
        return ended.output

    def killed(self, after: float, *args: str, **deed: Any) -> Ended:
        """Run and kill after some seconds, unless it has ended by then."""
        began = time.monotonic()
        pid = self.begin({"args": args, **deed} if args else deed)
        time.sleep(after)
        kill(pid)
        return self.ended(began)

    def look(self) -> dict[str, Any]:
        """What is there. Fails when the doctor, the trail or the database complains."""
        told: dict[str, Any] = json.loads(self.do(deed="look").splitlines()[-1])
        return told

    def keep(self, name: str) -> None:
        """Keep the state to come back to."""
        kept = self.folder / name
        if self.url:
            self._admin(f"create database {self._database}_{name} template {self._database}")
        shutil.copytree(self.instance, kept)

    def set_back(self, name: str) -> None:
        """Come back to a state."""
        shutil.rmtree(self.instance)
        shutil.copytree(self.folder / name, self.instance)
        for left in ("all.tar", "acme.zip"):
            (self.folder / left).unlink(missing_ok=True)
        if self.url:
            self._admin(f"drop database {self._database} with (force)")
            self._admin(f"create database {self._database} template {self._database}_{name}")

    @property
    def _database(self) -> str:
        return str(sa.make_url(self.url).database)

    def _admin(self, statement: str) -> None:
        host = sa.make_url(self.url).query["host"]
        with psycopg.connect(
            host=str(host), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())


def kill(pid: int) -> None:
    """Kill a process that may have ended."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def kill_often(
    ward: Ward, times: int, state: str, order: Mapping[str, Any], after: Callable[[bool], None]
) -> int:
    """Run an order once to see how long it takes, then kill it at moments all over that time,
    each from the same state, and look ``after`` each; how often it was really killed."""
    ward.set_back(state)
    args, deed = order.get("args", ()), {k: v for k, v in order.items() if k != "args"}
    whole = ward.run(*args, **deed)
    assert whole.status == 0, whole.output
    after(False)
    done, seconds = 0, whole.seconds
    for _try in range(times * 5):
        ward.set_back(state)
        share = (done + ward.chance.random()) / times
        ended = ward.killed(seconds * share, *args, **deed)
        assert ended.killed or ended.status == 0, ended.output
        after(ended.killed)
        done += ended.killed
        if done == times:
            break
        if not ended.killed:
            seconds = min(seconds, ended.seconds)
    return done

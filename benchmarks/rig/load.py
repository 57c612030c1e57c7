"""Load on a server of this machine: connections that stay open, each asking again at once.

    python benchmarks/rig/load.py SCENARIO.json

A scenario: ``{"port", "connections", "seconds", "warm", "requests": [{"method", "path",
"headers", "body", "status"}]}``. In texts ``${n}`` is a counter, ``${rand:1:9}`` a number and
``${pick:a,b}`` one of several. Prints requests a second and milliseconds as JSON. An answer of
another status counts as an error and stands in the outcome.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import re
import sys
import time
from pathlib import Path
from typing import Any

VARIABLE = re.compile(r"\$\{([^}]*)\}")
_numbers = itertools.count(int(time.time() * 1000) % 10**9)


def fill(text: str) -> str:
    """A text with its variables replaced."""
    return VARIABLE.sub(_value, text) if "${" in text else text


def _value(match: re.Match[str]) -> str:
    kind, _, rest = match[1].partition(":")
    if kind == "rand":
        return str(random.randint(*map(int, rest.split(":"))))
    if kind == "pick":
        return random.choice(rest.split(","))
    return str(next(_numbers))


class Connection:
    """One kept open."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.reader: Any = None
        self.writer: Any = None

    async def ask(self, request: dict[str, Any]) -> tuple[int, bytes]:
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        body = fill(request.get("body", "")).encode()
        head = f"{request['method']} {fill(request['path'])} HTTP/1.1\r\nHost: localhost\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in request["headers"].items())
        self.writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        answered = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status = int(answered.split(" ", 2)[1])
        length = re.search(r"content-length: (\d+)", answered)
        data = await self.reader.readexactly(int(length[1])) if length else b""
        if "connection: close" in answered:
            self.close()
        return status, data

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
        self.writer = None


async def run(scenario: dict[str, Any], seconds: float) -> dict[str, Any]:
    """Ask for so many seconds with all connections."""
    times: list[float] = []
    errors: list[str] = []
    size = 0
    end = time.perf_counter() + seconds

    async def ask_again() -> None:
        nonlocal size
        connection = Connection(scenario["port"])
        requests = itertools.cycle(scenario["requests"])
        try:
            while time.perf_counter() < end and len(errors) < 100:
                request = next(requests)
                start = time.perf_counter()
                try:
                    status, data = await connection.ask(request)
                except (OSError, asyncio.IncompleteReadError) as error:
                    connection.close()
                    errors.append(repr(error))
                    continue
                if status != request.get("status", 200):
                    errors.append(f"{status} {data[:400]!r}")
                    continue
                size = len(data)
                times.append(time.perf_counter() - start)
        finally:
            connection.close()

    start = time.perf_counter()
    await asyncio.gather(*(ask_again() for _ in range(scenario["connections"])))
    took = time.perf_counter() - start
    times.sort()
    if not times:
        return {"rate": 0.0, "p50": 0.0, "p99": 0.0, "bytes": 0, "errors": errors[:3]}
    return {
        "rate": len(times) / took,
        "p50": times[len(times) // 2] * 1000,
        "p99": times[min(len(times) - 1, int(len(times) * 0.99))] * 1000,
        "bytes": size,
        "errors": errors[:3],
    }


def main() -> None:
    scenario = json.loads(Path(sys.argv[1]).read_text())
    if scenario.get("warm"):
        asyncio.run(run(scenario, scenario["warm"]))
    print(json.dumps(asyncio.run(run(scenario, scenario["seconds"]))))


if __name__ == "__main__":
    main()

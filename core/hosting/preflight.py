"""Finding plugins that would break the process, in another process.

One relationship that cannot be resolved makes every mapped class unusable, and a class once
mapped stays mapped. So the whole load is rehearsed in a child process; what fails there is
left out and the rest rehearsed again, until nothing fails. The result is kept in the cache
folder under a hash of all code involved.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from core.hosting.inventory import Candidate
from core.hosting.resolve import Unavailable, unavailable

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
KEPT = 16
"""Results in a cache folder, which several installations may share."""
SECONDS = 120
"""After which a plugin that does not finish its import is given up."""

_remembered: dict[str, dict[str, dict[str, str]]] = {}


def broken(candidates: Iterable[Candidate], cache: Path) -> tuple[Unavailable, ...]:
    """Which of the candidates cannot be loaded, and why."""
    by_id = {candidate.id: candidate for candidate in candidates}
    key = fingerprint(by_id.values())
    kept = _read(cache / f"preflight-{key}.json")
    found = _remembered.get(key, kept)
    if found is None:
        found = _rehearse(by_id)
    if kept is None:
        _write(cache, key, found)
    _remembered[key] = found
    return tuple(unavailable(by_id[id_], "load", each["reason"]) for id_, each in found.items())


def fingerprint(candidates: Iterable[Candidate]) -> str:
    """Hash of the code of plugins, contract and host, and of what runs it."""
    from sqlalchemy import __version__ as sqlalchemy_version

    digest = hashlib.sha256(f"{sys.version}{sqlalchemy_version}".encode())
    packages = [("core", ROOT / "core"), ("plugin_api", ROOT / "plugin_api")]
    packages += [(candidate.package, candidate.path) for candidate in candidates]
    for name, folder in packages:
        digest.update(f"\0{name}".encode())
        for file in sorted(folder.rglob("*.py")):
            digest.update(f"\0{file.relative_to(folder)}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:32]


def _read(file: Path) -> dict[str, dict[str, str]] | None:
    try:
        found: dict[str, dict[str, str]] = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found


def _write(cache: Path, key: str, found: Mapping[str, Any]) -> None:
    try:
        cache.mkdir(parents=True, exist_ok=True)
        kept = sorted(cache.glob("preflight-*.json"), key=_written)
        for old in kept[: 1 - KEPT]:
            old.unlink(missing_ok=True)
        fresh = cache / f"preflight-{key}.{os.getpid()}"
        fresh.write_text(json.dumps(found), "utf-8")
        fresh.replace(cache / f"preflight-{key}.json")
    except OSError as error:
        # A cache that cannot be written costs time at the next start, nothing else.
        log.warning("the result of the pre-flight is not kept: %s", error)


def _written(file: Path) -> float:
    """When; a file that somebody else has just taken away is the oldest."""
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


def _rehearse(candidates: Mapping[str, Candidate]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    while True:
        fresh = _child(candidates, found)
        found |= fresh
        if not fresh:
            return found


def _child(
    candidates: Mapping[str, Candidate], found: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """Rehearse without what is known to be broken; what turned out broken besides."""
    with tempfile.TemporaryDirectory(prefix="xiaoguan-") as folder:
        order, answer = Path(folder) / "order.json", Path(folder) / "answer"
        order.write_text(
            json.dumps(
                [
                    {"package": each.package, "path": str(each.path), "origin": each.origin}
                    for each in candidates.values()
                    if each.id not in found
                ]
            ),
            "utf-8",
        )
        answer.touch()
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
        try:
            child = subprocess.run(
                [sys.executable, "-m", "core.hosting.rehearsal", str(order), str(answer)],
                env=environment, capture_output=True, text=True, timeout=SECONDS, check=False,
            )  # fmt: skip
            said = child.stderr.strip()
            ended = f"ends the process on import (exit code {child.returncode})"
            if said:
                ended += f": {said.splitlines()[-1]}"
        except subprocess.TimeoutExpired:
            ended, said = f"does not finish its import within {SECONDS} seconds", ""
        lines = [json.loads(line) for line in answer.read_text("utf-8").splitlines()]
    if lines and "broken" in lines[-1]:
        answered: dict[str, dict[str, str]] = lines[-1]["broken"]
        return answered
    last = lines[-1]["begin"] if lines else "core"
    if last == "core":
        raise RuntimeError(f"the host itself cannot be loaded:\n{said}")
    return {last: {"reason": ended}}


def as_json(unavailable: Iterable[Unavailable]) -> dict[str, dict[str, str]]:
    """What the child answers; names stay behind, they may be lazy."""
    return {each.id: {"reason": each.reason} for each in unavailable}

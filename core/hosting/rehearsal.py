"""The child process of the pre-flight: ``python -m core.hosting.rehearsal ORDER ANSWER``.

ORDER is a file with the candidates; to ANSWER it appends a line before each plugin, so that
the culprit is known if the process dies, and at the end what is broken.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from core.hosting.inventory import Candidate, read_manifest
from core.hosting.load import assemble
from core.hosting.preflight import as_json
from core.starting import keep, without_collecting


def main(order: Path, answer: Path) -> None:
    """Load everything as the host will."""
    candidates = [
        Candidate(
            manifest=read_manifest(Path(each["path"]) / "manifest.py"),
            package=each["package"],
            path=Path(each["path"]),
            origin=each["origin"],
        )
        for each in json.loads(order.read_text("utf-8"))
    ]

    def note(line: object) -> None:
        with answer.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")

    loaded = assemble(candidates, begin=lambda id_: note({"begin": id_}), rehearsing=True)
    failed = [each for each in loaded.registry.unavailable.values() if each.stage == "load"]
    note({"broken": as_json(failed)})


if __name__ == "__main__":
    with without_collecting():
        main(Path(sys.argv[1]), Path(sys.argv[2]))
        keep()

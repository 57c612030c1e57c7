"""A process with little memory that imports every file of a folder: ``python -m
tests.security.fed FOLDER``. It prints a line of JSON about each."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa

from core.data.importing.engine import Order, run_import
from core.data.importing.mapping import make_map
from core.extensions import db
from core.starting import keep
from plugin_api.errors import Refused
from plugin_api.models import model_of
from tests.harness import Installation, install

ROOM = 1 << 30
"""Bytes of address space; the program alone takes half of it."""
SLUG = "acme"


def most_held() -> int:
    """Kilobytes that this program has held at most. What getrusage tells begins with the process
    that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(folder: Path) -> None:
    """Import each, and tell what became of it."""
    with tempfile.TemporaryDirectory() as scratch:
        inst = install(Path(scratch))
        inst.company(SLUG, "crm", language="en")
        keep()
        begun = most_held()
        resource.setrlimit(resource.RLIMIT_AS, (ROOM, resource.getrlimit(resource.RLIMIT_AS)[1]))
        for path in sorted(folder.iterdir()):
            click.echo(json.dumps({"file": path.name, **_fed(inst, path, begun)}))


def _fed(inst: Installation, path: Path, begun: int) -> dict[str, Any]:
    encoding, _, _ = path.name.partition("_")
    options = {"encoding": "utf-8"} if encoding == "utf8" else {}
    account: Any = model_of("crm.Account")
    told: dict[str, Any]
    with inst.working(SLUG):
        before = set(db.session.scalars(sa.select(account.name)))
        try:
            order = Order(model=account, path=path, map=make_map({"options": options}))
            report = run_import(order)
            told = {
                "outcome": report.outcome,
                "errors": [
                    (each.line, str(each.column or each.field), str(each.reason))
                    for each in report.row_errors
                ],
            }
        except Refused as refused:
            db.session.rollback()
            told = {"outcome": "refused", "message": str(refused.message)}
        db.session.commit()
        told["made"] = sorted(set(db.session.scalars(sa.select(account.name))) - before)
    told["memory"] = most_held() - begun
    return told


if __name__ == "__main__":
    main(Path(sys.argv[1]))

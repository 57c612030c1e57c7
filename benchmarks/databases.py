"""The databases that a benchmark measures: SQLite, and a PostgreSQL of its own when asked for."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import sqlalchemy as sa

from core.extensions import db
from tests.harness import Installation, install
from tests.postgres import running_postgres

Measured = dict[str, Any]
REPS = 20


def on_each(
    about: str | None,
    measure: Callable[[Path, int, str], Measured],
    beyond: Callable[[Measured], list[str]],
    records: int = 100_000,
) -> int:
    """Measure ``(folder, records, url)`` on every database that the command line asks for, print
    it and what is over its limit; what the program ends with."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--records", type=int, default=records)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    os.environ.pop("XIAOGUAN_DATABASE_URL", None)
    with tempfile.TemporaryDirectory() as folder:
        found = {"sqlite": measure(Path(folder) / "a", options.records, "")}
        if options.postgres:
            with running_postgres() as server:
                url = f"postgresql+psycopg://postgres@/postgres?host={server}"
                found["postgresql"] = measure(Path(folder) / "b", options.records, url)
    print(json.dumps(found, ensure_ascii=False, indent=2))
    slow = [f"{name}: {text}" for name, each in found.items() for text in beyond(each)]
    print("\n".join(slow), file=sys.stderr)
    return 1 if slow else 0


def company_of_sellers(folder: Path, url: str, others: Mapping[str, str]) -> Installation:
    """An installation with the company Acme: reps from ``rep0`` on, and others with their role."""
    made = install(folder, database_url=url)
    made.company("acme", "catalog", "crm", "targets", country="CN", currency="CNY")
    for name, role in {**{f"rep{i}": "rep" for i in range(REPS)}, **others}.items():
        made.person("acme", name, role)
    return made


def settle(made: Installation, *sizes: str) -> tuple[int, ...]:
    """Have the database learn what it holds, as one does by itself after a while; the answer to
    the first of ``sizes`` on SQLite, to the second on PostgreSQL."""
    with made.app.app_context():
        engine = db.engine
        is_postgres = engine.dialect.name == "postgresql"
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("vacuum analyze" if is_postgres else "analyze")
            if not sizes:
                return ()
            return tuple(connection.execute(sa.text(sizes[is_postgres])).one())

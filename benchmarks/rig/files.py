"""An import of a file beside COPY of the rows that it made into the same tables."""

from __future__ import annotations

import csv
import random
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.rig.cluster import ACCOUNTS, PEOPLE
from core.data.importing.engine import Order, run_import
from core.data.importing.mapping import ImportMap
from core.extensions import db
from plugin_api.models import model_of
from tests.harness import Installation

HEADER = ("External ID", "Name", "Account", "Owner", "Stage", "Amount", "Created on",
          "Expected close")  # fmt: skip


def write(file: Path, rows: int, stages: tuple[str, ...], seed: int = 11) -> None:
    """A file of new opportunities whose account, owner and stage are named."""
    dice = random.Random(seed)
    with file.open("w", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(HEADER)
        for i in range(rows):
            day = date(2024, 1, 1) + timedelta(dice.randrange(1000))
            writer.writerow(
                (f"I{seed}-{i:06}", f"Imported {i:06}", f"Customer {dice.randrange(ACCOUNTS):04}",
                 f"Rep{dice.randrange(PEOPLE)}", dice.choice(stages),
                 f"{dice.randrange(100, 2_000_000) / 100:.2f}", day.isoformat(),
                 (day + timedelta(dice.randrange(90))).isoformat())
            )  # fmt: skip


TABLES = ("crm_opportunity", "crm_stage_change", "core_audit_entry", "core_imported_row",
          "core_search_token")  # fmt: skip
"""What an import writes, besides the import itself."""


def measure(made: Installation, plain: str, file: Path, rows: int) -> tuple[float, float, int]:
    """Rows a second of the import, of COPY of what it wrote, and how many rows that was.

    What was imported is gone again at the end.
    """
    model: Any = model_of("crm.Opportunity")
    with psycopg.connect(plain, autocommit=True) as connection:
        last = {table: _last(connection, table) for table in TABLES}
        with made.working("acme", "ada"):
            start = time.perf_counter()
            report = run_import(Order(model=model, path=file, map=ImportMap()))
            db.session.commit()
            took = time.perf_counter() - start
        assert report.created == rows, (report.created, report.row_errors[:3])
        held = {table: _taken(connection, table, last) for table in TABLES}
        copied, written = 0.0, 0
        with connection.transaction():
            for table in reversed(TABLES):
                connection.execute(_delete(table, last))  # type: ignore[arg-type]
            for table in TABLES:
                start = time.perf_counter()
                with connection.cursor().copy(f"copy {table} from stdin") as copy:  # type: ignore[arg-type]
                    for piece in held[table]:
                        copy.write(piece)
                copied += time.perf_counter() - start
                written += sum(piece.count(b"\n") for piece in held[table])
            for table in reversed(TABLES):
                connection.execute(_delete(table, last))  # type: ignore[arg-type]
        connection.execute("delete from core_import_run")
        connection.execute("vacuum")
    return rows / took, rows / copied, written


def _key(table: str) -> str:
    return "record_id" if table == "core_search_token" else "id"


def _last(connection: Any, table: str) -> int:
    found = connection.execute(f"select coalesce(max({_key(table)}), 0) from {table}").fetchone()
    return int(found[0])


def _delete(table: str, last: dict[str, int]) -> str:
    return f"delete from {table} where {_key(table)} > {last[table]}"


def _taken(connection: Any, table: str, last: dict[str, int]) -> list[bytes]:
    asked = f"copy (select * from {table} where {_key(table)} > {last[table]}) to stdout"
    with connection.cursor().copy(asked) as copy:
        return [bytes(piece) for piece in copy]

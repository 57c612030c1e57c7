"""A company out of an installation, as one file."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from core.data import sealing, verifying
from core.files.models import Attachment
from core.host import services
from core.hosting.schema import current_revisions
from core.identity.service import system_in
from core.portability.layout import PortabilityError, travelling
from core.portability.rows import encoded
from core.tenancy.engine import as_owner, reading
from core.tenancy.models import Company
from plugin_api.context import now

FORMAT = 1
MANIFEST, SUMS = "manifest.json", "sums.json"
BLOCK = 1 << 20
Told = Callable[[str, int], None]
"""Is told of each table and how many rows it has."""


def take(slug: str, file: Path, instance: Path, told: Told = lambda table, rows: None) -> int:
    """Write everything of a company to a file that is not there yet, while it is in use; how
    many rows. Raises PortabilityError."""
    if file.exists():
        raise PortabilityError(f"{file} exists already")
    with system_in(slug):
        sealing.seal()
        found = verifying.verify()
        head = verifying.anchor()
    if not found.is_sound:
        raise PortabilityError(f"the audit trail is broken at entry {found.entry}: {found.reason}")
    partial = file.with_name(file.name + ".partial")
    try:
        with _snapshot() as connection, zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as to:
            total = _Taking(connection, to, instance, told).write(slug, head)
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
    return total


@contextmanager
def _snapshot() -> Iterator[sa.Connection]:
    """One moment of the database, whatever others write meanwhile."""
    engine = as_owner()
    options: dict[str, Any] = {}
    if engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    with reading(), engine.connect().execution_options(**options) as connection:
        yield connection
        connection.rollback()


@dataclass(frozen=True, slots=True)
class _Taking:
    connection: sa.Connection
    to: zipfile.ZipFile
    instance: Path
    told: Told
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)

    def write(self, slug: str, head: verifying.Anchor) -> int:
        """All of it; how many rows."""
        company: Any = Company.__table__
        asked = sa.select(company).where(company.c.slug == slug)
        row = dict(self.connection.execute(asked).mappings().one())
        for place in travelling():
            self._table(place.table, row["id"])
        for digest in _digests(self.connection, row["id"]):
            source = self.instance / "files" / str(row["id"]) / digest[:2] / digest
            if not source.is_file():
                raise PortabilityError(f"the content {digest} of a file is not there any more")
            self.to.write(source, f"files/{digest}")
            self.sums[f"files/{digest}"] = digest
        self._manifest(row, head)
        return sum(each["rows"] for each in self.counts.values())

    def _table(self, table: sa.Table, company: int) -> None:
        name, summed, count = f"tables/{table.name}.jsonl", hashlib.sha256(), 0
        least = 0
        with self.to.open(name, "w", force_zip64=True) as out:
            for row in _rows(self.connection, table, company):
                text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
                line = text.encode() + b"\n"
                out.write(line)
                summed.update(line)
                # They come in the order of their ids.
                least = least or row.get("id", 0)
                count += 1
        self.sums[name] = summed.hexdigest()
        self.counts[table.name] = {"rows": count, "least": least}
        self.told(table.name, count)

    def _manifest(self, company: dict[str, Any], head: verifying.Anchor) -> None:
        plugins = services().registry.plugins
        used = {name.partition("_")[0] for name, each in self.counts.items() if each["rows"]}
        revisions = current_revisions(self.connection, plugins)
        text = json.dumps(
            {
                "format": FORMAT,
                "made_at": now().isoformat(timespec="seconds"),
                "company": {name: encoded(value) for name, value in company.items()},
                "head": {"number": head.number, "hash": head.hash},
                "plugins": {
                    id_: {"version": plugins[id_].manifest.version, "tables": revisions.get(id_)}
                    for id_ in sorted(used | {"core"})
                },
                "tables": self.counts,
            },
            ensure_ascii=False, indent=1,
        )  # fmt: skip
        self.to.writestr(MANIFEST, text)
        self.sums[MANIFEST] = hashlib.sha256(text.encode()).hexdigest()
        self.to.writestr(SUMS, json.dumps(self.sums, indent=1))


def _rows(connection: sa.Connection, table: sa.Table, company: int) -> Iterator[dict[str, Any]]:
    names = [column.name for column in table.c if column.name != "company_id"]
    asked = (
        sa.select(*(table.c[name] for name in names))
        .where(table.c.company_id == company)
        .order_by(*table.primary_key.columns)
        .execution_options(yield_per=1000)
    )
    for row in connection.execute(asked):
        yield {name: encoded(value) for name, value in zip(names, row, strict=True)}


def _digests(connection: sa.Connection, company: int) -> list[str]:
    table: Any = Attachment.__table__
    asked = sa.select(table.c.digest).distinct().where(table.c.company_id == company)
    return list(connection.scalars(asked.order_by(table.c.digest)))

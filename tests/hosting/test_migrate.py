import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from textwrap import indent
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from core.hosting import migrate, schema
from core.hosting.contribution import Contribution
from core.hosting.registry import LoadedPlugin, Registry
from plugin_api.manifest import Manifest

SCRIPT = """
import sqlalchemy as sa
from alembic import op
from plugin_api.models import RowId

revision = {revision!r}
down_revision = {down!r}


def upgrade():
{upgrade}


def downgrade():
{downgrade}
"""
TABLE = """
op.create_table(
    "{name}",
    sa.Column("company_id", sa.BigInteger(), nullable=False),
    sa.Column("id", RowId(), autoincrement=True, nullable=False),
    {more}
    sa.PrimaryKeyConstraint("company_id", "id"),
)
"""
REFERENCE = """
    sa.Column("aa_id", sa.BigInteger()),
    sa.ForeignKeyConstraint(["company_id", "aa_id"], ["aa_one.company_id", "aa_one.id"]),
"""


class Plugins:
    """Plugins that have nothing but migration scripts."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.loaded: dict[str, LoadedPlugin] = {}

    def add(self, id_: str, depends: tuple[str, ...] = ()) -> None:
        manifest = Manifest(id=id_, name=id_, version="1.0.0", summary="", depends=depends)
        self.loaded[id_] = LoadedPlugin(
            id=id_, manifest=manifest, package=id_, path=self.root / id_, origin="bundled",
            contribution=Contribution(),
        )  # fmt: skip
        schema.versions_folder(self.loaded[id_]).mkdir(parents=True)

    def script(self, id_: str, upgrade: str, downgrade: str = "pass") -> None:
        folder = schema.versions_folder(self.loaded[id_])
        number = len(list(folder.glob("*.py"))) + 1
        text = SCRIPT.format(
            revision=f"{number:04d}",
            down=f"{number - 1:04d}" if number > 1 else None,
            upgrade=indent(upgrade.strip(), "    "),
            downgrade=indent(downgrade.strip(), "    "),
        )
        (folder / f"{number:04d}_test.py").write_text(text)

    @property
    def registry(self) -> Registry:
        return Registry(self.loaded, {})


@pytest.fixture
def plugins(tmp_path: Path) -> Plugins:
    made = Plugins(tmp_path / "plugins")
    for id_, depends in {"core": (), "aa": (), "bb": ("aa",), "cc": ()}.items():
        made.add(id_, depends)
        more = REFERENCE if id_ == "bb" else ""
        table = TABLE.format(name=f"{id_}_one", more=more)
        made.script(id_, table, f'op.drop_table("{id_}_one")')
    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> sa.Engine:
    url = f"sqlite:///{tmp_path}/test.db"
    if request.param == "postgresql":
        make: Callable[[], str] = request.getfixturevalue("new_postgres_url")
        url = make()
    made = sa.create_engine(url, poolclass=sa.NullPool)
    request.addfinalizer(made.dispose)
    return made


def ran(steps: list[migrate.Step]) -> list[tuple[str, str, bool]]:
    return [(step.plugin, step.revision, bool(step.error)) for step in steps]


def states(engine: sa.Engine, plugins: Plugins) -> dict[str, str]:
    return {each.plugin: each.state for each in schema.status(engine, plugins.registry)}


def test_every_plugin_is_upgraded_in_order_and_only_once(
    engine: sa.Engine, plugins: Plugins
) -> None:
    assert set(states(engine, plugins).values()) == {"behind"}
    steps = migrate.upgrade_all(engine, plugins.registry)
    assert ran(steps) == [(id_, "0001", False) for id_ in ("core", "aa", "bb", "cc")]
    assert set(states(engine, plugins).values()) == {"current"}
    assert migrate.upgrade_all(engine, plugins.registry) == []


def test_one_plugin_is_upgraded_with_what_it_needs(engine: sa.Engine, plugins: Plugins) -> None:
    steps = migrate.upgrade_all(engine, plugins.registry, "bb")
    assert [step.plugin for step in steps] == ["core", "aa", "bb"]
    assert states(engine, plugins)["cc"] == "behind"


def test_up_down_and_up_again(engine: sa.Engine, plugins: Plugins) -> None:
    migrate.upgrade_all(engine, plugins.registry)
    for id_ in ("cc", "bb", "aa", "core"):
        migrate.downgrade(engine, plugins.registry, id_)
    left = [name for name in sa.inspect(engine).get_table_names() if "alembic" not in name]
    assert left == []
    assert len(migrate.upgrade_all(engine, plugins.registry)) == 4


def test_a_failing_script_stops_only_those_that_need_it_and_is_resumed(
    engine: sa.Engine, plugins: Plugins
) -> None:
    plugins.script("aa", 'op.add_column("aa_one", sa.Column("note", sa.Text()))')
    plugins.script("aa", 'op.execute("insert into aa_one (company_id) values (1)")\n1 / 0')
    steps = migrate.upgrade_all(engine, plugins.registry)
    assert ran(steps) == [
        ("core", "0001", False),
        ("aa", "0001", False),
        ("aa", "0002", False),
        ("aa", "0003", True),
        ("cc", "0001", False),
    ]
    assert "ZeroDivisionError" in next(step.error for step in steps if step.error)
    assert states(engine, plugins) == {
        "core": "current",
        "aa": "behind",
        "bb": "behind",
        "cc": "current",
    }
    with engine.connect() as connection:
        assert connection.scalar(sa.text("select count(*) from aa_one")) == 0
    broken = schema.versions_folder(plugins.loaded["aa"]) / "0003_test.py"
    broken.write_text(broken.read_text().replace("1 / 0", "pass"))
    assert ran(migrate.upgrade_all(engine, plugins.registry)) == [
        ("aa", "0003", False),
        ("bb", "0001", False),
    ]


def test_a_newer_database_is_told_and_left_alone(engine: sa.Engine, plugins: Plugins) -> None:
    migrate.upgrade_all(engine, plugins.registry)
    with engine.begin() as connection:
        connection.execute(sa.text("update alembic_version_aa set version_num = '0009'"))
    assert states(engine, plugins)["aa"] == "unknown"
    assert migrate.upgrade_all(engine, plugins.registry) == []


def test_a_plugin_that_is_gone_does_not_disturb_the_others(
    engine: sa.Engine, plugins: Plugins
) -> None:
    migrate.upgrade_all(engine, plugins.registry)
    del plugins.loaded["cc"]
    plugins.script("aa", 'op.add_column("aa_one", sa.Column("note", sa.Text()))')
    assert ran(migrate.upgrade_all(engine, plugins.registry)) == [("aa", "0002", False)]


def test_altering_a_table_keeps_its_rows_those_that_refer_to_it_and_its_numbering(
    engine: sa.Engine, plugins: Plugins
) -> None:
    migrate.upgrade_all(engine, plugins.registry)
    with engine.begin() as connection:
        for statement in (
            "insert into aa_one (company_id) values (1), (1)",
            "insert into bb_one (company_id, aa_id) values (1, 1)",
            "delete from aa_one where id = 2",
        ):
            connection.execute(sa.text(statement))
    batch = (
        'with op.batch_alter_table("aa_one") as batch:\n'
        '    batch.add_column(sa.Column("code", sa.Integer()))\n'
        '    batch.create_unique_constraint("uq_code", ["company_id", "code"])'
    )
    plugins.script("aa", batch)
    assert ran(migrate.upgrade_all(engine, plugins.registry)) == [("aa", "0002", False)]
    with engine.begin() as connection:
        connection.execute(sa.text("insert into aa_one (company_id) values (1)"))
        ids = connection.scalars(sa.text("select id from aa_one order by id")).all()
        assert list(ids) == [1, 3]
        assert connection.scalar(sa.text("select aa_id from bb_one")) == 1
        with pytest.raises(sa.exc.IntegrityError), connection.begin_nested():
            if engine.dialect.name == "sqlite":
                connection.execute(sa.text("insert into aa_one (company_id, id) values (1, 3)"))
            else:
                connection.execute(sa.text("insert into bb_one (company_id, aa_id) values (2, 1)"))


def test_a_script_that_leaves_references_to_nothing_is_undone(
    tmp_path: Path, plugins: Plugins
) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path}/test.db", poolclass=sa.NullPool)
    migrate.upgrade_all(engine, plugins.registry)
    plugins.script("bb", 'op.execute("insert into bb_one (company_id, aa_id) values (1, 77)")')
    (step,) = migrate.upgrade_all(engine, plugins.registry)
    assert "leaves rows of bb_one that refer to nothing" in step.error
    with engine.connect() as connection:
        assert connection.scalar(sa.text("select count(*) from bb_one")) == 0


def test_a_sqlite_database_is_copied_before_it_is_upgraded(
    tmp_path: Path, plugins: Plugins
) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path}/test.db", poolclass=sa.NullPool)
    backups = tmp_path / "backups"
    migrate.upgrade_all(engine, plugins.registry, backups=backups)
    assert not backups.exists()
    with engine.begin() as connection:
        connection.execute(sa.text("insert into aa_one (company_id) values (1)"))
    for number in range(7):
        plugins.script("aa", f'op.execute("delete from aa_one") # {number}')
        migrate.upgrade_all(engine, plugins.registry, backups=backups)
    copies = sorted(backups.iterdir())
    assert len(copies) == 5
    with closing(sqlite3.connect(copies[0])) as copy:
        assert copy.execute("select version_num from alembic_version_aa").fetchone() == ("0003",)


@pytest.mark.parametrize(
    ("scripts", "expected"),
    [
        ({}, ()),
        ({"a": None}, ("a",)),
        ({"c": "b", "b": "a", "a": None}, ("a", "b", "c")),
    ],
)
@pytest.mark.parametrize("form", ["{} = {}", "{}: str = {}", "{}: str | None = {}"])
def test_revisions_are_read_as_the_library_reads_them(
    tmp_path: Path, scripts: dict[str, str | None], expected: tuple[str, ...], form: str
) -> None:
    folder = tmp_path / "migrations" / "versions"
    folder.mkdir(parents=True)
    for revision, after in scripts.items():
        quoted = "None" if after is None else f"'{after}'"
        lines = (form.format("revision", f'"{revision}"'), form.format("down_revision", quoted))
        (folder / f"{revision}_x.py").write_text("\n".join(lines) + "\n")
    found = schema.revisions_of(SimpleNamespace(path=tmp_path))  # type: ignore[arg-type]
    assert found == expected
    if scripts:
        walked = schema.scripts_of(folder).walk_revisions()
        assert found == tuple(script.revision for script in reversed(list(walked)))


def test_two_scripts_after_one_are_left_to_the_library(tmp_path: Path) -> None:
    folder = tmp_path / "migrations" / "versions"
    folder.mkdir(parents=True)
    for revision, after in (("a", "None"), ("b", "'a'"), ("c", "'a'")):
        text = f"revision = '{revision}'\ndown_revision = {after}\n"
        (folder / f"{revision}_x.py").write_text(text)
    found = schema.revisions_of(SimpleNamespace(path=tmp_path))  # type: ignore[arg-type]
    assert found[0] == "a" and set(found) == {"a", "b", "c"}

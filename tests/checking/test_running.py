"""Rules of what runs: one process loads a plugin for each mistake, and each is found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from core.checking.rules import RULES
from core.checking.running import named_in
from core.checking.scripts import in_words
from tests.checking.folders import write

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "tests" / "distribution" / "samples"
SCRIPT = "migrations/versions/0001_initial.py"
UNIQUE = 'sa.UniqueConstraint("company_id", "code"'
UNIQUE_CODE = 'sa.UniqueConstraint("code", name=op.f("uq_ID_crate_code")'
JOBS = '\n\n\nJOBS = (Job(id="sweep", label=_("Sweep"), run=sweep'
LAST = '    code: Mapped[str] = text(_("Code"))\n'
LINK = """

LINK = sa.Table(
    "{0}",
    CompanyModel.metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("company_id", sa.Integer()),
    sa.Column("crate_id", sa.Integer()),
    sa.ForeignKeyConstraint(
        ["company_id", "crate_id"], ["ID_crate.company_id", "ID_crate.id"]
    ),
)
"""
NOTE = """
from sqlalchemy.orm import mapped_column
from plugin_api.models import SharedModel


class Note(SharedModel):
    '''What everybody reads.'''

    __tablename__ = "ID_note"
    id: Mapped[int] = mapped_column(sa.Integer(), primary_key=True)
"""
NOTED = """\
def downgrade() -> None:
    op.drop_table("ID_note")
"""
WITH_NOTE = {
    "models.py": (LAST, LAST + NOTE),
    "hooks.py": ("(models.Crate,)", "(models.Crate, models.Note)"),
    SCRIPT: (
        "def downgrade() -> None:\n",
        '    op.create_table("ID_note", sa.Column("id", sa.Integer(), primary_key=True))\n\n\n'
        + NOTED,
    ),
}
DASHBOARD = """
@hookimpl
def register_dashboards():
    from plugin_api.views import Dashboard, Tile
    tiles = (Tile(title="-", measure="ID.gone"),)
    return [Dashboard(id="day", title="-", tiles=tiles, permission="ID.count")]
"""
EXTENSION = """
@hookimpl
def register_view_extensions():
    from plugin_api.views import ExtraColumn, ViewExtension
    column = ExtraColumn(name="boxes", label="", load=dict)
    return [ViewExtension(model="{0}", after="gone", columns=(column,), permission="ID.count")]
"""
ENDS = "def form_defaults(model, actor):\n    return {}\n"


def hook(text: str) -> tuple[str, str]:
    return (ENDS, f"{ENDS}\n{text}")


CASES: dict[str, tuple[set[str], str, Mapping[str, Any]]] = {
    "good": (set(), "", {}),
    "loading": ({"loads"}, "hooks.py", {"views.py": ('("name", "code")', '("hue",)')}),
    "shared": ({"rows-of-a-company"}, "models.py:26", WITH_NOTE),
    "keyed": (
        {"keys-of-a-company"},
        "models.py:10",
        {
            "models.py": (UNIQUE, 'sa.UniqueConstraint("code"'),
            SCRIPT: (f'{UNIQUE}, name=op.f("uq_ID_crate_company_id_code")', UNIQUE_CODE),
        },
    ),
    "prefixing": (
        {"tables-prefixed", "no-raw-sql"},
        "prefixing",
        {"models.py": (LAST, LAST + LINK.format("elsewhere_link"))},
    ),
    "mapping": (
        {"tables-mapped", "no-raw-sql", "scripts-equal-models"},
        "mapping",
        {"models.py": (LAST, LAST + LINK.format("ID_link"))},
    ),
    "failing": (
        {"scripts-run"},
        "migrations/versions",
        {SCRIPT: ('revision."""\n', 'revision."""\n    1 / 0\n')},
    ),
    "unlike": (
        {"scripts-equal-models"},
        "migrations/versions",
        {"models.py": (LAST, LAST + '    note: Mapped[str] = text(_("Note"))\n')},
    ),
    "staying": (
        {"scripts-taken-back"},
        "migrations/versions",
        {SCRIPT: ('op.drop_table("ID_crate")', "pass")},
    ),
    "unasked": (
        {"pages-ask"},
        "routes.py:11",
        {"routes.py": ("require(COUNT)\n    return", "return")},
    ),
    "unchecked": ({"forms-checked"}, "routes.py:18", {"routes.py": ("    check_company()\n", "")}),
    "ungranted": (
        {"collections-granted"},
        "models.py:10",
        {"access.py": ('"ID.Crate.*": "company", ', "")},
    ),
    "menuing": (
        {"menus-ask"},
        "views.py",
        {"views.py": ('endpoint="ID.count", permission=COUNT', 'endpoint="ID.count"')},
    ),
    "handed": (
        {"jobs-by-hand"},
        "jobs.py:8",
        {"jobs.py": (f'.result(seen=0){JOBS}, schedule=Daily("03:00"))', f".payload(){JOBS})")},
    ),
    "unused": (
        {"permissions-used"},
        "access.py",
        {"access.py": ('crates")),)', 'crates")), Permission(key="ID.x", label=""))')},
    ),
    "anchored": (
        {"extensions-anchored"},
        "views.py",
        {"hooks.py": hook(EXTENSION.format("ID.Crate"))},
    ),
    "modelled": (
        {"extensions-anchored"},
        "views.py",
        {"hooks.py": hook(EXTENSION.format("ID.Barrel"))},
    ),
    "linked": (
        {"links-there"},
        "templates/linked/count.html:2",
        {"templates/ID/count.html": ("ID.count", "ID.gone")},
    ),
    "tiled": ({"tiles-there"}, "dashboards.py", {"hooks.py": hook(DASHBOARD)}),
    "nameless": (
        {"collections-labelled"},
        "models.py:10",
        {"models.py": ('    __label__ = _("Crate")\n', "")},
    ),
    "hidden": (
        {"models-reachable"},
        "models.py:10",
        {"views.py": ('    MenuItem(id="crates", label=_("Crates"), model="ID.Crate"),\n', "")},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """Plugin → what the command says of it."""
    instance = tmp_path_factory.mktemp("instance")
    for name, (_codes, _place, changes) in CASES.items():
        write(instance / "plugins", name, changes)
    paths = [str(instance / "plugins" / name) for name in CASES] + [str(EXAMPLE)]
    done = subprocess.run(
        [sys.executable, "-m", "core.cli.main", "plugin", "check", "--format", "json", *paths],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "XIAOGUAN_INSTANCE": str(instance), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in (*CASES, "samples")}
    for row in json.loads(done.stdout):
        found[row["plugin"]].append(row)
    return found


@pytest.mark.parametrize("name", CASES)
def test_a_mistake_is_found_and_nothing_else(
    name: str, rows: dict[str, list[dict[str, Any]]]
) -> None:
    codes, place, _changes = CASES[name]
    assert {row["code"] for row in rows[name]} == codes, rows[name]
    assert place in {row["place"] for row in rows[name]} | {""}
    assert {row["weight"] for row in rows[name]} <= {"error"}


def test_the_example_of_a_distribution_keeps_every_rule(
    rows: dict[str, list[dict[str, Any]]],
) -> None:
    assert rows["samples"] == []


def test_every_rule_of_what_runs_has_a_case() -> None:
    known = {each.code for each in RULES.values() if each.looks == "running"}
    assert known <= {code for codes, _place, _changes in CASES.values() for code in codes}


def test_the_place_is_the_one_that_the_host_names(tmp_path: Path) -> None:
    (tmp_path / "views.py").touch()
    assert named_in("NameError: x (views.py, line 7)", tmp_path) == (tmp_path / "views.py", 7)
    assert named_in("syntax error in views.py, line 3: bad", tmp_path)[1] == 3
    assert named_in("gone (other.py, line 7)", tmp_path) == (tmp_path / "hooks.py", 0)


def test_a_difference_is_told_by_names() -> None:
    import sqlalchemy as sa

    table = sa.Table("crate", sa.MetaData(), sa.Column("code", sa.Integer()))
    unnamed = sa.UniqueConstraint(table.c.code)
    assert in_words(("add_column", None, "crate", table.c.code)) == "add_column crate.code"
    assert in_words([("add_constraint", unnamed)]) == "add_constraint crate (code)"
    assert in_words(("remove_table", table)) == "remove_table crate"

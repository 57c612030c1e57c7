"""``xiaoguan plugin new``: what it refuses, what it asks, and that what it writes works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from core.cli.main import main
from core.writing import plugin, questions
from core.writing.plugin import TEMPLATES, plural
from tests.architecture.sources import ROOT
from tests.harness import shared_cache


def new(*arguments: str, code: int = 0) -> str:
    """What the command says."""
    done = CliRunner().invoke(main, ["plugin", "new", *arguments])
    assert done.exit_code == code, (done.output, done.exception)
    return done.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Loyalty-Points"], "'loyaltypoints' would do"),
        (["x"], "2 to 31 lower-case letters and digits"),
        (["crm"], "'crm' is a bundled plugin"),
        (["jobs"], "'jobs' belongs to the host"),
        (["class"], "a word of Python's own"),
        (["loyalty", "--title", 'The "best"'], "title 'The \"best\"'"),
        (["loyalty", "--title", "100%"], "title '100%'"),
        (["loyalty", "--title", " "], "title: a name is needed"),
        (["loyalty", "--title", "x" * 41], "at most 40 characters"),
        (["loyalty", "--record", "积分"], "record '积分': English words"),
        (["loyalty", "--record", "Mapped"], "uses that name already"),
        (["loyalty", "--in-tree"], "is no checkout of Xiaoguan"),
    ],
)
def test_what_is_refused(arguments: list[str], said: str, tmp_path: Path) -> None:
    assert said in new(*arguments, "--to", str(tmp_path), "--yes", code=1)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "xiaoguan-loyalty").mkdir()
    assert "is there already" in new("loyalty", "--to", str(tmp_path), "--yes", code=1)
    assert list((tmp_path / "xiaoguan-loyalty").iterdir()) == []


def test_what_is_asked_at_a_terminal() -> None:
    answers = "Loyalty\n忠诚度\nGold entry\n\n金记录\nAda\n"
    with CliRunner().isolation(answers):
        wanted = questions.answered("loyalty", {"in_tree": False}, asks=True)
    assert (wanted.title, wanted.title_zh, wanted.record_zh) == ("Loyalty", "忠诚度", "金记录")
    assert (wanted.model, wanted.records, wanted.author) == ("GoldEntry", "Gold entries", "Ada")
    assert wanted.collection == "gold-entries"
    assert wanted.package == "xiaoguan_loyalty"
    quiet = questions.answered("loyalty", {"title": "Points"}, asks=False)
    assert (quiet.title, quiet.title_zh, quiet.record) == ("Points", "Points", "Entry")


@pytest.mark.parametrize(
    ("one", "many"), [("Entry", "Entries"), ("Day", "Days"), ("Box", "Boxes"), ("Visit", "Visits")]
)
def test_plurals(one: str, many: str) -> None:
    assert plural(one) == many


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("written")
    told = new(
        "loyalty", "--title", "Loyalty & points, said at some length", "--title-zh", "积分",
        "--record", "Loyalty entry", "--record-zh", "积分记录", "--author", "Ada", "--json",
        "--to", str(root),
    )  # fmt: skip
    assert "xiaoguan_loyalty/models.py" in told
    return root / "xiaoguan-loyalty"


def outside(folder: Path, *command: Any, **more: str) -> None:
    """Run a tool there, with Xiaoguan on the path and nothing installed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XIAOGUAN_CACHE": str(shared_cache())}
    done = subprocess.run(
        list(command), cwd=folder, env={**environment, **more}, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_its_code_is_laid_out_and_typed(written: Path) -> None:
    ruff = Path(sys.executable).with_name("ruff")
    outside(written, ruff, "check", ".")
    outside(written, ruff, "format", "--check", ".")
    typed = ("-m", "mypy", "--follow-imports=silent", "--cache-dir", str(written.parent / "cache"))
    outside(written, sys.executable, *typed, MYPYPATH=str(ROOT))


@pytest.mark.parametrize("name", ["loyalty", "visits"])
def test_it_is_laid_out_where_no_tool_does_so(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With nothing configured but what it says itself, and with names of a usual length."""
    monkeypatch.setattr(plugin, "_format", lambda made: None)
    plugin.write(questions.answered(name, {}, asks=False), tmp_path)
    ruff = Path(sys.executable).with_name("ruff")
    outside(tmp_path / f"xiaoguan-{name}", ruff, "check", "--no-cache", ".")
    outside(tmp_path / f"xiaoguan-{name}", ruff, "format", "--no-cache", "--check", ".")


def test_a_reviewer_finds_nothing(written: Path) -> None:
    outside(written, sys.executable, "-m", "core.cli.main", "plugin", "check", ".")


def test_it_packs_with_the_version_of_its_manifest(written: Path, tmp_path: Path) -> None:
    """In a copy: building leaves folders behind."""
    source = shutil.copytree(written, tmp_path / "source")
    build = f"import setuptools.build_meta as made; print(made.build_wheel({str(tmp_path)!r}))"
    outside(source, sys.executable, "-c", build)
    assert [path.name for path in tmp_path.glob("*.whl")] == [
        "xiaoguan_loyalty-0.1.0-py3-none-any.whl"
    ]


def test_every_template_is_used(written: Path) -> None:
    names = {path.name.removesuffix(".jinja") for path in TEMPLATES.rglob("*.jinja")}
    made = {path.name for path in written.rglob("*") if path.is_file()}
    assert names - made == {"story.md"}
    assert "loyalty = xiaoguan_loyalty" in (written / "setup.cfg").read_text()
    assert (written / "xiaoguan_loyalty" / "templates" / "loyalty" / "by_month.html").is_file()
    left = [p for p in written.rglob("*.py") if "<<" in p.read_text() or "<%" in p.read_text()]
    assert left == []


REFERENCE = """\
    account_id: Mapped[int | None] = reference("crm.Account", _("Account"))
    note: Mapped"""
ACCOUNT = 'msgid "Account"\nmsgstr "客户"\n\n'
COLUMN = """\
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id", "account_id"],
            ["crm_account.company_id", "crm_account.id"],
            name=op.f("fk_loyalty_loyalty_entry_company_id_account_id"),
        ),
        sa.Index(
            op.f("ix_loyalty_loyalty_entry_company_id_account_id"), "company_id", "account_id"
        ),
        sa.Column("note","""


def test_its_tests_pass_when_it_builds_on_another_plugin(written: Path) -> None:
    """Nothing but the reference is added: its tests import its models before anything of the
    other plugin is there."""
    for file, old, new_ in (
        ("manifest.py", 'icon="stars",', 'icon="stars",\n    depends=("crm",),'),
        ("models.py", "    note: Mapped", REFERENCE),
        ("migrations/versions/0001_initial.py", '        sa.Column("note",', COLUMN),
        ("translations/zh/LC_MESSAGES/messages.po", 'msgid "Day"', ACCOUNT + 'msgid "Day"'),
    ):
        path = written / "xiaoguan_loyalty" / file
        assert old in path.read_text("utf-8"), file
        path.write_text(path.read_text("utf-8").replace(old, new_), "utf-8")
    outside(written, sys.executable, "-m", "pytest", "-p", "no:cacheprovider")

"""An operator's first hour, by command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import click
import pytest
from click.testing import CliRunner

from core.app import create_app
from core.cli.main import COMMANDS, main
from core.config import Config
from tests import processes
from tests.harness import shared_cache


class Done(NamedTuple):
    """How a command ended, and what it said."""

    exit_code: int
    stdout: str
    stderr: str


Command = Callable[..., Done]


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installation")
    done = in_a_process(folder, "init")
    assert done.exit_code == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def xiaoguan(instance: Path) -> Command:
    """The commands, one after another in this process."""
    app = create_app(Config(cache=shared_cache(), instance=instance))

    def run(*arguments: str, **environment: str) -> Done:
        done = CliRunner().invoke(main, arguments, obj=lambda: app, env=environment)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Done(done.exit_code, done.stdout, done.stderr)

    return run


def in_a_process(instance: Path, *arguments: str) -> Done:
    """A command in an environment with nothing else in it."""
    cache = os.environ["XIAOGUAN_CACHE"]
    given = {"XIAOGUAN_INSTANCE": str(instance), "XIAOGUAN_CACHE": cache}
    done = processes.run(processes.xiaoguan, *arguments, env=given)
    return Done(done.returncode, done.stdout, done.stderr)


def rows(done: Done) -> list[dict[str, Any]]:
    assert done.exit_code == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_init_makes_the_tables_and_may_be_repeated(instance: Path, xiaoguan: Command) -> None:
    assert (instance / "xiaoguan.db").is_file()
    assert xiaoguan("init").exit_code == 0
    states = rows(xiaoguan("db", "status", "--json"))
    assert {row["plugin"]: row["state"] for row in states}["core"] == "current"
    assert {row["state"] for row in states} == {"current"}


def test_the_secret_is_kept_and_private(instance: Path) -> None:
    secret = instance / "secret_key"
    assert len(secret.read_text()) == 64
    assert secret.stat().st_mode & 0o077 == 0


def test_a_company_a_person_and_a_token(xiaoguan: Command) -> None:
    made = rows(xiaoguan("company", "add", "acme", "--name", "Acme", "--json"))
    assert made[0]["slug"] == "acme"
    again = xiaoguan("company", "add", "acme", "--name", "Acme")
    assert again.exit_code == 1
    assert "There is a company acme already." in again.stderr
    person = rows(
        xiaoguan("user", "add", "ada@acme.example", "--company", "acme", "--name", "Ada",
            "--role", "manager", "--json", XIAOGUAN_PASSWORD="correct horse",
        )
    )  # fmt: skip
    assert person[0]["role"] == "manager"
    token = rows(xiaoguan("token", "add", "Ada", "--company", "acme", "--json"))[0]
    assert token["token"].startswith("xg_")
    listed = rows(xiaoguan("company", "list", "--json"))
    assert [(row["slug"], row["currency"], row["language"]) for row in listed] == [
        ("acme", "CNY", "zh")
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("company", "add", "Not A Slug", "--name", "x"), "Lower-case letters"),
        (("company", "add", "euro", "--name", "x", "--currency", "XXY"), "XXY is no currency"),
        (("token", "add", "Ada", "--company", "nobody"), "There is no company nobody."),
        (("token", "add", "Zed", "--company", "acme"), "There is nobody called Zed"),
        (
            ("user", "add", "a@b.example", "--company", "acme", "--name", "A", "--password", "1"),
            "at least 8 characters",
        ),
        (
            ("user", "add", "b@b.example", "--company", "acme", "--name", "B", "--role", "king",
             "--password", "correct horse"),
            "There is no role king; there are: admin",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_one_line(
    xiaoguan: Command, arguments: tuple[str, ...], said: str
) -> None:
    done = xiaoguan(*arguments)
    assert done.exit_code == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_every_command_answers_help(xiaoguan: Command) -> None:
    for arguments in ((), ("demo",), ("serve",), ("company", "add"), ("plugin", "enable"),
                      ("db", "upgrade"), ("doctor",), ("import",), ("export",)):  # fmt: skip
        done = xiaoguan(*arguments, "--help")
        assert done.exit_code == 0
        assert "Usage:" in done.stdout


def test_the_list_of_commands_says_what_each_says_of_itself(xiaoguan: Command) -> None:
    context = click.Context(main)
    for name, (_where, said) in COMMANDS.items():
        command = main.get_command(context, name)
        assert command is not None and command.get_short_help_str(100) == said
    listed = xiaoguan("--help").stdout
    assert all(f"  {name} " in listed for name in COMMANDS)


def test_help_and_version_load_neither_flask_nor_sqlalchemy(tmp_path: Path) -> None:
    said = (
        "import sys, click; from core.cli.main import main\n"
        "for asked in ('--help', '--version', 'nonsense'):\n"
        "    try: main([asked])\n"
        "    except SystemExit: pass\n"
        "print({'flask', 'sqlalchemy', 'plugin_api', 'babel'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", said], cwd=Path.cwd(), capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "set()"
    assert "No such command 'nonsense'" in done.stderr


def test_the_doctor_finds_a_new_installation_sound(xiaoguan: Command) -> None:
    done = xiaoguan("doctor", "--json")
    found = json.loads(done.stdout)
    assert [row for row in found if row["state"] == "fail"] == []
    assert done.exit_code == 0


def test_the_doctor_says_what_to_run_on_an_empty_database(tmp_path: Path) -> None:
    done = in_a_process(tmp_path, "doctor")
    assert done.exit_code == 1
    assert "xiaoguan db upgrade" in done.stdout

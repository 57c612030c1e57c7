"""Documentation that the code contradicts is worse than none."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from core.cli.main import main
from docs.generate import PAGES as WRITTEN
from docs.written.reference import MODULES
from tests.architecture.sources import ROOT, files, module_of, place

PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "plugins").glob("*/README.md")),
]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
COMMAND = re.compile(r"\bxiaoguan ([a-z0-9]+)(?: ([a-z]+))?")
OPERATIONS = ROOT / "docs" / "operations.md"


def anchors(page: Path) -> set[str]:
    """What a link into a page may name, as GitHub makes it of the headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.strip().replace(" ", "-") for heading in plain}


def broken_links(page: Path) -> Iterator[str]:
    for target in LINK.findall(page.read_text("utf-8")):
        if re.match(r"\w+:", target):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        if not found.exists():
            yield f"{place(page)}: {target} is not there"
        elif anchor and found.suffix == ".md" and anchor not in anchors(found):
            yield f"{place(page)}: {target} has no such heading"


def test_generated_pages_are_current() -> None:
    stale = [
        place(path)
        for path, page in WRITTEN.items()
        if not path.is_file() or path.read_text("utf-8") != page()
    ]
    assert stale == [], "run: python docs/generate.py"


def test_every_module_of_the_contract_has_its_place() -> None:
    there = {module_of(path).removeprefix("plugin_api.") for path in files("plugin_api")}
    listed = {name.removesuffix(".__init__") for name in MODULES}
    assert listed - {"__init__"} == there - {"plugin_api", "hookspecs"}


@pytest.mark.parametrize("page", PAGES, ids=place)
def test_links_lead_somewhere(page: Path) -> None:
    assert list(broken_links(page)) == []


@pytest.mark.parametrize("marker", ["run", "test"])
def test_the_readme_has_each_command_once_in_one_line(marker: str) -> None:
    fence = rf"^<!-- {marker} -->\n```(?:sh)?\n(.+)\n```$"
    found = re.findall(fence, (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert len(found) == 1
    assert f"<!-- {marker} -->" not in (ROOT / "README.zh.md").read_text("utf-8")
    assert found[0] in (ROOT / "README.zh.md").read_text("utf-8"), "both languages say the same"
    subprocess.run(["bash", "-n", "-c", found[0]], check=True)


def every(group: click.Group) -> list[tuple[str, click.Command]]:
    """A group's commands by their names, imported."""
    within = click.Context(group)
    found = [(name, group.get_command(within, name)) for name in group.list_commands(within)]
    return [(name, command) for name, command in found if command is not None]


def commands() -> dict[str, click.Command]:
    """Every command by what is typed after ``xiaoguan``."""
    found: dict[str, click.Command] = {}
    for name, command in every(main):
        inner = command.commands if isinstance(command, click.Group) else {"": command}
        found |= {f"{name} {each}".strip(): made for each, made in inner.items()}
    return found


def test_every_command_is_documented() -> None:
    text = OPERATIONS.read_text("utf-8")
    assert [name for name in commands() if f"{name}`" not in text] == []


@pytest.mark.parametrize("command", commands().values(), ids=list(commands()))
def test_every_command_explains_itself(command: click.Command) -> None:
    assert command.help, "no help"
    unsaid = [
        each.name
        for each in command.params
        if isinstance(each, click.Option) and not each.help and not each.hidden
        if each.name not in ("address", "port", "threads", "name", "language", "fiscal_year_start")
    ]
    assert unsaid == [], "options without help"


def test_documented_commands_exist() -> None:
    known = {tuple(name.split()) for name in commands()}
    groups = {name for name, *rest in known if rest}
    wrong = [
        f"{place(page)}: xiaoguan {first} {second}".strip()
        for page in PAGES
        for first, second in COMMAND.findall(page.read_text("utf-8"))
        if (first, second) not in known and (first in groups or (first,) not in known)
    ]
    assert wrong == []


def test_every_setting_is_documented() -> None:
    source = (ROOT / "core" / "config.py").read_text("utf-8")
    names = re.findall(r'env\.\w+\("([A-Z_]+)"', source)
    text = OPERATIONS.read_text("utf-8")
    assert names
    assert [name for name in names if f"`XIAOGUAN_{name}`" not in text] == []

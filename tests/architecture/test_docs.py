"""Documentation that the code contradicts is worse than none."""

from __future__ import annotations

import importlib.util
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.architecture.sources import ROOT, place

PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "plugins").glob("*/README.md")),
]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
COMMAND = re.compile(r"xiaoguan ((?:[a-z0-9]+ ?)+)")


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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
        for path, page in generator().PAGES.items()
        if not path.is_file() or path.read_text("utf-8") != page()
    ]
    assert stale == [], "run: python docs/generate.py"


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

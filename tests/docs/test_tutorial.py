"""The code that documentation shows does what the documentation says."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.docs import story
from tests.docs.pages import ROOT, Installation, write_files
from tests.processes import xiaoguan

TUTORIAL = "docs/plugins/tutorial.md"
CHINESE = """
def test_it_is_read_in_chinese(company):
    assert "拜访" in company.browser("rep", "zh").get("/visits/visits").text
"""


@pytest.fixture
def here(tmp_path: Path) -> Installation:
    return Installation(tmp_path / "instance")


def play(here: Installation, *parts: str) -> None:
    """Do what a reader does, in a process that has found the plugin."""
    here.run(story.main, *parts)


def shown(start: str) -> str:
    """The command of the tutorial that begins so."""
    [line] = re.findall(rf"^{re.escape(start)}.*$", (ROOT / TUTORIAL).read_text("utf-8"), re.M)
    return str(line)


def begin(here: Installation, folder: Path) -> Path:
    """The distribution of the tutorial as its writer has it, and installed as with ``pip -e``."""
    command = shown("xiaoguan plugin new visits").split()[1:]
    here.run(xiaoguan, *command, "--to", str(folder))
    made = folder / "xiaoguan-visits"
    # Done by the shell of the reader.
    subprocess.run(shown("rm -r xiaoguan_visits/"), shell=True, cwd=made, check=True)
    write_files(TUTORIAL, made)
    facts = made / "xiaoguan_visits-1.0.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Name: xiaoguan-visits\nVersion: 1.0.0\n")
    points = (made / "setup.cfg").read_text().split("xiaoguan.plugins =\n")[1].split("\n\n")[0]
    (facts / "entry_points.txt").write_text(f"[xiaoguan.plugins]\n{points.strip()}\n")
    here.add_path(made)
    return made


def test_the_ten_lines_of_the_readme(here: Installation) -> None:
    written = write_files("README.md", here.instance / "plugins")
    assert written == ["visits/manifest.py", "visits/__init__.py", "visits/hooks.py"]
    play(here, "start", "switch_on", "readme")


def test_the_tutorial_and_the_how_tos(here: Installation, tmp_path: Path) -> None:
    made = begin(here, tmp_path)
    samples = here.instance / "plugins" / "samples"
    assert len(write_files("docs/plugins/howto.md", samples)) == 17
    play(here, "start", "switch_on", "tutorial", "words", "howto")
    catalogue = made / "xiaoguan_visits" / "translations" / "zh" / "LC_MESSAGES" / "messages.po"
    text = catalogue.read_text("utf-8")
    # Others say it already, and mean the same; of what is missed they mean something else.
    assert 'msgid "Outcome"\nmsgstr "结果"' in text
    assert 'msgctxt "visit"\nmsgid "Missed"\nmsgstr ""' in text
    assert 'msgid "Visits"\nmsgstr "拜访"' in text
    catalogue.write_text(re.sub(r'^(msgid ".+"\nmsgstr )""$', r'\1"…"', text, flags=re.M), "utf-8")
    (made / "tests" / "test_chinese.py").write_text(CHINESE, "utf-8")
    tests = ("tests/test_services.py", "tests/test_visits.py", "tests/test_chinese.py")
    here.python("-m", "pytest", "-p", "no:cacheprovider", *tests, cwd=made)
    here.run(xiaoguan, "plugin", "check", str(made), "--quick")

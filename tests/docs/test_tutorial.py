"""The code that documentation shows does what the documentation says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import Installation, write_files


@pytest.fixture
def here(tmp_path: Path) -> Installation:
    return Installation(tmp_path)


def play(here: Installation, *parts: str) -> None:
    """Do what a reader does, in a process that has found the plugin."""
    here.python("-m", "tests.docs.story", *parts)


def test_the_ten_lines_of_the_readme(here: Installation) -> None:
    written = write_files("README.md", here.instance / "plugins")
    assert written == ["visits/manifest.py", "visits/__init__.py", "visits/hooks.py"]
    play(here, "start", "switch_on", "readme")


def test_the_tutorial_and_the_how_tos(here: Installation) -> None:
    folder = here.instance / "plugins" / "visits"
    write_files("docs/plugins/tutorial.md", folder)
    assert len(write_files("docs/plugins/howto.md", folder.with_name("samples"))) == 14
    play(here, "start", "switch_on", "tutorial", "words", "howto")
    catalogue = folder / "translations" / "zh" / "LC_MESSAGES" / "messages.po"
    text = catalogue.read_text("utf-8")
    assert 'msgid "Visits made"\nmsgstr ""' in text
    catalogue.write_text(text.replace('msgid "Visits"\nmsgstr ""', 'msgid "Visits"\nmsgstr "拜访"'))
    play(here, "chinese")
    here.python("-m", "pytest", "-p", "no:cacheprovider", str(folder))

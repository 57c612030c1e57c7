"""The code that documentation shows does what the documentation says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.docs.pages import Installation, write_files


@pytest.fixture
def here(tmp_path: Path) -> Installation:
    return Installation(tmp_path)


def start(here: Installation) -> None:
    """What both pages take for granted: an installation with a company and two people."""
    here.python("-m", "tests.docs.story", "start")


def switch_on(here: Installation) -> None:
    waiting = next(
        row for row in json.loads(here.xiaoguan("plugin list --json")) if row["id"] == "visits"
    )
    assert waiting["state"] == "behind"
    assert waiting["reason"].endswith("run: xiaoguan db revision visits")
    here.xiaoguan("db revision visits")
    here.xiaoguan("db upgrade --plugin visits")
    here.xiaoguan("plugin enable visits --company acme")
    rows = json.loads(here.xiaoguan("plugin list --company acme --json"))
    state = next(row for row in rows if row["id"] == "visits")
    assert (state["state"], state["enabled"]) == ("loaded", True)


def test_the_ten_lines_of_the_readme(here: Installation) -> None:
    written = write_files("README.md", here.instance / "plugins")
    assert written == ["visits/manifest.py", "visits/__init__.py", "visits/hooks.py"]
    start(here)
    switch_on(here)
    here.python("-m", "tests.docs.story", "readme")


def test_the_tutorial(here: Installation) -> None:
    folder = here.instance / "plugins" / "visits"
    write_files("docs/plugins/tutorial.md", folder)
    start(here)
    switch_on(here)
    here.python("-m", "tests.docs.story", "tutorial")
    here.xiaoguan("i18n check --plugin visits", code=1)
    here.xiaoguan("i18n update --plugin visits")
    catalogue = folder / "translations" / "zh" / "LC_MESSAGES" / "messages.po"
    text = catalogue.read_text("utf-8")
    assert 'msgid "Visits made"\nmsgstr ""' in text
    catalogue.write_text(text.replace('msgid "Visits"\nmsgstr ""', 'msgid "Visits"\nmsgstr "拜访"'))
    here.python("-m", "tests.docs.story", "chinese")
    here.python("-m", "pytest", "-p", "no:cacheprovider", str(folder))

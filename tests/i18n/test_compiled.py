"""Catalogues are compiled at start, again when they change, and a broken one hurts nobody."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from babel.support import Translations
from flask_babel import force_locale

from core.i18n import compiled
from plugin_api.context import gettext
from tests.harness import opened
from tests.hosting.folders import write_plugin

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def write(folder: Path, text: str, language: str = "zh") -> Path:
    path = folder / language / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + text, "utf-8")
    return folder


def say(directory: Path, text: str) -> str:
    return str(Translations.load(str(directory), ["zh"]).ugettext(text))


def test_each_plugin_with_catalogues_gets_a_folder_in_order(tmp_path: Path) -> None:
    first = write(tmp_path / "first", 'msgid "Team"\nmsgstr "团队"\n')
    second = write(tmp_path / "second", 'msgid "Stage"\nmsgstr "阶段"\n')
    sources = [("first", first), ("none", tmp_path / "none"), ("second", second)]
    made = compiled(sources, tmp_path / "cache")
    assert [each.name.split("-")[0] for each in made] == ["first", "second"]
    assert [say(made[0], "Team"), say(made[1], "Stage")] == ["团队", "阶段"]


def test_a_change_is_compiled_and_no_change_is_not(tmp_path: Path) -> None:
    folder = write(tmp_path / "first", 'msgid "Team"\nmsgstr "团队"\n')
    cache = tmp_path / "cache"
    [before] = compiled([("first", folder)], cache)
    marker = before / "marker"
    marker.touch()
    assert compiled([("first", folder)], cache) == [before]
    assert marker.exists(), "compiled once more without need"
    write(folder, 'msgid "Team"\nmsgstr "小组"\n')
    [after] = compiled([("first", folder)], cache)
    assert (say(before, "Team"), say(after, "Team")) == ("团队", "小组")


def test_a_broken_catalogue_is_left_out_and_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = write(tmp_path / "first", 'msgid "Team"\nmsgstr "团队"\nand now?\n')
    with caplog.at_level(logging.ERROR):
        [made] = compiled([("first", folder)], tmp_path / "cache")
    assert say(made, "Team") == "Team"
    assert "plugin first" in caplog.text


def test_others_may_read_what_was_compiled(tmp_path: Path) -> None:
    folder = write(tmp_path / "first", 'msgid "Team"\nmsgstr "团队"\n')
    [made] = compiled([("first", folder)], tmp_path / "cache")
    assert made.stat().st_mode & 0o777 == 0o755
    assert list((tmp_path / "cache").iterdir()) == [made]


def test_an_installed_plugin_changes_no_word_of_others(tmp_path: Path) -> None:
    folder = write_plugin(tmp_path / "instance" / "plugins", "wordy")
    write(folder / "translations", 'msgid "Save"\nmsgstr "存"\n\nmsgid "Wordy"\nmsgstr "多话"\n')
    app = opened(tmp_path / "instance").app
    with app.test_request_context(), force_locale("zh"):
        assert (gettext("Save"), gettext("Wordy")) == ("保存", "多话")

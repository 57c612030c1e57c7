"""Every check of the contract can fail, and says what, where and how to mend it; and a bundled
plugin that the command has written passes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from core.host import services
from core.hosting import enablement
from core.writing.plugin import Wanted, write
from plugin_api.testing import PluginContract, Workplace, install
from plugin_api.testing.contract import sent
from plugin_api.testing.contract.base import Subject, World
from tests.architecture.sources import ROOT

WRONG = Path(__file__).parent / "wrong"
MINI = Wanted(
    id="mini", title="Mini", title_zh="迷你", record="Small thing", records="Small things",
    record_zh="小事", in_tree=True,
)  # fmt: skip
CHECKS = sorted(name for name in dir(PluginContract) if name.startswith("test_"))


class Contract(PluginContract):
    """Of either plugin."""

    __test__ = False
    rows = 20


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """An installation with the wrong plugin and a written one."""
    root = tmp_path_factory.mktemp("tree")
    (root / "plugins").mkdir()
    write(MINI, root)
    made = install(tmp_path_factory.mktemp("wrong"), plugins=[WRONG, root / "plugins" / "mini"])
    yield World(made)
    made.close()


def subject_of(world: World, id_: str) -> Subject:
    with world.app.app_context():
        assert services().registry.unavailable.get(id_) is None
        return Subject(services().registry.plugins[id_], world, Contract().values)


@pytest.fixture(scope="module")
def wrong(world: World) -> Subject:
    return subject_of(world, "wrong")


def run(name: str, subject: Subject, folder: Path) -> None:
    more = {"tmp_path": folder} if name.startswith("test_scripts") else {}
    getattr(Contract(), name)(subject, **more)


FOUND = {
    "test_the_manifest_says_what_people_choose_by": "category is empty",
    "test_company_rows_meet_no_other_company_in_the_database":
        r"unique \(name\) does not begin with company_id",
    "test_scripts_make_the_tables_of_the_models": "models without scripts",
    "test_every_text_is_translated": "zh: not translated: 'Wrong thing'",
    "test_everything_shown_has_a_name": "Thing has no __label_plural__",
    "test_every_permission_is_granted_to_somebody": "may wrong.Thing.read",
    "test_menus_go_somewhere": "menu open: a page of its own needs a permission",
    "test_defaults_of_settings_are_values_of_them": "wrong.most: 5 is refused",
    "test_rest_makes_reads_and_changes": "sent name='name zqwrongalone .*', read 'NAME",
    "test_pages_stand_where_there_is_nothing": "/wrong/average answers 500",
    "test_records_have_pages": "record_panels failed",
    "test_pages_do_not_ask_for_each_row": r"/wrong/things sends \d+ statements for 3 records",
    "test_every_page_needs_a_permission":
        r"GET /wrong/open \(wrong.show\) answers 200 to somebody without any permission",
    "test_jobs_done_twice_do_it_once": "grow, done again, changes wrong_thing",
    "test_figures_have_their_columns_and_answer": "wrong.how: facts have no column on",
    "test_demo_records_can_be_made": "zh: No record of mine is plausible",
    "test_off_and_on_again_keeps_everything": "wrong_thing is not what it was",
}  # fmt: skip
"""Check → what it finds in the wrong plugin."""


@pytest.mark.parametrize("name", FOUND)
def test_a_check_finds(name: str, wrong: Subject, tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match=FOUND[name]) as failed:
        run(name, wrong, tmp_path)
    assert "To mend: " in str(failed.value)


def everybodys(subject: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the company itself stand for another one, and for one that does not use it."""
    monkeypatch.setattr(Subject, "other_place", subject.world.full)
    monkeypatch.setattr("plugin_api.testing.contract.walls._has", lambda *_: False)
    monkeypatch.setattr("plugin_api.testing.contract.walls._ids", lambda *_: set())
    monkeypatch.setattr(World, "bare", subject.world.full)
    monkeypatch.setattr(Subject, "company", lambda self, name: self.world.full)


def without_rights(subject: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody be an administrator."""
    admin = subject.world.full.browser("admin")
    monkeypatch.setattr("plugin_api.testing.contract.walls._nobody", lambda *_: admin)


def careless(subject: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take everything, and break every page."""
    answer = SimpleNamespace(
        status_code=500, get_json=lambda **_: {}, json={}, text="",
        __enter__=lambda: answer, __exit__=lambda *_: None,
    )  # fmt: skip
    subject.world.full.browsers["admin zh"] = SimpleNamespace(get=lambda *_: answer)  # type: ignore[assignment]
    subject.alone.browsers["admin zh"] = SimpleNamespace(get=lambda *_: answer)  # type: ignore[assignment]
    monkeypatch.setattr(Workplace, "page", lambda *_, **kw: answer)
    monkeypatch.setattr(Workplace, "rest", lambda *_, **kw: answer)


def forgetful(subject: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Purge nothing; know records by what tells them not apart."""
    subject.company("purged").enable("mini")
    monkeypatch.setattr(enablement, "purge", lambda plugin_id: {})
    monkeypatch.setattr(sent, "_telling", lambda content, keys: "count")


BROKEN: dict[str, tuple[Callable[..., None], str]] = {
    "test_records_of_another_company_are_not_there": (everybodys, "/mini/small-things/.* answers"),
    "test_lists_and_searches_hold_no_record_of_another_company": (everybodys, "holds others'"),
    "test_nothing_is_there_where_it_is_off": (everybodys, "the job mark_overdue can be started"),
    "test_records_need_a_permission": (without_rights, "/mini/small-things answers 200 to anybody"),
    "test_a_stale_change_is_refused": (careless, "takes a version that nobody has read"),
    "test_bad_input_is_refused_by_name": (careless, "/mini/small-things takes"),
    "test_no_role_breaks_a_page": (careless, "/mini/small-things answers 500 to a manager"),
    "test_in_chinese_as_in_english": (careless, "/mini/small-things answers 500 in Chinese"),
    "test_pages_stand_beside_every_other_plugin": (careless, "/mini/small-things answers 500"),
    "test_a_file_comes_back_as_it_went_out": (forgetful, "/mini/small-things"),
    "test_purging_removes_all_of_it_and_nothing_else": (forgetful, "still has 1 rows"),
}
"""Check → how a host would be that lets through what it looks for, and what it says then."""


@pytest.fixture(scope="module")
def mini(world: World) -> Subject:
    return subject_of(world, "mini")


@pytest.mark.parametrize("name", [*FOUND, "test_a_file_comes_back_as_it_went_out"])
def test_a_written_plugin_keeps_it(name: str, mini: Subject, tmp_path: Path) -> None:
    """In tree; tests/writing runs all of them for one outside of it."""
    run(name, mini, tmp_path)


@pytest.mark.parametrize("name", BROKEN)
def test_a_check_would_see(
    name: str, mini: Subject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrange, words = BROKEN[name]
    mini.makers.clear()  # what an earlier check was let to delete is made anew
    mini.filled(mini.world.full)
    mini.filled(mini.alone)
    arrange(mini, monkeypatch)
    with pytest.raises(pytest.fail.Exception, match=words) as failed:
        run(name, mini, tmp_path)
    assert "To mend: " in str(failed.value)


def test_every_check_is_shown_to_fail() -> None:
    assert set(CHECKS) - {"test_figures_count_nothing_of_another_company"} == {*FOUND, *BROKEN}


def test_figures_of_others_would_be_seen(mini: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    check = Contract().test_figures_count_nothing_of_another_company
    check(mini)
    with mini.world.own("mini-counted", "mini").as_user("rep"):
        measures = services().measures
    monkeypatch.setattr(type(measures), "value", lambda *_: 7)
    with pytest.raises(pytest.fail.Exception, match=r"mini\.points is 7 where there is no record"):
        check(mini)


def test_what_is_not_there_is_told(world: World) -> None:
    class Missing(PluginContract):
        plugin = "nowhere"

    make: Any = Missing.subject
    with pytest.raises(pytest.fail.Exception, match="nowhere is not loaded: no such plugin"):
        make._get_wrapped_function().__func__(Missing, world)


def test_what_is_written_in_tree_keeps_the_house_rules(tmp_path: Path) -> None:
    shutil.copy(ROOT / "ruff.toml", tmp_path)
    for package in ("plugin_api", "plugins"):
        (tmp_path / package).mkdir()
    (tmp_path / "plugin_api" / "__init__.py").touch()
    write(MINI, tmp_path)
    ruff = Path(sys.executable).with_name("ruff")
    for action in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [ruff, *action, "."], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout
    assert not (tmp_path / "plugins" / "mini" / "py.typed").exists()

"""What helps whoever mends a plugin: who contributes what, whose failure it was, which hooks were
called for a request."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

import pytest
from flask import Flask

from core.cli.reloading import matters, watched
from core.extensions import db
from core.hosting.blame import blame, failure_of, hook_of
from core.hosting.dispatch import Implementation
from core.hosting.doctor import examine
from plugin_api.context import current_company
from tests.harness import Installation, install, opened
from tests.hosting.companies import write_plugins


@pytest.fixture(scope="module")
def inst(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("developing")
    write_plugins(folder)
    made = install(folder)
    for slug, plugin in (("acme", "depot"), ("other", "parcels")):
        made.company(slug, plugin, language="en")
        made.person(slug, "ada", "admin")
    made.person("acme", "rick", "rep")
    yield made


@pytest.fixture(scope="module")
def traced(inst: Installation) -> Installation:
    return opened(inst.instance, trace_hooks=True, debug=True)


def boom(inst: Installation, name: str = "ada") -> str:
    with inst.working("acme"):
        company = str(current_company().id)
    values = {"name": "boom", "_company": company}
    answer = inst.client("acme", name).post("/depot/shelves/new", data=values)
    assert answer.status_code == 500
    return answer.text


# -- who contributes what ---------------------------------------------------------


def test_all_plugins_that_are_on_tell_what_they_bring(inst: Installation) -> None:
    page = inst.client("acme", "ada").get("/core/contributions").text
    assert re.findall(r'data-plugin="(\w+)"', page) == ["core", "depot"]
    assert 'href="/core/contributions?plugin=depot&amp;kind=models"' in page
    other = inst.client("other", "ada").get("/core/contributions").text
    assert re.findall(r'data-plugin="(\w+)"', other) == ["core", "depot", "parcels"]
    link = '<a class="btn" href="/core/contributions">'
    assert link in inst.client("acme", "ada").get("/core/plugins").text


@pytest.mark.parametrize(
    ("asked", "there", "not_there"),
    [
        ("plugin=depot", ("depot.Shelf", "1 field", "before_create"), ("core.User",)),
        ("kind=hooks&q=before_create+shelves", ("Depot",), ("register_models", "Administration")),
        ("q=SHELF", ("depot.Shelf",), ("core.User",)),
        ("plugin=parcels", ("Nothing was found",), ("parcels.Parcel",)),
        ("plugin=core&kind=pages", ("GET /core/contributions",), ("/crm/funnel",)),
    ],
)
def test_parts_are_found(
    inst: Installation, asked: str, there: tuple[str, ...], not_there: tuple[str, ...]
) -> None:
    page = inst.client("acme", "ada").get(f"/core/contributions?{asked}").text
    found = page[page.index('role="search"') :].split("</form>", 1)[1].split("</main>")[0]
    assert [text for text in there if text not in found] == []
    assert [text for text in not_there if text in found] == []


def test_fields_on_records_of_others_are_told(inst: Installation) -> None:
    page = inst.client("other", "ada").get("/core/contributions?kind=fields").text
    assert "Parcels: Shelf" in page and "parcels.Parcel.shelf" in page
    assert '<a href="/depot/shelves">' in (
        inst.client("other", "ada").get("/core/contributions?kind=models&plugin=depot").text
    )


def test_the_parts_are_for_who_switches_plugins(inst: Installation) -> None:
    assert inst.client("acme", "rick").get("/core/contributions").status_code == 403


# -- whose failure it was ---------------------------------------------------------


def test_an_admin_reads_plugin_hook_and_place(
    inst: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    page = boom(inst)
    [code] = re.findall(r"data-failure>([0-9A-F]{5}-[0-9A-F]{5})<", page)
    assert re.search(r"<code>depot</code>.*<code>before_create</code>", page, re.DOTALL)
    assert "<code>depot/hooks.py, line 28</code>" in page
    assert "ZeroDivisionError" in page and "Traceback" not in page
    assert 'href="/core/contributions?plugin=depot"' in page
    told = f"failure {code} in plugin depot, hook before_create, depot/hooks.py, line 28"
    assert told in caplog.text


def test_others_get_a_code_to_hand_on(inst: Installation, caplog: pytest.LogCaptureFixture) -> None:
    page = boom(inst, "rick")
    [code] = re.findall(r"data-failure>([^<]+)<", page)
    assert f"failure {code} in plugin depot, hook before_create" in caplog.text
    for word in ("ZeroDivisionError", "hooks.py", "what somebody typed"):
        assert word not in page


def test_a_program_gets_the_code(inst: Installation, caplog: pytest.LogCaptureFixture) -> None:
    answer = inst.app.test_client().post(
        "/api/v1/depot/shelves", json={"name": "boom"}, headers=inst.token("acme", "ada")
    )
    assert answer.status_code == 500
    assert f"failure {answer.json['code']} in plugin depot, hook before_create" in caplog.text


def test_a_developer_reads_all_of_it(traced: Installation) -> None:
    page = boom(traced, "rick")
    assert "Traceback" in page and "ZeroDivisionError: what somebody typed" in page


def test_a_site_that_shows_failures_is_a_finding(inst: Installation, traced: Installation) -> None:
    for made, states in ((inst, []), (traced, ["warn"])):
        with made.app.app_context():
            assert [each.state for each in examine() if each.check == "debugging"] == states


def test_the_innermost_hook_is_blamed() -> None:
    error = ValueError()
    blame(error, "aa", "before_create")
    blame(error, "bb", "after_update")
    assert hook_of(error) == ("aa", "before_create")
    assert failure_of(error, {}).place == "?"


def test_a_plugin_is_found_behind_links(inst: Installation, tmp_path: Path) -> None:
    """Installations of one process share the code that the first of them imported."""
    there = inst.app.extensions["xiaoguan"].registry.plugins["depot"]
    linked = tmp_path / "depot"
    linked.symlink_to(there.path.resolve())
    with pytest.raises(AttributeError) as raised:
        sys.modules["plugins.depot.hooks"].before_create(None, object())
    failure = failure_of(raised.value, {"depot": replace(there, path=linked)})
    assert (failure.plugin, failure.place) == ("depot", "depot/hooks.py, line 27")


# -- which hooks were called ------------------------------------------------------


def test_calls_are_told_in_their_order(
    traced: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    with traced.working("other"):
        values = {"name": "told", "_company": str(current_company().id)}
    with caplog.at_level(logging.INFO, "xiaoguan.hooks"):
        answer = traced.client("other", "ada").post("/depot/shelves/new", data=values)
    assert answer.status_code == 303
    told = answer.headers["X-Xiaoguan-Hooks"]
    assert re.fullmatch(r"\d+ calls of hooks, [\d.]+ of [\d.]+ ms, \d+ statements", told)
    [told] = [each.getMessage() for each in caplog.records if "POST" in each.getMessage()]
    calls = re.findall(r"(\w+)\.(before_create) (depot\.Shelf): [\d.]+ ms, (\d+) st", told)
    assert calls == [
        ("depot", "before_create", "depot.Shelf", "0"),
        ("parcels", "before_create", "depot.Shelf", "1"),
    ]


def test_they_stand_at_the_foot_of_a_page(traced: Installation) -> None:
    answer = traced.client("acme", "rick").get("/")
    assert "calls of hooks" in answer.headers["X-Xiaoguan-Hooks"]
    foot = answer.text[answer.text.index('class="hook-trace"') :]
    assert foot.rstrip().endswith("</html>")


def test_an_address_adds_no_line_to_log_and_header(
    traced: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", "xiaoguan.hooks"):
        answer = traced.client("acme", "ada").get("/x%3A%20%0AGET%20/forged")
    assert answer.status_code == 404
    assert answer.headers["X-Xiaoguan-Hooks"][0].isdigit()
    assert not [each for each in caplog.messages if "\nGET" in each]


def test_without_debugging_they_are_for_who_switches_plugins(
    inst: Installation,
) -> None:
    made = opened(inst.instance, trace_hooks=True)
    assert "X-Xiaoguan-Hooks" not in made.client("acme", "rick").get("/").headers
    assert "X-Xiaoguan-Hooks" in made.client("acme", "ada").get("/").headers


def test_it_costs_nothing_when_it_is_off(inst: Installation) -> None:
    def watching(app: Flask) -> bool:
        found = [*app.before_request_funcs[None], *app.after_request_funcs[None]]
        return any(each.__module__ == "core.web.traced" for each in found)

    dispatcher = inst.app.extensions["xiaoguan"].dispatcher
    kinds = {type(each) for found in dispatcher._all.values() for each in found}
    assert kinds == {Implementation}
    assert not watching(inst.app)
    with inst.app.app_context():
        listening = db.engine.dispatch.before_cursor_execute
        assert not any("tracing" in str(each.__module__) for each in listening)
    assert "core.web.traced" not in start_up_modules()


def start_up_modules() -> str:
    return subprocess.run(
        [sys.executable, "-c", "import sys, core.app; print(sorted(sys.modules))"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip


# -- serving anew -----------------------------------------------------------------


def test_plugins_are_watched_where_they_lie(inst: Installation) -> None:
    found = watched(inst.instance)
    assert {"core", "plugin_api", "plugins", "depot"} <= {path.name for path in found}
    assert all(path.is_absolute() and path.exists() for path in found)
    for name in ("a/hooks.py", "b/page.html", "messages.po", "x.css", "settings.env"):
        assert matters(None, name)
    for name in ("xiaoguan.db", "a/hooks.pyc", "notes.txt", ".hooks.py.swp"):
        assert not matters(None, name)


def test_a_change_in_a_plugin_serves_anew(tmp_path: Path) -> None:
    """The command is told by what it writes; what fails is tried again with the next change."""
    folder = tmp_path / "plugins" / "watched"
    folder.mkdir(parents=True)
    hooks = folder / "hooks.py"
    hooks.write_text("print('first')")
    program = (
        "from core.cli import reloading as it\n"
        f"it.watched = lambda _: [{str(folder)!r}]\n"
        f"it.COMMAND = [{sys.executable!r}, {str(hooks)!r}]\n"
        "it.serve_again([], None, '')"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        assert running.stdout is not None
        try:
            _write_until(running.stdout, hooks, "1 / 0", "ZeroDivisionError")
            _write_until(running.stdout, hooks, "print('second')", "second")
        finally:
            running.terminate()


def _write_until(said: IO[str], file: Path, text: str, wanted: str) -> None:
    """Write a file until what is said has it: the first time nobody may be watching yet."""
    heard = threading.Event()

    def write() -> None:
        while not heard.is_set():
            file.write_text(text)
            heard.wait(2)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert any(wanted in line for line in said)
    finally:
        heard.set()
        writer.join()

"""Each rule of the source finds its mistake, at its place, and nothing else is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.checking.mending import MENDS, mend
from core.checking.rules import RULES
from core.checking.run import Report, at_source, check, report
from core.checking.source import HOUSE, NoPluginError, Source, find
from tests.checking.folders import translate, write

PAGE = "templates/ID/count.html"
TOML = "quality.toml"
PO = "translations/zh/LC_MESSAGES/messages.po"


def added(file: str, text: str) -> Mapping[str, Any]:
    """A change: a line of code at the top of a file of the good plugin."""
    first = {"models.py": '"""What is stored."""', "jobs.py": '"""Work at night."""'}[file]
    return {file: (first, f"{first}\n{text}")}


def hook(signature: str, answer: str = "None", mark: str = "@hookimpl") -> Mapping[str, Any]:
    """A change: one more implementation."""
    last = "def form_defaults(model, actor):\n    return {}\n"
    return {"hooks.py": (last, f"{last}\n\n{mark}\ndef {signature}:\n    return {answer}\n")}


IMPLEMENTED = """
from plugin_api import hookimpl

@hookimpl
def on_enable(company):
    '''Nothing.'''
"""
SEEN = '[rules]\npages-seen = "done"\nstory-tried = "done"\n'

CASES: list[tuple[str, str, Mapping[str, Any]]] = [
    ("manifest-usable", "manifest.py", {"manifest.py": ('"1.0.0"', '"one"')}),
    ("manifest-id", "manifest.py:5", {"manifest.py": ('id="ID"', 'id="others"')}),
    ("manifest-api", "manifest.py:8", {"manifest.py": ('"1.0.0"', '"1.0.0",\n    api=">=2,<3"')}),
    (
        "manifest-pure",
        "manifest.py:2",
        {"manifest.py": ("from plugin_api.manifest", "import os\nfrom plugin_api.manifest")},
    ),
    ("plugin-exported", "__init__.py", {"__init__.py": ("plugin =", "other =")}),
    ("manifest-described", "manifest.py:9", {"manifest.py": ('_("Storage")', '""')}),
    ("imports-declared", "jobs.py:2", added("jobs.py", "from core import host as inner")),
    ("imports-declared", "jobs.py:2", added("jobs.py", "from plugins.catalog import models")),
    ("imports-parse", "broken.py:1", {"broken.py": "def broken()\n    pass\n"}),
    (
        "dependencies-used",
        "manifest.py",
        {"manifest.py": ('"1.0.0",', '"1.0.0", depends=("crm",),')},
    ),
    ("no-side-doors", "jobs.py:2", added("jobs.py", "from sqlalchemy import event")),
    ("no-raw-sql", "jobs.py:2", added("jobs.py", "from sqlalchemy import text")),
    ("no-raw-sql", "jobs.py:2", added("jobs.py", "import sqlite3")),
    ("no-raw-sql", "models.py:2", added("models.py", 'ONE = sa.sql.text("select 1")')),
    ("no-raw-sql", "models.py:2", added("models.py", "TWO = sa.literal_column(str(2))")),
    (
        "no-raw-sql",
        "jobs.py:10",
        {"jobs.py": ("host().jobs.result(seen=0)", "host().session.connection()")},
    ),
    ("no-network", "jobs.py:2", added("jobs.py", "import requests")),
    ("no-network", "jobs.py:2", added("jobs.py", "from urllib import request")),
    ("no-processes", "jobs.py:2", added("jobs.py", "import threading")),
    ("no-environment", "jobs.py:3", added("jobs.py", 'import os\nHOME = os.environ["HOME"]')),
    ("no-unsafe-code", "jobs.py:2", added("jobs.py", 'TWO = eval("1 + 1")')),
    ("no-unsafe-code", "templates/ID/count.html:1", {PAGE: ('_("Crates")', '_("Crates") | safe')}),
    ("no-inline-scripts", "templates/ID/count.html:1", {PAGE: ("<h1>", '<h1 onclick="go()">')}),
    (
        "company-clock",
        "jobs.py:3",
        added("jobs.py", "import datetime as dt\nDAY = dt.date.today()"),
    ),
    ("hooks-known", "hooks.py:46", hook("register_wonders()")),
    (
        "hooks-known",
        "hooks.py:46",
        hook("day_entries(user_id)", mark="@hookimpl(optionalhook=True)"),
    ),
    ("hooks-arguments", "hooks.py:46", hook("on_enable(firm)")),
    ("hooks-plain", "hooks.py:46", hook("on_enable(company)", mark="@hookimpl(tryfirst=True)")),
    (
        "hooks-in-hooks",
        "jobs.py:6",
        added("jobs.py", IMPLEMENTED),
    ),
    (
        "hooks-thin",
        "hooks.py:46",
        hook("on_enable(company)", "1\n    company\n    company\n    company"),
    ),
    (
        "texts-marked",
        "views.py:10",
        {"views.py": ('label=_("Crates")', 'label="Boxes"'), PO: ("", "")},
    ),
    ("texts-marked", "templates/ID/count.html:1", {PAGE: ("</h1>", "</h1> Bare")}),
    ("texts-complete", PO, {PO: ('msgid "Crate"\nmsgstr "译文"', 'msgid "Crate"\nmsgstr ""')}),
    (
        "texts-agree",
        PO,
        {
            PO: ('msgid "Save"\nmsgstr "保存"', 'msgid "Save"\nmsgstr "译文"'),
            "models.py": ('_("Crate")', '_("Save")'),
        },
    ),
    ("texts-formattable", PAGE, {PAGE: ('_("Count")', '_("5 % more")')}),
    (
        "texts-punctuation",
        PO,
        {PO: ('msgid "Crate"\nmsgstr "译文"', 'msgid "Crate"\nmsgstr "译,文"')},
    ),
    ("readme-there", "README.md", {"README.md": None}),
    ("readme-there", "README.md:1", {"README.md": ("Where everything lies.\n\n", "")}),
    ("readme-sections", "README.md", {"README.md": ("## Who may what", "## Other")}),
    (
        "readme-sections",
        "README.md:9",
        {"README.md": ("Reps see and change all crates of the company.", "")},
    ),
    ("code-described", "jobs.py:8", {"jobs.py": ('    """Look at every crate."""\n', "")}),
    ("files-small", "jobs.py", added("jobs.py", "#\n" * 300)),
    (
        "templates-own",
        "templates/other/page.html",
        {
            "templates/other/page.html": "{# nothing #}",
            "jobs.py": ('"""Work at night."""', '"""Work at night."""\nPAGE = "other/page.html"'),
        },
    ),
    (
        "templates-there",
        "routes.py:15",
        {
            "routes.py": ("ID/count.html", "ID/counted.html"),
            "jobs.py": ('"""Work at night."""', '"""Work at night."""\nPAGE = "ID/count.html"'),
        },
    ),
    ("templates-used", "templates/ID/more.html", {"templates/ID/more.html": "{# nothing #}"}),
    ("tests-there", "ID", {"tests/test_ID.py": None}),
    ("contract-tested", "ID", {"tests/test_ID.py": ("PluginContract", "Other")}),
    ("quality-file", TOML, {TOML: 'tier = "iron"'}),
    ("quality-file", TOML, {TOML: '[rules]\nno-such-rule = "done"'}),
    ("quality-file", TOML, {TOML: 'rules = "all"'}),
    ("quality-file", TOML, {TOML: '[rules]\nfiles-small = {state = ["done"]}'}),
    ("quality-file", TOML, {TOML: '[rules]\nfiles-small = "exempt"'}),
    ("quality-file", TOML, {TOML: '[rules]\nno-raw-sql = {state = "exempt", reason = "Quick."}'}),
    ("quality-file", TOML, {TOML: '[rules]\nfiles-small = {state = "todo", reason = "Later."}'}),
    ("quality-file", TOML, {TOML: 'tier = "gold"\n[rules]\nstory-tried = "done"'}),
]
ALONE = {
    "manifest-id": {"manifest-id", "templates-own"},
    "tests-there": {"tests-there", "contract-tested"},
}
"""Mistakes that are two at once."""


def examined(folder: Path) -> Report:
    (source,) = find(folder)
    return report(source, at_source(source))


def test_a_good_plugin_keeps_every_rule(tmp_path: Path) -> None:
    made = examined(write(tmp_path, "crates"))
    assert [(each.rule.code, each.place, each.found.text) for each in made.findings] == []
    assert {code for code, state in made.states.items() if state != "done"} == {
        known.code for known in RULES.values() if known.looks == "running"
    }


@pytest.mark.parametrize(
    ("code", "place", "changes"), CASES, ids=[f"{c[0]}-{n}" for n, c in enumerate(CASES)]
)
def test_a_mistake_is_found_and_nothing_else(
    code: str, place: str, changes: Mapping[str, Any], tmp_path: Path
) -> None:
    made = examined(write(tmp_path, "crates", changes))
    found = [(each.rule.code, each.place) for each in made.findings]
    expected = ALONE.get(code, {code})
    assert {each for each, _place in found} == expected, [e.found.text for e in made.findings]
    assert (code, place.replace("ID", "crates")) in found
    assert all(each.rule.why and each.rule.says for each in made.findings)


def test_every_rule_of_the_source_has_a_case() -> None:
    known = {each.code for each in RULES.values() if each.looks == "source"}
    of_distributions = {"package-complete", "changes-told"}
    assert {code for code, _place, _changes in CASES} == known - of_distributions


def test_every_rule_that_can_be_mended_is() -> None:
    assert {each.code for each in RULES.values() if each.mended} == set(MENDS)


def test_a_mended_plugin_waits_only_for_what_a_person_has_to_say(tmp_path: Path) -> None:
    folder = write(tmp_path, "crates", {"README.md": None, "models.py": ('_("Crate")', '_("Box")')})
    (folder / PO).unlink()
    assert len(mend(examined(folder))) == 2
    assert (folder / "README.md").read_text().startswith("# Crates\n\nWhat lies where.\n")
    left = {each.rule.code for each in examined(folder).findings}
    assert left == {"texts-complete", "readme-sections"}
    translate(folder)
    readme = folder / "README.md"
    readme.write_text(readme.read_text().replace("\n\n##", "\n\nA sentence or two of it.\n\n##"))
    readme.write_text(readme.read_text() + "\nEverybody may see and do everything.\n")
    assert [each.found.text for each in examined(folder).findings] == []


def test_what_a_plugin_claims_decides_what_is_an_error(tmp_path: Path) -> None:
    long = added("jobs.py", "#\n" * 300)
    claims = {
        "a": ('tier = "silver"', "advice", "silver"),
        "b": (f'tier = "gold"\n{SEEN}', "error", "silver"),
        "c": ('[rules]\nfiles-small = {state = "todo", reason = "Soon."}', "todo", "silver"),
        "d": (
            'tier = "gold"\n[rules]\npages-seen = "done"\nstory-tried = "done"\n'
            'files-small = {state = "exempt", reason = "A table of names."}', "exempt", "gold",
        ),
    }  # fmt: skip
    for name, (toml, weight, reached) in claims.items():
        made = examined(write(tmp_path, f"crates{name}", {**long, TOML: toml}))
        assert [(e.rule.code, e.weight) for e in made.findings] == [("files-small", weight)], name
        states = {**made.states, **{c: "done" for c, s in made.states.items() if s == "unknown"}}
        assert Report(
            source=made.source, quality=made.quality, findings=made.findings, states=states
        ).reached == reached  # fmt: skip
        assert bool(made.errors) == (weight == "error")


def distribution(root: Path, **files: str) -> Path:
    """A distribution with the good plugin inside, whose package has a name of its own."""
    folder = write(root / "made", "crates")
    inner = root / "xiaoguan_crates"
    folder.rename(inner)
    for path in inner.rglob("*.py"):
        path.write_text(path.read_text().replace("plugins.crates", "xiaoguan_crates"))
    for name, text in files.items():
        (root / name.replace("_", ".")).write_text(text)
    return root


SETUP = """
[metadata]
name = xiaoguan-crates
version = 1.0.0
[options]
packages = find_namespace:
[options.package_data]
* = *.html, *.po, *.toml, *.md
[options.entry_points]
xiaoguan.plugins =
    crates = xiaoguan_crates
"""


def test_a_readme_is_the_plugins_own(tmp_path: Path) -> None:
    """That of the house says nothing of a bundled plugin, and is not mended for it."""
    (source,) = find(write(tmp_path, "crates", {"README.md": None}))
    bundled = replace(source, root=HOUSE)
    assert bundled.readme == source.folder / "README.md"
    made = report(bundled, {code: list(RULES[code].test(bundled)) for code in MENDS})
    assert {each.rule.code for each in made.findings} == {"readme-there"}


def test_what_is_no_text_is_told_by_its_place(tmp_path: Path) -> None:
    folder = write(tmp_path, "crates")
    (folder / "jobs.py").write_bytes(b'"""\xff"""\n')
    (folder / PAGE.replace("ID", "crates")).write_bytes(b"<h1>\xff</h1>")
    (folder / "README.md").write_bytes(b"# Crates\n\nWhat \xff lies where.\n")
    found = [(each.rule.code, each.place) for each in examined(folder).findings]
    assert ("imports-parse", "jobs.py:1") in found
    assert ("imports-parse", PAGE.replace("ID", "crates")) in found


def test_a_distribution_is_found_by_what_it_declares(tmp_path: Path) -> None:
    root = distribution(tmp_path, setup_cfg=SETUP)
    (root / "CHANGELOG.md").write_text("## 1.0.0\n")
    (source,) = find(root)
    assert (source.name, source.package, source.root) == ("crates", "xiaoguan_crates", root)
    assert find(root / "xiaoguan_crates") == [source]
    assert [each.found.text for each in examined(root).findings] == []


@pytest.mark.parametrize(
    ("code", "old", "new", "text"),
    [
        ("package-complete", "*.po, ", "", "[options.package_data] leaves out *.po"),
        ("package-complete", "find_namespace:", "find:", "packages = find: leaves out"),
        ("changes-told", "", "", "CHANGELOG.md is missing"),
    ],
)
def test_a_distribution_leaves_nothing_out(
    code: str, old: str, new: str, text: str, tmp_path: Path
) -> None:
    root = distribution(tmp_path, setup_cfg=SETUP.replace(old, new) if old else SETUP)
    if code != "changes-told":
        (root / "CHANGELOG.md").write_text("## 1.0.0\n")
    ((found_code, found),) = [(e.rule.code, e.found.text) for e in examined(root).findings]
    assert (found_code, text in found) == (code, True), found


def test_modern_metadata_is_read_too(tmp_path: Path) -> None:
    toml = '[project.entry-points."xiaoguan.plugins"]\ncrates = "xiaoguan_crates:plugin"\n'
    root = distribution(tmp_path, pyproject_toml=toml)
    assert [each.package for each in find(root)] == ["xiaoguan_crates"]


def test_a_folder_without_a_plugin_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoPluginError, match=r"no manifest\.py, and no setup\.cfg"):
        find(tmp_path)
    with pytest.raises(NoPluginError, match="there is no such folder"):
        find(tmp_path / "away")


def test_a_hook_of_a_declared_plugin_is_known(tmp_path: Path) -> None:
    answer = {
        **hook("day_entries(user_id)", mark="@hookimpl(optionalhook=True)"),
        "manifest.py": ('"1.0.0",', '"1.0.0",\n    soft_depends=("plans",),'),
    }
    (made,) = check(find(write(tmp_path, "crates", answer)), tmp_path / "none", run=False)
    assert [each.found.text for each in made.findings] == []
    assert isinstance(made.source, Source)

"""What goes is announced with a day, told to who uses it, and does not outlive its day."""

from __future__ import annotations

import ast
import json
import logging
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from core.hosting.resolve import resolve
from plugin_api import API_VERSION
from plugin_api.deprecation import ContractWarning, Going, deprecated
from tests.architecture.sources import ROOT, files, place, tree

PAGE = (ROOT / "docs" / "plugins" / "compatibility.md").read_text("utf-8")
EDITOR = (ROOT / "docs" / "plugins" / "editor.md").read_text("utf-8")


def announced(found: ast.Module) -> Iterator[tuple[str, int, dict[str, str]]]:
    """(name, line, what it says) of everything in a file that goes."""
    for node in ast.walk(found):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in (
            "deprecated", "Going",
        ):  # fmt: skip
            says = {each.arg or "": ast.unparse(each.value) for each in node.keywords}
            yield ast.unparse(node.func), node.lineno, says


def marked() -> list[tuple[str, dict[str, str]]]:
    """Where something goes, in the contract and in what is bundled."""
    return [
        (place(path, line), says)
        for top in ("plugin_api", "core", "plugins")
        for path in files(top)
        if path.name != "deprecation.py"
        for _name, line, says in announced(tree(path))
    ]


def test_nothing_outlives_its_day() -> None:
    today = datetime.now(UTC).date().isoformat()
    over = [where for where, says in marked() if says["gone"].strip("'") <= today]
    assert over == [], "take it away, and raise API_VERSION"


def test_what_goes_stands_in_the_table() -> None:
    gone = re.findall(r"^\| .+ \| .+ \| (\d{4}-\d\d-\d\d) \|", PAGE, re.MULTILINE)
    assert sorted(gone) == sorted(says["gone"].strip("'") for _where, says in marked())
    assert f"`API_VERSION` is {API_VERSION}." in PAGE


def test_marks_are_found() -> None:
    source = "@deprecated(since='1.0.0', gone='2020-01-01', instead='x')\ndef f(): ..."
    [(name, line, says)] = announced(ast.parse(source))
    assert (name, line, says["gone"]) == ("deprecated", 1, "'2020-01-01'")


def test_who_uses_it_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    code: dict[str, object] = {"__name__": "sample"}
    [block] = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    exec(compile(block, "compatibility.md", "exec"), code)
    said = r"sample.as_amount goes on 2999-12-31 \(said in 0.4.0\); use plugin_api.money.from_minor"
    with caplog.at_level(logging.WARNING), pytest.warns(ContractWarning, match=said):
        assert code["as_amount"](250) == 2.5  # type: ignore[operator]
    assert code["as_amount"](100) == 1.0  # type: ignore[operator]
    assert caplog.text.count("goes on") == 1 and __name__ in caplog.text
    with pytest.raises(ValueError, match="isoformat"):
        deprecated(since="1", gone="soon", instead="x")


def test_a_hook_that_goes_names_who_implements_it() -> None:
    import pluggy

    from plugin_api import hookimpl, hookspec

    class Specs:
        @hookspec(
            warn_on_impl=Going(
                what="old", since="0.4.0", gone=date(2999, 1, 1), instead="new"
            ).warning()
        )
        def old(self) -> None: ...

    class Plugin:
        @hookimpl
        def old(self) -> None: ...

    manager = pluggy.PluginManager("xiaoguan")
    manager.add_hookspecs(Specs)
    with pytest.warns(ContractWarning, match="old goes on 2999-01-01"):
        manager.register(Plugin(), "visits")


def test_another_number_leaves_the_plugin_out_with_that_reason() -> None:
    from pathlib import Path

    from core.hosting.inventory import Candidate
    from plugin_api import Manifest

    manifest = Manifest(id="late", name="Late", version="1.0.0", summary="x", api=">=2,<3")
    late = Candidate(manifest=manifest, package="plugins.late", path=Path(), origin="local")
    [found] = resolve([late], API_VERSION).unavailable
    assert ">=2,<3" in found.reason and str(API_VERSION) in found.reason


def test_settings_of_the_editor_are_what_the_editor_reads() -> None:
    for text in re.findall(r"^```json\n(.*?)^```", EDITOR, re.MULTILINE | re.DOTALL):
        json.loads(text)
    assert (ROOT / "plugin_api" / "py.typed").is_file()

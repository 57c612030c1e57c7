"""No speculative hooks: each is described, used by a bundled plugin or the host, and tested."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Callable
from typing import Any

import pytest

from plugin_api import hookspecs
from plugin_api.hookspecs import POLICIES
from tests.architecture.sources import BUNDLED, ROOT, files, place, tree

HOOKS: dict[str, Callable[..., Any]] = {
    name: found
    for name, found in vars(hookspecs).items()
    if inspect.isfunction(found) and hasattr(found, "xiaoguan_spec")
}
PUBLISHED: dict[str, Callable[..., Any]] = {
    name: found
    for id_ in BUNDLED
    if (ROOT / "plugins" / id_ / "hookspecs.py").is_file()
    for name, found in vars(importlib.import_module(f"plugins.{id_}.hookspecs")).items()
    if inspect.isfunction(found) and hasattr(found, "xiaoguan_spec")
}
"""Hooks that bundled plugins publish for others."""
ALL = {**HOOKS, **PUBLISHED}
PARTS = ("Called when", "Arguments", "Return", "On error", "Since")


def described(hook: str) -> dict[str, str]:
    """The parts of a hook's docstring, each in one line."""
    text = inspect.getdoc(ALL[hook]) or ""
    found = re.split(rf"^({'|'.join(PARTS)}): ", text, flags=re.MULTILINE)
    summary, parts = found[0], dict(zip(found[1::2], found[2::2], strict=True))
    return {"summary": summary.strip(), **{k: " ".join(v.split()) for k, v in parts.items()}}


def implementers(hook: str) -> list[str]:
    """Files that implement a hook for use: the host's own and those of bundled plugins."""
    paths = [ROOT / "core" / "own.py", *(ROOT / "plugins" / id_ / "hooks.py" for id_ in BUNDLED)]
    return [
        place(path)
        for path in paths
        if path.is_file()
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and node.name == hook
        if any("hookimpl" in ast.unparse(each) for each in node.decorator_list)
    ]


def naming_tests(hook: str) -> list[str]:
    """Tests, outside of this folder, that name a hook."""
    return [
        place(path)
        for path in files("tests")
        if path.parent.name != "architecture" and re.search(rf"\b{hook}\b", path.read_text("utf-8"))
    ]


def test_every_hook_has_a_policy_and_every_policy_a_hook() -> None:
    assert list(POLICIES) == list(HOOKS)
    assert set(POLICIES.values()) == {"fatal", "isolate", "abort"}


@pytest.mark.parametrize("hook", ALL)
def test_it_is_described(hook: str) -> None:
    says = described(hook)
    arguments = list(inspect.signature(ALL[hook]).parameters)
    expected = [part for part in PARTS if arguments or part != "Arguments"]
    assert [part for part in says if part != "summary"] == expected, "parts or their order"
    assert says["summary"].endswith(".")
    assert says["On error"] == f"{POLICIES.get(hook, 'abort')}."
    assert re.fullmatch(r"\d+\.", says["Since"])


@pytest.mark.parametrize("hook", ALL)
def test_every_argument_is_described_and_no_other(hook: str) -> None:
    arguments = list(inspect.signature(ALL[hook]).parameters)
    says = described(hook).get("Arguments", "")
    same = re.match(r"as for (\w+)\.", says)
    if same:
        assert arguments == list(inspect.signature(ALL[same[1]]).parameters)
        return
    named = re.findall(r"([\w, ]+) – ", says)
    assert [name.strip() for each in named for name in each.split(",")] == arguments


@pytest.mark.parametrize("hook", ALL)
def test_it_has_a_real_user(hook: str) -> None:
    assert implementers(hook), f"nothing in core/own.py or plugins/*/hooks.py implements {hook}"


@pytest.mark.parametrize("hook", ALL)
def test_it_has_a_test(hook: str) -> None:
    assert naming_tests(hook), f"no test names {hook}"

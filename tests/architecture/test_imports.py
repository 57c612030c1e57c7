"""``plugins → plugin_api ← core``, and one plugin reaches another only through its façade."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.sources import BUNDLED, files, manifest, module_of, place, tree

KIT = "plugin_api/testing/"
"""Runs the host for tests of plugins, so it may import it: the one part of the contract that does,
and nothing but tests imports it."""
HOUSE = ("core", "plugin_api", "plugins", "tests", "benchmarks")


@dataclass(frozen=True)
class Import:
    """A module of the house that a file imports. ``at_load``: when the file itself is loaded."""

    name: str
    line: int
    at_load: bool


def imports(found: ast.Module, module: str, *, is_package: bool) -> Iterator[Import]:
    """Imports of modules of the house, relative ones by their full name."""
    yield from _walk(found, module.split(".") if is_package else module.split(".")[:-1], True)


def _walk(node: ast.AST, package: list[str], at_load: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        for name in _named(child, package):
            if name.split(".")[0] in HOUSE:
                yield Import(name, getattr(child, "lineno", 0), at_load)
        typing_only = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
        in_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from _walk(child, package, at_load and not (in_function or typing_only))


def _named(node: ast.AST, package: list[str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = package[: len(package) - node.level + 1] if node.level else []
        name = ".".join([*base, *([node.module] if node.module else [])])
        yield from (f"{name}.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
        ("import_module", "__import__")
    ):
        first = node.args[0] if node.args else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


def imports_of(path: Path) -> Iterator[Import]:
    return imports(tree(path), module_of(path), is_package=path.name == "__init__.py")


def misdirected(plugin: str, found: Import) -> str:
    """Why a plugin may not import this; empty when it may."""
    top, *rest = found.name.split(".")
    if top == "plugin_api":
        return "plugin_api.testing is for tests" if rest[:1] == ["testing"] else ""
    if top != "plugins":
        return f"{top} is not for plugins"
    if not rest or rest[0] == plugin:
        return ""
    says = manifest(plugin)
    if rest[0] not in says.depends + says.soft_depends:
        return f"the manifest does not declare {rest[0]}"
    if rest[1:2] != ["api"]:
        return f"only plugins.{rest[0]}.api is for others"
    if rest[0] in says.soft_depends and found.at_load:
        return f"{rest[0]} may be missing: import it in the function that needs it"
    return ""


@pytest.mark.parametrize("package", ["core", "plugin_api"])
def test_the_contract_and_the_host_stand_on_their_own(package: str) -> None:
    others = {"core": {"plugins"}, "plugin_api": {"core", "plugins"}}[package]
    others |= {"tests", "benchmarks"}
    wrong = [
        f"{place(path, found.line)} imports {found.name}"
        for path in files(package)
        for found in imports_of(path)
        if found.name.split(".")[0] in others
        and not (place(path).startswith(KIT) and found.name.split(".")[0] == "core")
    ]
    assert wrong == []


def test_only_tests_use_the_kit() -> None:
    wrong = [
        f"{place(path, found.line)} imports {found.name}"
        for path in files("core", "plugin_api", "plugins")
        if not place(path).startswith(KIT)
        for found in imports_of(path)
        if found.name.startswith("plugin_api.testing")
    ]
    assert wrong == []


@pytest.mark.parametrize("plugin", BUNDLED)
def test_a_plugin_imports_the_contract_and_what_it_declares(plugin: str) -> None:
    wrong = [
        f"{place(path, found.line)} imports {found.name}: {why}"
        for path in files(f"plugins/{plugin}")
        for found in imports_of(path)
        if (why := misdirected(plugin, found))
    ]
    assert wrong == []


def test_the_rule_sees_every_way_to_import() -> None:
    source = """
import core.app
from core import host
from . import models
from ..crm import services
from .services import rules
import os
if TYPE_CHECKING:
    from plugins.crm import models
def later():
    from plugins.crm.api import stages
    import_module("core.web")
"""
    found = imports(ast.parse(source), "plugins.targets.hooks", is_package=False)
    assert [(each.name, each.at_load) for each in found] == [
        ("core.app", True),
        ("core.host", True),
        ("plugins.targets.models", True),
        ("plugins.crm.services", True),
        ("plugins.targets.services.rules", True),
        ("plugins.crm.models", False),
        ("plugins.crm.api.stages", False),
        ("core.web", False),
    ]


@pytest.mark.parametrize(
    ("name", "at_load", "why"),
    [
        ("plugin_api.models", True, ""),
        ("plugin_api.testing", True, "plugin_api.testing is for tests"),
        ("plugins.targets.services", True, ""),
        ("core.host", False, "core is not for plugins"),
        ("tests.postgres", True, "tests is not for plugins"),
        ("plugins.other.api", True, "the manifest does not declare other"),
        ("plugins.crm.models", False, "only plugins.crm.api is for others"),
        ("plugins.crm.api", True, "crm may be missing: import it in the function that needs it"),
        ("plugins.crm.api", False, ""),
    ],
)
def test_what_targets_may_import(name: str, at_load: bool, why: str) -> None:
    assert misdirected("targets", Import(name, 1, at_load)) == why

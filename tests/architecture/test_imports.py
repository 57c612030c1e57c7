"""``plugins → plugin_api ← core``, and one plugin reaches another only through its façade."""

from __future__ import annotations

import ast

import pytest

from core.checking.imports import Import, imports, misdirected
from tests.architecture.sources import files, manifest, module_of, place, tree

KIT = "plugin_api/testing/"
"""Runs the host for tests of plugins, so it may import it: the one part of the contract that does,
and nothing but tests imports it."""


@pytest.mark.parametrize("package", ["core", "plugin_api"])
def test_the_contract_and_the_host_stand_on_their_own(package: str) -> None:
    others = {"core": {"plugins"}, "plugin_api": {"core", "plugins"}}[package]
    others |= {"tests", "benchmarks"}
    wrong = [
        f"{place(path, found.line)} imports {found.name}"
        for path in files(package)
        for found in imports(tree(path), module_of(path), is_package=path.name == "__init__.py")
        if found.name.split(".")[0] in others
        and not (place(path).startswith(KIT) and found.name.split(".")[0] == "core")
    ]
    assert wrong == []


def test_only_tests_use_the_kit() -> None:
    wrong = [
        f"{place(path, found.line)} imports {found.name}"
        for path in files("core", "plugin_api")
        if not place(path).startswith(KIT)
        for found in imports(tree(path), module_of(path), is_package=path.name == "__init__.py")
        if found.name.startswith("plugin_api.testing")
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
    assert misdirected(manifest("targets"), "plugins.targets", Import(name, 1, at_load)) == why

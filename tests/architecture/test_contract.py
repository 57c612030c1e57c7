"""The contract is small, typed and described."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import files, module_of, place, tree

MODULES = list(files("plugin_api"))
ids = [place(path) for path in MODULES]


def undescribed(path: Path) -> Iterator[str]:
    """Public classes, functions, methods and constants without a word."""
    module = tree(path)
    if not ast.get_docstring(module):
        yield f"{place(path)} has no docstring"
    for owner, node in [("", module), *((n.name + ".", n) for n in module.body if _is_class(n))]:
        body = node.body  # type: ignore[attr-defined]
        for each in body:
            if not isinstance(each, ast.ClassDef | ast.FunctionDef) or each.name.startswith("_"):
                continue
            if not ast.get_docstring(each) and not _overrides(each):
                yield f"{place(path, each.lineno)} {owner}{each.name}"


def _is_class(node: ast.stmt) -> bool:
    return isinstance(node, ast.ClassDef) and not node.name.startswith("_")


def _overrides(node: ast.stmt) -> bool:
    """Methods of SQLAlchemy's types, properties of protocols and tests of the kit, which their name
    explains."""
    return isinstance(node, ast.FunctionDef) and (
        node.name.startswith(("process_", "load_", "coerce_", "test_"))
        or any(ast.unparse(each) == "property" for each in node.decorator_list)
        or node.name == "is_work_day"
    )


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_everything_public_is_described(path: Path) -> None:
    assert list(undescribed(path)) == []


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_what_a_module_promises_is_there(path: Path) -> None:
    module = importlib.import_module(module_of(path))
    missing = [name for name in getattr(module, "__all__", ()) if not hasattr(module, name)]
    assert missing == []


def test_the_contract_is_marked_as_typed() -> None:
    assert (Path(MODULES[0]).parent / "py.typed").is_file()

"""Rules of imports: a plugin knows the contract, itself, and what others offer in their ``api``."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from core.checking.rules import Found, rule
from core.checking.source import TEMPLATES, Source, is_text, walk
from plugin_api.manifest import Manifest

imported = partial(rule, family="Imports")

HOUSE = ("core", "plugin_api", "plugins", "tests", "benchmarks")


@dataclass(frozen=True)
class Import:
    """A module of the house that a file imports. ``at_load``: when the file itself is loaded."""

    name: str
    line: int
    at_load: bool


def imports(
    found: ast.Module, module: str, *, is_package: bool, house: tuple[str, ...] = HOUSE
) -> Iterator[Import]:
    """Imports of modules of the house, relative ones by their full name."""
    package = module.split(".") if is_package else module.split(".")[:-1]
    for each in _walk(found, package, True):
        if each.name.split(".")[0] in house:
            yield each


def _walk(node: ast.AST, package: list[str], at_load: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        for name in _named(child, package):
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


def misdirected(manifest: Manifest, package: str, found: Import) -> str:
    """Why a plugin may not import this; empty when it may. ``package`` is its own."""
    top, *rest = found.name.split(".")
    if top == "plugin_api" and rest[:1] == ["testing"]:
        return "plugin_api.testing is for tests"
    if top == "plugin_api" or f"{found.name}.".startswith(f"{package}."):
        return ""
    if top != "plugins":
        return f"{top} is not for plugins"
    if not rest:
        return ""
    if rest[0] not in manifest.depends + manifest.soft_depends:
        return f"the manifest does not declare {rest[0]}"
    if rest[1:2] != ["api"]:
        return f"only plugins.{rest[0]}.api is for others"
    if rest[0] in manifest.soft_depends and found.at_load:
        return f"{rest[0]} may be missing: import it in the function that needs it"
    return ""


def imports_of(source: Source, path: Path) -> Iterator[Import]:
    """What a file of a plugin imports of the house."""
    return imports(
        source.tree(path), source.module_of(path), is_package=path.name == "__init__.py",
        house=(*HOUSE, source.package.split(".", 1)[0]),
    )  # fmt: skip


@imported(
    "imports-declared", tier="bronze", strict=True,
    why="Only the contract keeps its promises: the rest changes without notice, and what is not"
    " declared may not be there.",
)  # fmt: skip
def declared(source: Source) -> Iterator[Found]:
    """A plugin imports the contract, itself, and `plugins.<id>.api` of what it declares."""
    manifest = source.manifest
    if manifest is None:
        return
    for path in source.files():
        for found in imports_of(source, path):
            why = misdirected(manifest, source.package, found)
            if why:
                yield Found(f"imports {found.name}: {why}", path, found.line)


@imported(
    "imports-parse", tier="bronze", strict=True,
    why="A file that is no Python makes the plugin unavailable, and a template of other signs fails"
    " when its page is opened.",
)  # fmt: skip
def parsed(source: Source) -> Iterator[Found]:
    """Every file of code is Python, and every template is in UTF-8."""
    for path in source.files():
        try:
            compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
        except SyntaxError as error:
            yield Found(f"{error.msg}", path, error.lineno or 0)
        except ValueError as error:
            yield Found(f"{error}", path)
    for path in source.files(*TEMPLATES):
        if not is_text(path):
            yield Found("is not UTF-8", path)


@imported(
    "dependencies-used", tier="gold",
    why="Who switches the plugin on is made to switch on what it depends on, too.",
)  # fmt: skip
def used(source: Source) -> Iterator[Found]:
    """Every plugin that the manifest depends on is named somewhere in the code."""
    manifest = source.manifest
    if manifest is None:
        return
    named = {
        name
        for path, tree in source.trees()
        if path.name != "manifest.py"
        for node in walk(tree)
        for name in _ids(node)
    }
    for id_ in manifest.depends:
        if id_ not in named:
            text = f"depends on {id_}, which nothing in the code names"
            yield Found(text, source.folder / "manifest.py")


def _ids(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value.partition(".")[0].partition("_")[0]
        yield node.value
    elif isinstance(node, ast.ImportFrom | ast.Import):
        texts = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for text in [*texts, *(alias.name for alias in node.names)]:
            yield from text.split(".")

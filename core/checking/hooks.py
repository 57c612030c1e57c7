"""Rules of hook implementations."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from functools import cache, partial
from pathlib import Path

from core.checking.rules import Found, rule
from core.checking.source import Source, walk
from plugin_api import hookspecs

hooked = partial(rule, family="Hooks")

MOST = 3
"""Statements of an implementation."""
OPTIONS = ("tryfirst", "trylast", "wrapper", "hookwrapper")


@cache
def specs() -> Mapping[str, tuple[str, ...]]:
    """Hook of the host → its arguments."""
    return {
        name: tuple(inspect.signature(found).parameters)
        for name, found in vars(hookspecs).items()
        if inspect.isfunction(found) and hasattr(found, "xiaoguan_spec")
    }


@cache
def published(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Hook that a plugin publishes → its arguments."""
    path = folder / "hookspecs.py"
    if not path.is_file():
        return {}
    return {
        node.name: _arguments(node)
        for node in ast.parse(path.read_bytes()).body
        if isinstance(node, ast.FunctionDef) and _marks(node, "hookspec")
    }


def _arguments(node: ast.FunctionDef) -> tuple[str, ...]:
    return tuple(each.arg for each in (*node.args.posonlyargs, *node.args.args))


def _marks(node: ast.FunctionDef, name: str) -> list[ast.expr]:
    return [each for each in node.decorator_list if name in ast.unparse(each)]


def implementations(source: Source) -> Iterator[tuple[Path, ast.FunctionDef]]:
    """Functions that are marked as implementations."""
    for path, tree in source.trees():
        for node in walk(tree):
            if isinstance(node, ast.FunctionDef) and _marks(node, "hookimpl"):
                yield path, node


@hooked(
    "hooks-known", tier="bronze", strict=True,
    why="An implementation of a hook that nobody calls does nothing, and the host refuses it.",
)  # fmt: skip
def known(source: Source) -> Iterator[Found]:
    """Every implemented hook is one of the contract, of itself, or of a plugin it declares."""
    for path, node in implementations(source):
        if node.name not in specs() and _spec(source, node.name) is None:
            text = f"{node.name} is no hook of the contract or of a plugin that it declares"
            yield Found(text, path, node.lineno)


def _spec(source: Source, hook: str) -> tuple[str, ...] | None:
    """The arguments of a hook; None when nobody publishes it."""
    if hook in specs():
        return specs()[hook]
    manifest = source.manifest
    near = (*manifest.depends, *manifest.soft_depends) if manifest else ()
    folders = [source.folder, *(source.neighbours[id_] for id_ in near if id_ in source.neighbours)]
    found = [published(folder)[hook] for folder in folders if hook in published(folder)]
    return found[0] if found else None


@hooked(
    "hooks-arguments", tier="bronze", strict=True,
    why="Arguments are given by name: one that the hook does not have is an error at the start.",
)  # fmt: skip
def arguments(source: Source) -> Iterator[Found]:
    """An implementation takes some of the hook's arguments, by their names, and no other."""
    for path, node in implementations(source):
        spec = _spec(source, node.name)
        for name in _arguments(node) if spec is not None else ():
            if name not in (spec or ()):
                has = ", ".join(spec or ()) or "none"
                text = f"{node.name} has no argument {name!r}; it has {has}"
                yield Found(text, path, node.lineno)


@hooked(
    "hooks-plain", tier="bronze", strict=True,
    why="Plugins are called in the order of their dependencies; one that jumps the queue breaks"
    " those behind it.",
)  # fmt: skip
def plain(source: Source) -> Iterator[Found]:
    """Implementations ask for no order and wrap no others."""
    for path, node in implementations(source):
        for mark in _marks(node, "hookimpl"):
            for keyword in mark.keywords if isinstance(mark, ast.Call) else ():
                if keyword.arg in OPTIONS:
                    yield Found(f"{node.name} asks for {keyword.arg}", path, node.lineno)


@hooked(
    "hooks-in-hooks", tier="silver",
    why="The host reads that one module; an implementation elsewhere is never called.",
)  # fmt: skip
def in_their_place(source: Source) -> Iterator[Found]:
    """Implementations stand in `hooks.py`."""
    for path, node in implementations(source):
        if path != source.folder / "hooks.py":
            yield Found(f"{node.name} is not in hooks.py", path, node.lineno)


@hooked(
    "hooks-thin", tier="gold",
    why="What a hook does has a name of its own then, and is tested without the host.",
)  # fmt: skip
def thin(source: Source) -> Iterator[Found]:
    """What a hook does stands in a module of its own; the implementation only calls it."""
    for path, node in implementations(source):
        if len(node.body) > MOST:
            text = f"{node.name} has {len(node.body)} statements, more than {MOST}"
            yield Found(text, path, node.lineno)

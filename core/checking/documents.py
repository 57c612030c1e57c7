"""Rules of what is written about a plugin, for its users and for whoever reads its code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import partial

from core.checking.rules import Found, rule
from core.checking.source import Source

documents = partial(rule, family="Documentation")

SECTIONS = (
    ("## A worked story", re.compile(r"^## .*\bstory\b", re.I | re.M)),
    ("## Who may what", re.compile(r"^## Who\b", re.I | re.M)),
)
"""Heading as ``--fix`` writes it, and how others are recognised."""
LEAST = 20
"""Characters of a section."""


@documents(
    "readme-there", tier="silver", mended="writes one with the headings to fill",
    why="It is the first thing that anybody reads of a plugin.",
)  # fmt: skip
def readme(source: Source) -> Iterator[Found]:
    """`README.md` begins with the plugin's name and a sentence of what it is for."""
    path = source.readme
    text = source.text(path) if path.is_file() else ""
    if not text.strip():
        yield Found("README.md is missing", path)
    elif not re.match(r"# \S.*\n+[^#\s<]", text):
        yield Found("no heading with a sentence of what it is for", path, 1)


@documents(
    "readme-sections", tier="gold", mended="writes the missing headings",
    why="A story with numbers says what a plugin does, and a table of roles who does it, quicker"
    " than any list of features.",
)  # fmt: skip
def sections(source: Source) -> Iterator[Found]:
    """`README.md` tells a worked story and who may do what."""
    path = source.readme
    if not path.is_file():
        return
    text = source.text(path)
    for heading, pattern in SECTIONS:
        found = pattern.search(text)
        if found is None:
            yield Found(f"no section {heading!r}", path)
            continue
        body = re.split(r"^## ", text[found.end() :], maxsplit=1, flags=re.M)[0]
        said = re.sub(r"<!--.*?-->", "", body.partition("\n")[2], flags=re.S)
        if len(said.strip()) < LEAST:
            line = text[: found.start()].count("\n") + 1
            yield Found(f"section {heading!r} says nothing", path, line)


@documents(
    "code-described", tier="silver",
    why="Whoever changes the plugin later knows its shapes, units and errors from there.",
)  # fmt: skip
def described(source: Source) -> Iterator[Found]:
    """Modules, public classes and functions have a docstring, except implementations of hooks."""
    for path, tree in source.trees():
        if path.name in ("hooks.py", "manifest.py", "__init__.py"):
            continue
        if tree.body and not ast.get_docstring(tree, clean=False):
            yield Found("the module has no docstring", path, 1)
        for node in tree.body:
            if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if not node.name.startswith("_") and not ast.get_docstring(node, clean=False):
                yield Found(f"{node.name} has no docstring", path, node.lineno)


@documents(
    "changes-told", tier="gold",
    why="Whoever upgrades wants to know what changes for them.",
)  # fmt: skip
def told(source: Source) -> Iterator[Found]:
    """A distribution's `CHANGELOG.md` names the version of the manifest."""
    manifest = source.manifest
    if not source.is_distribution or manifest is None:
        return
    path = source.root / "CHANGELOG.md"
    if not path.is_file():
        yield Found("CHANGELOG.md is missing", path)
    elif manifest.version not in source.text(path):
        yield Found(f"{manifest.version} is not in it", path)

"""Rules of files: their size, their place, their tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from core.checking.rules import Found, rule
from core.checking.source import HOUSE, TEMPLATES, Source, walk

laid_out = partial(rule, family="Layout")

MOST = 300
"""Lines of a file."""


@laid_out(
    "files-small", tier="gold",
    why="A file that grows past its one concept holds two, and nobody finds the second.",
)  # fmt: skip
def small(source: Source) -> Iterator[Found]:
    """No file has more than 300 lines."""
    for path in source.files(".py", ".js", ".css", ".html"):
        count = len(source.text(path).splitlines())
        if count > MOST:
            yield Found(f"{count} lines, more than {MOST}", path)


@laid_out(
    "templates-own", tier="bronze",
    why="Templates of all plugins share one namespace: the first of a name is shown for all.",
)  # fmt: skip
def own_templates(source: Source) -> Iterator[Found]:
    """Templates lie in `templates/<id>/`."""
    folder = source.folder / "templates"
    name = source.manifest.id if source.manifest else source.name
    for path in source.files(".html"):
        if path.is_relative_to(folder) and not path.is_relative_to(folder / name):
            yield Found(f"is not in templates/{name}/", path)


@laid_out(
    "templates-there", tier="bronze",
    why="The page fails when it is opened, not before.",
)  # fmt: skip
def templates_there(source: Source) -> Iterator[Found]:
    """Every template that the code names is there."""
    there = _templates(source)
    for path, tree in source.trees():
        for node in walk(tree):
            name = _named_template(node, source.name)
            if name is not None and name not in there:
                yield Found(f"there is no template {name}", path, getattr(node, "lineno", 0))


@laid_out(
    "templates-used", tier="gold",
    why="A page that nothing shows is translated, tested and mended for nobody.",
)  # fmt: skip
def templates_used(source: Source) -> Iterator[Found]:
    """Every template is named by code or by another template."""
    code = [source.text(path) for path in source.files(".py", ".html")]
    for name in sorted(_templates(source)):
        if not any(f'"{name}"' in text or f"'{name}'" in text for text in code):
            yield Found("nothing names this template", source.folder / "templates" / name)


def _templates(source: Source) -> set[str]:
    folder = source.folder / "templates"
    found = source.files(*TEMPLATES)
    return {str(path.relative_to(folder)) for path in found if path.is_relative_to(folder)}


def _named_template(node: ast.AST, name: str) -> str | None:
    if not isinstance(node, ast.Call) or not node.args:
        return None
    first = node.args[0]
    called = ast.unparse(node.func).rpartition(".")[2]
    if called not in ("render_template", "get_template") or not isinstance(first, ast.Constant):
        return None
    return str(first.value) if str(first.value).startswith(f"{name}/") else None


@laid_out(
    "tests-there", tier="silver",
    why="The next version of the host, or of the plugin, breaks what nobody tests.",
)  # fmt: skip
def tests_there(source: Source) -> Iterator[Found]:
    """There are tests."""
    files = sorted(source.tests.rglob("test_*.py")) if source.tests else []
    if not files:
        yield Found("no test_*.py in tests/")


@laid_out(
    "contract-tested", tier="gold",
    why="It proves walls, permissions, gating, views and jobs with all that the contract may ask.",
)  # fmt: skip
def contract_tested(source: Source) -> Iterator[Found]:
    """Its tests inherit those of `plugin_api.testing.PluginContract`."""
    files = list(source.tests.rglob("test_*.py")) if source.tests else []
    named = "PluginContract"
    if source.is_bundled:
        files, named = [HOUSE / "tests" / "contract" / "test_bundled.py"], f'"{source.name}"'
    if not any(named in source.text(path) for path in files if path.is_file()):
        yield Found("no test inherits PluginContract")

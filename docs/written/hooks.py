"""The page of all hooks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from docs.written.source import NOTE, ROOT, doc, signature, ticked

HOOKSPECS = ROOT / "plugin_api" / "hookspecs.py"
PARTS = ("Called when", "Arguments", "Return", "On error", "Since")


def hooks() -> str:
    """The page of all hooks, in the groups and the order of their file."""
    source = HOOKSPECS.read_text("utf-8")
    module = ast.parse(source)
    lines = [
        NOTE,
        "# Hooks\n",
        f"{ticked(doc(module))}\n",
        "Implement a hook with `@hookimpl` in the plugin's `hooks.py`, under the hook's name and"
        " with the arguments you need; leave out the others. Data hooks are restricted to models"
        ' with `@for_models("crm.Opportunity")`.\n',
    ]
    banners = {
        number: found[1]
        for number, line in enumerate(source.splitlines(), 1)
        if (found := re.match(r"# -- (.+?) -+$", line))
    }
    for node in module.body:
        if not isinstance(node, ast.FunctionDef):
            continue
        for number in [number for number in banners if number < node.lineno]:
            heading = banners.pop(number)
            lines.append(f"## {heading[0].upper()}{heading[1:]}\n")
        lines += _hook(node)
    for path in sorted(ROOT.glob("plugins/*/hookspecs.py")):
        name = path.parent.name
        lines.append(f"## Published by {name}\n")
        lines.append(f"{ticked(doc(ast.parse(path.read_text('utf-8'))))}\n")
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                lines += _hook(node)
    return "\n".join(lines)


def _hook(node: ast.FunctionDef) -> Iterator[str]:
    yield f"### `{signature(node)}`\n"
    text = doc(node)
    summary, *rest = re.split(rf"^({'|'.join(PARTS)}): ", text, flags=re.MULTILINE)
    yield f"{ticked(' '.join(summary.split()))}\n"
    for part, said in zip(rest[::2], rest[1::2], strict=True):
        yield f"- **{part}:** {ticked(' '.join(said.split()))}"
    users = ", ".join(f"[{name}](../{path})" for name, path in _users(node.name))
    yield f"- **Used by:** {users or 'nothing yet'}\n"


def _users(hook: str) -> Iterator[tuple[str, str]]:
    """Who implements a hook, with the file."""
    yield from (("the host", "core/own.py") for _ in _implemented(ROOT / "core" / "own.py", hook))
    for path in sorted(ROOT.glob("plugins/*/hooks.py")):
        name = path.parent.name
        yield from ((name, f"plugins/{name}/hooks.py") for _ in _implemented(path, hook))


def _implemented(path: Path, hook: str) -> Iterator[ast.FunctionDef]:
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name == hook:
            yield node

"""The page of everything public in the contract."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator

from docs.written.source import NOTE, ROOT, doc, signature, ticked

MODULES = (
    "__init__", "plugin", "manifest", "context", "errors", "host", "models.__init__", "models.base",
    "models.choices", "models.fields", "models.numbers", "models.measured", "models.types",
    "access", "views", "menus", "cards", "panels", "reports", "duplicates", "merging", "pages",
    "subjects", "teams", "paper", "sheets",
    "keeping", "conditions", "turns", "estimates", "effects.__init__",
    "effects.saying", "effects.groups", "effects.regression", "effects.series", "effects.staggered",
    "effects.shuffling",
    "effects.linear", "effects.student",
    "periods", "deprecation", "workflow", "measures", "figures", "settings",
    "jobs", "mail", "letters", "feeds", "open_pages", "money", "masking", "retention",
    "testing.__init__", "testing.fixtures", "testing.workplace", "testing.installing",
    "testing.counting", "testing.outside", "testing.undeclared", "testing.loading",
    "testing.making",
    "testing.contract.__init__", "testing.contract.base", "testing.contract.declared",
    "testing.contract.sent", "testing.contract.shown", "testing.contract.walls",
    "testing.contract.living",
)  # fmt: skip
"""What a plugin writer reads, in this order."""


def reference() -> str:
    """The page of everything public in the contract."""
    lines = [
        NOTE,
        "# The contract\n",
        "Everything that a plugin may import from the host, module by module. What is not here"
        " is private and may change without notice.\n",
    ]
    for name in MODULES:
        module = ast.parse(
            (ROOT / "plugin_api" / f"{name.replace('.', '/')}.py").read_text("utf-8")
        )
        dotted = f"plugin_api.{name}".removesuffix(".__init__")
        lines += [f"## {dotted}\n", f"{ticked(doc(module))}\n", *_members(module)]
    return "\n".join(lines)


def _members(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield f"### `{signature(node)}`\n"
            yield f"{ticked(doc(node))}\n"
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            bases = ", ".join(ast.unparse(base) for base in node.bases)
            yield f"### class `{node.name}{f'({bases})' if bases else ''}`\n"
            yield f"{ticked(doc(node))}\n"
            fields = list(_fields(node))
            yield from fields
            if fields:
                yield ""


def _fields(node: ast.ClassDef) -> Iterator[str]:
    """Attributes with what stands below them, and methods with their first sentence."""
    for each, after in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(each, ast.AnnAssign) and not ast.unparse(each.target).startswith("_abc"):
            said = ""
            if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                said = f": {ticked(' '.join(inspect.cleandoc(str(after.value.value)).split()))}"
            default = f" = {ast.unparse(each.value)}" if each.value is not None else ""
            yield f"- `{ast.unparse(each.target)}: {ast.unparse(each.annotation)}{default}`{said}"
        elif isinstance(each, ast.FunctionDef) and not each.name.startswith("_"):
            said = ticked(" ".join(doc(each).split("\n\n")[0].split()))
            yield f"- `{signature(each)}`{': ' + said if said else ''}"

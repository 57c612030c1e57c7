"""The page of what the bundled plugins have, for those that build on them."""

from __future__ import annotations

import ast
from pathlib import Path

from core.hosting.derive import fields_of
from core.hosting.inventory import BUNDLED, discover
from core.hosting.load import assemble
from docs.written.source import NOTE, ROOT, ticked

OFFERED = """# What the bundled plugins have

To build on: models by the keys that hooks (`@for_models("sales.Receipt")`), references and
`host().records` take, with their fields by the names that forms, files and REST have, and the
transitions that move them. Amounts of the kind `money` are in the smallest unit of their currency
in code, those of the kind `decimal` in whole ones. What a plugin offers besides is imported from
its `api` by whoever depends on it; a model that is not there is had by `model_of("sales.Receipt")`
of `plugin_api.models`. What a company really has, its own fields too, stands on the page *Who
contributes what* and in `/api/v1/openapi.json`.
"""


def offered() -> str:
    """The page of what the bundled plugins have, for those that build on them."""
    registry = assemble(discover(ROOT / "nowhere", BUNDLED).candidates).registry
    lines = [NOTE, OFFERED]
    for plugin in registry.plugins.values():
        if plugin.id == "core":
            continue
        lines.append(f"## {plugin.id}\n")
        api = plugin.path / "api.py"
        if api.is_file():
            names = ", ".join(f"`{name}`" for name in _exported(api))
            lines.append(f"`plugins.{plugin.id}.api` offers {names}.\n")
        lines += ["| model | what it is | fields | transitions |", "|---|---|---|---|"]
        for model in plugin.contribution.models:
            key = f"{plugin.id}.{model.__name__}"
            workflow = registry.workflows.get(key)
            moves = ", ".join(f"`{each.name}`" for each in workflow.transitions) if workflow else ""
            fields = ", ".join(f"`{name}` {info.kind}" for name, info in fields_of(model).items())
            what = " ".join((model.__doc__ or "").partition("\n\n")[0].split())
            lines.append(f"| `{key}` | {ticked(what)} | {fields} | {moves} |")
        lines.append("")
    return "\n".join(lines)


def _exported(api: Path) -> list[str]:
    for node in ast.parse(api.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            names: list[str] = ast.literal_eval(node.value)
            return names
    return []

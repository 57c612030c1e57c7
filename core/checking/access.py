"""Rules of who may what."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import partial

from core.checking.calls import reached
from core.checking.rules import Found, rule
from core.checking.running import Running
from core.hosting.derive import fields_of

access = partial(rule, family="Permissions", looks="running")

ASKS = frozenset({"require", "has_permission", "records", "current_actor"})
"""What asks whether somebody may: a permission by its name, the host's records, who it is."""


@access(
    "pages-ask", tier="bronze",
    why="Whoever has the address sees the page, whatever their role.",
)  # fmt: skip
def pages_ask(this: Running) -> Iterator[Found]:
    """Every page asks for a permission, or reads through `host().records`."""
    plugin = this.plugin
    app = this.stage.map
    names = {blueprint.name for blueprint in plugin.contribution.blueprints}
    for endpoint, view in app.view_functions.items():
        if endpoint.partition(".")[0] not in names or endpoint.endswith(".static"):
            continue
        if not ASKS.intersection(reached(view, plugin.package)):
            yield this.at(view, f"{endpoint} asks for no permission")


@access(
    "forms-checked", tier="bronze",
    why="A form that was opened for one company would be written into another, after a switch in a"
    " second tab.",
)  # fmt: skip
def forms_checked(this: Running) -> Iterator[Found]:
    """Every page that takes a form calls `check_company`."""
    plugin = this.plugin
    app = this.stage.map
    names = {blueprint.name for blueprint in plugin.contribution.blueprints}
    for rule_ in app.url_map.iter_rules():
        if rule_.endpoint.partition(".")[0] not in names or "POST" not in (rule_.methods or ()):
            continue
        view = app.view_functions[rule_.endpoint]
        if "check_company" not in set(reached(view, plugin.package)):
            yield this.at(view, f"{rule_.endpoint} takes a form without check_company")


@access(
    "collections-granted", tier="silver",
    why="Only administrators see a collection that no role may read.",
)  # fmt: skip
def granted(this: Running) -> Iterator[Found]:
    """Every collection is granted to some role."""
    plugin = this.plugin
    keys = {key for each in plugin.contribution.roles for key in each.grants}
    for model in plugin.contribution.models:
        key = model.model_key()
        if model.__collection__ and not any(each.startswith(f"{key}.") for each in keys):
            yield this.at(model, f"no role is granted anything of {key}")


@access(
    "menus-ask", tier="bronze",
    why="An entry that ends in a refusal tells people of what is not for them.",
)  # fmt: skip
def menus_ask(this: Running) -> Iterator[Found]:
    """A menu entry that opens a page of its own names the permission of that page."""
    for item in this.plugin.contribution.menus:
        if item.endpoint is not None and not item.permission:
            text = f"menu {item.id}: names no permission"
            yield Found(text, this.source.folder / "views.py")


@access(
    "jobs-by-hand", tier="bronze",
    why="An administrator who starts it by hand gives it nothing to work on.",
)  # fmt: skip
def by_hand(this: Running) -> Iterator[Found]:
    """A job that reads a payload is not offered to be started by hand."""
    plugin = this.plugin
    for job in plugin.contribution.jobs:
        if (
            job.by_hand
            and job.schedule is None
            and "payload" in set(reached(job.run, plugin.package))
        ):
            yield this.at(job.run, f"job {job.id} reads a payload; say by_hand=False")


@access(
    "permissions-used", tier="silver",
    why="An administrator grants it and wonders why nothing changes.",
)  # fmt: skip
def used(this: Running) -> Iterator[Found]:
    """A permission that the plugin declares is asked for somewhere besides where it is declared."""
    plugin = this.plugin
    made = plugin.contribution
    implied = {
        f"{model.model_key()}.{action}"
        for model in made.models if model.__collection__
        for action in model.__actions__
    }  # fmt: skip
    asked = {each.permission for flow in made.workflows for each in flow.transitions}
    for kind in ("cards", "dashboards", "feeds", "open_pages", "reports", "menus"):
        asked |= {each.permission for each in getattr(made, kind)}
    for model in made.models:
        for info in fields_of(model).values():
            asked |= {info.read, info.write}
    for permission in made.permissions:
        key = permission.key
        if key not in implied | asked and not _said(this, key):
            yield Found(f"nothing asks for {key}", this.source.folder / "access.py")


def _said(this: Running, key: str) -> bool:
    """Whether code asks for it: by the key, or by the name of a constant that holds it."""
    names = {key} | {
        target.id
        for _path, tree in this.source.trees()
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        if node.value.value == key
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(names)))
    return any(
        found.search(this.source.text(path))
        for path in this.source.files(".py", ".html")
        if path.name != "access.py"
    )

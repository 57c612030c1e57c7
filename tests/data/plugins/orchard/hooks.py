from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plugin_api import hookimpl
from plugin_api.access import RoleGrants

from . import models


@hookimpl
def register_models() -> Sequence[Any]:
    return [models.Plot, models.Row, models.Tree]


@hookimpl
def register_roles() -> Sequence[RoleGrants]:
    return [
        RoleGrants(role="rep", grants={"orchard.Tree.*": "own", "orchard.Plot.read": "company"}),
        RoleGrants(role="manager", grants={"orchard.Tree.read": "subtree"}),
    ]

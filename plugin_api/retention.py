"""How long records about people are needed: what a plugin proposes, and a company switches on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from plugin_api.context import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Retention:
    """Records of ``model`` whose personal data goes once nobody needs it. Its key is
    ``<plugin>.<id>``.

    ``due(before)`` is a condition on the model: nothing has happened to the record since that
    instant that keeps it. What stands against a single one, ``blockers_for_erase`` tells. No rule
    works before a company says after how many months; ``months`` is what is proposed.
    """

    id: str
    model: str
    label: Text
    due: Callable[[dt.datetime], sa.ColumnElement[bool]]
    months: int
    help: Text = ""

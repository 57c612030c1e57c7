"""The page on addresses names everything that an address may hold."""

from __future__ import annotations

from pathlib import Path

from core.data.periods import NAMED
from core.data.query.filters import OPERATORS
from core.data.query.scopes import SCOPES
from core.views.state import STATE

PAGE = (Path(__file__).parents[2] / "docs" / "lists.md").read_text("utf-8")


def test_every_period_operator_scope_and_argument_is_documented() -> None:
    missing = {name for name in NAMED if f"`{name}`" not in PAGE}
    missing |= {f"__{name}" for name in OPERATORS if f"__{name}" not in PAGE}
    missing |= {name for name in SCOPES if f"scope={name}" not in PAGE}
    missing |= {name for name in STATE if f"`{name}=" not in PAGE and f"`{name}`" not in PAGE}
    assert missing == set()

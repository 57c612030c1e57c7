"""How a sale is won or lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugin_api.errors import Rejected
from plugin_api.workflow import Transition, Workflow


def _may_be_won(record: Any, values: Mapping[str, Any]) -> None:
    if (record.amount or 0) < 0:
        raise Rejected("amount", "A sale below zero cannot be won.")


WORKFLOW = Workflow(
    model="ledger.Sale",
    field="outcome",
    transitions=(
        Transition(
            name="win", label="Win", from_=("open",), to="won",
            inputs=("closed_on",), required=("closed_on",), check=_may_be_won,
        ),
        Transition(name="lose", label="Lose", from_=("open",), to="lost", inputs=("notes",)),
        Transition(
            name="reopen", label="Reopen", from_=("won", "lost"), to="open",
            permission="ledger.reopen",
        ),
    ),
)  # fmt: skip

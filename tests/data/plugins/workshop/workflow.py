"""How a job moves on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugin_api.context import today
from plugin_api.errors import Rejected
from plugin_api.workflow import Transition, Workflow


def _affordable(record: Any, values: Mapping[str, Any]) -> None:
    if values.get("fee", record.fee) == 0:
        raise Rejected("fee", "Nothing is done for nothing.")


def _finish(record: Any, values: dict[str, Any]) -> Mapping[str, Any]:
    """Sees the job as it was; what is left in the values is put on it afterwards."""
    record.note = f"from {record.state}, fee {record.fee}, given {sorted(values)}"
    values.setdefault("done_on", today())
    values.pop("hours", None)
    return {"open": record, "days": 3}


WORKFLOW = Workflow(
    model="workshop.Job",
    field="state",
    guards=("bench",),
    transitions=(
        Transition(name="start", label="Start", from_=("draft",), to="running",
                   required=("client",)),
        Transition(name="place", label="Place", from_=("draft", "running"), inputs=("bench",),
                   required=("bench",)),
        Transition(
            name="finish", label="Finish", from_=("running",), to="done",
            inputs=("done_on", "fee", "hours"), required=("fee",), check=_affordable,
            apply=_finish,
        ),
        Transition(name="void", label="Void", from_=("draft", "running", "done"), to="void",
                   permission="workshop.void"),
        Transition(name="reopen", label="Reopen", from_=("done", "void"), to="draft"),
    ),
)  # fmt: skip

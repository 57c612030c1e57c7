"""The moves of records that may need approval, and the figures that decide about it.

A move is named ``<model key>:<transition>``, a figure ``<model key>.<field>``.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from plugin_api import host
from plugin_api.context import current_company, today
from plugin_api.models import Choice, CompanyModel, FieldInfo, model_of
from plugin_api.money import convert, from_minor
from plugin_api.workflow import Transition, Workflow

OWN = "approvals"
NUMBERS = frozenset({"money", "decimal", "percent", "integer"})


def workflows() -> Iterator[tuple[type[CompanyModel], Workflow]]:
    """Workflows of other plugins' records that people see."""
    for flow in host().workflows():
        model = model_of(flow.model)
        if issubclass(model, CompanyModel) and model.__collection__ and model.plugin_id() != OWN:
            yield model, flow


def choices() -> tuple[Choice, ...]:
    """The moves to choose from, by the names of the records."""
    found = [
        Choice(
            value=name(flow.model, transition.name),
            label=f"{model.__label__} · {transition.label}",
        )
        for model, flow in workflows()
        for transition in flow.transitions
    ]
    return tuple(sorted(found, key=lambda each: str(each.label)))


def figures() -> tuple[Choice, ...]:
    """The figures to choose from."""
    found = [
        Choice(value=f"{flow.model}.{column.name}", label=f"{model.__label__} · {info.label}")
        for model, flow in workflows()
        for column in model.__table__.columns
        if (info := column.info.get("field")) is not None and info.kind in NUMBERS
    ]
    return tuple(sorted(found, key=lambda each: str(each.label)))


def name(model: str, transition: str) -> str:
    """A move as rules and requests keep it."""
    return f"{model}:{transition}"


def parts(move: str) -> tuple[str, str]:
    """The key of the model and the name of the transition."""
    model, _colon, transition = move.partition(":")
    return model, transition


def find(move: str) -> tuple[type[CompanyModel], Workflow, Transition] | None:
    """What a move is; None when no plugin that is on has it."""
    key, transition_name = parts(move)
    for model, flow in workflows():
        for transition in flow.transitions if flow.model == key else ():
            if transition.name == transition_name:
                return model, flow, transition
    return None


def figure_of(record: CompanyModel, figure: str | None) -> Decimal | None:
    """The figure of a record in units that people read, money in the company's currency.
    Raises Rejected when the currency has no rate."""
    column = figure.rpartition(".")[2] if figure else ""
    value: Any = getattr(record, column, None)
    if value is None:
        return None
    info: FieldInfo = record.__table__.columns[column].info["field"]
    if info.kind != "money":
        return Decimal(value)
    home = current_company().currency
    held = getattr(record, info.currency_field) if info.currency_field else home
    if held != home:
        value = convert(value, held, home, host().rate(held, home, today()))
    return from_minor(value, home)

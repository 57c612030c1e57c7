"""Where a next step is asked for: refusing to go without, and listing what has none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, today
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel
from plugins.activities.models import Activity, Link, StepRule
from plugins.activities.services import conditions, subjects
from plugins.activities.services.kept import kept


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it is applied; ``names`` are the fields that its condition speaks of, None for
    any."""

    id: int
    name: str
    model: str
    condition: str | None
    refuses: bool
    names: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Missing:
    """A record without a next step, and the rule that asks for one."""

    model: str
    id: int
    title: str
    owner_id: int | None
    rule: str


def rules() -> list[Rule]:
    """The company's rules in force. Read once a transaction."""
    found: list[Rule] = kept("step rules", _read)
    return found


def _read() -> list[Rule]:
    asked = sa.select(
        StepRule.id, StepRule.name, StepRule.about_model, StepRule.condition, StepRule.refuses
    ).where(StepRule.active)
    return [
        Rule(*row, _names(row.condition))
        for row in host().session.execute(asked.order_by(StepRule.id))
    ]


def _names(condition: str | None) -> frozenset[str] | None:
    query = conditions.query_of(condition)
    if not query or query.keys() & {"where", "q", "scope"}:
        return None
    return frozenset(name.partition("__")[0] for name in query)


def gate(record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    """Refuse a change by which a record comes to need a next step that it does not have.

    Raises Rejected. A statement only where a rule speaks of a field that has changed.
    """
    key = record.model_key()
    if record.plugin_id() in subjects.OWN or not record.__owner__:
        return
    changed = {*changes, *(name.removesuffix("_id") for name in changes)}
    asking = [
        rule
        for rule in rules()
        if rule.model == key and rule.refuses and (rule.names is None or rule.names & changed)
    ]
    if not asking:
        return
    model: Any = type(record)
    columns = [conditions.criteria(model, rule.condition) for rule in asking]
    asked = sa.select(planned(model), *columns).where(model.id == record.id)
    has_one, *holds = host().session.execute(asked).one()
    if not has_one:
        for rule, held in zip(asking, holds, strict=True):
            if held:
                text = gettext("Plan a next step first: “%(rule)s” asks for one.", rule=rule.name)
                raise Rejected("", text)


def planned(model: Any) -> sa.ColumnElement[bool]:
    """Whether something is planned for a record of the model, for today or later."""
    return (
        sa.select(Activity.id)
        .join(Link, Link.activity_id == Activity.id)
        .where(
            Link.model == model.model_key(),
            Link.record_id == model.id,
            Activity.state == "open",
            Activity.due >= today(),
        )
        .correlate(model)
        .exists()
    )


def missing(most: int, *, mine: bool = False) -> Iterator[Missing]:
    """Records that the actor may see and that lack a next step. A statement a rule."""
    left, seen = most, set()
    for rule in rules():
        model: Any = subjects.model_for(rule.model)
        if model is None or not subjects.may_see(model) or left <= 0:
            continue
        owner = getattr(model, model.__owner__)
        which = [owner == current_actor().user_id] if mine else []
        asked = (
            sa.select(model.id, subjects.title_of(model), owner)
            .where(
                conditions.criteria(model, rule.condition),
                ~planned(model),
                host().records.visible(model),
                *which,
            )
            .order_by(model.id.desc())
            .limit(left)
        )
        for id_, title, owner_id in host().session.execute(asked):
            if (rule.model, id_) not in seen:
                seen.add((rule.model, id_))
                left -= 1
                yield Missing(rule.model, id_, str(title or f"#{id_}"), owner_id, rule.name)

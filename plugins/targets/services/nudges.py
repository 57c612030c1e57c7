"""Which targets a record has to do with: its owner's, and those of its account, product, channel.

Nothing is known here of any plugin: a measure's facts come from records of its model, or from what
refers to them, and its dimensions say what records a target may be of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import today
from plugin_api.measures import Measure, Ratio
from plugin_api.models import CompanyModel, FieldInfo, model_of
from plugins.targets.models import Target
from plugins.targets.services import dimensions, reading

MOST = 5
"""Targets of members that one record tells of."""


def measures_about(model_key: str) -> list[Measure | Ratio]:
    """Measures whose facts come from records of a model, or from records that refer to them: what
    a measure may be grouped by, such as accounts, is not what its facts come from."""
    known = host().measures.all()
    refers = not is_member(model_key, known)
    return [
        each
        for each in known
        if isinstance(each, Measure)
        and (each.model == model_key or (refers and _refers(each.model, model_key)))
    ]


def is_member(model_key: str, measures: Sequence[Measure | Ratio]) -> bool:
    """Whether people plan some measure by records of a model."""
    return any(
        dimension.target == model_key
        for measure in measures
        if isinstance(measure, Measure)
        for dimension in dimensions.of_measure(measure).values()
    )


@cache
def _refers(model_key: str, other: str) -> bool:
    """Whether a model has a reference to another."""
    infos = (column.info.get("field") for column in model_of(model_key).__table__.columns)
    return any(isinstance(info, FieldInfo) and info.target == other for info in infos)


def members_of(record: CompanyModel, measures: Sequence[Measure | Ratio]) -> dict[str, set[str]]:
    """Dimension → keys of the members that a record is, or belongs to."""
    found: dict[str, set[str]] = {}
    key, columns = record.model_key(), record.__table__.columns
    for measure in measures:
        for name, dimension in dimensions.of_measure(measure).items():
            value: Any = None
            if dimension.target == key:
                value = record.id
            elif dimension.target is not None and f"{name}_id" in columns:
                info = columns[f"{name}_id"].info.get("field")
                same = isinstance(info, FieldInfo) and info.target == dimension.target
                value = getattr(record, f"{name}_id") if same else None
            elif dimension.target is None and name in columns:
                value = getattr(record, name)
            if value is not None and value != "":
                found.setdefault(name, set()).add(str(value))
    return found


def of_members(members: Mapping[str, set[str]], owner_id: int | None) -> Sequence[Any]:
    """Targets of these members that run today and the actor may see: the company's, teams', and
    of people only the owner's."""
    if not members:
        return []
    which = [
        sa.and_(Target.dimension == name, Target.member_key.in_(keys))
        for name, keys in members.items()
    ]
    asked = reading.target_columns(
        sa.or_(*which),
        Target.start <= today(),
        Target.end >= today(),
        sa.or_(Target.user_id.is_(None), Target.user_id == (owner_id or 0)),
        host().records.visible(Target),
    )
    return host().session.execute(asked.limit(MOST)).all()

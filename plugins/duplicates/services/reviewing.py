"""Groups as people look at them, each as far as they may see the records; what they decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import NotFound
from plugins.duplicates.models import Different, Group, Member
from plugins.duplicates.services import matched

PAGE = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A group with those of its records that the person may see; ``hidden`` counts the others."""

    group: Group
    records: Sequence[Any]
    hidden: int


def page(key: str, number: int, state: str = "open") -> tuple[list[Shown], bool]:
    """A page of groups of which the person may see two records, the most alike first, and whether
    there are more. Three statements."""
    asked = sa.select(Group).where(*_here(key, state)).order_by(Group.likeness.desc(), Group.id)
    start = (number - 1) * PAGE
    found = host().session.scalars(asked.offset(start).limit(PAGE + 1)).all()
    return _shown(key, found[:PAGE]), len(found) > PAGE


def count(key: str) -> int:
    """How many open groups the person may look at."""
    asked = sa.select(sa.func.count(Group.id)).where(*_here(key, "open"))
    return host().session.scalar(asked) or 0


def one(group_id: int) -> Shown:
    """A group. Raises NotFound for one of which the person may see fewer than two records."""
    group = host().session.scalar(sa.select(Group).where(Group.id == group_id))
    if group is not None and matched.is_matched(group.about_model):
        (found,) = _shown(group.about_model, [group])
        if len(found.records) > 1:
            return found
    raise NotFound(gettext("There is no such group."))


def ignore(shown: Shown) -> None:
    """Have a group out of the way; it does not come back as long as it stays as it is."""
    shown.group.state = "ignored"


def reopen(shown: Shown) -> None:
    """Have an ignored group back."""
    shown.group.state = "open"


def tell_apart(shown: Shown) -> None:
    """Remember that the records which the person sees are not the same."""
    key = shown.group.about_model
    known = {
        (row[0], row[1])
        for row in host().session.execute(
            sa.select(Different.first_id, Different.second_id).where(Different.about_model == key)
        )
    }
    ids = sorted(record.id for record in shown.records)
    rows = [
        {"about_model": key, "first_id": one, "second_id": other}
        for one, other in combinations(ids, 2)
        if (one, other) not in known
    ]
    if rows:
        host().records.add_rows(Different, rows)
    shown.group.state = "done"


def settle(key: str, ids: Sequence[int]) -> None:
    """The groups of records that were merged need nobody any more."""
    inside = sa.select(Member.group_id).where(Member.about_model == key, Member.about_id.in_(ids))
    host().session.execute(
        sa.update(Group).where(Group.id.in_(inside), Group.state == "open").values(state="done"),
        execution_options={"synchronize_session": False},
    )


def _here(key: str, state: str) -> tuple[Any, ...]:
    """Groups of which the person may see at least two records."""
    model: Any = matched.find(key)
    seen = (
        sa.select(Member.group_id)
        .join(model, model.id == Member.about_id)
        .where(Member.about_model == key, host().records.visible(model))
        .group_by(Member.group_id)
        .having(sa.func.count() > 1)
    )
    return Group.about_model == key, Group.state == state, Group.id.in_(seen)


def _shown(key: str, found: Sequence[Group]) -> list[Shown]:
    model: Any = matched.find(key)
    ids: dict[int, list[int]] = defaultdict(list)
    asked = sa.select(Member.group_id, Member.about_id).where(
        Member.group_id.in_([group.id for group in found])
    )
    for group_id, record_id in host().session.execute(asked.order_by(Member.id)):
        ids[group_id].append(record_id)
    wanted = [record_id for some in ids.values() for record_id in some]
    visible = sa.select(model).where(model.id.in_(wanted), host().records.visible(model))
    records = {record.id: record for record in host().session.scalars(visible)}
    return [
        Shown(
            group,
            [records[i] for i in ids[group.id] if i in records],
            sum(i not in records for i in ids[group.id]),
        )
        for group in found
    ]

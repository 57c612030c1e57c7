"""Beside a record: what it is like, what was merged into it, or what has its place."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import url_for

from plugin_api import host
from plugin_api.context import gettext, has_permission
from plugin_api.models import CompanyModel
from plugin_api.panels import Action, Fact, Panel
from plugins.duplicates.access import MERGE
from plugins.duplicates.models import Different, Merge, Merged
from plugins.duplicates.services import matched, matching, merging, rules, telling

MOST = 3


def for_record(record: CompanyModel) -> list[Panel]:
    """Panels of a record that may be compared. Few statements."""
    key = record.model_key()
    if isinstance(record, Merge):
        return _of_merge(record)
    if not type(record).__matched__ or not matched.is_matched(key):
        return []
    return [*_merges(key, record), *_alike(key, record)]


def _of_merge(merge: Merge) -> list[Panel]:
    """The way from a merge to what remained and to what was archived, and back."""
    asked = sa.select(Merged.about_id).where(Merged.merge_id == merge.id).order_by(Merged.about_id)
    places = [(gettext("Remains"), merge.survivor_id, "")]
    places += [(gettext("Merged in"), i, "?stay=1") for i in host().session.scalars(asked)]
    key = merge.about_model
    facts = tuple(
        Fact(
            label=label, value=host().title_of(key, number),
            href=host().record_url(key, number) + end,
        )
        for label, number, end in places
    )  # fmt: skip
    actions = _undoing(merge) if merge.state == "done" else ()
    return [Panel(title=gettext("Merged records"), facts=facts, actions=actions)]


def _undoing(merge: Merge) -> tuple[Action, ...]:
    if not has_permission(MERGE) or not host().records.may(merge, "read"):
        return ()
    href = url_for("duplicates.undo", merge_id=merge.id)
    label = gettext("Undo the merge")
    return (Action(label=label, post=True, icon="arrow-counterclockwise", href=href),)


def moved_to(key: str, record: CompanyModel) -> str | None:
    """The page of what has a merged record's place."""
    if not type(record).__matched__:
        return None
    there = merging.place_of(key, record.id)
    return host().record_url(key, there) if there is not None else None


def _merges(key: str, record: Any) -> list[Panel]:
    about = Merged.about_model == key
    asked = (
        sa.select(Merged, Merge)
        .join(Merge, Merge.id == Merged.merge_id)
        .where(about, sa.or_(Merged.about_id == record.id, Merged.survivor_id == record.id))
        .order_by(Merge.id.desc())
    )
    rows = host().session.execute(asked).all()
    if not rows:
        return []
    facts = []
    for merged, _merge in rows:
        into = merged.about_id == record.id
        number = merged.survivor_id if into else merged.about_id
        href = host().record_url(key, number)
        facts.append(
            Fact(
                label=gettext("Merged into") if into else gettext("Merged in"),
                value=host().title_of(key, number), href=href if into else f"{href}?stay=1",
            )
        )  # fmt: skip
    actions = _undoing(rows[0][1])
    return [Panel(title=gettext("Merged records"), facts=tuple(facts), actions=actions)]


def _alike(key: str, record: Any) -> list[Panel]:
    if not has_permission(MERGE):
        return []
    values = {name: getattr(record, name) for name in rules.fields_of(key)}
    hits = matching.find(key, [(record.id, values)]).get(0, [])
    known = [hit for hit in hits if hit.known and hit.known.seen and hit.known.model == key]
    apart = _apart(key, record.id) if known else set()
    known = [hit for hit in known if hit.known and hit.known.id not in apart][:MOST]
    if not known:
        return []
    matches = telling.duplicate(known, (), may_save=True).matches
    ids = ",".join(str(each.record_id) for each in matches)
    facts = tuple(Fact(label=each.title, value=each.why, href=each.href) for each in matches)
    actions: tuple[Action, ...] = ()
    if host().records.may(record, "update"):
        actions = (
            Action(
                label=gettext("Compare and merge"), icon="intersect",
                href=url_for("duplicates.compare", model=key, ids=f"{record.id},{ids}"),
            ),
        )  # fmt: skip
    return [Panel(title=gettext("May be there twice"), facts=facts, actions=actions)]


def _apart(key: str, record_id: int) -> set[int]:
    asked = sa.select(Different.first_id, Different.second_id).where(
        Different.about_model == key,
        sa.or_(Different.first_id == record_id, Different.second_id == record_id),
    )
    return {number for row in host().session.execute(asked) for number in row} - {record_id}

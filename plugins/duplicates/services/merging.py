"""Records that become one, and again what they were. One transaction; nothing is committed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, has_permission, now
from plugin_api.errors import Conflict, Forbidden, NotFound, Rejected
from plugin_api.merging import Mergeable, Moving
from plugins.duplicates.access import MERGE
from plugins.duplicates.models import Merge, Merged
from plugins.duplicates.services import indexing, matched, reviewing

MOST = 10


@dataclass(frozen=True, slots=True)
class Plan:
    """What merging some records would do."""

    model: Any
    survivor: Any
    losers: Sequence[Any]
    fields: Sequence[Mergeable]
    moving: Sequence[Moving]

    @property
    def records(self) -> list[Any]:
        """All of them, what remains first."""
        return [self.survivor, *self.losers]


def plan(
    key: str, ids: Sequence[int], survivor_id: int | None = None, *, lock: bool = False
) -> Plan:
    """What would become of records. ``lock`` them, so that nobody else merges them meanwhile.
    Raises Forbidden, NotFound, Rejected."""
    records = _gathered(key, ids, lock=lock)
    model = type(records[0])
    named = [record for record in records if record.id == survivor_id]
    survivor = named[0] if named else min(records, key=lambda each: (_is_aside(each), each.id))
    losers = [record for record in records if record is not survivor]
    moving = host().merging.plan(key, [each.id for each in losers], survivor.id)
    fields = [field for field in host().merging.fields(model) if field.name != "id"]
    return Plan(model, survivor, losers, fields, moving)


def defaults(made: Plan) -> dict[str, int]:
    """Field → whose value is kept where nobody chooses: that of what remains, else the first
    that there is. What a record lies below stays that of what remains."""
    names = [field.name for field in made.fields]
    own = {name.removesuffix("_id") for name, _info in _own_references(made.model)}
    held = [(each.id, host().merging.taken(each, names)) for each in made.records]
    return {
        name: made.survivor.id
        if name in own
        else next((i for i, values in held if values[name] not in (None, "")), made.survivor.id)
        for name in names
    }


def merge(
    made: Plan, chosen: Mapping[str, int], versions: Mapping[int, int] | None = None
) -> Merge:
    """Make one of them. ``chosen``: field → whose value is kept; ``versions`` are those that the
    person has seen. Raises Conflict, Rejected, Invalid, Forbidden."""
    key, survivor = made.model.model_key(), made.survivor
    _check_versions(made, versions or {})
    _check_above(made)
    ids = [each.id for each in made.losers]
    names = [field.name for field in made.fields]
    before = {each.id: host().merging.taken(each, names) for each in made.records}
    values = {
        name: before[chosen[name]][name]
        for name in names
        if chosen.get(name) in before and before[chosen[name]][name] != before[survivor.id][name]
    }
    for name, _info in _own_references(made.model):
        # What would lie below itself, or below what is archived, stays where it is.
        if values.get(name.removesuffix("_id")) in before:
            del values[name.removesuffix("_id")]
    indexing.forget(key, ids)
    moved = host().merging.move(key, ids, survivor.id)
    kept: dict[str, Any] = {"moved": dict(moved), "losers": {}}
    unique = {field.name for field in made.fields if field.unique}
    for loser in made.losers:
        gone = [name for name in values if name in unique and chosen[name] == loser.id]
        kept["losers"][str(loser.id)] = _put_aside(loser, gone)
    host().records.update(survivor, host().merging.given(made.model, values))
    kept["survivor"] = {name: [before[survivor.id][name], value] for name, value in values.items()}
    found = _noted(made, kept)
    reviewing.settle(key, ids)
    return found


def undo(merge_id: int) -> tuple[Merge, list[str]]:
    """Make them again what they were, but for what has changed since, which is told. Raises
    NotFound, Forbidden, Rejected."""
    found = host().records.get(Merge, merge_id)
    # Who undoes it meanwhile waits, and finds that it is done.
    locked = sa.select(Merge).where(Merge.id == found.id).with_for_update()
    host().session.scalars(locked.execution_options(populate_existing=True)).one()
    if found.state == "closed":
        text = gettext("What undoes it is not kept any more: somebody's data was erased.")
        raise Rejected("", text)
    if found.state != "done":
        raise Rejected("", gettext("It is undone already."))
    key = found.about_model
    losers = sorted(int(number) for number in found.kept["losers"])
    _check_chain(key, found.survivor_id)
    records = {each.id: each for each in _gathered(key, [found.survivor_id, *losers], again=True)}
    left = [
        str(gettext("%(what)s #%(number)d names another record by now.", what=each.label,
                    number=each.row_id))
        for each in host().merging.move_back(key, found.kept["moved"], found.survivor_id)
    ]  # fmt: skip
    left += _give_back(records[found.survivor_id], found.kept["survivor"])
    host().session.execute(sa.delete(Merged).where(Merged.merge_id == found.id))
    for number in losers:
        left += _give_back(records[number], found.kept["losers"][str(number)])
        indexing.forget(key, [number])
    indexing.add(key, [records[number] for number in losers])
    found.state, found.undone_at, found.undoer_id = "undone", now(), current_actor().user_id
    found.kept = {**found.kept, "left": left}
    return found, left


def forget(key: str, record_id: int) -> None:
    """Keep nothing of what a record held, so that merges with it are not undone any more."""
    ours = sa.select(Merged.merge_id).where(Merged.about_model == key, Merged.about_id == record_id)
    here = sa.or_(Merge.survivor_id == record_id, Merge.id.in_(ours))
    for found in host().session.scalars(sa.select(Merge).where(Merge.about_model == key, here)):
        found.kept, found.name = {}, f"#{found.survivor_id}"
        found.state = "closed" if found.state == "done" else found.state


def place_of(key: str, record_id: int) -> int | None:
    """The record that has a merged one's place, however often it was merged on."""
    there: int | None = None
    seen = {record_id}
    while True:
        asked = sa.select(Merged.survivor_id).where(
            Merged.about_model == key, Merged.about_id == (there or record_id)
        )
        further = host().session.scalar(asked)
        if further is None or further in seen:
            return there
        seen.add(further)
        there = further


def _gathered(key: str, ids: Sequence[int], *, again: bool = False, lock: bool = True) -> list[Any]:
    """Records that the person may merge, as they are named."""
    if not has_permission(MERGE):
        raise Forbidden(gettext("Your role does not allow it."))
    wanted = list(dict.fromkeys(ids))
    if not matched.is_matched(key):
        raise NotFound(gettext("There is no such record."))
    model = matched.find(key)
    if not 2 <= len(wanted) <= MOST:
        raise Rejected("", gettext("Choose 2 to %(most)d records.", most=MOST))
    if model.__aside__ is None:
        raise Rejected("", gettext("Such records cannot be put aside, and so not be merged."))
    if lock:
        asked = sa.select(model).where(model.id.in_(sorted(wanted))).order_by(model.id)
        host().session.scalars(asked.with_for_update()).all()
    records = [host().records.get(model, record_id, "update") for record_id in wanted]
    merged = sa.select(Merged.about_id).where(
        Merged.about_model == key, Merged.about_id.in_(wanted)
    )
    if not again and host().session.scalars(merged).first() is not None:
        raise Rejected("", gettext("One of them was merged into another already."))
    return records


def _is_aside(record: Any) -> bool:
    name, value = record.__aside__
    return bool(getattr(record, name) == value)


def _check_versions(made: Plan, versions: Mapping[int, int]) -> None:
    for record in made.records:
        if versions.get(record.id, record.version) != record.version:
            raise Conflict(gettext("One of the records has changed since you looked at it."))


def _check_above(made: Plan) -> None:
    """A record that lies below one that is merged into it would lie below itself."""
    gone = {each.id for each in made.losers}
    for name, info in _own_references(made.model):
        at, seen, way = getattr(made.survivor, name), {made.survivor.id}, 0
        while at is not None and at not in seen:
            if at in gone and way:
                raise Rejected(
                    "", gettext("What remains lies below another of them by “%(field)s”: let that"
                                " one remain.", field=info.label),
                )  # fmt: skip
            seen.add(at)
            way += at not in gone
            column = getattr(made.model, name)
            at = host().session.scalar(sa.select(column).where(made.model.id == at))


def _own_references(model: Any) -> list[tuple[str, Any]]:
    return [
        (column.name, column.info["field"])
        for column in model.__table__.columns
        if "field" in column.info and column.info["field"].target == model.model_key()
    ]


def _put_aside(loser: Any, gone: Sequence[str]) -> dict[str, list[Any]]:
    """Archive a record, and take from it what may be there only once and goes on elsewhere."""
    aside, value = loser.__aside__
    names = [*gone, aside]
    old = host().merging.taken(loser, names)
    host().records.update(loser, {**dict.fromkeys(gone), aside: value})
    return {name: [old[name], value if name == aside else None] for name in names}


def _give_back(record: Any, changed: Mapping[str, Sequence[Any]]) -> list[str]:
    """Set fields back that are as the merge has left them; tells of the others."""
    held = host().merging.taken(record, changed)
    same = {name: pair[0] for name, pair in changed.items() if held.get(name) == pair[1]}
    host().records.update(record, host().merging.given(type(record), same))
    title = getattr(record, record.__title__)
    labels = {field.name: field.label for field in host().merging.fields(type(record))}
    return [
        str(gettext("“%(field)s” of %(name)s has changed since.", field=labels.get(name, name),
                    name=title))
        for name in changed
        if name not in same
    ]  # fmt: skip


def _noted(made: Plan, kept: Mapping[str, Any]) -> Merge:
    titles = [str(getattr(each, each.__title__) or f"#{each.id}") for each in made.losers]
    name = f"{', '.join(titles)} → {getattr(made.survivor, made.survivor.__title__)}"
    key = made.model.model_key()
    found = Merge(
        name=name[:300], about_model=key, survivor_id=made.survivor.id, at=now(),
        owner_id=current_actor().user_id, state="done", kept=dict(kept),
    )  # fmt: skip
    host().session.add(found)
    host().session.flush()
    rows = [
        {"merge_id": found.id, "about_model": key, "about_id": each.id,
         "survivor_id": made.survivor.id}
        for each in made.losers
    ]  # fmt: skip
    host().records.add_rows(Merged, rows)
    host().session.flush()
    return found


def _check_chain(key: str, survivor_id: int) -> None:
    asked = sa.select(Merged.merge_id).where(
        Merged.about_model == key, Merged.about_id == survivor_id
    )
    if host().session.scalar(asked) is not None:
        raise Rejected("", gettext("What remained was merged on since: undo that first."))

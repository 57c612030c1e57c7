"""What names some records is made to name another one, and back again. Nothing is committed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from core.custom import claims
from core.data import audit, saving
from core.data.fields import put
from core.data.merging import values
from core.data.merging.places import CHUNK, Place, place_of, places_of
from core.host import services
from plugin_api.context import current_actor, now
from plugin_api.merging import Left, Moving, Rows
from plugin_api.models import CompanyModel

_APART = {"synchronize_session": False}


class Merging:
    """Implements :class:`plugin_api.merging.Merging`."""

    fields = staticmethod(values.offered)
    shown = staticmethod(values.shown)
    taken = staticmethod(values.taken)
    given = staticmethod(values.given)

    def plan(self, model_key: str, from_ids: Sequence[int], to_id: int) -> list[Moving]:
        """What names the records, by place, where there is anything."""
        made = []
        for place in places_of(model_key):
            found = _found(place, model_key, from_ids, to_id)
            if found.moving or found.clashing or found.staying:
                made.append(
                    Moving(
                        label=place.label, model=place.model.model_key(), place=place.key,
                        moving=len(found.moving), clashing=len(found.clashing),
                        staying=found.staying,
                    )
                )  # fmt: skip
        return made

    def move(self, model_key: str, from_ids: Sequence[int], to_id: int) -> Mapping[str, Rows]:
        """Make it name the other record; place → [number of the row, what it named]."""
        services().session.flush()
        made: dict[str, Rows] = {}
        for place in places_of(model_key):
            moving = _found(place, model_key, from_ids, to_id).moving
            if moving:
                for named in (to_id, None):
                    some = [i for i in moving if _expected(place, model_key, i, to_id) == named]
                    _set(place, some, named)
                made[place.key] = [[id_, old] for id_, old in moving.items()]
        services().session.expire_all()
        return made

    def move_back(self, model_key: str, moved: Mapping[str, Rows], to_id: int) -> list[Left]:
        """Undo :meth:`move` where the row still names the other record; tells of the others."""
        services().session.flush()
        left: list[Left] = []
        for key, rows in moved.items():
            place = place_of(model_key, key)
            if place is None:
                left += [Left(place=key, label=key, row_id=row[0]) for row in rows]
                continue
            there = _standing(place, [row[0] for row in rows])
            back: dict[int, list[int]] = {}
            for row_id, old in rows:
                if row_id in there and there[row_id] == _expected(place, model_key, row_id, to_id):
                    back.setdefault(old, []).append(row_id)
                else:
                    left.append(Left(place=key, label=place.label, row_id=row_id))
            for old, ids in back.items():
                _set(place, ids, old)
        services().session.expire_all()
        return left


def _expected(place: Place, model_key: str, row_id: int, to_id: int) -> int | None:
    """What a row names once it is moved: what would name itself names nothing."""
    itself = row_id == to_id and place.model.model_key() == model_key and not place.about
    return None if itself else to_id


class _Found:
    def __init__(self) -> None:
        self.moving: dict[int, int] = {}
        self.clashing: list[int] = []
        self.staying = 0


def _found(place: Place, model_key: str, from_ids: Sequence[int], to_id: int) -> _Found:
    """Rows that name the records: number → which one."""
    model, session, found = place.model, services().session, _Found()
    named = place.names(model_key, from_ids)
    # What the merged records name among themselves goes with them.
    apart = [model.id.not_in(from_ids)] if model.model_key() == model_key else []
    groups = place.unique()
    others = sorted({n for g in groups for n in g} - {place.attribute, "company_id"})
    columns = [getattr(model, name) for name in others]
    stays = sa.case((model.stays(), 1), else_=0)
    asked = sa.select(model.id, place.column, stays, *columns).where(named, *apart)
    rows = session.execute(asked.order_by(model.id)).all()
    asked = sa.select(*(columns or [place.column])).where(place.names(model_key, [to_id]))
    taken = {
        key
        for row in (session.execute(asked) if rows and groups else ())
        for key in _keys(groups, place.attribute, dict(zip(others, row, strict=False)))
    }
    for row in rows:
        if row[2]:
            found.staying += 1
            continue
        keys = _keys(groups, place.attribute, dict(zip(others, row[3:], strict=True)))
        if keys & taken:
            found.clashing.append(row[0])
        else:
            taken |= keys
            found.moving[row[0]] = row[1]
    return found


def _keys(
    groups: Sequence[tuple[str, ...]], attribute: str, held: Mapping[str, Any]
) -> set[tuple[Any, ...]]:
    """What of a row must be there only once, once it names the other record."""
    made = set()
    for group in groups:
        rest = [held[name] for name in group if name not in (attribute, "company_id")]
        if None not in rest:
            made.add((group, *rest))
    return made


def _standing(place: Place, ids: Sequence[int]) -> dict[int, int | None]:
    """What rows name, of those that are still there."""
    found: dict[int, int | None] = {}
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        asked = sa.select(place.model.id, place.column).where(place.model.id.in_(some))
        found.update({row[0]: row[1] for row in services().session.execute(asked)})
    return found


def _set(place: Place, ids: Sequence[int], value: int | None) -> None:
    """Have rows name a record, with their trail where they have one."""
    model, session = place.model, services().session
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        if place.is_custom:
            _set_custom(place, some, value)
            continue
        was: dict[int, Any] = {}
        if place.meta is not None and model.__collection__:
            records = _records(model, some)
            was = {record.id: getattr(record, place.attribute) for record in records}
            saving.look(records)
        session.execute(
            sa.update(model)
            .where(model.id.in_(some))
            .values(
                {
                    place.attribute: value, "version": model.version + 1, "updated_at": now(),
                    "updated_by": current_actor().user_id,
                }
            ),
            execution_options=_APART,
        )  # fmt: skip
        session.expire_all()
        if place.meta is not None and was:
            # Read anew, for what is told of them is how they are by now.
            name, now_so = place.meta.name, _records(model, list(was))
            audit.write("update", [(each, {name: (was[each.id], value)}) for each in now_so])


def _records(model: Any, ids: Sequence[int]) -> Sequence[CompanyModel]:
    found: Sequence[CompanyModel] = (
        services().session.scalars(sa.select(model).where(model.id.in_(ids))).all()
    )
    return found


def _set_custom(place: Place, ids: Sequence[int], value: int | None) -> None:
    assert place.meta is not None
    model, session, meta = place.model, services().session, place.meta
    records = _records(model, ids)
    saving.look(records)
    changed = [(r, {meta.name: ((r.custom or {}).get(meta.name), value)}) for r in records]
    for record in records:
        put(record, meta, value)
    session.flush()
    if records:
        claims.keep(records, {meta.name})
    audit.write("update", changed)

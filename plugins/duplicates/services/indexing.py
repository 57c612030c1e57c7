"""The keys of records, kept as the records change."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company
from plugin_api.models import CompanyModel
from plugins.duplicates.models import Key, Merged
from plugins.duplicates.services import matched, rules

BATCH = 1000


def add(key: str, records: Sequence[Any]) -> None:
    """Keep the keys of records that were made."""
    names = rules.fields_of(key)
    if names:
        _put(key, [(r.id, {name: getattr(r, name) for name in names}) for r in records])


def renew(key: str, record: Any, changed: Collection[str]) -> None:
    """Keep those of a record that was changed."""
    if not rules.fields_of(key).isdisjoint(changed):
        forget(key, [record.id])
        if not _is_merged(key, record):
            add(key, [record])


def _is_merged(key: str, record: Any) -> bool:
    aside = record.__aside__
    if aside is None or getattr(record, aside[0]) != aside[1]:
        return False
    asked = sa.select(Merged.id).where(Merged.about_model == key, Merged.about_id == record.id)
    return host().session.scalar(asked) is not None


def forget(key: str, ids: Sequence[int]) -> None:
    """Keep none of records any more."""
    host().session.execute(
        sa.delete(Key).where(Key.about_model == key, Key.about_id.in_(ids)),
        execution_options={"synchronize_session": False},
    )


def start() -> None:
    """Have all keys renewed once the rules that were changed are committed."""
    rules.KEEPING.forget()
    needed = any(_has_any(matched.find(key)) for key in _compared())
    # What changes is not written yet.
    rules.KEEPING.forget()
    if not needed:
        return
    host().jobs.start("duplicates.index", about=f"rules {current_company().revision}")


def rebuild() -> Iterator[tuple[int, int]]:
    """Keep the keys of all records anew, as the rules are; tells after every thousand how many
    are done, of how many."""
    session = host().session
    session.execute(sa.delete(Key), execution_options={"synchronize_session": False})
    models: list[Any] = [matched.find(key) for key in sorted(_compared())]
    total = sum(session.scalar(sa.select(sa.func.count(m.id))) or 0 for m in models)
    done = 0
    for model in models:
        key = model.model_key()
        asked = sa.select(Merged.about_id).where(Merged.about_model == key)
        merged = set(session.scalars(asked))
        for some in _pages(model):
            _put(key, [each for each in some if each[0] not in merged])
            done += len(some)
            yield done, total


def _compared() -> set[str]:
    return {key for rule in rules.all_rules() for key in (rule.left, rule.right)}


def _has_any(model: Any) -> bool:
    with host().session.no_autoflush:
        return host().session.scalar(sa.select(model.id).limit(1)) is not None


def _pages(model: Any) -> Iterator[list[tuple[int, dict[str, Any]]]]:
    names = sorted(rules.fields_of(model.model_key()))
    columns = [getattr(model, name) for name in names]
    last = 0
    while True:
        asked = sa.select(model.id, *columns).where(model.id > last).order_by(model.id).limit(BATCH)
        rows = host().session.execute(asked).all()
        if not rows:
            return
        last = rows[-1][0]
        yield [(row[0], dict(zip(names, row[1:], strict=True))) for row in rows]


def _put(key: str, entries: Sequence[tuple[int, dict[str, Any]]]) -> None:
    rows = [
        {"about_model": key, "about_id": record_id, "key": number}
        for record_id, values in entries
        for number in rules.keys_of(key, values)
    ]
    if rows:
        host().records.add_rows(Key, rows)


def is_known(model: type[CompanyModel]) -> bool:
    """Whether records of a model are compared at all."""
    return bool(getattr(model, "__matched__", ()))

"""What is asked when a record is made or changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from plugin_api import host
from plugin_api.context import current_actor, has_permission
from plugin_api.duplicates import Duplicate, asks
from plugin_api.models import CompanyModel
from plugins.duplicates.access import OVERRIDE
from plugins.duplicates.services import matching, rules, telling
from plugins.duplicates.services.matching import Hit

_FOUND = "duplicates.found"


def prepare(key: str, records: Sequence[CompanyModel]) -> None:
    """Look for the duplicates of records that are about to be made, all at once."""
    if not _is_needed(key):
        return
    values = [(None, _values(key, record)) for record in records]
    with host().session.no_autoflush:
        found = matching.find(key, values, refusing=not asks())
    titles = [str(getattr(record, record.__title__, "") or "") for record in records]
    held = _held()
    for i, hits in found.items():
        held[records[i]] = hits, titles


def check_new(record: CompanyModel) -> None:
    """Refuse a record that was found to be there already. Raises Duplicate."""
    hits, titles = _held().pop(record, ((), ()))
    if hits:
        _refuse(hits, titles)


def check_changed(key: str, record: Any, changed: Collection[str]) -> None:
    """The same for a change of what rules compare."""
    if not _is_needed(key) or rules.fields_of(key).isdisjoint(changed):
        return
    with host().session.no_autoflush:
        found = matching.find(key, [(record.id, _values(key, record))], refusing=not asks())
    if found:
        _refuse(found[0], ())


def _is_needed(key: str) -> bool:
    if current_actor().is_system:
        return False
    known = rules.for_model(key)
    if asks():
        return bool(known)
    return any(rule.refuses for rule in known) and not has_permission(OVERRIDE)


def _refuse(hits: Sequence[Hit], titles: Sequence[str]) -> None:
    may_save = has_permission(OVERRIDE) or not any(hit.rule.refuses for hit in hits)
    found: Duplicate = telling.duplicate(hits, titles, may_save=may_save)
    if asks() or not may_save:
        raise found


def _values(key: str, record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in rules.fields_of(key)}


def _held() -> WeakKeyDictionary[CompanyModel, tuple[Sequence[Hit], Sequence[str]]]:
    info = host().session.info
    if _FOUND not in info:
        info[_FOUND] = WeakKeyDictionary()
    held: WeakKeyDictionary[CompanyModel, tuple[Sequence[Hit], Sequence[str]]] = info[_FOUND]
    return held

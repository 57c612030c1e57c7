"""What happens when records change: those that may be compared, and the rules themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plugin_api.models import CompanyModel
from plugins.duplicates.models.rules import Condition, Rule
from plugins.duplicates.services import checking, entry, indexing

Changes = Mapping[str, tuple[Any, Any]]
RULES = (Rule, Condition)


def before_create_many(key: str, records: Sequence[CompanyModel]) -> None:
    """Look for duplicates of all of them at once."""
    if indexing.is_known(type(records[0])):
        checking.prepare(key, records)


def before_create(record: CompanyModel) -> None:
    """Refuse one that was found, or a rule that cannot work."""
    if indexing.is_known(type(record)):
        checking.check_new(record)
    elif isinstance(record, RULES):
        entry.check(record)


def after_create_many(key: str, records: Sequence[CompanyModel]) -> None:
    """Keep what they are found by."""
    if indexing.is_known(type(records[0])):
        indexing.add(key, records)


def before_update(key: str, record: CompanyModel, changes: Changes) -> None:
    """Refuse a change that makes one a duplicate, or of a rule that cannot work then."""
    if indexing.is_known(type(record)):
        checking.check_changed(key, record, changes)
    elif isinstance(record, RULES):
        entry.check(record)


def after_update(key: str, record: CompanyModel, changes: Changes) -> None:
    """Keep what it is found by now."""
    if indexing.is_known(type(record)):
        indexing.renew(key, record, changes)
    elif isinstance(record, RULES):
        indexing.start()


def before_delete_many(key: str, records: Sequence[CompanyModel]) -> None:
    """Keep nothing of them."""
    if indexing.is_known(type(records[0])):
        indexing.forget(key, [record.id for record in records])
    elif isinstance(records[0], RULES):
        indexing.start()

"""Records that are changed together are what they are when they are changed one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
import sqlalchemy as sa

from core.data import altering
from core.data.audit import AuditEntry
from core.search.models import SearchToken
from plugin_api.errors import Forbidden, Invalid, Refused
from plugin_api.host import host
from plugins.crm.models import Account
from tests.plugins.crm.kit import acting, user

pytestmark = pytest.mark.usefixtures("acme")
Change = tuple[Account, dict[str, Any]]


def one_by_one(changes: Sequence[Change]) -> None:
    for record, values in changes:
        host().records.update(record, values)


def together(changes: Sequence[Change]) -> None:
    host().records.update_many(changes)


def made(count: int = 3, **values: Any) -> list[Account]:
    rows = [{"name": f"Firm {i}", "city": "Old", **values} for i in range(count)]
    return host().records.create_many(Account, rows)


def left(records: Sequence[Account]) -> list[Any]:
    """What a way of changing leaves: the records, their trail, their words in the search."""
    host().session.flush()
    ids = [record.id for record in records]
    place = {id_: i for i, id_ in enumerate(ids)}
    host().session.expire_all()
    rows = [(each.name, each.city, each.grade, each.version) for each in records]
    trail = sa.select(AuditEntry.record_id, AuditEntry.action, AuditEntry.changes).where(
        AuditEntry.model == "crm.Account", AuditEntry.record_id.in_(ids)
    )
    told = [
        (place[row[0]], *row[1:]) for row in host().session.execute(trail.order_by(AuditEntry.id))
    ]
    words = sa.select(sa.func.count()).select_from(SearchToken)
    return [rows, sorted(told, key=str), host().session.scalar(words)]


def test_both_ways_leave_the_same() -> None:
    found = []
    for way in (one_by_one, together):
        with host().session.begin_nested() as point:
            records = made()
            values = ({"city": "New"}, {"city": "Old"}, {"name": "Other", "grade": "A"})
            way(list(zip(records, values, strict=True)))
            found.append(left(records))
            point.rollback()
    assert found[0] == found[1]
    assert [row[3] for row in found[0][0]] == [2, 1, 2]


@pytest.mark.parametrize("way", [one_by_one, together])
def test_what_is_refused_changes_none(way: Callable[[Sequence[Change]], None]) -> None:
    first, second = made(2)
    with pytest.raises(Invalid):
        way([(second, {"name": ""}), (first, {"city": "New"})])
    assert (first.city, second.name) == ("Old", "Firm 1")


def test_all_of_them_are_taken_back_where_the_last_is_refused() -> None:
    first, second = made(2)
    with pytest.raises(Invalid):
        host().records.update_many([(first, {"city": "New"}), (second, {"name": ""})])
    assert (first.city, second.city) == ("Old", "Old")


def test_rights_hold_for_each() -> None:
    mine, theirs = made(1, owner_id=user("ann"))[0], made(1, owner_id=None)[0]
    with acting("ann"), pytest.raises((Forbidden, Refused)):
        host().records.update_many([(mine, {"city": "New"}), (theirs, {"city": "New"})])
    assert (mine.city, theirs.city) == ("Old", "Old")


@pytest.mark.parametrize(("values", "plain"), [
    ({"city": "New", "grade": "A"}, True), ({"owner": 1}, False), ({"external_id": "x"}, False),
    ({"parent": 1}, False), ({"nothing": 1}, False),
])  # fmt: skip
def test_what_has_to_be_seen_beside_others_is_changed_one_by_one(
    values: dict[str, Any], plain: bool
) -> None:
    assert altering.is_plain(Account, values) is plain

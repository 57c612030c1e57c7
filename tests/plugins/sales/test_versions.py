"""What confirmed orders said before they were amended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugin_api.errors import Forbidden, Invalid, Rejected
from plugin_api.host import host
from plugins.sales.models import Order, OrderLine, OrderVersion, OrderVersionLine
from plugins.sales.panels import for_record
from plugins.sales.services import statement
from plugins.sales.services.orders import lines_of
from tests.harness import Installation
from tests.plugins.sales.kit import acting, on, user

MARCH, APRIL, MAY = date(2026, 3, 10), date(2026, 4, 7), date(2026, 5, 12)


def kept(order: Order) -> list[tuple[Any, ...]]:
    """Versions before: revision, reason, who, when, total in minor units."""
    host().session.flush()
    found = host().session.query(OrderVersion).filter_by(order_id=order.id)
    return [
        (each.revision, each.change_reason, each.amended_by_id, each.amended_on, each.total)
        for each in found.order_by(OrderVersion.revision)
    ]


def quantities(order: Order, revision: int) -> list[Decimal]:
    line, version = OrderVersionLine, OrderVersion
    found = host().session.query(line).join(version, version.id == line.order_version_id)
    found = found.filter(version.order_id == order.id, version.revision == revision)
    return [each.quantity for each in found.order_by(line.line_id)]


def told(record: Any) -> dict[str, str]:
    """The panel of changes: label → value."""
    panels = [each for each in for_record(record) if each.title == "What this version changed"]
    return {str(fact.label): str(fact.value) for panel in panels for fact in panel.facts}


def test_what_an_order_said_is_kept_before_a_line_changes(order: Any) -> None:
    with on(MARCH):
        made = order((10, 100), (1, 50))
    first, second = lines_of(made.id)
    assert (made.revision, kept(made)) == (1, [])
    with on(APRIL), acting("boss"):
        host().records.update(first, {"quantity": Decimal(12)})
        host().records.update(second, {"price": Decimal(40)})
        host().records.create(
            OrderLine, {"order_id": made.id, "description": "Boxes", "quantity": Decimal(3),
                        "price": Decimal("1.50")},
        )  # fmt: skip
    assert kept(made) == [(1, None, None, None, 1050_00)]
    assert quantities(made, 1) == [10, 1]
    assert (made.revision, made.amended_by_id, made.amended_on) == (2, user("boss"), APRIL)
    assert made.name == "SO-2026-00001 v2 · Blue Mill"
    assert told(made) == {
        "Version before": "SO-2026-00001 v1",
        "Total": "CN¥1,050.00 → CN¥1,244.50",
        "Line 0 · Quantity": "10 → 12",
        "Line 1 · Unit price": "CN¥50.00 → CN¥40.00",
        "Boxes": "Added · 3 × CN¥1.50",
    }
    assert all(each.agrees for each in statement.held())


def test_a_reason_is_kept_with_the_version_it_was_given_for(order: Any) -> None:
    with on(MARCH):
        made = order((10, 100))
    [line] = lines_of(made.id)
    with on(APRIL), acting("boss"):
        with pytest.raises(Rejected, match="Say why"):
            host().records.transition(made, "amend", {"change_reason": "  "})
        host().records.transition(made, "amend", {"change_reason": "Fewer needed"})
        host().records.update(line, {"quantity": Decimal(8)})
        host().records.transition(made, "amend", {"change_reason": "Fewer still"})
        host().records.update(line, {"quantity": Decimal(7)})
    assert kept(made) == [
        (1, None, None, None, 1000_00),
        (2, "Fewer needed", user("boss"), APRIL, 800_00),
    ]
    assert (made.revision, made.change_reason, made.total) == (3, "Fewer still", 700_00)
    second = host().session.query(OrderVersion).filter_by(order_id=made.id, revision=2).one()
    assert told(second)["Line 0 · Quantity"] == "10 → 8"
    with pytest.raises(Invalid):
        host().records.update(made, {"change_reason": "Another"})


def test_a_version_in_which_nothing_was_changed_is_not_kept_twice(order: Any) -> None:
    with on(MARCH):
        made = order((10, 100))
    with on(APRIL), acting("boss"):
        host().records.transition(made, "amend", {"change_reason": "To come"})
    with on(MAY), acting("fin"):
        host().records.update(lines_of(made.id)[0], {"quantity": Decimal(8)})
    assert [row[0] for row in kept(made)] == [1]
    assert (made.revision, made.change_reason) == (2, "To come")
    assert (made.amended_by_id, made.amended_on) == (user("fin"), MAY)


def test_another_day_or_person_begins_another_version(order: Any) -> None:
    with on(MARCH):
        made = order((10, 100))
    [line] = lines_of(made.id)
    for number, (day, name) in enumerate(((APRIL, "boss"), (APRIL, "fin"), (MAY, "fin"))):
        with on(day), acting(name):
            host().records.update(line, {"quantity": Decimal(20 + number)})
    assert [row[0] for row in kept(made)] == [1, 2, 3]
    assert [quantities(made, each) for each in (1, 2, 3)] == [[10], [20], [21]]


def test_a_day_of_delivery_that_was_agreed_on_is_kept_too(order: Any) -> None:
    with on(MARCH):
        made = order((10, 100), deliver_by=APRIL)
    with acting("ann"):
        host().records.update(made, {"deliver_by": MAY, "note": "Called"})
    assert [row[0] for row in kept(made)] == [1]
    assert told(made)["Deliver by"] == "Apr 7, 2026 → May 12, 2026"


def test_notes_drafts_and_deliveries_make_no_version(order: Any) -> None:
    made, draft = order((10, 100)), order((1, 1), confirmed=False)
    host().records.update(lines_of(draft.id)[0], {"quantity": Decimal(2)})
    host().records.update(made, {"note": "Called"})
    host().records.update(lines_of(made.id)[0], {"position": 4})
    host().records.transition(made, "deliver")
    host().records.transition(made, "close")
    assert (kept(made), kept(draft)) == ([], [])
    with pytest.raises(Rejected):
        host().records.transition(draft, "amend", {"change_reason": "No"})


def test_who_may_not_amend_makes_no_version(order: Any) -> None:
    made = order((10, 100))
    with acting("ann"):
        with pytest.raises(Forbidden):
            host().records.transition(made, "amend", {"change_reason": "Mine"})
        with pytest.raises(Rejected, match="amend confirmed orders"):
            host().records.update(lines_of(made.id)[0], {"quantity": Decimal(1)})
    assert kept(made) == []


@pytest.fixture
def strict(acme: Installation) -> Iterator[None]:
    from core.data import settings as kept_settings

    kept_settings.put("sales.say_why", True)
    yield


def test_a_company_that_wants_reasons_gets_them_first(order: Any, strict: None) -> None:
    made = order((10, 100))
    [line] = lines_of(made.id)
    with acting("boss"):
        with pytest.raises(Rejected, match="“Amend”"):
            host().records.update(line, {"quantity": Decimal(9)})
        host().records.transition(made, "amend", {"change_reason": "Fewer"})
        host().records.update(line, {"quantity": Decimal(9)})
    assert (made.revision, made.change_reason, made.total) == (2, "Fewer", 900_00)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(
    st.tuples(st.sampled_from(["boss", "fin"]), st.integers(0, 2), st.integers(0, 1),
              st.integers(1, 30)), min_size=1, max_size=6))  # fmt: skip
def test_versions_say_what_was_and_the_ledger_what_is(order: Any, steps: Any) -> None:
    """Whoever amends what, when: versions have no gaps, each differs from the next, and ledger
    and documents agree."""
    with on(MARCH):
        made = order((10, 100), (5, 20))
    was = [(10, 5)]
    for name, days, place, quantity in sorted(steps, key=lambda step: step[1]):
        line = lines_of(made.id)[place]
        before = tuple(each.quantity for each in lines_of(made.id))
        with on(date(2026, 4, 7 + days)), acting(name):
            host().records.update(line, {"quantity": Decimal(quantity)})
        was += [before]
    numbers = [row[0] for row in kept(made)]
    assert numbers == list(range(1, made.revision))
    said = [tuple(quantities(made, each)) for each in numbers]
    assert all(each in was for each in said)
    now = tuple(each.quantity for each in lines_of(made.id))
    assert all(one != other for one, other in zip(said, [*said[1:]], strict=False)), (said, now)
    assert all(each.agrees for each in statement.held())

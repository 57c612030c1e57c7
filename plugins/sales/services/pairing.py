"""What the ledger lacks to say what the documents say. Numbers in, numbers out.

Documents say *facts*: this event of this line comes to so much, for this person. The ledger
has *rows*. :func:`missing` gives the rows to add, and adding them again gives none; so it does
not matter in which order, or how often, documents are posted.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from plugins.sales.services.shares import FINEST

TAKES_BACK = {
    ("booked", "cancelled"): "booked",
    ("booked", "returned"): "booked",
    ("delivered", "returned"): "delivered",
    ("invoiced", "credited"): "invoiced",
    ("collected", "refunded"): "collected",
}
"""(figure, event) → the event that it takes back."""


@dataclass(frozen=True, slots=True)
class Position:
    """What entries must have in common to be added up."""

    kind: str
    event: str
    source: str
    source_id: int
    root_id: int
    """The line that originals and what takes them back share."""
    user_id: int | None
    overlay: bool
    document: str
    order_id: int | None
    delivery_id: int | None
    invoice_id: int | None
    account_id: int | None
    product_id: int | None
    channel_id: int | None
    region: str | None
    currency: str
    receipt_id: int | None = None

    @property
    def chain(self) -> tuple[object, ...]:
        """What an original shares with what takes it back."""
        return (self.kind, self.root_id, self.user_id, self.overlay)


@dataclass(frozen=True, slots=True)
class Value:
    """Numbers of a fact or a row; exact amounts in minor units, with up to four places."""

    quantity: Decimal = Decimal(0)
    exact: Decimal = Decimal(0)
    company: Decimal = Decimal(0)
    cost: Decimal | None = None

    def __add__(self, other: Value) -> Value:
        costs = [each.cost for each in (self, other) if each.cost is not None]
        return Value(
            self.quantity + other.quantity,
            self.exact + other.exact,
            self.company + other.company,
            sum(costs, Decimal(0)) if costs else None,
        )

    def __neg__(self) -> Value:
        cost = None if self.cost is None else -self.cost
        return Value(-self.quantity, -self.exact, -self.company, cost)

    def __bool__(self) -> bool:
        return bool(self.quantity or self.exact or self.company or self.cost)


NOTHING = Value()


@dataclass(frozen=True, slots=True)
class Fact:
    """What a document says of an event, by the day on which it counts."""

    position: Position
    day: dt.date
    value: Value
    rate: Decimal = Decimal(1)
    rate_on: dt.date = dt.date.min
    corrected_on: dt.date | None = None
    """The day of corrections; None: that on which they are posted."""


@dataclass(frozen=True, slots=True)
class Row:
    """An entry that is in the ledger."""

    id: int
    position: Position
    day: dt.date
    value: Value
    reverses_id: int | None = None
    rate: Decimal = Decimal(1)
    rate_on: dt.date = dt.date.min
    original_day: dt.date = dt.date.min


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry to add."""

    position: Position
    day: dt.date
    value: Value
    rate: Decimal
    rate_on: dt.date
    original_day: dt.date
    reverses_id: int | None = None


@dataclass(slots=True)
class Missing:
    """Entries to add, and whether there will be more once these have their numbers."""

    entries: list[Entry] = field(default_factory=list)
    more: bool = False


def missing(facts: Iterable[Fact], rows: Sequence[Row], today: dt.date) -> Missing:
    """The entries that make the rows say what the facts say.

    ``rows`` are all of the facts' chains. What nothing was posted of yet gets the day of the
    fact, a correction of what was posted ``today``. What takes something back names it, the
    last first.
    """
    held: dict[Position, Value] = defaultdict(Value)
    first: dict[Position, Row] = {}
    for row in rows:
        held[row.position] += row.value
        first.setdefault(row.position, row)
    known = {_line(position) for position in first}
    facts = list(facts)
    wanted = {fact.position: fact for fact in facts}
    corrected = {_line(each.position): each.corrected_on for each in facts if each.corrected_on}
    gone = [_nothing(row) for position, row in first.items() if position not in wanted]
    found, originals = Missing(), _Originals(rows)
    changes = [
        (fact, change)
        for fact in (*wanted.values(), *gone)
        if (change := fact.value + -held[fact.position])
    ]

    # What is given back first may then be taken back otherwise.
    def turn_of(each: tuple[Fact, Value]) -> int:
        return _turn(each[0], each[1], held[each[0].position])

    for fact, change in sorted(changes, key=turn_of):
        line = _line(fact.position)
        day = corrected.get(line, today) if line in known else fact.day
        turn = _turn(fact, change, held[fact.position])
        if turn == GIVE_BACK:
            found.entries += originals.give_back(fact, change, day)
        elif turn == ADD:
            begun = day if fact.position in first else fact.day
            found.entries.append(
                Entry(fact.position, day, change, fact.rate, fact.rate_on, original_day=begun)
            )
            originals.expected.add(fact.position.chain)
        elif turn == TAKE and fact.position.chain in originals.expected:
            found.more = True
        else:
            found.entries += originals.take(fact, change, day)
    return found


GIVE_BACK, ADD, LOWER, TAKE = range(4)


def _turn(fact: Fact, change: Value, held: Value) -> int:
    """What a change is, in the order in which they are made."""
    lowers = _lowers(fact, change, held)
    if _takes_back(fact):
        return TAKE if lowers else GIVE_BACK
    return LOWER if lowers else ADD


def _line(position: Position) -> tuple[str, str, str, int]:
    return position.kind, position.event, position.source, position.source_id


def _nothing(row: Row) -> Fact:
    return Fact(row.position, row.day, Value(), row.rate, row.rate_on)


def _takes_back(fact: Fact) -> bool:
    return (fact.position.kind, fact.position.event) in TAKES_BACK


def _lowers(fact: Fact, change: Value, held: Value) -> bool:
    """Whether a change takes something back: by its event, or because less is left of it."""
    if _takes_back(fact):
        return not held or _size(change) * _size(held) > 0
    return bool(held) and _size(change) * _size(held) < 0


def _size(value: Value) -> Decimal:
    """The number that tells the direction of a value."""
    return value.exact or value.quantity or value.company or value.cost or Decimal(0)


class _Originals:
    """What may be taken back, and how much of it is left."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.expected: set[tuple[object, ...]] = set()
        """Chains of originals that are about to be added."""
        self._by_id = {row.id: row for row in rows}
        self._chains: dict[tuple[object, ...], list[Row]] = defaultdict(list)
        self._left: dict[int, Value] = {}
        self._taken: dict[tuple[Position, int], Value] = defaultdict(Value)
        for row in rows:
            if row.reverses_id is None:
                self._left[row.id] = row.value
                self._chains[row.position.chain].append(row)
        for row in rows:
            if row.reverses_id in self._left:
                self._left[row.reverses_id] += row.value
                self._taken[row.position, row.reverses_id] += row.value

    def take(self, fact: Fact, change: Value, day: dt.date) -> Iterator[Entry]:
        """Entries that take ``change`` back; what no original is found for stands alone."""
        rest, back = change, _takes_back(fact)
        for row in reversed(self._chains[fact.position.chain]):
            if (back and _kind(row) in TAKES_BACK) or not (back or row.position == fact.position):
                continue
            left = self._left[row.id]
            part = _at_most(rest, -left)
            if not part:
                continue
            self._left[row.id] = left + part
            rest = rest + -part
            yield self._entry(fact, part, day, row.id)
        if rest:
            yield self._entry(fact, rest, day)

    def give_back(self, fact: Fact, change: Value, day: dt.date) -> Iterator[Entry]:
        """Entries that undo what the fact's own rows took back."""
        rest = change
        for (position, original), taken in reversed(list(self._taken.items())):
            part = _at_most(rest, -taken) if position == fact.position else NOTHING
            if not part:
                continue
            self._left[original] += part
            rest = rest + -part
            yield self._entry(fact, part, day, original)
        if rest:
            yield self._entry(fact, rest, day)

    def _entry(
        self, fact: Fact, value: Value, day: dt.date, reverses_id: int | None = None
    ) -> Entry:
        original = self._by_id[reverses_id].original_day if reverses_id is not None else day
        return Entry(
            fact.position, day, value, fact.rate, fact.rate_on,
            reverses_id=reverses_id, original_day=original,
        )  # fmt: skip


def _kind(row: Row) -> tuple[str, str]:
    return row.position.kind, row.position.event


def _at_most(rest: Value, most: Value) -> Value:
    """As much of ``rest`` as ``most`` has, by the number that tells the size of ``rest``: an
    original of which only a quantity is left has no amount to take back."""
    for wanted, there in ((rest.exact, most.exact), (rest.quantity, most.quantity),
                          (rest.company, most.company), (rest.cost, most.cost)):  # fmt: skip
        if wanted:
            if not there or there * wanted < 0:
                return NOTHING
            return rest if abs(wanted) <= abs(there) else _portion(rest, most, there / wanted)
    return NOTHING


def _portion(rest: Value, most: Value, share: Decimal) -> Value:
    # Whole units stay whole: a part of a line that is rounded is rounded itself.
    whole = all(not each % 1 for each in (rest.exact, rest.company, most.exact, most.company))
    step = Decimal(1) if whole else FINEST
    return Value(
        (rest.quantity * share).quantize(FINEST, ROUND_HALF_UP),
        (rest.exact * share).quantize(step, ROUND_HALF_UP),
        (rest.company * share).quantize(step, ROUND_HALF_UP),
        None if rest.cost is None else (rest.cost * share).quantize(Decimal(1), ROUND_HALF_UP),
    )

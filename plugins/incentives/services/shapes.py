"""What a calculation works with and comes to. Nothing here reads or writes.

Figures of money are in major units of the company's currency, others are plain numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from plugins.incentives.rules import matrix, tiers

ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table of rates: the value of the dimension, as it is written, and its name."""

    id: int
    value: str
    name: str
    rate: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A component of a version. Rates, and starts of steps by a quota, are shares of 1."""

    id: int
    name: str
    measure: str
    kind: str
    credit: str = "own"
    only: tuple[str, str] | None = None
    basis: str = "period"
    """``period``: its figure together; ``each``: by itself; ``year``, ``version``: with all that
    came before it in the fiscal year, or since the version holds."""
    each_by: str = ""
    """Of ``each``: the dimension whose values are rated by themselves; empty for records."""
    most_each: Decimal | None = None
    earned_over: int = 0
    """Months over which a sale is earned: what is lost later is taken back for those left."""
    rate: Decimal = ZERO
    rated_by: str = ""
    """Of a table of rates: the dimension; ``rate`` is for values without a row of their own."""
    rows: tuple[Row, ...] = ()
    budget: Decimal | None = None
    """Of a bonus: what all people together may get while the version is in force."""
    variable: Decimal = ZERO
    quota: Decimal | None = None
    steps: tuple[tiers.Step, ...] = ()
    cells: tuple[matrix.Cell, ...] = ()
    formula: str = ""
    second: str = ""
    """Another measure, of oneself: of a table, a formula or a gate."""
    second_quota: Decimal | None = None
    least: Decimal | None = None
    """A gate: nothing is paid while the second figure, or its attainment, is below it."""
    least_by_quota: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """A version of a plan."""

    id: int
    start: date
    end: date | None
    rules: tuple[Rule, ...]
    cap: Decimal | None = None
    carried: bool = False
    by_calendar: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Who takes part, from when to when. ``ramp`` says which share of quotas and tiers counts in
    the first periods."""

    user_id: int
    start: date
    end: date | None = None
    draw: Decimal = ZERO
    recovered: bool = True
    ramp: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Base:
    """What a rule is applied to: the figure that is rated, and the person's part of it."""

    whole: Decimal
    own: Decimal

    @property
    def part(self) -> Decimal:
        """The person's share of what the whole brings."""
        return self.own / self.whole if self.whole else ZERO


@dataclass(frozen=True, slots=True)
class Second:
    """A second figure, and what was to be reached of it."""

    figure: Decimal = ZERO
    quota: Decimal | None = None

    @property
    def attainment(self) -> Decimal | None:
        """None where there is nothing to be reached."""
        return self.figure / self.quota if self.quota else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What a calculation asks of the company."""

    base: Callable[[Rule, Person, Period], Base]
    quota: Callable[[Rule, Person, Period], Decimal | None]
    share: Callable[[Terms, Person, Period], Decimal]
    """How much of a period somebody takes part in, as a share of 1."""
    second: Callable[[Rule, Person, Period], Second] = lambda rule, person, period: Second()
    each: Callable[[Rule, Person, Period], Sequence[tuple[int, Decimal]]] = (
        lambda rule, person, period: ()
    )
    """What is rated by itself: its number, and the figure."""
    values: Callable[[Rule, Person, Period], Sequence[tuple[str, Decimal]]] = (
        lambda rule, person, period: ()
    )
    """Figures by the value of the dimension that a table of rates goes by; empty for none."""
    year: Callable[[Period], date] = lambda period: period.start.replace(month=1, day=1)
    """The first day of the fiscal year of a period."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """A line of a period: ``base`` × ``rate``. ``rule_id`` is None for caps and draws."""

    kind: str
    base: Decimal
    rate: Decimal
    rule_id: int | None = None
    step: Decimal | None = None
    end: Decimal | None = None
    each_id: int | None = None
    together: bool = False
    """Rounded with the others of its component, although it is of something by itself."""
    note: str = ""
    """What else its text says: a formula, attainments, why nothing is paid."""
    before: Decimal = ZERO
    """What the component has come to before, exact, where it is rounded on all of it."""

    @property
    def amount(self) -> Decimal:
        """The exact result."""
        return self.base * self.rate


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a person is paid for a period, line by line."""

    period: Period
    terms: Terms
    lines: tuple[Result, ...]

    @property
    def amount(self) -> Decimal:
        """What the lines come to."""
        return sum((line.amount for line in self.lines), ZERO)

"""What attainment needs to read: people, teams, targets and figures, each in one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, cast

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Scope, current_actor, current_company, gettext, today
from plugin_api.errors import NotFound
from plugin_api.measures import Measure, Ratio, Unit
from plugin_api.models import model_of
from plugins.targets.access import READ
from plugins.targets.models import Target
from plugins.targets.services import stays
from plugins.targets.services.attainment import (
    Board,
    Clock,
    Figure,
    Goal,
    Person,
    Row,
    Team,
    Who,
    rows,
)
from plugins.targets.services.periods import Period, period_of
from plugins.targets.services.proration import calendar_days
from plugins.targets.services.visibility import common_scope, visible_people, visible_teams

__all__ = ["READ", "Yardstick", "attainment", "figures", "goal_of", "goals", "yardstick"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Yardstick:
    """A measure as targets use it. ``additive``: people's figures sum up over time and teams."""

    measure: Measure | Ratio
    model: str

    @property
    def unit(self) -> Unit:
        return self.measure.unit

    @property
    def additive(self) -> bool:
        return isinstance(self.measure, Measure) and not self.measure.snapshot

    @property
    def is_snapshot(self) -> bool:
        """Whether the figure is of now and has no past."""
        return isinstance(self.measure, Measure) and self.measure.snapshot

    @property
    def nothing(self) -> Figure:
        """The figure of somebody without facts."""
        ratio = isinstance(self.measure, Ratio)
        return Figure(Decimal(0), Decimal(0)) if ratio else Figure(Decimal(0))

    def scope(self, permission: str = READ) -> Scope | None:
        """Whose figures and targets the actor may both work with."""
        return common_scope(current_actor(), [permission, f"{self.model}.read"])


def yardstick(key: str) -> Yardstick | None:
    """The measure of a key; None when its plugin is off or the actor may not read it."""
    measures = host().measures
    try:
        measure = measures.get(key)
        base = measures.get(measure.numerator) if isinstance(measure, Ratio) else measure
    except NotFound:
        return None
    return Yardstick(measure=measure, model=base.model) if isinstance(base, Measure) else None


def clock() -> Clock:
    """The company's working days, up to today or, by its setting, yesterday."""
    services = host()
    days = services.calendar.work_days
    as_of = today()
    if not services.setting("targets.count_today"):
        as_of -= timedelta(days=1)
    by_calendar = services.setting("targets.proration") == "calendar"
    return Clock(days=days, as_of=as_of, proration_days=calendar_days if by_calendar else days)


def all_teams() -> list[Team]:
    """Every team of the company by name."""
    model: Any = model_of("core.Team")
    found = host().session.execute(
        sa.select(model.id, model.name, model.parent_id).order_by(model.title_key)
    )
    return [Team(*row) for row in found]


def all_people() -> list[Person]:
    """Every user of the company by name."""
    model: Any = model_of("core.User")
    found = host().session.execute(
        sa.select(model.id, model.name, model.team_id, model.active).order_by(model.title_key)
    )
    return [Person(*row) for row in found]


def value_of(amount: int | None, quantity: Decimal | None, unit: Unit) -> Decimal:
    """A target in the measure's own unit: minor units for money, a share of 1 for a ratio."""
    if amount is not None:
        return Decimal(amount)
    quantity = quantity or Decimal(0)
    return quantity / 100 if unit == "ratio" else quantity


def target_columns(*where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """A select of what figures need of targets."""
    found: Any = (
        sa.select(
            Target.id, Target.name, Target.measure, Target.level, Target.team_id, Target.user_id,
            Target.owner_id, Target.period, Target.start, Target.end, Target.amount,
            Target.quantity, Target.active_from, Target.active_to, Target.part_time,
            Target.dimension, Target.member, Target.member_key, Target.weight, Target.state,
            Target.original, Target.revision, Target.parent_id,
        )
        .where(*where)
        .order_by(Target.measure, Target.dimension, Target.member_key, Target.start)
    )  # fmt: skip
    return cast("sa.Select[Any]", found)


def targets_inside(period: Period, *where: sa.ColumnElement[bool]) -> Sequence[Any]:
    """Columns of the targets that lie inside a period."""
    inside = Target.start >= period.start, Target.end <= period.end
    return host().session.execute(target_columns(*inside, *where)).all()


def goal_of(row: Any, unit: Unit) -> Goal:
    """A target as a number in its measure's own unit."""
    return Goal(
        id=row.id,
        who=(row.level, row.user_id if row.level == "user" else row.team_id),
        period=Period(row.period, row.start, row.end),
        value=value_of(row.amount, row.quantity, unit),
        active_from=row.active_from,
        active_to=row.active_to,
        part_time=row.part_time / 100,
    )


def goals(stick: Yardstick, period: Period) -> dict[Who, list[Goal]]:
    """Targets of all of a measure that lie inside a period, by whom they are for."""
    by_who: dict[Who, list[Goal]] = {}
    of_all = Target.dimension.is_(None)
    for row in targets_inside(period, Target.measure == stick.measure.key, of_all):
        goal = goal_of(row, stick.unit)
        by_who.setdefault(goal.who, []).append(goal)
    return by_who


def figures(
    measure: Measure | Ratio,
    period: Period,
    by: str = "user",
    filters: Mapping[str, Any] | None = None,
) -> dict[Any, Figure]:
    """Actuals of a period by one dimension: a statement a measure, two for a ratio."""
    found = figures_by(measure, period, (by,), filters)
    return {keys[0]: figure for keys, figure in found.items()}


def figures_by(
    measure: Measure | Ratio,
    period: Period,
    by: Sequence[str],
    filters: Mapping[str, Any] | None = None,
) -> dict[tuple[Any, ...], Figure]:
    """The same by several dimensions."""

    def sums(key: str) -> dict[tuple[Any, ...], Decimal]:
        table = host().measures.table(key, period.start, period.end, by=by, filters=filters)
        return {point.keys: point.value or Decimal(0) for point in table}

    if isinstance(measure, Measure):
        return {key: Figure(value) for key, value in sums(measure.key).items()}
    above, below = sums(measure.numerator), sums(measure.denominator)
    return {
        key: Figure(above.get(key, Decimal(0)), below.get(key, Decimal(0)))
        for key in above.keys() | below.keys()
    }


def attainment(
    stick: Yardstick, period: Period, teams: Sequence[Team], people: Sequence[Person]
) -> list[Row]:
    """Rows of the page for whoever the actor may see; empty when that is nobody."""
    scope = stick.scope()
    if scope is None:
        return []
    actor = current_actor()
    # Ratios and figures of now cannot be cut by days.
    moved = stays.stays(period) if stick.additive else []
    credited = dict(figures(stick.measure, period))
    if moved:
        who = {"user": stays.moved_in(moved)}
        by_day = figures_by(stick.measure, period, ("user", "day"), who)
        credited = stays.figures_with(credited, by_day, moved)
    board = Board(
        company=current_company().name,
        teams=visible_teams(scope, actor, teams),
        people=visible_people(scope, actor, stays.people_with(people, moved)),
        goals=stays.goals_with(goals(stick, period), moved),
        figures=credited,
        nothing=stick.nothing,
        period=period,
        clock=clock(),
        additive=stick.additive,
        unassigned=gettext("Credited to nobody"),
    )
    return rows(board, with_company=scope == "company")


def may_see(stick: Yardstick, target: Target) -> bool:
    """Whether the actor may see the figures of those whom a target is for."""
    scope, actor = stick.scope(), current_actor()
    if scope is None or scope == "company":
        return scope is not None
    if target.level == "user":
        return any(p.id == target.user_id for p in visible_people(scope, actor, all_people()))
    return any(t.id == target.team_id for t in visible_teams(scope, actor, all_teams()))


def starting_values() -> dict[str, Any]:
    """What the form of a new target starts with: the first measure, this quarter."""
    quarter = period_of("quarter", today(), current_company().fiscal_year_start)
    values: dict[str, Any] = {"period": "quarter", "start": quarter.start, "end": quarter.end}
    measures = by_importance()
    return values | {"measure": measures[0].key} if measures else values


def by_importance() -> list[Measure | Ratio]:
    """Every measure the actor may read, those that people are judged by first."""
    return sorted(host().measures.all(), key=lambda m: not getattr(m, "headline", False))


def measures_with_targets() -> list[str]:
    """Keys of all measures that have a target, those of disabled plugins too."""
    found = host().session.scalars(sa.select(Target.measure).distinct().order_by(Target.measure))
    return list(found)

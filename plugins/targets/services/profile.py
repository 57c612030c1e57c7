"""One person's targets of a period: together, against the year before, and how likely they are."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from plugin_api import host
from plugins.targets.services import outlook, reading
from plugins.targets.services.attainment import Person
from plugins.targets.services.growth import Growth, growth
from plugins.targets.services.outlook import Outlook
from plugins.targets.services.periods import Period, year_before
from plugins.targets.services.standing import Standing, standings


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A target with what is to be said of it. ``growth`` compares the days that have passed with
    the same days of the year before; None for a figure of now."""

    standing: Standing
    growth: Growth | None = None
    outlook: Outlook | None = None

    @property
    def against_first(self) -> Decimal | None:
        """Attainment of the figure that was confirmed first; None when it was not revised."""
        pacing, first = self.standing.pacing, self.standing.first_share
        if pacing is None or not first or pacing.attainment is None:
            return None
        return pacing.attainment / first


def profile(person: Person, period: Period) -> list[Held]:
    """Every target of a person; up to four statements a measure."""
    return [_held(person, period, standing) for standing in standings(person, period)]


def _held(person: Person, period: Period, standing: Standing) -> Held:
    stick, pacing = standing.stick, standing.pacing
    if stick is None or pacing is None:
        return Held(standing=standing)
    said = None
    if not standing.filters:
        said = outlook.of_person(stick, period, person.id, pacing)
    if getattr(stick.measure, "snapshot", False):
        return Held(standing=standing, outlook=said)
    as_of = min(period.end, reading.clock().as_of)
    so_far = Period("custom", period.start, max(as_of, period.start))
    before = year_before(so_far)
    filters = {"user": person.id, **standing.filters}
    found = reading.figures(stick.measure, before, filters=filters)
    days = host().calendar.work_days
    return Held(
        standing=standing,
        outlook=said,
        growth=growth(
            pacing.actual,
            found.get(person.id, stick.nothing).value,
            days(so_far.start, so_far.end) if stick.additive else 0,
            days(before.start, before.end) if stick.additive else 0,
        ),
    )

"""Working days: the company's work week, its country's public holidays and make-up days.

The company's own :class:`~core.calendar.models.Holiday` rows have the last word, so a year
whose holidays the country has not announced yet can be corrected by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

import holidays
import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.calendar.models import Holiday
from plugin_api.context import Company, current_company

OwnDays = Mapping[date, bool]
"""Day → whether it is worked."""


@lru_cache(maxsize=512)
def public_days(country: str, year: int) -> OwnDays:
    """Public holidays (False) and make-up working days (True) of a country in a year.

    Empty for a country that nobody publishes holidays of. Substitute days and the Chinese
    make-up days (调休) are those announced; a year not announced yet has the statutory days.
    """
    try:
        public = holidays.country_holidays(country.upper(), years=year)
    except NotImplementedError:
        return {}
    days = {day: False for day in public if day.year == year}
    days |= {day: True for day in public.weekend_workdays if day.year == year}
    return days


class WorkCalendar:
    """Working days of one company.

    ``own`` answers for every day the company has decided itself.
    """

    def __init__(self, work_week: frozenset[int], country: str, own: OwnDays) -> None:
        self._work_week = work_week
        self._country = country
        self._own = own
        self._counts: dict[int, tuple[int, ...]] = {}

    def is_work_day(self, day: date) -> bool:
        """Whether the company works on a day."""
        worked = self._own.get(day)
        if worked is None:
            worked = public_days(self._country, day.year).get(day)
        return day.isoweekday() in self._work_week if worked is None else worked

    def work_days(self, start: date, end: date) -> int:
        """Working days from start to end, both included; 0 when end is before start."""
        if end < start:
            return 0
        whole_years = sum(self._worked_before(year)[-1] for year in range(start.year, end.year))
        return (
            whole_years
            + self._worked_before(end.year)[_day_of_year(end)]
            - self._worked_before(start.year)[_day_of_year(start) - 1]
        )

    def _worked_before(self, year: int) -> tuple[int, ...]:
        """Working days up to and including the n-th day of a year, from n = 0."""
        found = self._counts.get(year)
        if found is None:
            first = date(year, 1, 1)
            days = (date(year, 12, 31) - first).days + 1
            worked = (self.is_work_day(first + timedelta(days=n)) for n in range(days))
            found = self._counts[year] = tuple(accumulate(worked, initial=0))
        return found


def _day_of_year(day: date) -> int:
    return day.timetuple().tm_yday


class Calendars:
    """The calendars of every company that one process has asked for.

    A company's calendar is read once a revision: whoever writes holidays or the work week
    raises the revision.
    """

    def __init__(self, session: Callable[[], Session], size: int = 2048) -> None:
        self._session = session
        self._of = lru_cache(maxsize=size)(self._read)

    def current(self) -> WorkCalendar:
        """The calendar of the current company. Raises NoCompany."""
        return self.of(current_company())

    def of(self, company: Company) -> WorkCalendar:
        """The calendar of a company, which must be the current one."""
        return self._of(company.id, company.revision, company.work_days, company.country)

    def _read(
        self, company_id: int, revision: int, work_week: frozenset[int], country: str
    ) -> WorkCalendar:
        own = self._session().scalars(sa.select(Holiday))
        return WorkCalendar(work_week, country, {row.day: row.is_work_day for row in own})

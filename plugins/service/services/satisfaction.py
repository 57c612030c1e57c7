"""What customers have said in a period, with n, response rate and intervals."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from babel.dates import format_skeleton
from flask_babel import get_locale

from plugin_api import host
from plugin_api.estimates import Interval, share
from plugin_api.models import model_of
from plugins.service.models import Visit
from plugins.service.services import stats
from plugins.service.services.answering import themes_of


@dataclass(slots=True)
class Tally:
    """Answers that are counted together."""

    label: str
    due: int = 0
    overdue: int = 0
    made: int = 0
    asked: int = 0
    customers: set[int] = field(default_factory=set)
    csat_n: int = 0
    satisfied: int = 0
    nps_n: int = 0
    promoters: int = 0
    detractors: int = 0

    def add(self, row: Any, today: dt.date) -> None:
        """Count a return visit."""
        self.due += row.due_on <= today
        self.overdue += row.state == "planned" and row.due_on < today
        self.made += row.state == "done"
        out = row.link_until is not None and row.link_until < today
        self.asked += row.state in ("done", "unreached") or (row.state == "planned" and out)
        if row.state != "done":
            return
        self.customers.add(row.account_id)
        if row.csat is not None:
            self.csat_n += 1
            self.satisfied += row.csat >= 4
        if row.nps is not None:
            self.nps_n += 1
            self.promoters += row.nps >= 9
            self.detractors += row.nps <= 6

    @property
    def csat(self) -> Interval | None:
        """Share of 4 and 5 of 5."""
        return share(self.satisfied, self.csat_n)

    @property
    def nps(self) -> Interval | None:
        """Percent of 9 and 10 less percent of 0 to 6."""
        return stats.nps(self.promoters, self.detractors, self.nps_n)

    @property
    def response(self) -> float | None:
        """Of those who were asked."""
        return self.made / self.asked if self.asked else None

    @property
    def coverage(self) -> float | None:
        """Of what was due, at most all: some are made before they are due."""
        return min(self.made / self.due, 1.0) if self.due else None

    @property
    def is_enough(self) -> bool:
        """Whether there are answers enough to be compared with others."""
        return max(self.csat_n, self.nps_n) >= stats.LEAST


@dataclass(frozen=True, slots=True)
class Report:
    """All of a period, by month, by person, and what it was about."""

    whole: Tally
    months: Sequence[Tally]
    people: Sequence[Tally]
    themes: Sequence[tuple[str, int, int]]
    """Theme, how many visits it came up in, how many of these with a bad answer."""


def unanswered(day: dt.date) -> sa.ColumnElement[bool]:
    """The customer was asked by a link that ran out, and has not answered."""
    return sa.and_(Visit.state == "planned", Visit.link_until < day)


def report(start: dt.date, end: dt.date, whole: str) -> Report:
    """Of what the actor may see. Two statements."""
    may_read = host().records.may_read

    def column(name: str) -> Any:
        return getattr(Visit, name) if may_read(Visit, name) else sa.null().label(name)

    asked = sa.select(
        Visit.due_on, Visit.done_on, Visit.state, Visit.account_id, Visit.owner_id,
        Visit.link_until,
        column("csat"), column("nps"), column("bad"), column("themes"),
    ).where(
        host().records.visible(Visit),
        Visit.state != "cancelled",
        sa.func.coalesce(Visit.done_on, Visit.due_on).between(start, end),
    )  # fmt: skip
    rows = host().session.execute(asked).all()
    names = _names({row.owner_id for row in rows if row.owner_id is not None})
    all_, months, people = Tally(whole), dict[str, Tally](), dict[int, Tally]()
    themes, bad = Counter[str](), Counter[str]()
    for row in rows:
        on = row.done_on or row.due_on
        month = f"{on:%Y-%m}"
        if month not in months:
            months[month] = Tally(str(format_skeleton("yMMM", on, locale=get_locale())))
        tallies = [all_, months[month]]
        if row.owner_id is not None:
            name = names.get(row.owner_id, f"#{row.owner_id}")
            tallies.append(people.setdefault(row.owner_id, Tally(name)))
        for tally in tallies:
            tally.add(row, end)
        for theme in themes_of(row.themes):
            themes[theme] += 1
            bad[theme] += bool(row.bad)
    return Report(
        whole=all_,
        months=[months[key] for key in sorted(months)],
        people=_ranked(people.values()),
        themes=[(theme, number, bad[theme]) for theme, number in themes.most_common(20)],
    )


def _ranked(people: Iterable[Tally]) -> list[Tally]:
    """Those with answers enough by the low end of their interval, the others by name after them."""
    found = sorted(people, key=lambda each: each.label)
    enough = [each for each in found if each.is_enough]
    enough.sort(key=lambda each: -(each.csat.low if each.csat else 0))
    return enough + [each for each in found if not each.is_enough]


def _names(ids: set[int]) -> dict[int, str]:
    user: Any = model_of("core.User")
    asked = sa.select(user.id, user.name).where(user.id.in_(ids))
    return {row[0]: row[1] for row in host().session.execute(asked)}

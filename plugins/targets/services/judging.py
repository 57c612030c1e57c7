"""Reading what SMART is judged by: a target's past, what is above it, and its parts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask_babel import format_decimal, format_percent

from plugin_api import host
from plugin_api.context import SYSTEM, Text, acting_as, current_company, gettext, today
from plugin_api.errors import Rejected
from plugin_api.money import from_minor
from plugin_api.periods import MONTHS, month_start
from plugins.targets.models import Target
from plugins.targets.services import dimensions, lineage, reading, smart
from plugins.targets.services.attainment import Figure, subtree
from plugins.targets.services.periods import Period
from plugins.targets.services.smart import Letter, Past, Smart

YEARS = 5
"""How far back a past is looked at."""
MOST_GROWTHS = 12


def assess(target: Target, value: Decimal | None = None) -> Smart:
    """Letter by letter, for the figure it has or might have. Read as the system, so that it is the
    same for everybody; :mod:`plugins.targets.target_panels` shows what somebody may see."""
    value = target.value if value is None else value
    with acting_as(current_company(), SYSTEM):
        stick = reading.yardstick(target.measure)
        known = {} if stick is None else dimensions.of_measure(stick.measure)
        named = target.dimension is None or (
            target.dimension in known and dimensions.is_known(known[target.dimension])
        )
        past, has_value = None, False
        if stick is not None and named:
            figures = _figures(target, stick)
            has_value = any(each is not None and each != 0 for _period, each in figures)
            past = past_of(_period(target), figures, target.baseline, today())
        letters: dict[smart.Initial, Letter] = {
            "S": smart.specific(
                measured=stick is not None, named=named,
                responsible=target.owner_id is not None or target.level == "company",
            ),
            "M": smart.measurable(available=stick is not None, has_value=has_value),
            "A": _attainable(value, past, down=_is_down(stick)),
            "R": lineage.relevant(target),
            "T": lineage.timed(target, value, additive=stick is None or stick.additive),
        }  # fmt: skip
    return Smart(letters)


def check(target: Target, value: Decimal | None = None) -> None:
    """Refuse to confirm a target that lacks a letter, with the reason in words. Raises Rejected."""
    if not host().setting("targets.smart"):
        return
    found = assess(target, value)
    if found.missing:
        reasons = " ".join(
            f"{name}: {found.letters[name].said} {found.letters[name].mend}".strip()
            for name in found.missing
        )
        message = gettext(
            "It is not SMART, with %(total)s of %(most)s points. %(reasons)s",
            total=found.total, most=found.most, reasons=reasons,
        )  # fmt: skip
        raise Rejected("", message)


def past_of(
    period: Period,
    figures: Sequence[tuple[Period, Decimal | None]],
    baseline: Decimal | None,
    day: date,
) -> Past:
    """Growth of figures of like periods, the earliest first, that were over by a day. Over a year,
    so that a season does not count as growth; where that gives too little, over one period."""
    over = [value for each, value in figures if each.end < day and each.end < period.start]
    per_year = 12 // MONTHS[period.kind] if period.kind in MONTHS else 1
    ahead = len([1 for each, _value in figures if each.end < period.start]) - len(over)
    yearly = smart.growths(over, per_year)
    lag = per_year if len(yearly) >= smart.ENOUGH else 1
    growths = (yearly if lag == per_year else smart.growths(over, 1))[-MOST_GROWTHS:]
    if baseline is not None:
        return Past(baseline=baseline, growths=growths)
    # The same season, as many years before as it takes for it to be over.
    years = ahead // lag + 1
    place = len(over) + ahead - years * lag
    base = over[place] if 0 <= place < len(over) else None
    return Past(baseline=base, growths=growths, years=years)


def _period(target: Target) -> Period:
    return Period(target.period, target.start, target.end)  # type: ignore[arg-type]


def _is_down(stick: reading.Yardstick | None) -> bool:
    return stick is not None and stick.measure.direction == "down"


def like_periods(period: Period) -> list[Period]:
    """Periods of the same length before one, the earliest first."""
    found = []
    if period.kind in MONTHS:
        length = MONTHS[period.kind]
        for number in range(YEARS * 12 // length, 0, -1):
            start = month_start(period.start, -number * length)
            end = month_start(start, length) - timedelta(days=1)
            found.append(Period(period.kind, start, end))
        return found
    length = (period.end - period.start).days + 1
    for number in range(YEARS, 0, -1):
        start = period.start - timedelta(days=365 * number)
        found.append(Period("custom", start, start + timedelta(days=length - 1)))
    return found


def _figures(target: Target, stick: reading.Yardstick) -> list[tuple[Period, Decimal | None]]:
    """What like periods came to, in units that people read: one statement, two of a ratio."""
    if stick.is_snapshot:
        return []
    periods = like_periods(_period(target))
    whole = Period("custom", periods[0].start, periods[-1].end)
    regular = target.period in MONTHS
    by = "month" if regular else "day"
    narrowed = who_filters(target) | dimensions.filters(target.dimension, target.member_key)
    found: dict[date, Figure] = {}
    for key, figure in reading.figures(stick.measure, whole, by, narrowed).items():
        day = key if isinstance(key, date) else date.fromisoformat(str(key)[:10])
        found[day] = figure
    made: list[tuple[Period, Decimal | None]] = []
    started = False
    for each in periods:
        inside = [figure for day, figure in found.items() if each.start <= day <= each.end]
        # What was before the first fact of all says nothing of growth.
        started = started or bool(inside)
        value = sum(inside, stick.nothing).value if started else None
        made.append((each, None if value is None else _read(value, stick)))
    return made


def who_filters(target: Target) -> dict[str, Any]:
    """What a measure is filtered by for those whom a target is for."""
    if target.level == "user":
        return {"user": target.user_id}
    if target.level == "team" and target.team_id is not None:
        return {"team": sorted(subtree(reading.all_teams(), target.team_id))}
    return {}


def _read(value: Decimal, stick: reading.Yardstick) -> Decimal:
    if stick.unit == "money":
        return from_minor(1, current_company().currency) * value
    return value * 100 if stick.unit == "ratio" else value


def _attainable(value: Decimal, past: Past | None, *, down: bool) -> Letter:
    judged = None if past is None else smart.judge(value, past, down=down)
    if past is None or judged is None:
        count = 0 if past is None else len(past.growths)
        return Letter(
            score=1,
            said=gettext(
                "There is too little past to judge it: %(count)s of %(enough)s changes.",
                count=count, enough=smart.ENOUGH,
            ),
            mend=gettext("Give a baseline, or judge it yourself."),
        )  # fmt: skip
    said = gettext(
        "%(growth)s against the usual %(usual)s ± %(spread)s: z = %(z)s.",
        growth=_signed(judged.growth), usual=_signed(judged.usual), spread=_share(judged.spread),
        z=format_decimal(judged.z, format="0.00"),
    )  # fmt: skip
    mend: Text = ""
    if judged.trivial:
        mend = gettext("It is reached without an effort: ask for more.")
    elif judged.score < smart.BEST:
        limit = smart.reachable(past, judged, down=down)
        mend = gettext("Within reach is %(value)s.", value=format_decimal(limit, format="#,##0.##"))
    return Letter(score=judged.score, said=said, mend=mend, figures=True)


def _signed(value: Decimal) -> str:
    return str(format_percent(value, format="+#,##0.0%;-#,##0.0%"))


def _share(value: Decimal) -> str:
    return str(format_percent(value, format="#,##0.0%"))

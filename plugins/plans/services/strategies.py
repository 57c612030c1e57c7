"""Strategies as experiments: what they are measured by, what came of it, what was decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, now, today
from plugin_api.errors import Rejected
from plugin_api.figures import measure_of
from plugin_api.measures import Measure, Ratio
from plugins.plans.models import Decision, Link, Strategy
from plugins.plans.services import figures, subjects
from plugins.plans.services.days import Span
from plugins.plans.services.effect import Effect, compare, spans
from plugins.plans.services.steps import check_days

PROMISES = ("hypothesis", "measure", "expected_change", "review_on", "compared_with", "start")
"""What stays as it is once a strategy runs, but for revisions."""
FEW_DAYS = 14
"""Days of which less say little."""
PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Result:
    """What is known of a strategy today. ``narrowed`` names records that the figure counts
    only, and ``ignored`` those that the measure does not know."""

    measure: Measure | Ratio
    effect: Effect
    before: Span
    after: Span
    days: int
    narrowed: Sequence[str]
    ignored: Sequence[str]


def links_of(strategy_id: int) -> Sequence[Link]:
    """What a strategy is made of."""
    asked = sa.select(Link).where(Link.strategy_id == strategy_id)
    return host().session.scalars(asked.order_by(Link.mix, Link.id)).all()


def narrowing(measure: Measure | Ratio, links: Sequence[Link]) -> dict[str, list[int]]:
    """Filters of a measure by records that the figure counts only: those that it is known by."""
    found: dict[str, list[int]] = {}
    for link in links:
        name = dimension_of(measure, link.about_model) if link.narrows else None
        if name is not None and link.about_id is not None:
            found.setdefault(name, []).append(link.about_id)
    return found


def dimension_of(measure: Measure | Ratio, model: str | None) -> str | None:
    """By which dimension a measure is known by records of a model."""
    known = parts_of(measure)
    names = set(known[0].dimensions)
    for each in known[1:]:
        names &= set(each.dimensions)
    return next((name for name in sorted(names) if known[0].dimensions[name].target == model), None)


def parts_of(measure: Measure | Ratio) -> list[Measure]:
    """The measures that a figure is made of."""
    if isinstance(measure, Measure):
        return [measure]
    found = (measure_of(key) for key in (measure.numerator, measure.denominator))
    return [each for each in found if isinstance(each, Measure)]


def result(strategy: Strategy, until: dt.date | None = None) -> Result | None:
    """What became of it up to a day, or up to yesterday; None before it begins, or while its
    measure is not there. As its owner may see it. A few statements."""
    last = until or strategy.ended_on or today() - dt.timedelta(days=1)
    if last < strategy.start:
        return None
    before_days, after_days = spans(strategy.start, last, strategy.compared_with)
    links = links_of(strategy.id) if strategy.id is not None else []
    with figures.as_owner(strategy.owner_id):
        measure = measure_of(strategy.measure)
        if measure is None or not parts_of(measure):
            return None
        filters = narrowing(measure, links)
        snapshot = isinstance(measure, Measure) and measure.snapshot
        after = figures.figure(measure, *after_days, filters)
        before = strategy.baseline if snapshot else figures.figure(measure, *before_days, filters)
    worked = None
    if figures.is_sum(measure):
        calendar = host().calendar
        worked = calendar.work_days(*before_days), calendar.work_days(*after_days)
    wanted = None if strategy.expected_change is None else strategy.expected_change / 100
    known = [link for link in links if link.narrows]
    fits = [
        link
        for link in known
        if link.about_id is not None and dimension_of(measure, link.about_model) is not None
    ]
    return Result(
        measure, compare(before, after, worked, wanted), before_days, after_days,
        (last - strategy.start).days + 1, [link.name or "" for link in fits],
        [link.name or "" for link in known if link not in fits],
    )  # fmt: skip


def complete(strategy: Strategy) -> None:
    """Raise Rejected for what makes no sense."""
    check_days(strategy, "start", "review_on")
    if strategy.review_on is not None and strategy.review_on <= strategy.start:
        raise Rejected("review_on", gettext("The review comes after the start."))


def check_change(strategy: Strategy, changes: Mapping[str, Any]) -> None:
    """Raise Rejected for a promise that is changed without a decision."""
    touched = [name for name in PROMISES if name in changes]
    # A revision raises its own number with what it revises.
    if touched and strategy.state != "draft" and "revision" not in changes:
        raise Rejected(
            touched[0], gettext("It is running: revise it, with a reason, so that both are kept.")
        )


def complete_link(link: Link) -> None:
    """Name what is linked. Raises Rejected."""
    name = subjects.name_of(link.about_model, link.about_id)
    link.name = link.name or name
    if not link.name:
        raise Rejected("name", gettext("Say what it is, or which record."))


# -- transitions -----------------------------------------------------------------------------


def check_start(strategy: Strategy, values: Mapping[str, Any]) -> None:
    """What begins says what is believed, and how it shows. Raises Rejected."""
    needed = {
        "hypothesis": gettext("Say what you believe."),
        "measure": gettext("Say by which figure it shows."),
        "expected_change": gettext("Say what you expect of the figure."),
        "review_on": gettext("Say when it is looked at."),
        "owner_id": gettext("Say who answers for it."),
    }
    for name, text in needed.items():
        if getattr(strategy, name) is None or getattr(strategy, name) == "":
            raise Rejected(name.removesuffix("_id"), text)


def start(strategy: Strategy, values: dict[str, Any]) -> None:
    """Keep what it is compared with."""
    last = (strategy.review_on or strategy.start) - dt.timedelta(days=1)
    before, _after = spans(strategy.start, last, strategy.compared_with)
    links = links_of(strategy.id)
    with figures.as_owner(strategy.owner_id):
        measure = measure_of(strategy.measure)
        if measure is not None and parts_of(measure):
            filters = narrowing(measure, links)
            strategy.baseline = figures.figure(measure, *before, filters)
    strategy.verdict = strategy.ended_on = None
    note(strategy, "start", before=strategy.baseline)


def check_revise(strategy: Strategy, values: Mapping[str, Any]) -> None:
    """Raise Rejected where nothing is revised."""
    names = ("hypothesis", "expected_change", "review_on")
    if not any(name in values and values[name] != getattr(strategy, name) for name in names):
        raise Rejected("", gettext("Nothing is different."))
    review = values.get("review_on")
    if review is not None and review <= strategy.start:
        raise Rejected("review_on", gettext("The review comes after the start."))


def revise(strategy: Strategy, values: dict[str, Any]) -> None:
    """Keep what it says from now on beside what it said."""
    strategy.revision += 1
    note(strategy, "revise", **values)


def check_review(strategy: Strategy, values: Mapping[str, Any]) -> None:
    """Raise Rejected before there is anything to look at."""
    if today() <= strategy.start:
        raise Rejected("", gettext("It has not begun: there is nothing to compare yet."))


def review(strategy: Strategy, values: dict[str, Any]) -> None:
    """Write down what the figures are and what is concluded."""
    _decide(strategy, "review", values)


def end(strategy: Strategy, values: dict[str, Any]) -> None:
    """The same, and it goes on no more."""
    strategy.ended_on = max(strategy.start, today())
    _decide(strategy, "end", values)


def _decide(strategy: Strategy, kind: str, values: dict[str, Any]) -> None:
    found = result(strategy, today() - dt.timedelta(days=1))
    seen = found.effect if found is not None else None
    note(
        strategy,
        kind,
        before=seen.before if seen else None,
        after=seen.after if seen else None,
        change=percent(seen.change) if seen else None,
        per_day_change=percent(seen.per_day) if seen else None,
        verdict=values.get("verdict", strategy.verdict),
        conclusion=values.get("conclusion", strategy.conclusion),
        review_on=values.get("review_on", strategy.review_on),
    )


def percent(share: Decimal | None) -> Decimal | None:
    """A share of 1 as percent with two decimals."""
    return None if share is None else (share * 100).quantize(PLACES)


def note(strategy: Strategy, kind: str, **values: Any) -> None:
    """Keep a decision with what the strategy says."""
    said = {
        "hypothesis": strategy.hypothesis, "measure": strategy.measure,
        "expected_change": strategy.expected_change, "review_on": strategy.review_on,
    }  # fmt: skip
    host().session.add(
        Decision(
            strategy_id=strategy.id, kind=kind, on=today(), at=now(),
            by_id=current_actor().user_id, revision=strategy.revision, **{**said, **values},
        )
    )  # fmt: skip

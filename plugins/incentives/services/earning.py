"""What one component brings somebody in a period. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugins.incentives.rules import curves, formulas, limits, matrix, tiers
from plugins.incentives.rules.lines import Line, grown, total
from plugins.incentives.services import words
from plugins.incentives.services.shapes import (
    ONE,
    ZERO,
    Facts,
    Period,
    Person,
    Result,
    Rule,
)


@dataclass(frozen=True, slots=True)
class Part:
    """What of a period counts for somebody: the ``share`` that they take part in, the ``ramp`` of
    quotas and tiers, and the figure ``before`` it where all of a year counts."""

    share: Decimal = ONE
    ramp: Decimal = ONE
    before: Decimal | None = None


def lines(rule: Rule, person: Person, period: Period, facts: Facts, part: Part) -> list[Result]:
    """What the component brings, and what a gate withholds of it. Raises Rejected for a formula
    that comes to no amount."""
    if rule.basis == "each":
        made = _each(rule, facts.each(rule, person, period))
    else:
        made = _together(rule, person, period, facts, part)
    return made + _withheld(rule, made, person, period, facts)


def earned(
    rule: Rule, base: Decimal, quota: Decimal | None, share: Decimal = ONE, ramp: Decimal = ONE
) -> list[Line]:
    """What a rule says of a figure; tiers are cut to the ``share`` and the ``ramp`` of the period,
    the pay at 100 % to the share. ``quota`` is cut already.

    A rule by a quota brings nothing where there is none.
    """
    if rule.kind in ("flat", "bonus"):
        return tiers.flat(base, rule.rate)
    if rule.kind == "curve":
        if not quota:
            return []
        paid = curves.payout(base / quota, [(step.start, step.rate) for step in rule.steps])
        return [Line(rule.variable * share, paid)]
    if rule.kind == "accelerator":
        if not quota:
            return []
        return tiers.marginal(base, tiers.accelerator(rule.variable * share, quota, rule.steps))
    steps = [tiers.Step(step.start * share * ramp, step.rate) for step in rule.steps]
    return (tiers.slab if rule.kind == "slab" else tiers.marginal)(base, steps)


def _together(rule: Rule, person: Person, period: Period, facts: Facts, part: Part) -> list[Result]:
    base, quota = facts.base(rule, person, period), facts.quota(rule, person, period)
    quota = None if quota is None else quota * part.ramp
    if rule.kind == "matrix":
        return _of_table(rule, base.whole, quota, facts.second(rule, person, period).attainment,
                         part.share)  # fmt: skip
    if rule.kind == "table":
        return _by_rates(rule, facts.values(rule, person, period))
    if rule.kind == "formula":
        names = {
            "base": base.whole, "quota": quota or ZERO, "share": part.share,
            "attainment": base.whole / quota if quota else ZERO,
            "second": facts.second(rule, person, period).figure if rule.second else ZERO,
        }  # fmt: skip
        return _made(rule, [Line(_said(rule, names), ONE)], note=rule.formula)
    if part.before is not None:
        was = earned(rule, part.before, quota)
        now = earned(rule, part.before + base.whole, quota)
        return _made(rule, grown(now, was), before=total(was))
    own = base.part if rule.credit == "team" else ONE
    return _made(rule, earned(rule, base.whole, quota, part.share, part.ramp), own)


def _said(rule: Rule, names: Mapping[str, Decimal]) -> Decimal:
    try:
        return formulas.result(rule.formula, names)
    except formulas.Wrong:
        said = gettext("The formula comes to no amount: %(formula)s", formula=rule.formula)
        raise Rejected("", f"{rule.name}: {said}") from None


def _each(rule: Rule, figures: Sequence[tuple[int, Decimal]]) -> list[Result]:
    """Every record, or value of a dimension, by itself, and at most so much for it."""
    made: list[Result] = []
    for id_, figure in figures:
        found = _made(rule, earned(rule, figure, None), each_id=id_)
        over = limits.cap(sum((line.amount for line in found), ZERO), rule.most_each).over
        made += found
        if over:
            made.append(
                Result(kind="capped", base=-over, rate=ONE, rule_id=rule.id, each_id=id_,
                       note=words.number(rule.most_each or ZERO))
            )  # fmt: skip
    return made


def _by_rates(rule: Rule, figures: Sequence[tuple[str, Decimal]]) -> list[Result]:
    """What each row of a table of rates brings, in its order, and last what has none."""
    known = {row.value: row for row in rule.rows}
    sums: dict[int | None, Decimal] = defaultdict(Decimal)
    for value, figure in figures:
        row = known.get(value)
        sums[row.id if row else None] += figure
    rows = [(row.id, row.name, row.rate) for row in rule.rows]
    made = []
    for id_, name, rate in (*rows, (None, words.OTHERS, rule.rate)):
        if sums.get(id_) and rate:
            made.append(
                Result(kind="earned", base=sums[id_], rate=rate, rule_id=rule.id, each_id=id_,
                       note=name, together=True)
            )  # fmt: skip
    return made


def _of_table(
    rule: Rule, base: Decimal, quota: Decimal | None, second: Decimal | None, share: Decimal
) -> list[Result]:
    if not quota or second is None:
        return []
    first = base / quota
    cell = matrix.reached(first, second, rule.cells)
    if cell is None:
        return []
    note = " / ".join(f"{words.number(round(each * 100, 2))} %" for each in (first, second))
    return _made(rule, [Line(rule.variable * share, cell.rate)], note=note)


def _withheld(
    rule: Rule, made: Sequence[Result], person: Person, period: Period, facts: Facts
) -> list[Result]:
    """All of it, while a gate is closed; a figure without a quota does not open one by it."""
    if rule.least is None or not made:
        return []
    second = facts.second(rule, person, period)
    reached = second.attainment if rule.least_by_quota else second.figure
    if reached is not None and reached >= rule.least:
        return []
    scale, unit = (100, " %") if rule.least_by_quota else (1, "")
    said = "–" if reached is None else f"{words.number(reached * scale)}{unit}"
    note = f"{said} < {words.number(rule.least * scale)}{unit}"
    sums: dict[int | None, Decimal] = defaultdict(Decimal)
    for line in made:
        sums[None if line.together else line.each_id] += line.amount
    return [
        Result(kind="withheld", base=-amount, rate=ONE, rule_id=rule.id, each_id=id_, note=note)
        for id_, amount in sums.items()
    ]


def _made(
    rule: Rule, found: Sequence[Line], part: Decimal = ONE, *, each_id: int | None = None,
    note: str = "", before: Decimal = ZERO,
) -> list[Result]:  # fmt: skip
    return [
        Result(
            kind="earned", base=line.base * part, rate=line.rate, rule_id=rule.id,
            step=line.start, end=line.end, each_id=each_id, note=note, before=before,
        )
        for line in found
        if line.base
    ]  # fmt: skip

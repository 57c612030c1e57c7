"""What waits for what: circles, earliest days, and what has slipped. Plain functions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edge:
    """``step`` begins ``lag`` days after the end of ``before``, or the day after it with 0."""

    step: int
    before: int
    lag: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """A step with its days. ``end`` is the day it was done, else due; ``open`` while it is to be
    done."""

    id: int
    start: dt.date
    end: dt.date
    open: bool = True


def circle(edges: Iterable[Edge], step: int, before: int) -> list[int]:
    """The steps of the circle that ``step`` waiting for ``before`` would close, each waiting for
    the next; empty when it closes none.

    ``circle([Edge(2, 1), Edge(3, 2)], 1, 3) == [1, 3, 2, 1]``.
    """
    waits: dict[int, list[int]] = defaultdict(list)
    for edge in edges:
        waits[edge.step].append(edge.before)
    came: dict[int, int] = {before: step}
    pending = [before]
    while pending:
        here = pending.pop()
        if here == step:
            found = [step]
            while (last := came[found[-1]]) != step:
                found.append(last)
            return [step, *reversed(found[1:]), step]
        for further in waits[here]:
            if further not in came:
                came[further] = here
                pending.append(further)
    return []


def order(ids: Iterable[int], edges: Sequence[Edge]) -> list[int]:
    """Steps so that each comes after what it waits for; those of a circle come last."""
    rest = dict.fromkeys(ids)
    waits: dict[int, set[int]] = {id_: set() for id_ in rest}
    for edge in edges:
        if edge.step in rest and edge.before in rest:
            waits[edge.step].add(edge.before)
    followers: dict[int, list[int]] = defaultdict(list)
    for id_, before in waits.items():
        for each in before:
            followers[each].append(id_)
    found, ready = list[int](), [id_ for id_ in rest if not waits[id_]]
    while ready:
        here = ready.pop(0)
        found.append(here)
        rest.pop(here)
        for each in followers[here]:
            waits[each].discard(here)
            if not waits[each]:
                ready.append(each)
    return [*found, *rest]


def moved(bars: Mapping[int, Bar], edges: Sequence[Edge], today: dt.date) -> dict[int, Bar]:
    """All steps with the days that they come to when each open one begins after what it waits
    for, and nothing that is open ends before today. Lengths stay; nothing comes earlier."""
    made: dict[int, Bar] = {}
    by_step: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        by_step[edge.step].append(edge)
    for id_ in order(bars, edges):
        bar = bars[id_]
        if not bar.open:
            made[id_] = bar
            continue
        first = bar.start
        for edge in by_step[id_]:
            if edge.before in made:
                first = max(first, after(made[edge.before].end, edge.lag))
        last = max(first + (bar.end - bar.start), today)
        made[id_] = Bar(id_, first, last)
    return made


def after(end: dt.date, lag: int) -> dt.date:
    """The first day on which what waits may begin."""
    return end + dt.timedelta(days=lag + 1)


def threatened(bars: Mapping[int, Bar], edges: Sequence[Edge], today: dt.date) -> dict[int, int]:
    """Open steps that something they wait for makes late → by how many days."""
    made = moved(bars, edges, today)
    return {
        id_: days
        for id_, bar in bars.items()
        if bar.open
        and any(edge.step == id_ for edge in edges)
        and (days := (made[id_].start - bar.start).days) > 0
    }

"""Where the people of an account stand in a picture: pairs in, places out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 190, 74
GAP_X, GAP_Y = 18, 46
MARGIN = 8
ACROSS = 6
"""People beside each other who report to nobody and to whom nobody does."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody stands: the upper left corner."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Picture:
    """All spots, the lines from who leads to who reports, and how large it is."""

    spots: Mapping[int, Spot]
    lines: Sequence[tuple[int, int]]
    width: int
    height: int


def draw(people: Sequence[int], above: Mapping[int, int | None]) -> Picture:
    """Trees from above to below, each leader over the middle of their people; who is in no tree
    comes last, in rows. ``above`` gives whom somebody reports to; one who is not among the people
    counts as nobody, and so does one who would close a circle."""
    leads = _without_circles(people, above)
    below: dict[int, list[int]] = {}
    for each in people:
        leader = leads[each]
        if leader is not None:
            below.setdefault(leader, []).append(each)
    spots: dict[int, Spot] = {}
    column, deepest = 0, -1

    def place(each: int, depth: int) -> float:
        nonlocal column, deepest
        deepest = max(deepest, depth)
        team = [place(one, depth + 1) for one in below.get(each, ())]
        if team:
            x = (team[0] + team[-1]) / 2
        else:
            x, column = float(column), column + 1
        spots[each] = Spot(_x(x), _y(depth))
        return x

    alone = []
    for each in people:
        if leads[each] is None:
            if each in below:
                place(each, 0)
            else:
                alone.append(each)
    for number, each in enumerate(alone):
        spots[each] = Spot(_x(number % ACROSS), _y(deepest + 1 + number // ACROSS))
    lines = [(leader, each) for each in people if (leader := leads[each]) is not None]
    width = max((spot.x for spot in spots.values()), default=0) + WIDTH + MARGIN
    height = max((spot.y for spot in spots.values()), default=0) + HEIGHT + MARGIN
    return Picture({each: spots[each] for each in people}, lines, width, height)


def _without_circles(
    people: Sequence[int], above: Mapping[int, int | None]
) -> dict[int, int | None]:
    known = set(people)
    found: dict[int, int | None] = {}
    for each in people:
        leader = above.get(each)
        seen, at = {each}, leader
        while at is not None and at in known and at not in seen:
            seen.add(at)
            at = found[at] if at in found else above.get(at)
        closes = at is not None and at in seen
        found[each] = leader if leader in known and not closes else None
    return found


def _x(column: float) -> int:
    return MARGIN + round(column * (WIDTH + GAP_X))


def _y(depth: int) -> int:
    return MARGIN + depth * (HEIGHT + GAP_Y)

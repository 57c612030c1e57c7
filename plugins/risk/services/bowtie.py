"""The bow tie of a risk: causes and what prevents them on the left, effects and what limits them
on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plugins.risk.models import Control, Response, Risk

ROW, TOP, WIDTH = 64, 24, 960
BOX = 168
"""Heights and widths of the drawing, in its own units."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the drawing: where its upper left corner is, and its words."""

    x: int
    y: int
    words: tuple[str, ...]
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class BowTie:
    """What a risk is made of. ``prevents`` and ``limits`` are controls and responses."""

    causes: tuple[str, ...]
    prevents: tuple[Control, ...]
    event: str
    limits: tuple[Control, ...]
    effects: tuple[str, ...]
    contingencies: tuple[Response, ...]

    @property
    def height(self) -> int:
        most = max(len(self.causes), len(self.prevents), len(self.limits), len(self.effects), 1)
        return TOP * 2 + most * ROW


def lines(text: str | None) -> tuple[str, ...]:
    """What stands in the lines of a text, one thing in each."""
    return tuple(each.strip(" -•·*\t") for each in (text or "").splitlines() if each.strip())


def of(risk: Risk, controls: Sequence[Control], responses: Sequence[Response]) -> BowTie:
    """The bow tie of a risk."""
    return BowTie(
        causes=lines(risk.cause),
        prevents=tuple(each for each in controls if each.kind == "preventive"),
        event=risk.event or risk.name,
        limits=tuple(each for each in controls if each.kind != "preventive"),
        effects=lines(risk.effect),
        contingencies=tuple(each for each in responses if each.contingency or each.trigger),
    )


def column(number: int, height: int) -> list[int]:
    """Upper edges of so many boxes, spread over the height."""
    room = (height - 2 * TOP) / max(number, 1)
    return [int(TOP + room * i + (room - 48) / 2) for i in range(number)]


def wrapped(text: str, most: int = 24, rows: int = 2) -> tuple[str, ...]:
    """A text in a few short lines, cut where it is too long. Wide letters count twice."""
    made, line, used = [], "", 0
    for word in _words(text):
        width = sum(2 if ord(letter) > 0x2E7F else 1 for letter in word)
        if line and used + width > most:
            made.append(line.strip())
            line, used = "", 0
        line, used = line + word, used + width
    made.append(line.strip())
    if len(made) > rows:
        return (*made[: rows - 1], made[rows - 1][: most - 1] + "…")
    return tuple(made)


def _words(text: str) -> list[str]:
    """Words with the space behind them; each wide letter alone."""
    found, word = [], ""
    for letter in text:
        if ord(letter) > 0x2E7F:
            found += [word, letter] if word else [letter]
            word = ""
        elif letter == " ":
            found.append(word + " ")
            word = ""
        else:
            word += letter
    return [*found, word] if word else found


@dataclass(frozen=True, slots=True)
class Drawing:
    """The bow tie as boxes, and lines between their edges: (x1, y1, x2, y2)."""

    height: int
    boxes: tuple[Box, ...]
    lines: tuple[tuple[int, int, int, int], ...]


def drawn(tie: BowTie, tones: dict[str | None, str]) -> Drawing:
    """Where everything is drawn."""
    height = tie.height
    middle, gap = height // 2, (WIDTH - 5 * BOX) // 4
    x = [i * (BOX + gap) for i in range(5)]
    event = Box(x[2], middle - 24, wrapped(tie.event), "bad")
    sides = (
        (0, [(text, "neutral") for text in tie.causes]),
        (1, [(each.name, tones.get(each.effectiveness, "info")) for each in tie.prevents]),
        (3, [(each.name, tones.get(each.effectiveness, "info")) for each in tie.limits]),
        (4, [(text, "neutral") for text in tie.effects]),
    )
    boxes = [event]
    at: dict[int, list[int]] = {}
    for place, found in sides:
        at[place] = column(len(found), height)
        boxes += [
            Box(x[place], y, wrapped(text), tone)
            for y, (text, tone) in zip(at[place], found, strict=True)
        ]
    lines_: list[tuple[int, int, int, int]] = []
    for outer, inner, left in ((0, 1, True), (4, 3, False)):
        far = [y + 24 for y in at[outer]]
        near = [y + 24 for y in at[inner]]
        a, b = (x[outer] + BOX, x[inner]) if left else (x[outer], x[inner] + BOX)
        c, d = (x[inner] + BOX, x[2]) if left else (x[inner], x[2] + BOX)
        if near:
            lines_ += [(a, y, b, near[min(i * len(near) // max(len(far), 1), len(near) - 1)])
                       for i, y in enumerate(far)]  # fmt: skip
            lines_ += [(c, y, d, middle) for y in near]
        else:
            lines_ += [(a, y, d, middle) for y in far]
    return Drawing(height, tuple(boxes), tuple(lines_))

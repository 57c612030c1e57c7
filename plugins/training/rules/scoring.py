"""Drawing questions, reading what is right, and marking what is answered.

A question at hand is a mapping: ``{"text", "kind", "options", "correct", "points", "why"}``, where
``correct`` is a list of places of options from 0, ``[value, tolerance]`` as texts of a number, or
the texts that count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from random import Random
from typing import Any

CHOICES = ("single", "multiple")
_TOLERANCE = re.compile(r"\s*(?:±|\+/-|\+-)\s*")
MOST_OPTIONS = 20
LARGEST = 40
"""Places of a number on either side of the point: with more, nobody answers, and sums overflow."""


class Unclear(ValueError):
    """What is right cannot be told; the message is the word for why: ``few``, ``many`` or ``same``
    of the choices, ``numbers``, ``range``, ``one``, ``number`` or ``text`` of what is right."""


def lines(text: str | None) -> list[str]:
    """The lines of a text that hold something."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def read(kind: str, options: str | None, correct: str) -> tuple[list[str], list[Any]]:
    """The choices of a question, and what is right. Raises Unclear."""
    if kind == "number":
        return [], _number(correct)
    if kind == "text":
        texts = [part.strip() for part in correct.split("|") if part.strip()]
        if not texts:
            raise Unclear("text")
        return [], texts
    offered = lines(options)
    if len(offered) < 2:
        raise Unclear("few")
    if len(offered) > MOST_OPTIONS:
        raise Unclear("many")
    if len({plain(each) for each in offered}) < len(offered):
        raise Unclear("same")
    parts = [part for part in re.split(r"[\s,，、;；]+", correct.strip()) if part]
    if not parts or not all(part.isascii() and part.isdigit() for part in parts):
        raise Unclear("numbers")
    places = sorted({int(part) - 1 for part in parts})
    if places[0] < 0 or places[-1] >= len(offered):
        raise Unclear("range")
    if kind == "single" and len(places) != 1:
        raise Unclear("one")
    return offered, places


def _number(correct: str) -> list[str]:
    parts = _TOLERANCE.split(correct.strip())
    try:
        values = [_decimal(part) for part in parts]
    except InvalidOperation:
        raise Unclear("number") from None
    if len(values) > 2 or (len(values) == 2 and values[1] < 0):
        raise Unclear("number")
    return [str(values[0]), str(values[1] if len(values) == 2 else 0)]


def _decimal(text: str) -> Decimal:
    found = Decimal(unicodedata.normalize("NFKC", text).strip().replace(",", ""))
    if not found.is_finite() or abs(found.adjusted()) > LARGEST:
        raise InvalidOperation
    return found


def plain(text: str) -> str:
    """A text as it is compared: without case, width and doubled spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def draw(ids: Sequence[int], number: int | None, chance: Random) -> list[int]:
    """So many of the questions at random, in a random order; all of them without a number, or
    where there are fewer."""
    return chance.sample(list(ids), min(len(ids), number if number else len(ids)))


def shuffled(question: Mapping[str, Any], chance: Random) -> dict[str, Any]:
    """A question with its choices in a random order, and what is right told by the places."""
    made = dict(question)
    if question["kind"] in CHOICES:
        order = chance.sample(range(len(question["options"])), len(question["options"]))
        made["options"] = [question["options"][place] for place in order]
        right = set(question["correct"])
        made["correct"] = [here for here, place in enumerate(order) if place in right]
    return made


def is_right(question: Mapping[str, Any], given: Sequence[Any]) -> bool:
    """Whether an answer (places of choices, or one text) is right. Several choices count only all
    together; no answer is wrong."""
    if not given:
        return False
    kind, correct = question["kind"], question["correct"]
    if kind in CHOICES:
        return sorted(given) == sorted(correct)
    if kind == "text":
        return plain(str(given[0])) in {plain(each) for each in correct}
    try:
        value = _decimal(str(given[0]))
    except InvalidOperation:
        return False
    return abs(value - Decimal(correct[0])) <= Decimal(correct[1])


def right(question: Mapping[str, Any]) -> tuple[str, ...]:
    """What is right, in words: the choices, the number with what it may be off, or the texts."""
    kind, correct = question["kind"], question["correct"]
    if kind in CHOICES:
        return tuple(question["options"][place] for place in correct)
    if kind == "number":
        value, off = correct
        return (value if off == "0" else f"{value} ± {off}",)
    return tuple(correct)


def score(got: int, points: int) -> Decimal:
    """Of 100, to two places; 0 where there is nothing to get."""
    if points <= 0:
        return Decimal(0)
    return round(Decimal(100 * got) / points, 2)


def gain(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """How much of what was missing was learnt, in percent: 58 → 79 is 50. None without a test
    before, or where nothing was missing."""
    if before is None or after is None or before >= 100:
        return None
    return round(100 * (after - before) / (100 - before), 2)

"""Lines of pay as a formula that reads the same in every language, and periods in short."""

from __future__ import annotations

from decimal import Decimal

from plugins.incentives.services.shapes import Period, Result

OTHERS = "*"
"""What a line is of whose value has no row of its own: the same in every language."""


def formula(line: Result, name: str) -> str:
    """``Sales: 100,000.00 × 7 % (100,000 – 200,000)``; of an amount alone the name, and what
    else is to be said of it."""
    name = f"{name} #{line.each_id}" if line.each_id and not line.together else name
    if line.kind != "earned":
        return f"{name}: {line.note}" if line.note else name
    if line.note and line.rate == 1:
        return f"{name}: {line.note} = {number(line.base)}"
    step = f" ({line.note})" if line.note else ""
    if line.step is not None and (line.step or line.end is not None):
        step = f" ({number(line.step)} – {number(line.end) if line.end is not None else '∞'})"
    return f"{name}: {number(line.base)} × {number(line.rate * 100)} %{step}"


def number(value: Decimal) -> str:
    """With commas between thousands, and no more places than it has, six at most."""
    text = f"{round(value, 6):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def heading(person: str, plan: str, of: Period) -> str:
    """What a statement is called."""
    return f"{person} · {plan} · {period(of)}"[:300]


def period(of: Period) -> str:
    """``2026-03`` for a month, else from month to month."""
    first, last = f"{of.start:%Y-%m}", f"{of.end:%Y-%m}"
    return first if first == last else f"{first} – {last}"

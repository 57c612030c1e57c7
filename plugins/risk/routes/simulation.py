"""The total loss of a year, simulated."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request

from plugin_api import host
from plugin_api.pages import require
from plugins.risk import display
from plugins.risk.access import REPORT
from plugins.risk.services import overview, simulation

LEVELS = ("current", "residual", "inherent")
WIDTH, HEIGHT = 640, 240


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: what does not fit is brought into its bounds."""

    level: str
    runs: int
    seed: int
    common: int
    within: int


def asked() -> Asked:
    """Read the address."""
    given = request.args
    common = _number(given.get("common", "20"), 20, simulation.MOST_DEPENDENCE)
    within = _number(given.get("within", "20"), 20, simulation.MOST_DEPENDENCE - common)
    runs = _number(given.get("runs", "5000"), 5000, simulation.RUNS[-1])
    return Asked(
        given.get("level", "") if given.get("level") in LEVELS else "current",
        min(simulation.RUNS, key=lambda each: abs(each - runs)),
        _number(given.get("seed", "1"), 1, 999_999),
        common,
        within,
    )


def _number(text: str, usual: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        return min(usual, most)
    return min(int(text), most)


def show() -> str:
    """The simulation with its assumptions. One statement."""
    require(REPORT)
    wanted = asked()
    perils, missing = overview.perils(wanted.level)
    outcome = (
        simulation.simulate(
            perils, runs=wanted.runs, seed=wanted.seed,
            common=wanted.common / 100, within=wanted.within / 100,
        )
        if perils
        else None
    )  # fmt: skip
    return render_template(
        "risk/simulation.html",
        wanted=wanted,
        outcome=outcome,
        number=len(perils),
        missing=missing,
        independent=overview.chances(perils),
        levels=display.LEVEL_LABELS,
        choices=LEVELS,
        runs=simulation.RUNS,
        most=simulation.MOST_DEPENDENCE,
        curve=_curve(outcome) if outcome is not None else "",
        points=[(each, outcome.percentile(each)) for each in (50, 75, 90, 95, 99)]
        if outcome
        else [],
        width=WIDTH,
        height=HEIGHT,
        unassessed_href=host().list_url("risk.Risk", {"state": "open",
                                                      "expected_loss__isnull": "true"}),
        display=display,
    )  # fmt: skip


def _curve(outcome: simulation.Outcome) -> str:
    """Points of the exceedance curve in the drawing."""
    found = outcome.curve()
    top = found[-1][0] or 1
    return " ".join(f"{loss / top * WIDTH:.1f},{(1 - share) * HEIGHT:.1f}" for loss, share in found)

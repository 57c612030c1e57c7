"""Did those who got it do better than they would have done? Compared with others who did not."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from math import exp, inf, log, sqrt
from statistics import fmean, linear_regression, variance
from typing import NamedTuple

from plugin_api.effects.linear import clustered_error, least_squares
from plugin_api.effects.saying import (
    Caveat,
    Chosen,
    Effect,
    between,
    chosen_by,
    refusal,
    rounded,
)
from plugin_api.effects.shuffling import by_chance
from plugin_api.effects.student import critical

LEAST = 4
"""Cases, or teams where whole teams got it, on each side: of 4 and 4 chance alone can be told
apart, of fewer it cannot."""
FEW = 20
"""Below it on a side the interval is rough, and what chance does is tried out."""
TREND = 3
"""Periods before from which on it is seen whether both groups moved alike."""
UNLIKE = 0.5
"""Spreads between both groups at the start that are named."""
GOT = (0.0, 1.0)


class Simple(NamedTuple):
    """The difference of two differences of four means; ``logs`` and ``ratio`` (of 1) on the scale
    of growth, None unless all means are above zero."""

    effect: float
    naive: float
    logs: float | None
    ratio: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """Somebody with it or without, and figures of periods in order; None: not known.

    ``cluster`` is whom they move together with, such as a team; ``later`` is from when it was
    over, for :func:`pulled_forward`.
    """

    treated: bool
    before: Sequence[float | None]
    after: Sequence[float | None]
    later: Sequence[float | None] = ()
    cluster: Hashable = None


class Change(NamedTuple):
    """What a case is compared by."""

    treated: bool
    before: float
    after: float
    cluster: Hashable
    slope: float | None

    @property
    def change(self) -> float:
        return self.after - self.before


def simple(
    treated_before: float, treated_after: float, control_before: float, control_after: float
) -> Simple:
    """100 to 130 with it and 90 to 108 without: 12, not 30; in logs 0.080, a ratio of 8.3 %."""
    naive = treated_after - treated_before
    logs = None
    if min(treated_before, treated_after, control_before, control_after) > 0:
        logs = log(treated_after / treated_before) - log(control_after / control_before)
    ratio = exp(logs) - 1 if logs is not None and logs < 700 else None
    return Simple(naive - (control_after - control_before), naive, logs, ratio)


def difference(cases: Sequence[Case], *, chosen: Chosen = "rule", skip: int = 0) -> Effect:
    """Difference-in-differences of each one's mean before and after.

    Errors allow for unlike spread, or for teams that move together where whole teams got it.
    ``skip``: as many last periods before are left out, when it was announced already. Refused
    for nobody without it, for too few, and where both groups moved apart before.
    """
    changes = _alone([found for case in cases if (found := _change(case, skip)) is not None])
    treated, control = _sides(changes)
    told = [Caveat("left_out", {"n": len(cases) - len(changes)})] * (len(changes) < len(cases))
    if why := _missing(cases, changes, treated, control):
        return refusal("difference", len(treated), len(control), why, caveats=tuple(told))
    by_team, mixed = _teams(changes)
    if by_team and (why := _few_teams(changes)):
        return refusal("difference", len(treated), len(control), why, caveats=tuple(told))
    details = {
        "treated_before": fmean(each.before for each in treated),
        "treated_after": fmean(each.after for each in treated),
        "control_before": fmean(each.before for each in control),
        "control_after": fmean(each.after for each in control),
    }
    plain = simple(**details)
    if plain.ratio is not None:
        details["ratio"] = plain.ratio
    apart = _apart(changes, by_team)
    if isinstance(apart, Caveat) and apart.key == "trends_apart":
        return refusal(
            "difference", len(treated), len(control), [apart],
            caveats=tuple(told), details=details, naive=plain.naive,
        )  # fmt: skip
    error, degrees = _error(changes, [each.change for each in changes], by_team)
    low, high = between(plain.effect, error, degrees)
    told += [apart] if apart else []
    told += chosen_by(chosen) + _unlike(treated, control)
    told += [Caveat("spill")] * mixed + [Caveat("no_spread")] * (error == 0)
    if plain.logs is not None and plain.logs * plain.effect < 0:
        told.append(Caveat("scale"))
    few, chance = _few(changes, by_team)
    return Effect(
        method="difference", treated=len(treated), control=len(control),
        estimate=plain.effect, error=error, low=low, high=high, chance=chance,
        naive=plain.naive, caveats=(*told, *few), details=details,
    )  # fmt: skip


def pulled_forward(cases: Sequence[Case], *, chosen: Chosen = "rule") -> Effect:
    """Whether what was brought lacks afterwards: the effect on ``later``, in a period.

    ``share`` in the details is how much of the gain was missing, 0 to 1 and above; it is named
    as a caveat where the dip is more than chance. The periods of both spans weigh by their
    number.
    """
    during = difference(cases, chosen=chosen)
    dip = difference([replace(case, after=case.later) for case in cases], chosen=chosen)
    if during.estimate is None or dip.estimate is None:
        return replace(dip if dip.refused else during, method="pulled", estimate=None,
                       error=None, low=None, high=None)  # fmt: skip
    spans = [(len(case.after), len(case.later)) for case in cases]
    gain = during.estimate * fmean(span[0] for span in spans)
    lost = dip.estimate * fmean(span[1] for span in spans)
    details = {"gain": gain, "dip": lost, "net": gain + lost}
    told = list(dip.caveats)
    if gain > 0:
        details["share"] = -lost / gain
        if dip.verdict == "down":
            told.append(Caveat("pulled", {"share": f"{-100 * lost / gain:.0f}"}))
        elif dip.verdict == "unsure" and dip.low is not None and dip.low < -abs(during.estimate):
            told.append(Caveat("pulled_unsure"))
    return replace(dip, method="pulled", caveats=tuple(told), details=details)


def _change(case: Case, skip: int) -> Change | None:
    before = list(case.before)[: len(case.before) - skip] if skip else list(case.before)
    known = [each for each in before if each is not None]
    after = [each for each in case.after if each is not None]
    if not known or not after:
        return None
    whole = len(known) == len(before) >= TREND
    slope = linear_regression(range(len(known)), known).slope if whole else None
    return Change(case.treated, fmean(known), fmean(after), case.cluster, slope)


def _alone(changes: list[Change]) -> list[Change]:
    """Who has no team among others who have one moves alone, and does not hide that whole teams
    got it."""
    if all(each.cluster is None for each in changes):
        return changes
    return [e if e.cluster is not None else e._replace(cluster=object()) for e in changes]


def _sides(changes: Sequence[Change]) -> tuple[list[Change], list[Change]]:
    return [e for e in changes if e.treated], [e for e in changes if not e.treated]


def _missing(
    cases: Sequence[Case],
    changes: Sequence[Change],
    treated: Sequence[Change],
    control: Sequence[Change],
) -> list[Caveat]:
    """What is not there at all."""
    if all(case.treated for case in cases):
        return [Caveat("no_control")]
    if not any(each is not None for case in cases for each in case.before):
        return [Caveat("no_before")]
    if not any(each is not None for case in cases for each in case.after):
        return [Caveat("no_after")]
    return too_few(len(treated), len(control))


def too_few(treated: int, control: int) -> list[Caveat]:
    """The refusal of fewer than :data:`LEAST` on a side, or nothing."""
    if min(treated, control) >= LEAST:
        return []
    return [Caveat("too_few", {"treated": treated, "control": control, "least": LEAST})]


def _teams(changes: Sequence[Change]) -> tuple[bool, bool]:
    """Whether whole teams got it, and whether teams are mixed."""
    sides: dict[Hashable, set[bool]] = {}
    for each in changes:
        if each.cluster is not None:
            sides.setdefault(each.cluster, set()).add(each.treated)
    known = sum(1 for each in changes if each.cluster is not None)
    mixed = any(len(side) == 2 for side in sides.values())
    return len(sides) < known == len(changes) and not mixed, mixed


def _few_teams(changes: Sequence[Change]) -> list[Caveat]:
    treated, control = ({e.cluster for e in side} for side in _sides(changes))
    if min(len(treated), len(control)) >= LEAST:
        return []
    numbers = {"treated": len(treated), "control": len(control), "least": LEAST}
    return [Caveat("too_few_clusters", numbers)]


def _error(
    changes: Sequence[Change], values: Sequence[float], by_team: bool
) -> tuple[float, float]:
    """The standard error of the difference between both sides' means, and its degrees."""
    if by_team:
        fit = least_squares([[1.0, float(each.treated)] for each in changes], values)
        clusters = [each.cluster for each in changes]
        return clustered_error(fit, GOT, clusters), len(set(clusters)) - 2
    parts = []
    for side in (True, False):
        own = [v for e, v in zip(changes, values, strict=True) if e.treated is side]
        parts.append((variance(own) / len(own), len(own) - 1))
    # Welch's error and degrees: of two groups of unlike spread the interval is not too narrow.
    square = sum(part for part, _degrees in parts)
    below = sum(part * part / degrees for part, degrees in parts)
    return sqrt(square), square**2 / below if below else len(changes) - 2


def _apart(changes: Sequence[Change], by_team: bool) -> Caveat | None:
    """Whether both groups moved apart before: a refusal, or the caveat that nobody can tell."""
    seen = [each for each in changes if each.slope is not None]
    treated, control = _sides(seen)
    if min(len(treated), len(control)) < LEAST or (by_team and _few_teams(seen)):
        return Caveat("trend_unknown")
    slopes = [each.slope or 0.0 for each in seen]
    error, degrees = _error(seen, slopes, by_team)
    apart = fmean(e.slope or 0.0 for e in treated) - fmean(e.slope or 0.0 for e in control)
    size = max(abs(each.before) for each in seen)
    t = abs(apart) / error if error > 1e-12 * size else inf * (abs(apart) > 1e-9 * size or 0)
    if t > critical(degrees):
        return Caveat("trends_apart", {"apart": rounded(apart)})
    return None


def _unlike(treated: Sequence[Change], control: Sequence[Change]) -> list[Caveat]:
    ours, others = [e.before for e in treated], [e.before for e in control]
    spread = sqrt((variance(ours) + variance(others)) / 2)
    if abs(fmean(ours) - fmean(others)) <= UNLIKE * spread:
        return []
    means = {"treated": rounded(fmean(ours)), "control": rounded(fmean(others))}
    return [Caveat("unlike_start", means)]


def _few(changes: Sequence[Change], by_team: bool) -> tuple[list[Caveat], float | None]:
    """The caveat of few, and how often chance alone does it; teams are shuffled as a whole."""
    sides: dict[bool, list[float]] = {True: [], False: []}
    if by_team:
        teams: dict[Hashable, list[Change]] = {}
        for each in changes:
            teams.setdefault(each.cluster, []).append(each)
        for team in teams.values():
            sides[team[0].treated].append(fmean(each.change for each in team))
    else:
        for each in changes:
            sides[each.treated].append(each.change)
    if min(len(sides[True]), len(sides[False])) >= FEW:
        return [], None
    return [Caveat("few")], by_chance(sides[True], sides[False])

"""Which plugins can run, and in which order. Pure: manifests in, order and reasons out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from core.hosting.inventory import Candidate
from plugin_api.context import Text

Stage = Literal["discover", "resolve", "load"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Unavailable:
    """A plugin that the host runs without, and why."""

    id: str
    name: Text
    stage: Stage
    reason: str
    version: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolution:
    """``order`` has dependencies first, ties by id."""

    order: tuple[Candidate, ...]
    unavailable: tuple[Unavailable, ...]


def resolve(candidates: Iterable[Candidate], api_version: int) -> Resolution:
    """Order the candidates; leave out what misses something, and whatever needs it."""
    known = {candidate.id: candidate for candidate in candidates}
    reasons = _unfit(known, api_version)
    fit = {id_: candidate for id_, candidate in known.items() if id_ not in reasons}
    order: dict[str, Candidate] = {}
    while len(order) < len(fit):
        chosen = _next(fit, order)
        if chosen is None:
            reasons |= _behind_cycles({i: c for i, c in fit.items() if i not in order})
            break
        order[chosen.id] = chosen
    return Resolution(
        order=tuple(order.values()),
        unavailable=tuple(
            unavailable(known[id_], "resolve", reason) for id_, reason in sorted(reasons.items())
        ),
    )


def unavailable(candidate: Candidate, stage: Stage, reason: str) -> Unavailable:
    """A candidate that cannot run."""
    manifest = candidate.manifest
    return Unavailable(
        id=manifest.id, name=manifest.name, stage=stage, reason=reason, version=manifest.version
    )


def _unfit(known: Mapping[str, Candidate], api_version: int) -> dict[str, str]:
    reasons: dict[str, str] = {}
    for id_, candidate in known.items():
        manifest = candidate.manifest
        missing = [needed for needed in manifest.depends if needed not in known]
        if not manifest.accepts_api(api_version):
            reasons[id_] = f"written for API {manifest.api}; this host has {api_version}"
        elif missing:
            reasons[id_] = f"needs {', '.join(missing)}, not found"
    spreading = True
    while spreading:
        spreading = False
        for id_, candidate in known.items():
            lost = [needed for needed in candidate.manifest.depends if needed in reasons]
            if lost and id_ not in reasons:
                reasons[id_] = needs_unavailable(lost)
                spreading = True
    return reasons


def needs_unavailable(lost: Iterable[str]) -> str:
    """The reason of a plugin whose dependencies cannot run."""
    return f"needs {', '.join(lost)}, which is unavailable"


def _next(fit: Mapping[str, Candidate], placed: Mapping[str, Candidate]) -> Candidate | None:
    """The first by id whose dependencies are placed; soft ones wait only while they can."""
    ready = [
        candidate
        for id_, candidate in sorted(fit.items())
        if id_ not in placed and all(needed in placed for needed in candidate.manifest.depends)
    ]
    for candidate in ready:
        soft = candidate.manifest.soft_depends
        if all(wanted in placed or wanted not in fit for wanted in soft):
            return candidate
    return ready[0] if ready else None


def _behind_cycles(left: Mapping[str, Candidate]) -> dict[str, str]:
    reasons: dict[str, str] = {}
    for id_ in left:
        path = [id_]
        while True:
            # Whoever is left needs somebody who is left, so this walk ends in a cycle.
            step = next(needed for needed in left[path[-1]].manifest.depends if needed in left)
            if step in path:
                break
            path.append(step)
        cycle = path[path.index(step) :]
        if id_ in cycle:
            reasons[id_] = "cyclic dependency: " + " → ".join([*cycle, cycle[0]])
        else:
            reasons[id_] = needs_unavailable([path[1]])
    return reasons

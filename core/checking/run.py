"""Checking plugins: every rule, what the plugin says of itself, and the tier that comes of it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.checking import (
    access,
    documents,
    doors,
    hooks,
    imports,
    layout,
    manifests,
    quality,
    running,
    scripts,
    tables,
    texts,
    views,
)
from core.checking.quality import Quality
from core.checking.rules import RULES, TIERS, Found, Rule, Tier
from core.checking.running import Running, neighbours, stage_of
from core.checking.source import Source

FAMILIES = (
    manifests, imports, doors, hooks, running, tables, scripts, access, views, texts, documents,
    layout, quality,
)  # fmt: skip
"""Importing them registers their rules, in the order of the documentation."""

_places = [each.__name__ for each in FAMILIES]
_sorted = sorted(RULES.values(), key=lambda known: _places.index(known.test.__module__))
RULES.clear()
RULES.update({known.code: known for known in _sorted})

Weight = Literal["error", "todo", "exempt", "advice"]
State = Literal["done", "todo", "exempt", "unknown"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A place that breaks a rule. ``weight``: an error unless the plugin says otherwise, or claims
    no tier that asks for it."""

    rule: Rule
    found: Found
    place: str
    weight: Weight
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Report:
    """A plugin's findings, and its state with each rule."""

    source: Source
    quality: Quality
    findings: tuple[Finding, ...]
    states: dict[str, State]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.weight == "error")

    @property
    def reached(self) -> Tier | None:
        """The highest tier of which, and below which, no rule is broken or left to do."""
        best: Tier | None = None
        for tier in TIERS:
            if self.left(tier):
                break
            best = tier
        return best

    def left(self, tier: Tier) -> list[str]:
        """Rules of a tier that are neither done nor exempt."""
        return [
            code for code, state in self.states.items()
            if RULES[code].tier == tier and state in ("todo", "unknown")
        ]  # fmt: skip


def check(
    sources: Sequence[Source], instance: Path, cache: Path | None = None, *, run: bool = True
) -> list[Report]:
    """Examine plugins. With ``run`` they are loaded into this process, which is for that alone.

    ``instance`` is where plugins lie that they may need, besides the bundled ones.
    """
    near = neighbours(instance)
    folders = {id_: each.path for id_, each in near.items()}
    for source in sources:
        source.neighbours.update(folders)
    found = {source.folder: at_source(source) for source in sources}
    if run:
        with tempfile.TemporaryDirectory(prefix="xiaoguan-") as scratch:
            stage = stage_of(sources, near, cache or Path(scratch))
            for source in sources:
                found[source.folder] |= at_work(Running(source, stage))
    return [report(source, found[source.folder]) for source in sources]


def at_source(source: Source) -> dict[str, list[Found]]:
    """Rule → what breaks it, of the rules that read files."""
    return {r.code: list(r.test(source)) for r in RULES.values() if r.looks == "source"}


def at_work(this: Running) -> dict[str, list[Found]]:
    """Rule → what breaks it, of the rules that look at what runs; only of the first when it does
    not load."""
    rules = [each for each in RULES.values() if each.looks == "running"]
    if this.loaded is None:
        rules = [each for each in rules if each.code == "loads"]
    return {each.code: list(each.test(this)) for each in rules}


def report(source: Source, found: dict[str, list[Found]]) -> Report:
    """Weigh what was found against what the plugin says of itself."""
    said = quality.read(source)
    states: dict[str, State] = {}
    findings: list[Finding] = []
    stale = found.setdefault("quality-file", [])
    for code, known in RULES.items():
        stand = said.rules.get(code)
        if known.looks == "word":
            states[code] = stand.state if stand else "todo"
            if states[code] == "todo" and _claimed(known, said):
                stale.append(_in_file(source, f"claims {said.tier}, and {code} is not done"))
        elif code not in found:
            states[code] = "unknown"
        elif not found[code]:
            states[code] = "done"
            if stand is not None and stand.state != "done":
                text = f"{code} is kept and needs no {stand.state}"
                stale.append(_in_file(source, text))
        else:
            states[code] = stand.state if stand and stand.state != "done" else "todo"
            if stand is not None and stand.state == "todo" and _claimed(known, said):
                stale.append(_in_file(source, f"claims {said.tier}, and {code} is still to do"))
    if stale:
        states["quality-file"] = "todo"
    for code, known in RULES.items():
        stand = said.rules.get(code)
        for each in found.get(code, ()):
            weight: Weight = "error" if _claimed(known, said) else "advice"
            if stand is not None and stand.state != "done":
                weight = stand.state
            findings.append(
                Finding(
                    rule=known, found=each, place=source.place(each.path, each.line),
                    weight=weight, reason=stand.reason if stand else "",
                )
            )  # fmt: skip
    return Report(source=source, quality=said, findings=tuple(findings), states=states)


def _claimed(known: Rule, said: Quality) -> bool:
    return TIERS.index(known.tier) <= TIERS.index(said.tier)


def _in_file(source: Source, text: str) -> Found:
    return Found(text, source.folder / quality.NAME)

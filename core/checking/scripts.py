"""Rules of the scripts that make a plugin's tables."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from core.checking.rules import Found, rule
from core.hosting import migrate
from core.hosting.registry import Registry
from core.hosting.schema import revisions_of, versions_folder

if TYPE_CHECKING:
    from core.checking.running import Running

scripted = partial(rule, family="Tables", looks="running", tier="bronze", strict=True)


@dataclass
class Outcome:
    """How a plugin's scripts fared: what failed at which, what differs, what stayed behind."""

    up: list[str] = field(default_factory=list)
    unlike: list[str] = field(default_factory=list)
    down: list[str] = field(default_factory=list)


def rehearse(registry: Registry, checked: Iterable[str]) -> Mapping[str, Outcome]:
    """Run all scripts on an empty database, compare with the models, take those of the plugins back
    and run them again."""
    outcomes = {id_: Outcome() for id_ in checked if id_ in registry.plugins}
    with tempfile.TemporaryDirectory(prefix="xiaoguan-") as scratch:
        engine = sa.create_engine(f"sqlite:///{scratch}/scratch.db", poolclass=NullPool)
        _up(engine, registry, outcomes)
        for id_, outcome in outcomes.items():
            if not outcome.up:
                outcome.unlike += migrate.differences(engine, registry.plugins[id_], in_words)
        for id_ in [each for each in reversed(list(registry.plugins)) if each in outcomes]:
            outcomes[id_].down += _down(engine, registry, id_)
        if not any(outcome.down for outcome in outcomes.values()):
            _up(engine, registry, outcomes)
    return outcomes


def in_words(difference: Any) -> str:
    """``add_column crate.code`` for what Alembic says with whole tables."""
    if isinstance(difference, list):
        return "; ".join(in_words(each) for each in difference)
    what, *parts = difference
    names = [name for part in parts if (name := _name(part))]
    return f"{what} {'.'.join(names)}"


def _name(part: Any) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, sa.Constraint) and part.name is None:
        columns = ", ".join(column.name for column in getattr(part, "columns", ()))
        return f"{part.table.name} ({columns})"
    return str(getattr(part, "name", None) or "")


def _up(engine: sa.Engine, registry: Registry, outcomes: Mapping[str, Outcome]) -> None:
    for step in migrate.upgrade_all(engine, registry):
        if step.error and step.plugin in outcomes:
            text = f"{step.revision}: {step.error}"
            if text not in outcomes[step.plugin].up:
                outcomes[step.plugin].up.append(text)


def _down(engine: sa.Engine, registry: Registry, id_: str) -> Iterator[str]:
    if not revisions_of(registry.plugins[id_]):
        return
    try:
        migrate.downgrade(engine, registry, id_)
    except Exception as error:
        yield f"{type(error).__name__}: {error}".splitlines()[0]
        return
    for name in sa.inspect(engine).get_table_names():
        if name.startswith(f"{id_}_"):
            yield f"leaves the table {name} behind"


def _told(this: Running, texts: Iterable[str]) -> Iterator[Found]:
    yield from (Found(text, versions_folder(this.plugin)) for text in texts)


@scripted(
    "scripts-run",
    why="`xiaoguan db upgrade` stops at a script that fails, and the plugin stays off.",
)  # fmt: skip
def run(this: Running) -> Iterator[Found]:
    """The scripts run on an empty database, and again after they were taken back."""
    outcome = this.stage.outcomes.get(this.id, Outcome())
    yield from _told(this, outcome.up)


@scripted(
    "scripts-equal-models",
    why="A column that only the models know fails on the first page: `xiaoguan db revision ID`.",
)  # fmt: skip
def equal(this: Running) -> Iterator[Found]:
    """The scripts make exactly the tables of the models."""
    outcome = this.stage.outcomes.get(this.id, Outcome())
    yield from _told(this, outcome.unlike)


@scripted(
    "scripts-taken-back",
    why="Who goes back to the version before, or takes the plugin out, is left with its tables.",
)  # fmt: skip
def taken_back(this: Running) -> Iterator[Found]:
    """Every script can be taken back, and nothing is left then."""
    outcome = this.stage.outcomes.get(this.id, Outcome())
    yield from _told(this, outcome.down)

"""``quality.toml`` of a plugin: the tier it claims, and where it stands with single rules.

tier = "silver"

[rules]
pages-seen = "done"
no-network = {state = "exempt", reason = "Asks the carrier where a parcel is."}
readme-sections = {state = "todo", reason = "The story waits for the second release."}
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, cast, get_args

from core.checking.rules import RULES, TIERS, Found, Tier, rule
from core.checking.source import Source

NAME = "quality.toml"
State = Literal["done", "todo", "exempt"]
said_so = partial(rule, family="Quality")


@dataclass(frozen=True)
class Stand:
    """Where a plugin says that it stands with a rule, and why."""

    state: State
    reason: str = ""


@dataclass
class Quality:
    """What the file says. ``wrong`` is what it cannot mean."""

    tier: Tier = "bronze"
    rules: dict[str, Stand] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def read(source: Source) -> Quality:
    """A plugin's file; without one, the plugin claims bronze."""
    quality = Quality()
    path = source.folder / NAME
    if not path.is_file():
        return quality
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        quality.wrong.append(f"is no TOML: {error}")
        return quality
    quality.wrong += [f"unknown key {key!r}" for key in said if key not in ("tier", "rules")]
    tier = said.get("tier", "bronze")
    if tier in TIERS:
        quality.tier = tier
    else:
        quality.wrong.append(f"tier {tier!r} is none of {', '.join(TIERS)}")
    rules = said.get("rules", {})
    if not isinstance(rules, dict):
        quality.wrong.append("rules is no table")
        return quality
    for code, stand in rules.items():
        _add(quality, code, stand if isinstance(stand, dict) else {"state": stand})
    return quality


def _add(quality: Quality, code: str, said: Mapping[str, Any]) -> None:
    state, reason = said.get("state"), str(said.get("reason", "")).strip()
    known = RULES.get(code)
    if known is None:
        quality.wrong.append(f"there is no rule {code!r}")
    elif state not in get_args(State):
        quality.wrong.append(f"{code}: {state!r} is none of {', '.join(get_args(State))}")
    elif state != "done" and not reason:
        quality.wrong.append(f"{code}: {state} needs a reason")
    elif state != "done" and known.strict:
        quality.wrong.append(f"{code} protects others and allows no {state}")
    else:
        quality.rules[code] = Stand(cast(State, state), reason)


def _nothing(source: Source) -> Iterator[Found]:
    return iter(())


@said_so(
    "quality-file", tier="bronze", strict=True,
    why="Who reads it relies on it.",
)  # fmt: skip
def usable(source: Source) -> Iterator[Found]:
    """`quality.toml` names rules and states that are there, with reasons."""
    yield from (Found(text, source.folder / NAME) for text in read(source).wrong)


@said_so(
    "pages-seen", tier="gold", looks="word",
    why="A machine does not see that a page is crowded, or a word wrong.",
)  # fmt: skip
def seen(source: Source) -> Iterator[Found]:
    """Somebody looked at every page, wide and 390 pixels narrow, in both languages."""
    return _nothing(source)


@said_so(
    "story-tried", tier="gold", looks="word",
    why="What nobody has done from beginning to end does not work from beginning to end.",
)  # fmt: skip
def tried(source: Source) -> Iterator[Found]:
    """Somebody went through the worked story of the README, with the demo's records."""
    return _nothing(source)

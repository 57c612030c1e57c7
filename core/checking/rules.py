"""What a rule is, and the registry of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

Tier = Literal["bronze", "silver", "gold"]
Looks = Literal["source", "running", "word"]
"""At files; at the loaded plugin; at nothing: somebody says so in ``quality.toml``."""

TIERS: tuple[Tier, ...] = ("bronze", "silver", "gold")
"""Safe to run; fit for others to use; a pleasure."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place that breaks a rule. Without a ``path`` it is the plugin as a whole."""

    text: str
    path: Path | None = None
    line: int = 0


Test = Callable[[Any], Iterator[Found]]
F = TypeVar("F", bound=Test)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """``why`` says what goes wrong otherwise; ``mended`` what ``--fix`` does about it.

    A ``strict`` rule allows no exemption: it protects others from the plugin.
    """

    code: str
    family: str
    tier: Tier
    looks: Looks
    says: str
    why: str
    mended: str = ""
    strict: bool = False
    test: Test


RULES: dict[str, Rule] = {}
"""Code → rule, filled by the families as they are imported."""


def rule(
    code: str, *, family: str, tier: Tier, why: str, looks: Looks = "source", mended: str = "",
    strict: bool = False,
) -> Callable[[F], F]:  # fmt: skip
    """Register a function as a rule; the first line of its docstring is what the rule says."""

    def register(test: F) -> F:
        if code in RULES:
            raise ValueError(f"rule {code} is there already")
        says = (test.__doc__ or "").strip().splitlines()[0]
        RULES[code] = Rule(
            code=code, family=family, tier=tier, looks=looks, says=says, why=why, mended=mended,
            strict=strict, test=test,
        )  # fmt: skip
        return test

    return register

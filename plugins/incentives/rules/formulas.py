"""Formulas for what the other rules cannot say: a small language of exact numbers.

``max(base - 50000, 0) * 0.05 if attainment >= 0.8 else 0``. There are the four operations,
comparisons, ``and``, ``or``, ``not``, ``… if … else …``, ``min``, ``max`` and ``abs``; nothing
repeats, nothing is raised to a power, and nothing is reached but the names given.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from decimal import Decimal, DecimalException
from functools import lru_cache
from itertools import product
from typing import Any

import simpleeval

LONGEST, DEEPEST = 300, 60
NAMES = ("base", "quota", "attainment", "second", "share")
FUNCTIONS = {"min": min, "max": max, "abs": abs}
LARGEST = Decimal(10) ** 15
CASES = tuple(Decimal(each) for each in (1000, 1, 0, -50, 250_000))
HALF = Decimal("0.5")
_ALLOWED = (
    ast.Expression, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call, ast.Name,
    ast.Constant, ast.Load, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.USub, ast.UAdd, ast.And,
    ast.Or, ast.Not, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq,
)  # fmt: skip


class Wrong(ValueError):
    """A formula that cannot be used: ``at`` is the character, from 1 on, and ``what`` stands
    there."""

    def __init__(self, at: int, what: str) -> None:
        super().__init__(f"{what!r} at character {at}")
        self.at, self.what = at, what


@lru_cache(maxsize=256)
def parsed(text: str) -> ast.Expression:
    """The formula, once nothing in it is foreign. Raises Wrong."""
    if len(text) > LONGEST:
        raise Wrong(LONGEST + 1, text[LONGEST : LONGEST + 10])
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as wrong:
        at = (getattr(wrong, "offset", None) or 1) if isinstance(wrong, SyntaxError) else 1
        raise Wrong(at, text.strip()[at - 1 : at + 9]) from None
    nodes = list(ast.walk(tree))
    for node in nodes:
        said = _foreign(node)
        if said is not None:
            raise Wrong(getattr(node, "col_offset", 0) + 1, said)
    if sum(isinstance(node, ast.expr) for node in nodes) > DEEPEST:
        raise Wrong(1, text.strip()[:10])
    return tree


def result(text: str, names: Mapping[str, Decimal]) -> Decimal:
    """What a formula comes to. Raises Wrong, also where it divides by zero or grows too large."""
    tree = parsed(text)
    work: Any = simpleeval.SimpleEval(names=dict(names), functions=FUNCTIONS)
    work.nodes[ast.Constant] = _exact
    try:
        found = work.eval(text, previously_parsed=tree.body)
    except (ArithmeticError, DecimalException, TypeError, simpleeval.InvalidExpression):
        raise Wrong(1, text.strip()[:40]) from None
    if isinstance(found, bool) or not isinstance(found, Decimal) or not found.is_finite():
        raise Wrong(1, text.strip()[:40])
    if abs(found) > LARGEST:
        raise Wrong(1, text.strip()[:40])
    return found


def tried(text: str, quota: Decimal | None, *, second: bool) -> Mapping[str, Decimal] | None:
    """The first of some cases that somebody will be in, in which a formula comes to no amount:
    nothing sold, a loss, no quota unless the component names one, half a period. None where it
    holds in all of them. Raises Wrong for one that cannot be used at all."""
    parsed(text)
    quotas = (Decimal(0), Decimal(1000)) if not quota else (quota, quota / 2)
    seconds = (Decimal(0), Decimal(3)) if second else (Decimal(0),)
    for share, of, base, other in product((Decimal(1), HALF), quotas, CASES, seconds):
        names = {
            "base": base, "quota": of, "attainment": base / of if of else Decimal(0),
            "second": other, "share": share,
        }  # fmt: skip
        try:
            result(text, names)
        except Wrong:
            return names
    return None


def _foreign(node: ast.AST) -> str | None:
    """What of a node the language does not have."""
    if isinstance(node, ast.Name) and node.id not in (*NAMES, *FUNCTIONS):
        return node.id
    if isinstance(node, ast.Constant):
        value = node.value
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > LARGEST:
            return str(value)[:20]
        return None
    if isinstance(node, ast.Call):
        called = node.func
        if not isinstance(called, ast.Name) or called.id not in FUNCTIONS or node.keywords:
            return ast.unparse(called)[:20]
        enough = len(node.args) == 1 if called.id == "abs" else len(node.args) > 1
        return None if enough else ast.unparse(node)[:20]
    return None if isinstance(node, _ALLOWED) else type(node).__name__


def _exact(node: ast.Constant) -> Decimal:
    return Decimal(str(node.value))

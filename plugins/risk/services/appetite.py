"""The appetite line: how much risk of each category the company takes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from plugin_api import host
from plugins.risk.models import Appetite, Risk
from plugins.risk.services.kept import forget, lasting

USUAL = 9


@dataclass(frozen=True, slots=True)
class Line:
    """The highest score and the highest expected loss (minor units) that are taken; None: any."""

    score: int | None = USUAL
    loss: int | None = None


def lines() -> Mapping[str, Line]:
    """By category. One statement, remembered as long as no appetite changes."""

    def read() -> dict[str, Line]:
        asked = sa.select(Appetite.category, Appetite.score, Appetite.loss)
        return {row[0]: Line(row[1], row[2]) for row in host().session.execute(asked)}

    return lasting("appetite", read)


def of(category: str) -> Line:
    """That of a category."""
    return lines().get(category, Line())


def redraw(category: str) -> None:
    """Say of every risk of a category whether it lies above its line. One statement."""
    forget()
    line = of(category)
    over: list[sa.ColumnElement[bool]] = [sa.false()]
    if line.score is not None:
        over.append(sa.func.coalesce(Risk.score, 0) > line.score)
    if line.loss is not None:
        over.append(sa.func.coalesce(Risk.expected_loss, 0) > line.loss)
    host().session.execute(
        sa.update(Risk).where(Risk.category == category).values(over_appetite=sa.or_(*over)),
        execution_options={"synchronize_session": False},
    )
    host().session.expire_all()

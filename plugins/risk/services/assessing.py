"""Assessing risks: completing the levels, refusing what does not hold, keeping every score."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, current_company, gettext, now, today
from plugin_api.errors import Rejected
from plugin_api.money import to_minor
from plugins.risk.models import Control, Cover, Risk, Score
from plugins.risk.services import appetite, holding, scoring
from plugins.risk.services.scoring import Level
from plugins.risk.settings import SCALE

LEVELS = ("inherent", "current", "residual")
PARTS = ("likelihood", "impact", "probability", "low", "loss", "high")
FIELDS = {level: tuple(f"{level}_{part}" for part in PARTS) for level in LEVELS}
ASSESSED = frozenset(name for names in FIELDS.values() for name in names)


def level_of(risk: Risk, name: str) -> Level:
    """One level of a risk."""
    return Level(**{part: getattr(risk, f"{name}_{part}") for part in PARTS})


def standing(risk: Risk) -> Level:
    """The level that counts: the current one, else the inherent one."""
    current = level_of(risk, "current")
    return level_of(risk, "inherent") if current.is_empty else current


def complete(risk: Risk, changes: Collection[str] = ()) -> None:
    """Make the levels, scores and losses of a risk agree. Raises Rejected."""
    for name in LEVELS:
        _complete_level(risk, name)
    levels = {name: level_of(risk, name) for name in LEVELS}
    _check_levels(risk, levels, changes)
    for name, level in levels.items():
        setattr(risk, f"{name}_score", level.score)
        setattr(risk, f"{name}_expected", level.expected)
    settle(risk)


def settle(risk: Risk) -> None:
    """Put on a risk what follows from the level that counts."""
    level = standing(risk)
    risk.likelihood, risk.impact, risk.score = level.likelihood, level.impact, level.score
    risk.priority = risk.band = None
    if level.likelihood is not None and level.impact is not None and level.score is not None:
        risk.priority = scoring.priority(level.likelihood, level.impact)
        risk.band = scoring.band(level.score)
    risk.expected_loss = level.expected
    most = appetite.of(risk.category)
    risk.over_appetite = scoring.is_over(level.score, level.expected, most.score, most.loss)


def _complete_level(risk: Risk, name: str) -> None:
    level = level_of(risk, name)
    for part in ("low", "loss", "high"):
        if (getattr(level, part) or 0) < 0:
            raise Rejected(f"{name}_{part}", gettext("A loss is not below zero."))
    if level.loss is None and (level.low is not None or level.high is not None):
        raise Rejected(f"{name}_loss", gettext("Say which loss is the most likely."))
    if level.loss is not None and (level.low or 0) > level.loss:
        raise Rejected(f"{name}_low", gettext("More than the most likely loss."))
    if level.loss is not None and level.high is not None and level.high < level.loss:
        raise Rejected(f"{name}_high", gettext("Less than the most likely loss."))
    likelihood, impact = level.likelihood, level.impact
    if likelihood is None and level.probability is not None:
        likelihood = scoring.likelihood_of(level.probability)
    if impact is None and level.loss is not None:
        impact = scoring.impact_of(level.loss, scale())
    if (likelihood is None) != (impact is None):
        field = f"{name}_impact" if impact is None else f"{name}_likelihood"
        raise Rejected(field, gettext("A score needs both: a likelihood and an impact."))
    setattr(risk, f"{name}_likelihood", likelihood)
    setattr(risk, f"{name}_impact", impact)


def _check_levels(risk: Risk, levels: Mapping[str, Level], changes: Collection[str]) -> None:
    """Levels come in their order, each no worse than the one with fewer controls, and none is
    better without a control that makes it so."""
    inherent, current, residual = (levels[name] for name in LEVELS)
    for name, level in (("current", current), ("residual", residual)):
        if not level.is_empty and inherent.is_empty:
            raise Rejected(
                f"{name}_likelihood", gettext("Assess it without controls first: inherent.")
            )
    before = inherent if current.is_empty else current
    for name, level, than in (("current", current, inherent), ("residual", residual, before)):
        part = scoring.worse(level, than)
        if part:
            raise Rejected(
                f"{name}_{part}", gettext("Controls do not make it worse than it is without them.")
            )
    if is_kept(risk) and not any(name in ASSESSED for name in changes):
        return
    lower = scoring.lower(current, inherent)
    if is_kept(risk) and (lower or not residual.is_empty):
        holding.hold(risk.id)
    if not residual.is_empty and not _controls(risk):
        raise Rejected(
            "residual_likelihood",
            gettext("What is left after controls needs a control: add one to this risk first."),
        )
    if lower and not _working(_controls(risk)):
        raise Rejected(
            "current_likelihood",
            gettext(
                "It is better than without controls only while a control operates that did not"
                " fail its last test: this risk has none."
            ),
        )


def _controls(risk: Risk) -> Sequence[Control]:
    return controls_of(risk.id) if is_kept(risk) else ()


def is_kept(risk: Any) -> bool:
    """Whether a risk is in the database already, so that it may have controls."""
    return risk.id is not None


def controls_of(risk_id: int) -> Sequence[Control]:
    """Controls of a risk that are not retired, those included that were made for another one and
    serve it too. One statement."""
    served = sa.select(Cover.control_id).where(Cover.risk_id == risk_id)
    asked = sa.select(Control).where(
        sa.or_(Control.risk_id == risk_id, Control.id.in_(served)), Control.state != "retired"
    )
    with host().session.no_autoflush:
        return host().session.scalars(asked.order_by(Control.id)).all()


def _working(controls: Sequence[Control]) -> bool:
    return any(
        each.state == "operating" and each.effectiveness != "ineffective" for each in controls
    )


def needs_control(risk: Risk, without: int) -> str:
    """Why a control of a risk cannot go; empty where it can."""
    left = [each for each in controls_of(risk.id) if each.id != without]
    if not level_of(risk, "residual").is_empty and not left:
        return str(gettext("The residual assessment of the risk rests on it: clear that first."))
    lower = scoring.lower(level_of(risk, "current"), level_of(risk, "inherent"))
    if lower and not any(each.state == "operating" for each in left):
        return str(gettext("The current assessment of the risk rests on it: change that first."))
    return ""


def scale() -> tuple[int, ...]:
    """The losses from which an impact is 2, 3, 4 or 5, in minor units. Raises Rejected for a
    setting that is none."""
    currency = current_company().currency
    try:
        found = [Decimal(each) for each in str(host().setting(SCALE)).split(",")]
    except ArithmeticError:
        found = []
    fits = len(found) == 4 and all(each.is_finite() and each.adjusted() < 16 for each in found)
    if not fits or found != sorted(found):
        raise Rejected(
            "", gettext("The setting “Losses of the impacts” needs four rising amounts.")
        )
    return tuple(to_minor(each, currency) for each in found)


def note(risks: Sequence[tuple[Risk, Collection[str]]]) -> None:
    """Keep how risks are assessed from now on, at the levels that have changed. No statement of
    its own: the rows are written with the others."""
    at, on, by = now(), today(), current_actor().user_id
    rows: list[dict[str, Any]] = []
    for risk, names in risks:
        for name in names:
            level = level_of(risk, name)
            rows.append(
                {"risk_id": risk.id, "level": name, "on": on, "at": at, "by_id": by,
                 "likelihood": level.likelihood, "impact": level.impact, "score": level.score,
                 "probability": level.probability, "low": level.low, "loss": level.loss,
                 "high": level.high, "expected_loss": level.expected, "reason": risk.reason}
            )  # fmt: skip
    if rows:
        host().records.add_rows(Score, rows)


def changed_levels(changes: Collection[str]) -> list[str]:
    """Levels of which a field has changed."""
    return [name for name in LEVELS if any(field in changes for field in FIELDS[name])]


def filled_levels(risk: Risk) -> list[str]:
    """Levels at which a risk is assessed."""
    return [name for name in LEVELS if not level_of(risk, name).is_empty]

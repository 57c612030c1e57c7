"""What a target must be before it is written, whichever way it comes in."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Text, current_company, gettext
from plugin_api.errors import NotFound, Rejected
from plugin_api.models import CompanyModel, model_of
from plugin_api.money import from_minor
from plugins.targets.models import Target
from plugins.targets.services.periods import MONTHS, Period, period_of


def complete(target: Target, *, measure_is_new: bool = True) -> None:
    """Refuse nonsense, naming the field; then fill in name, responsible person and slot.

    A target whose measure is not available any more can still be corrected, as long as the
    measure stays. Raises Rejected.
    """
    target.level = target.level or "user"
    target.period = target.period or "quarter"
    _check_who(target)
    _check_period(target)
    _check_active(target)
    _check_value(target, measure_is_new)
    _check_free(target)
    target.slot = f"{target.measure}|{_who(target)}|{target.start}|{target.end}"
    target.name = f"{_name_of(target)} · {_period(target).label}"
    target.owner_id = target.user_id if target.level == "user" else _manager_of(target.team_id)


def follow(record: CompanyModel) -> None:
    """Bring the targets of a renamed person or team up to date, and those of a new manager."""
    column = Target.team_id if record.model_key() == "core.Team" else Target.user_id
    for target in host().session.scalars(sa.select(Target).where(column == record.id)):
        target.name = f"{_name_of(target)} · {_period(target).label}"
        if target.level == "team":
            target.owner_id = _manager_of(target.team_id)


def _who(target: Target) -> str:
    return f"{target.level}:{target.user_id or target.team_id or ''}"


def _period(target: Target) -> Period:
    return Period(target.period, target.start, target.end)  # type: ignore[arg-type]


def _check_who(target: Target) -> None:
    needs_team, needs_user = target.level == "team", target.level == "user"
    if needs_user and target.user_id is None:
        raise Rejected("user", gettext("Say whose target this is."))
    if needs_team and target.team_id is None:
        raise Rejected("team", gettext("Say which team's target this is."))
    if not needs_user and target.user_id is not None:
        raise Rejected("user", gettext("Only a person's target names a person."))
    if not needs_team and target.team_id is not None:
        raise Rejected("team", gettext("Only a team's target names a team."))


def _check_period(target: Target) -> None:
    if target.end < target.start:
        raise Rejected("end", gettext("The end is before the start."))
    if target.period not in MONTHS:
        return
    whole = period_of(target.period, target.start, current_company().fiscal_year_start)
    if target.start != whole.start:
        raise Rejected(
            "start",
            gettext(
                "This period starts on %(day)s in this company; choose “custom” for other days.",
                day=whole.start,
            ),
        )
    if target.end != whole.end:
        raise Rejected(
            "end",
            gettext(
                "This period ends on %(day)s in this company; choose “custom” for other days.",
                day=whole.end,
            ),
        )


def _check_active(target: Target) -> None:
    for field in ("active_from", "active_to"):
        day = getattr(target, field)
        if day is None:
            continue
        if target.level != "user":
            raise Rejected(field, gettext("Only a person joins or leaves."))
        if not target.start <= day <= target.end:
            raise Rejected(field, gettext("This day lies outside the target's period."))
    if target.active_from and target.active_to and target.active_to < target.active_from:
        raise Rejected("active_to", gettext("The end is before the start."))


def _check_value(target: Target, measure_is_new: bool) -> None:
    try:
        money = host().measures.get(target.measure).unit == "money"
    except NotFound:
        if measure_is_new:
            raise Rejected("measure", _unknown(target.measure)) from None
        money = target.amount is not None
    given, field = (target.amount, "amount") if money else (target.quantity, "quantity")
    if money and target.quantity is not None:
        raise Rejected("quantity", gettext("This measure is money: give the amount instead."))
    if not money and target.amount is not None:
        raise Rejected("amount", gettext("This measure is not money: give the quantity instead."))
    if given is None:
        raise Rejected(field, gettext("Say what is to be reached."))
    if given < 0:
        raise Rejected(field, gettext("A target is not negative."))


def _unknown(key: str) -> Text:
    known = ", ".join(measure.key for measure in host().measures.all())
    if not known:
        return gettext("No plugin that is switched on publishes a measure.")
    return gettext("There is no measure “%(key)s” here. Known: %(known)s.", key=key, known=known)


def _check_free(target: Target) -> None:
    """Periods of one kind never overlap for the same measure and person; nor are days the same."""
    session = host().session
    overlaps = sa.and_(
        Target.period == target.period, Target.start <= target.end, Target.end >= target.start
    )
    same_days = sa.and_(Target.start == target.start, Target.end == target.end)
    seen = host().records.visible(Target)
    found = sa.select(Target.name, Target.amount, Target.quantity, seen.label("seen")).where(
        Target.measure == target.measure,
        Target.level == target.level,
        Target.team_id.is_not_distinct_from(target.team_id),
        Target.user_id.is_not_distinct_from(target.user_id),
        sa.or_(overlaps, same_days),
    )
    if target.id is not None:
        found = found.where(Target.id != target.id)
    with session.no_autoflush:
        other = session.execute(found.limit(1)).first()
    if other is None:
        return
    if not other.seen:
        raise Rejected("start", gettext("There is a target already, which you may not see."))
    value: Any = other.quantity
    if other.amount is not None:
        value = from_minor(other.amount, current_company().currency)
    raise Rejected(
        "start",
        gettext("There is a target already: %(name)s, %(value)s.", name=other.name, value=value),
    )


def _name_of(target: Target) -> str:
    if target.level == "company":
        return current_company().name
    key, id_ = ("core.User", target.user_id) if target.user_id else ("core.Team", target.team_id)
    model: Any = model_of(key)
    with host().session.no_autoflush:
        return str(host().session.scalar(sa.select(model.name).where(model.id == id_)))


def _manager_of(team_id: int | None) -> int | None:
    if team_id is None:
        return None
    model: Any = model_of("core.Team")
    with host().session.no_autoflush:
        found: int | None = host().session.scalar(
            sa.select(model.manager_id).where(model.id == team_id)
        )
    return found

"""What a target must be before it is written, whichever way it comes in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Text, current_company, gettext
from plugin_api.errors import NotFound, Rejected
from plugin_api.measures import Measure, Ratio
from plugin_api.models import CompanyModel
from plugin_api.periods import MONTHS, check_day
from plugins.targets.models import Target
from plugins.targets.services import agreeing, cycles, dimensions, free, naming
from plugins.targets.services.kept import is_by_rule, kept
from plugins.targets.services.periods import Period, period_of

Changes = Mapping[str, tuple[Any, Any]]
PLACE = {
    "measure", "level", "team_id", "user_id", "period", "start", "end", "dimension", "member",
    "cycle_id",
}  # fmt: skip
"""What a target is for: with these it is another one."""


def complete_many(targets: Sequence[Target]) -> None:
    """Read in few statements what completing new targets needs."""
    free.read_ahead(targets)


def complete(target: Target) -> None:
    """Refuse nonsense in a new target, naming the field; then fill in name, responsible person,
    cycle and slot. Raises Rejected."""
    target.level = target.level or "user"
    target.period = target.period or "quarter"
    target.by_hand = bool(target.by_hand) or not is_by_rule()
    _check(target, PLACE)
    free.take(target)


def change(target: Target, changes: Changes) -> None:
    """The same for a change. A target whose measure is not available any more can still be
    corrected, as long as the measure stays. Raises Rejected."""
    agreeing.check_change(target, changes)
    figure = {"amount", "quantity"} & changes.keys()
    if figure and "by_hand" not in changes and not is_by_rule():
        target.by_hand = True
    _check(target, changes.keys())
    if figure:
        agreeing.propose_again(target, changes)


def follow(record: CompanyModel) -> None:
    """Bring the targets of a renamed person or team up to date, and those of a new manager."""
    naming.forget()
    column = Target.team_id if record.model_key() == "core.Team" else Target.user_id
    for target in host().session.scalars(sa.select(Target).where(column == record.id)):
        _name(target)
        if target.level == "team":
            target.owner_id = naming.manager_of(target.team_id)


def _check(target: Target, changed: Any) -> None:
    moved = bool(PLACE & set(changed))
    if moved:
        _check_who(target)
        _check_period(target)
    _check_active(target)
    _check_value(target, "measure" in changed)
    if {"dimension", "member", "measure"} & set(changed):
        _check_member(target)
    if moved:
        if target.cycle_id is None:
            target.cycle_id = cycles.suits(target.start, target.end)
        cycles.check_place(target.cycle_id, target.start, target.end)
        free.check(target)
        target.slot = free.slot_of(target)
        _name(target)
        target.owner_id = (
            target.user_id if target.level == "user" else naming.manager_of(target.team_id)
        )
    if target.parent_id is not None and (moved or "parent_id" in changed):
        _check_parent(target)


def _name(target: Target) -> None:
    who = naming.name_of(target.level, target.user_id or target.team_id)
    period = Period(target.period, target.start, target.end)  # type: ignore[arg-type]
    words = [who, target.member, period.label] if target.dimension else [who, period.label]
    target.name = " · ".join(str(word) for word in words)[:300]


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
    for field in ("start", "end"):
        check_day(field, getattr(target, field))
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
    if target.part_time is not None and target.part_time != 100 and target.level != "user":
        raise Rejected("part_time", gettext("Only a person works part-time."))


def _measure_of(target: Target) -> Measure | Ratio | None:
    try:
        return host().measures.get(target.measure)
    except NotFound:
        return None


def _check_value(target: Target, measure_is_new: bool) -> None:
    measure = _measure_of(target)
    if measure is None and measure_is_new:
        raise Rejected("measure", _unknown(target.measure))
    money = target.amount is not None if measure is None else measure.unit == "money"
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


def _check_member(target: Target) -> None:
    """The one of a dimension that counts, by name or number; kept as key and label."""
    if target.dimension is None:
        if target.member:
            raise Rejected("member", gettext("Choose of which first: product, account, …"))
        target.member = target.member_key = None
        return
    if not target.member:
        raise Rejected("member", gettext("Say which one counts."))
    measure = _measure_of(target)
    if measure is None:
        return
    known = dimensions.of_measure(measure)
    if target.dimension not in known:
        names = ", ".join(str(each.label) for each in known.values()) or "–"
        message = gettext("This measure is not kept by that. It knows: %(names)s.", names=names)
        raise Rejected("dimension", message)
    dimension, text = known[target.dimension], target.member
    target.member_key, target.member = kept(
        ("member", target.dimension, text), lambda: dimensions.resolve(dimension, text)
    )


def _check_parent(target: Target) -> None:
    """The target above is of the same measure and covers the days, and nothing is above itself."""
    parent_id, seen, first = target.parent_id, {target.id}, True
    while parent_id is not None:
        # What is made together is often part of the same; and a new one is above nothing yet.
        above = (
            kept(("above", parent_id), lambda id_=parent_id: _above(id_))
            if target.id is None
            else _above(parent_id)
        )
        if above is None or above.id in seen:
            raise Rejected("parent", gettext("A target is not part of itself."))
        if first and above.measure != target.measure:
            raise Rejected("parent", gettext("The target above is of another measure."))
        if first and not (above.start <= target.start and target.end <= above.end):
            raise Rejected("parent", gettext("The target above does not cover these days."))
        seen.add(above.id)
        parent_id, first = above.parent_id, False


def _above(target_id: int) -> Any:
    columns = (Target.id, Target.measure, Target.start, Target.end, Target.parent_id)
    with host().session.no_autoflush:
        return host().session.execute(sa.select(*columns).where(Target.id == target_id)).first()

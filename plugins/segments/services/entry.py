"""Which rule applies to which record when it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.conditions import cleaned
from plugin_api.context import current_actor, gettext
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel
from plugins.crm.api import Account, Contact
from plugins.segments.models import (
    Figure,
    Grading,
    Membership,
    Override,
    Persona,
    Policy,
    Segment,
    Standing,
)
from plugins.segments.services import figures, members, overrides, personas, policies, writing

Changes = Mapping[str, tuple[Any, Any]]

WRITTEN = (
    "segments.Grading", "segments.Override", "segments.Policy", "segments.Segment",
    "segments.Figure", "segments.Membership", "segments.Persona",
)  # fmt: skip

FOLLOWED = (
    "segments.Policy", "segments.Segment", "segments.Figure", "segments.Membership",
    "segments.Persona",
)  # fmt: skip
"""Models of whose changes something follows."""


def before_create(record: CompanyModel) -> None:
    """Complete or refuse a new record."""
    if isinstance(record, Grading):
        _check_grading(record)
    elif isinstance(record, Override):
        overrides.ask(record)
    else:
        _check(record)


def before_update(record: CompanyModel, changes: Changes) -> None:
    """Complete or refuse a change."""
    if isinstance(record, Grading):
        _check_grading(record)
    elif isinstance(record, Override):
        # What a transition changes is no other request.
        if "state" not in changes:
            overrides.check(record)
    elif isinstance(record, Account):
        _check_hand(record, changes)
    else:
        _check(record)


def after_create(record: CompanyModel) -> None:
    """Follow up on a new record."""
    if isinstance(record, Policy):
        policies.follow_up(record)
    else:
        _follow(record)


def after_update(record: CompanyModel, changes: Changes) -> None:
    """Follow up on a change."""
    if isinstance(record, Policy):
        if "grade" in changes:
            policies.unfollow(changes["grade"][0])
        policies.follow_up(record)
    elif isinstance(record, Account) and "grade" in changes and not writing.is_writing():
        old, new = changes["grade"]
        writing.note(record.id, writing.Move(old, new), "hand")
    else:
        _follow(record)


def before_delete(record: CompanyModel) -> None:
    """Follow up on a record that goes."""
    if isinstance(record, Policy):
        policies.unfollow(record.grade)


def _check(record: CompanyModel) -> None:
    if isinstance(record, Segment):
        record.condition = cleaned(Account, record.condition)
        if record.kind == "static" and (record.condition or record.cell):
            raise Rejected("kind", gettext("Members that are put in by hand have no conditions."))
    elif isinstance(record, Figure):
        figures.measure_of(record.measure)
        if record.at_least is None and record.at_most is None:
            raise Rejected("at_least", gettext("Say at least how much, or at most."))
    elif isinstance(record, Membership):
        members.check(record)
    elif isinstance(record, Persona):
        record.condition = cleaned(Account, record.condition)
        record.contact_condition = cleaned(Contact, record.contact_condition, "contact_condition")


def _follow(record: CompanyModel) -> None:
    """Have segments hold who fits as soon as their conditions change."""
    if isinstance(record, Segment):
        members.refresh(record)
    elif isinstance(record, Figure):
        asked = sa.select(Segment).where(Segment.id == record.segment_id)
        members.refresh(host().session.scalars(asked).one())
    elif isinstance(record, Membership):
        members.recount([record.segment_id])
    elif isinstance(record, Persona):
        personas.refresh()


def _check_grading(grading: Grading) -> None:
    grading.condition = cleaned(Account, grading.condition)
    figures.measure_of(grading.measure)
    limits = [grading.a_share, grading.b_share]
    if grading.c_share is not None:
        limits.append(grading.c_share)
    for name, lower, upper in zip(("b_share", "c_share"), limits, limits[1:], strict=False):
        if upper <= lower:
            raise Rejected(name, gettext("It has to be above the limit before it."))


def _check_hand(account: Account, changes: Changes) -> None:
    """Raise Rejected where a person sets the grade of an account that is graded by its figures:
    nightly it would be gone again."""
    if "grade" not in changes or writing.is_writing() or current_actor().is_system:
        return
    asked = (
        sa.select(Grading.name)
        .join(Standing, Standing.grading_id == Grading.id)
        .where(Standing.account_id == account.id, Grading.active)
    )
    name = host().session.scalar(asked)
    if name is not None:
        raise Rejected(
            "grade",
            gettext(
                "“%(name)s” grades this account by its figures. Ask for an override of the grade.",
                name=name,
            ),
        )

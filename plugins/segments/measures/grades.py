"""Figures of grades: how many accounts have which, and how many have come to another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.context import today
from plugin_api.measures import Dimension, Measure, Ratio
from plugins.crm.api import GRADES, Account
from plugins.segments.models import GradeChange, Override, Standing
from plugins.segments.models.grades import KINDS

ONE = sa.literal_column("1", type_=sa.Integer())
LETTERS = {each.value: each.label for each in GRADES}
OF_ACCOUNTS = {
    "grade": Dimension(label=_("Grade"), labels=LETTERS),
    "computed": Dimension(label=_("Grade by the figures"), labels=LETTERS),
    "grading": Dimension(label=_("Grading"), target="segments.Grading"),
    "overridden": Dimension(label=_("By an override")),
    "industry": Dimension(label=_("Industry")),
    "country": Dimension(label=_("Country")),
}
OF_CHANGES = {
    "from_grade": Dimension(label=_("Grade before"), labels=LETTERS),
    "to_grade": Dimension(label=_("Grade after"), labels=LETTERS),
    "kind": Dimension(label=_("Why"), labels={each.value: each.label for each in KINDS}),
}


def _graded(*where: Any) -> Callable[[], sa.Select[Any]]:
    def facts() -> sa.Select[Any]:
        asked: Any = (
            sa.select(
                Standing.since.label("on"),
                ONE.label("value"),
                Account.owner_id.label("user_id"),
                Account.id.label("record_id"),
                Standing.grade.label("grade"),
                Standing.computed.label("computed"),
                Standing.grading_id.label("grading"),
                Standing.override_id.is_not(None).label("overridden"),
                Account.industry.label("industry"),
                Account.country.label("country"),
            )
            .join(Account, Account.id == Standing.account_id)
            .where(*where)
        )
        return asked  # type: ignore[no-any-return]

    return facts


def _changes(*where: Any) -> Callable[[], sa.Select[Any]]:
    def facts() -> sa.Select[Any]:
        asked: Any = (
            sa.select(
                GradeChange.on.label("on"),
                ONE.label("value"),
                Account.owner_id.label("user_id"),
                GradeChange.id.label("record_id"),
                GradeChange.from_grade.label("from_grade"),
                GradeChange.to_grade.label("to_grade"),
                GradeChange.kind.label("kind"),
            )
            .join(Account, Account.id == GradeChange.account_id)
            .where(*where)
        )
        return asked  # type: ignore[no-any-return]

    return facts


def _overrides() -> sa.Select[Any]:
    asked: Any = (
        sa.select(
            sa.func.coalesce(Override.until, today()).label("on"),
            ONE.label("value"),
            Account.owner_id.label("user_id"),
            Override.id.label("record_id"),
            Override.grade.label("grade"),
        )
        .join(Account, Account.id == Override.account_id)
        .where(Override.state == "approved")
    )
    return asked  # type: ignore[no-any-return]


_old, _new = GradeChange.from_grade, GradeChange.to_grade

MEASURES: tuple[Measure | Ratio, ...] = (
    Measure(
        key="segments.graded", label=_("Graded accounts"), unit="count", model="crm.Account",
        facts=_graded(), dimensions=OF_ACCOUNTS, snapshot=True,
        description=_("Accounts that a grading takes, by the grade that they have now."),
    ),
    Measure(
        key="segments.key_accounts", label=_("Accounts of grade A"), unit="count",
        model="crm.Account", facts=_graded(Standing.grade == "A"), dimensions=OF_ACCOUNTS,
        snapshot=True, description=_("Accounts of grade A now."),
    ),
    Measure(
        key="segments.risen", label=_("Accounts that came to a better grade"), unit="count",
        model="segments.GradeChange", facts=_changes(_new < _old), dimensions=OF_CHANGES,
        description=_("Changes to a better grade, on their day, for the owner of the account."),
    ),
    Measure(
        key="segments.fallen", label=_("Accounts that came to a worse grade"), unit="count",
        model="segments.GradeChange", facts=_changes(_new > _old), dimensions=OF_CHANGES,
        direction="down",
        description=_("Changes to a worse grade, on their day, for the owner of the account."),
    ),
    Measure(
        key="segments.overrides", label=_("Overrides of grades"), unit="count",
        model="segments.Override", facts=_overrides,
        dimensions={"grade": OF_ACCOUNTS["grade"]}, snapshot=True, direction="down",
        description=_("Overrides that are in force now."),
    ),
)  # fmt: skip

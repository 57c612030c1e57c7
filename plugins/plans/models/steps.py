"""What is done by whom until when, what waits for what, and what was carried over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, mapped_column

from plugin_api.context import Actor, lazy_pgettext
from plugin_api.context import lazy_gettext as _
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    choice,
    date,
    decimal,
    integer,
    longtext,
    money,
    reference,
    text,
)
from plugins.plans.services.subjects import choices as subjects

STATES = (
    Choice(value="todo", label=_("To do")),
    Choice(value="doing", label=_("Being done"), tone="info"),
    Choice(value="waiting", label=_("Waiting"), tone="warn"),
    Choice(value="done", label=_("Done"), tone="good"),
    Choice(value="cancelled", label=_("Cancelled")),
)
OPEN = ("todo", "doing", "waiting")
RISKS = (
    Choice(value="low", label=_("Low risk")),
    Choice(value="medium", label=_("Medium risk"), tone="warn"),
    Choice(value="high", label=_("High risk"), tone="bad"),
)
REPEATS = (
    Choice(value="day", label=_("Every working day")),
    Choice(value="week", label=_("Every week")),
    Choice(value="fortnight", label=_("Every other week")),
    Choice(value="month", label=_("Every month")),
    Choice(value="quarter", label=_("Every three months")),
)


class Step(CompanyModel):
    """Something to do towards an objective, or for its own sake.

    ``promised`` is the day by which it was first to be done; it stays when ``due`` is put off or
    carried over. What it brings is an amount for an objective on money, a quantity for any other.
    """

    __tablename__ = "plans_step"
    __collection__ = "steps"
    __label__ = lazy_pgettext("plan", "Step")
    __label_plural__ = lazy_pgettext("plan", "Steps")
    __find_by__ = ("external_id",)
    __search__ = ("name", "about", "resources", "external_id")
    __owner__ = "owner_id"
    __about__ = ("about_model", "about_id")
    __table_args__ = (
        sa.Index(None, "company_id", "owner_id", "state", "due"),
        sa.Index(None, "company_id", "state", "due"),
        sa.Index(None, "company_id", "about_model", "about_id"),
    )

    name: Mapped[str] = text(_("What is to be done"))
    objective_id: Mapped[int | None] = reference("plans.Objective", _("Objective"))
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    state: Mapped[str] = choice(_("State"), STATES, default="todo")
    start: Mapped[dt.date | None] = date(_("Start"))
    due: Mapped[dt.date] = date(lazy_pgettext("plan", "Due"))
    promised: Mapped[dt.date | None] = date(_("First due"), readonly=True)
    done_on: Mapped[dt.date | None] = date(_("Done on"))
    milestone: Mapped[bool] = boolean(_("Milestone"))
    risk: Mapped[str | None] = choice(_("Risk"), RISKS)
    budget: Mapped[int | None] = money(_("Budget"))
    spent: Mapped[int | None] = money(_("Spent"))
    resources: Mapped[str | None] = text(
        _("Resources"), length=500, help=_("People, rooms, samples: what it needs besides money.")
    )
    expected_amount: Mapped[int | None] = money(_("Expected to bring (amount)"))
    expected_quantity: Mapped[Decimal | None] = decimal(_("Expected to bring (quantity)"))
    realised_amount: Mapped[int | None] = money(_("Brought (amount)"))
    realised_quantity: Mapped[Decimal | None] = decimal(_("Brought (quantity)"))
    about_model: Mapped[str | None] = choice(_("Kind of record"), subjects, length=100)
    about_id: Mapped[int | None] = integer(
        _("Number of the record"), minimum=1, help=_("Filled in when it is made on its page.")
    )
    about: Mapped[str | None] = text(_("About what"), length=300, readonly=True)
    repeat: Mapped[str | None] = choice(_("Repeats"), REPEATS)
    repeat_until: Mapped[dt.date | None] = date(_("Repeats until"))
    series_start: Mapped[dt.date | None] = mapped_column(sa.Date())
    """The day from which a repetition is counted."""
    carried: Mapped[int] = integer(_("Carried over (times)"), default=0, readonly=True)
    escalated_on: Mapped[dt.date | None] = date(_("Manager told on"), readonly=True)
    reason: Mapped[str | None] = text(_("Reason"), length=500)
    details: Mapped[str | None] = longtext(_("Details"))
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)

    @classmethod
    def reached_besides(cls, permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
        """Whoever has an objective sees and moves all of its steps."""
        if permission not in (f"{cls.model_key()}.read", f"{cls.model_key()}.update"):
            return ()
        from plugins.plans.models.objectives import Objective

        step: Any = aliased(cls)
        objective: Any = aliased(Objective)
        return (
            sa.select(step.id)
            .join(objective, objective.id == step.objective_id)
            .where(objective.owner_id == actor.user_id),
        )


class Dependency(CompanyModel):
    """A step that begins only when another is done, ``lag`` days after it."""

    __tablename__ = "plans_dependency"
    __collection__ = "dependencies"
    __label__ = _("Dependency")
    __label_plural__ = _("Dependencies")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __parent__ = "step_id"
    __table_args__ = (sa.UniqueConstraint("company_id", "step_id", "before_id"),)

    step_id: Mapped[int] = reference(
        "plans.Step", lazy_pgettext("plan", "Step"), on_delete="cascade"
    )
    before_id: Mapped[int] = reference("plans.Step", _("Waits for"), on_delete="cascade")
    lag: Mapped[int] = integer(_("Days between"), default=0, minimum=0, maximum=3650)


class CarryOver(CompanyModel):
    """A step that was not done in its period and went on to another; only added to."""

    __tablename__ = "plans_carry_over"
    __collection__ = "carry-overs"
    __label__ = _("Carry-over")
    __label_plural__ = _("Carry-overs")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ("reason",)
    __owner__ = "owner_id"
    __actions__ = ("read", "export")
    __table_args__ = (sa.Index(None, "company_id", "owner_id", "on"),)

    step_id: Mapped[int] = reference(
        "plans.Step", lazy_pgettext("plan", "Step"), on_delete="cascade"
    )
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    on: Mapped[dt.date] = date(_("Day"), indexed=True)
    from_due: Mapped[dt.date] = date(_("Due before"))
    to_due: Mapped[dt.date] = date(_("Due after"))
    periods: Mapped[int] = integer(_("Periods"), default=1)
    by_id: Mapped[int | None] = reference("core.User", lazy_pgettext("decision", "By"))
    reason: Mapped[str | None] = text(_("Reason"), length=500)

"""What is done about a risk: controls and their tests, responses, actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import Actor, lazy_pgettext
from plugin_api.context import lazy_gettext as _
from plugin_api.models import (
    CompanyModel,
    choice,
    date,
    longtext,
    money,
    reference,
    text,
)
from plugins.risk.models.choices import (
    ACTION_STATES,
    CONTROL_KINDS,
    CONTROL_STATES,
    FREQUENCIES,
    RESPONSE_STATES,
    RESULTS,
    STRATEGIES,
)

OF_RISK = lazy_pgettext("register", "Risk")


def _reached(model: Any, permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
    from plugins.risk.services import reach

    return reach.of_parts(model, permission, actor)


class Control(CompanyModel):
    """Something that makes a risk less likely, or its effects smaller. ``cost`` is of a year."""

    __tablename__ = "risk_control"
    __collection__ = "controls"
    __label__ = lazy_pgettext("risk", "Control")
    __label_plural__ = lazy_pgettext("risk", "Controls")
    __find_by__ = ("external_id", "name")
    __search__ = ("name", "external_id")
    __owner__ = "owner_id"
    __table_args__ = (sa.Index(None, "company_id", "state", "test_on"),)

    name: Mapped[str] = text(lazy_pgettext("risk", "Control"))
    risk_id: Mapped[int] = reference("risk.Risk", OF_RISK, on_delete="cascade")
    kind: Mapped[str] = choice(_("Kind"), CONTROL_KINDS, default="preventive")
    state: Mapped[str] = choice(_("State"), CONTROL_STATES, default="operating")
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    frequency: Mapped[str | None] = choice(_("How often"), FREQUENCIES)
    cost: Mapped[int | None] = money(_("Cost in a year"))
    description: Mapped[str | None] = longtext(_("Description"))
    effectiveness: Mapped[str | None] = choice(
        lazy_pgettext("control", "Effectiveness"), RESULTS, readonly=True,
        help=_("As the last test found it."),
    )  # fmt: skip
    tested_on: Mapped[dt.date | None] = date(_("Tested on"), readonly=True)
    test_on: Mapped[dt.date | None] = date(_("Test by"))
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)

    @classmethod
    def reached_besides(cls, permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
        return _reached(cls, permission, actor)


class Cover(CompanyModel):
    """A further risk that a control serves, besides the one that it was made for."""

    __tablename__ = "risk_cover"
    __collection__ = "covers"
    __label__ = _("Further risk of a control")
    __label_plural__ = _("Further risks of controls")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __parent__ = "control_id"
    __table_args__ = (sa.UniqueConstraint("company_id", "control_id", "risk_id"),)

    control_id: Mapped[int] = reference(
        "risk.Control", lazy_pgettext("risk", "Control"), on_delete="cascade"
    )
    risk_id: Mapped[int] = reference("risk.Risk", OF_RISK, on_delete="cascade")


class ControlTest(CompanyModel):
    """What a test of a control found; only added to."""

    __tablename__ = "risk_control_test"
    __collection__ = "tests"
    __label__ = _("Test of a control")
    __label_plural__ = _("Tests of controls")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ("finding",)
    __parent__ = "control_id"
    __actions__ = ("read", "create", "import", "export")
    __table_args__ = (sa.Index(None, "company_id", "control_id", "on"),)

    control_id: Mapped[int] = reference(
        "risk.Control", lazy_pgettext("risk", "Control"), on_delete="cascade"
    )
    on: Mapped[dt.date] = date(_("Day"))
    by_id: Mapped[int | None] = reference("core.User", lazy_pgettext("risk", "By"))
    result: Mapped[str] = choice(lazy_pgettext("control", "Result"), RESULTS)
    finding: Mapped[str | None] = longtext(_("What was found"))


class Response(CompanyModel):
    """How a risk is answered. Each way needs facts of its own: transfer a counterparty, accept
    who approves and until when, avoid what is given up, mitigate a control or an action."""

    __tablename__ = "risk_response"
    __collection__ = "responses"
    __label__ = lazy_pgettext("risk", "Response")
    __label_plural__ = lazy_pgettext("risk", "Responses")
    __find_by__ = ("external_id",)
    __search__ = ("name", "counterparty", "external_id")
    __owner__ = "owner_id"
    __table_args__ = (sa.Index(None, "company_id", "state", "expires_on"),)

    name: Mapped[str] = text(_("What is done"))
    risk_id: Mapped[int] = reference("risk.Risk", OF_RISK, on_delete="cascade")
    strategy: Mapped[str] = choice(lazy_pgettext("risk", "Way"), STRATEGIES, default="mitigate")
    state: Mapped[str] = choice(_("State"), RESPONSE_STATES, default="planned", readonly=True)
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    due: Mapped[dt.date | None] = date(lazy_pgettext("response", "Due on"))
    cost: Mapped[int | None] = money(_("Cost in a year"))
    given_up: Mapped[str | None] = text(
        _("What is given up"), length=500, help=_("To avoid: the deal, the market, the customer.")
    )
    counterparty: Mapped[str | None] = text(
        _("Counterparty"), help=_("To transfer: who bears it, such as an insurer.")
    )
    approver_id: Mapped[int | None] = reference(
        "core.User", _("Approver"), help=_("To accept: who answers for it, not the owner alone.")
    )
    expires_on: Mapped[dt.date | None] = date(
        _("Accepted until"), help=_("To accept: the last day.")
    )
    approved_on: Mapped[dt.date | None] = date(_("Approved on"), readonly=True)
    trigger: Mapped[str | None] = text(
        lazy_pgettext("risk", "Trigger"), length=500, help=_("What shows that it happens.")
    )
    contingency: Mapped[str | None] = longtext(
        _("Contingency"), help=_("What is done once it has happened.")
    )
    outcome: Mapped[str | None] = longtext(lazy_pgettext("response", "What came of it"))
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)

    @classmethod
    def reached_besides(cls, permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
        return _reached(cls, permission, actor)


class Action(CompanyModel):
    """Something to do about a risk. While sales plans are on it is a step there too, and what is
    done in one place is done in the other."""

    __tablename__ = "risk_action"
    __collection__ = "actions"
    __label__ = lazy_pgettext("risk", "Action")
    __label_plural__ = lazy_pgettext("risk", "Actions")
    __find_by__ = ("external_id",)
    __search__ = ("name", "external_id")
    __owner__ = "owner_id"
    __table_args__ = (sa.Index(None, "company_id", "state", "due"),)

    name: Mapped[str] = text(_("What is to be done"))
    risk_id: Mapped[int] = reference("risk.Risk", OF_RISK, on_delete="cascade")
    response_id: Mapped[int | None] = reference(
        "risk.Response", lazy_pgettext("risk", "Response"), narrow={"risk": "risk"}
    )
    control_id: Mapped[int | None] = reference(
        "risk.Control", lazy_pgettext("risk", "Control"),
        help=_("That it puts in place; one that serves the risk."),
    )  # fmt: skip
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    state: Mapped[str] = choice(_("State"), ACTION_STATES, default="todo", readonly=True)
    due: Mapped[dt.date] = date(lazy_pgettext("action", "Due on"))
    done_on: Mapped[dt.date | None] = date(_("Done on"), readonly=True)
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)

    @classmethod
    def reached_besides(cls, permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
        return _reached(cls, permission, actor)

"""What stands beside a plan, a version and a statement."""

from __future__ import annotations

import sqlalchemy as sa
from flask import url_for

from plugin_api import host
from plugin_api.context import gettext, has_permission
from plugin_api.models import CompanyModel
from plugin_api.panels import Action, Fact, Panel
from plugins.incentives import display
from plugins.incentives.access import APPROVE, DESIGN, PAY_EXPORT
from plugins.incentives.models import Entry, Participant, Payout, Plan, Statement, Version
from plugins.incentives.services.rights import sees_all, sees_amounts


def for_record(record: CompanyModel) -> list[Panel]:
    """The panels of what is declared here."""
    if isinstance(record, Plan):
        return _of_plan(record)
    if isinstance(record, Version) and has_permission(DESIGN):
        href = url_for("incentives.attempt", record_id=record.id)
        label = gettext("Try it on the last twelve months")
        return [
            Panel(
                title=gettext("What would it cost?"), facts=(),
                note=gettext("Who gains, who loses, and where pay jumps. Nothing is written."),
                actions=(
                    Action(label=label, href=href, icon="calculator"),
                    Action(
                        label=gettext("Has it worked?"), icon="clipboard-data",
                        href=url_for("incentives.effect", record_id=record.id),
                    ),
                ),
            )
        ]  # fmt: skip
    if isinstance(record, Statement):
        href = url_for("incentives.mine", user=record.user_id, statement=record.id)
        actions = [Action(label=gettext("Read it line by line"), href=href, icon="list-columns")]
        pdf = url_for("incentives.paper", record_id=record.id)
        actions.append(Action(label=gettext("Download as PDF"), href=pdf, icon="file-earmark-pdf"))
        return [Panel(title=gettext("How it is made"), facts=(), actions=tuple(actions))]
    if isinstance(record, Payout) and has_permission(PAY_EXPORT):
        return [_of_payout(record)]
    return []


def _of_payout(payout: Payout) -> Panel:
    def href(kind: str) -> str:
        return url_for("incentives.payroll", record_id=payout.id, format=kind)

    return Panel(
        title=gettext("For the payroll"), facts=(),
        note=gettext("One line a person: name, external ID, e-mail, amount."),
        actions=(
            Action(label="Excel", href=href("xlsx"), icon="file-earmark-spreadsheet"),
            Action(label="CSV", href=href("csv"), icon="file-earmark-text"),
            Action(label=gettext("Does it agree?"), href=url_for("incentives.reconcile"),
                   icon="check2-square"),
        ),
    )  # fmt: skip


def _of_plan(plan: Plan) -> list[Panel]:
    if not has_permission(APPROVE) or not (sees_all() and sees_amounts()):
        return []
    people = sa.select(sa.func.count(sa.distinct(Participant.user_id))).where(
        Participant.plan_id == plan.id
    )
    sums = sa.select(sa.func.coalesce(sa.func.sum(Entry.amount), 0)).where(Entry.plan_id == plan.id)
    number = host().session.scalar(people) or 0
    entered = int(host().session.scalar(sums) or 0)
    href = host().list_url("incentives.Statement", {"plan": plan.id})
    facts = (
        Fact(label=gettext("People"), value=str(number)),
        Fact(label=gettext("Entered so far"), value=display.money(entered), href=href),
    )
    label = gettext("Calculate now")
    action = Action(
        label=label, href=url_for("incentives.calculate", record_id=plan.id), icon="calculator",
        post=True,
    )  # fmt: skip
    return [Panel(title=gettext("Pay"), facts=facts, actions=(action,))]

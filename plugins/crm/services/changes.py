"""Which rule applies to which record when it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugin_api.context import Actor, current_company, gettext, today
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel
from plugins.crm.models import (
    Account,
    Contact,
    Lead,
    Opportunity,
    OpportunityContact,
    OpportunityCredit,
    OpportunityLine,
    Pipeline,
    Stage,
)
from plugins.crm.services import credits, entry, leads, lines, stages, trees
from plugins.crm.services.kept import forget

Changes = Mapping[str, tuple[Any, Any]]


def starting_values(model: str, actor: Actor) -> Mapping[str, Any]:
    """What an empty form starts with."""
    values: dict[str, Any] = {"owner": actor.user_id}
    if model == "crm.Opportunity":
        pipeline = stages.default_pipeline()
        step = stages.first(pipeline, "open") if pipeline else None
        values |= {"pipeline": pipeline, "stage": step.id if step else None}
        values["currency"] = current_company().currency
    if model in ("crm.Opportunity", "crm.Lead"):
        values["created_on"] = today()
    return {name: value for name, value in values.items() if value is not None}


def before_create(record: CompanyModel) -> None:
    """Complete or refuse a new record."""
    if isinstance(record, Opportunity):
        entry.complete(record)
    elif isinstance(record, Lead):
        leads.complete(record)
    elif isinstance(record, OpportunityLine):
        lines.complete(record)
    elif isinstance(record, OpportunityCredit):
        credits.check(record)
    elif isinstance(record, Stage):
        stages.check_stage(record)
    elif isinstance(record, Pipeline):
        stages.check_pipeline(record)


def after_create(record: CompanyModel) -> None:
    """Follow up on a new record."""
    if isinstance(record, Opportunity):
        entry.begin(record)
    elif isinstance(record, OpportunityLine):
        lines.add_up(record.opportunity_id)
    elif isinstance(record, OpportunityCredit):
        credits.divide(record.opportunity_id)
    elif isinstance(record, Stage | Pipeline):
        forget()


def before_update(record: CompanyModel, changes: Changes) -> None:
    """Complete or refuse a change."""
    if isinstance(record, Opportunity):
        entry.change(record, changes)
    elif isinstance(record, Lead):
        leads.change(record)
    elif isinstance(record, Account):
        if "parent_id" in changes:
            trees.check_account(record)
    elif isinstance(record, Contact):
        if "reports_to_id" in changes:
            trees.check_contact(record)
    elif isinstance(record, OpportunityLine | OpportunityCredit | OpportunityContact):
        _stays(changes)
        if isinstance(record, OpportunityLine):
            lines.complete(record)
        elif isinstance(record, OpportunityCredit):
            credits.check(record)
    elif isinstance(record, Stage):
        stages.check_stage(record, changes)
    elif isinstance(record, Pipeline):
        stages.check_pipeline(record, changes)


def after_update(record: CompanyModel, changes: Changes) -> None:
    """Follow up on a change."""
    if isinstance(record, Opportunity):
        entry.follow(record, changes)
    elif isinstance(record, OpportunityLine):
        lines.add_up(record.opportunity_id)
    elif isinstance(record, OpportunityCredit):
        credits.divide(record.opportunity_id)
    elif isinstance(record, Stage):
        stages.follow_stage(record, changes)
    elif isinstance(record, Pipeline):
        forget()


def before_delete(record: CompanyModel) -> None:
    """Refuse a deletion, or add up what is left."""
    if isinstance(record, OpportunityLine):
        lines.add_up(record.opportunity_id, without=record)
    elif isinstance(record, OpportunityCredit):
        credits.take_back(record)
    elif isinstance(record, Stage | Pipeline):
        forget()


def _stays(changes: Changes) -> None:
    if "opportunity_id" in changes:
        raise Rejected("opportunity", gettext("It stays with its opportunity. Make a new one."))

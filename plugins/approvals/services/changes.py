"""What is completed, refused and followed up when rules, requests and decisions are written, and
when records change that somebody has asked about."""

from __future__ import annotations

from plugin_api.models import CompanyModel
from plugin_api.workflow import Transition
from plugins.approvals.models import Decision, Request, Rule, Step
from plugins.approvals.services import asking, deciding, holding, moves, rules


def before_create(record: CompanyModel) -> None:
    """Complete or refuse a new record."""
    if isinstance(record, Request):
        asking.complete(record)
    elif isinstance(record, Rule | Step):
        before_update(record)
    elif record.plugin_id() != moves.OWN:
        holding.hold_new(record)


def after_create(record: CompanyModel) -> None:
    """Follow up on a new record."""
    if isinstance(record, Request):
        asking.send(record)
    elif isinstance(record, Rule | Step):
        rules.forget()
    elif record.__parent__:
        holding.changed(record)


def before_update(record: CompanyModel) -> None:
    """Refuse a rule that cannot be followed."""
    if isinstance(record, Rule):
        rules.check(record)
    elif isinstance(record, Step):
        rules.check_step(record)


def after_update(record: CompanyModel) -> None:
    """Follow up on a change."""
    if isinstance(record, Rule | Step):
        rules.forget()
    elif record.plugin_id() != moves.OWN:
        holding.changed(record)


def before_delete(record: CompanyModel) -> None:
    """Follow up on what is deleted."""
    if isinstance(record, Rule | Step):
        rules.forget()
    elif record.plugin_id() != moves.OWN:
        holding.changed(record)


def after_transition(record: CompanyModel, transition: Transition) -> None:
    """Follow up on a move."""
    if isinstance(record, Decision):
        deciding.follow(record, transition.name)
    elif isinstance(record, Request):
        if transition.name == "recall":
            deciding.drop_open(record)
    else:
        holding.made(record, transition)

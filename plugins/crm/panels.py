"""What stands beside an opportunity or an account, and above the list of opportunities."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import request, url_for
from flask_babel import format_currency, format_date, format_decimal

from plugin_api import host
from plugin_api.context import (
    current_company,
    gettext,
    has_permission,
    ngettext,
    today,
)
from plugin_api.models import CompanyModel
from plugin_api.money import from_minor
from plugin_api.panels import Action, Fact, Panel
from plugins.crm import display
from plugins.crm.models import Account, Opportunity
from plugins.crm.models.opportunities import OUTCOMES
from plugins.crm.models.people import ATTITUDES, ROLES
from plugins.crm.services import coverage
from plugins.crm.services.attention import counted
from plugins.crm.services.stages import steps


def for_record(record: CompanyModel) -> list[Panel]:
    """Panels of an opportunity or an account."""
    if isinstance(record, Opportunity):
        return [*_opportunity(record), *_people(record)]
    return [*_account(record), *_map(record)] if isinstance(record, Account) else []


def for_list() -> list[Panel]:
    """How many open opportunities stall or are overdue; nothing while none does."""
    stall, late = counted()
    found = (
        (stall, gettext("In their stage for too long"), {"stalls_on__period": "until_today"}),
        (late, gettext("Past their expected close"), {"expected_close__period": "overdue"}),
    )
    facts = tuple(
        Fact(label=label, value=format_decimal(number), href=_list(**asked))
        for number, label, asked in found
        if number
    )
    return [Panel(title=gettext("Need a look"), facts=facts)] if facts else []


def _list(**asked: str) -> str:
    query = urlencode({"outcome": "open", "archived": "false", **asked})
    return f"{request.script_root}/crm/opportunities?{query}"


def _opportunity(record: Opportunity) -> list[Panel]:
    """Whether it moves: days in the stage, the expected close, how often it was put off."""
    step = steps().get(record.stage_id or 0)
    if record.outcome != "open" or step is None or record.stage_since is None:
        return []
    days = (today() - record.stage_since).days
    value = ngettext("%(num)d day", "%(num)d days", days)
    share = None
    if step.rot_days is not None:
        share = days / step.rot_days
        value = gettext("%(days)d of %(limit)d days", days=days, limit=step.rot_days)
    facts = [Fact(label=gettext("In “%(stage)s”", stage=step.name), value=value, share=share)]
    if record.expected_close is not None:
        facts.append(
            Fact(
                label=gettext("Expected close"),
                value=gettext("%(day)s, overdue", day=format_date(record.expected_close, "medium"))
                if record.expected_close < today()
                else format_date(record.expected_close, "medium"),
            )
        )
    if record.pushes:
        facts.append(Fact(label=gettext("Times put off"), value=format_decimal(record.pushes)))
    stalled = record.stalls_on is not None and record.stalls_on <= today()
    note = gettext("It stalls: agree on a next step, or close it.") if stalled else ""
    return [Panel(title=gettext("How it moves"), facts=tuple(facts), note=note)]


def _people(record: Opportunity) -> list[Panel]:
    """Who takes part in an open opportunity, and who lacks."""
    if record.outcome != "open" or not (_sees_people() and coverage.sees_parts()):
        return []
    found = coverage.parts(record.id)
    words = {choice.value: choice.label for choice in (*ROLES, *ATTITUDES)}
    facts = tuple(
        Fact(
            label=each.name,
            value=f"{words[each.role]} · {words[each.attitude]}",
            href=host().record_url("crm.Contact", each.contact_id),
        )
        for each in found
    )
    known = {each.contact_id for each in found} | ({record.contact_id} - {None})
    gaps = coverage.gaps(
        {each.role for each in found}, len(known), [each.attitude for each in found]
    )
    actions = [] if record.account_id is None else [_to_map(record.account_id)]
    if host().records.may(record, "update"):
        href = f"{host().list_url('crm.OpportunityContact')}/new?opportunity={record.id}"
        actions.insert(
            0, Action(label=gettext("Add a person"), href=href, icon="person-plus", dialog=True)
        )
    return [
        Panel(
            title=gettext("Who decides"), facts=facts, note=" ".join(gaps), actions=tuple(actions)
        )
    ]


def _map(record: Account) -> list[Panel]:
    """The way to the people of an account."""
    if not _sees_people():
        return []
    known = coverage.people_at(record.id)
    href = host().list_url("crm.Contact", {"account": record.id})
    fact = Fact(label=gettext("Contacts"), value=format_decimal(known), href=href)
    gaps = coverage.gaps(("decider",), known)
    return [
        Panel(
            title=gettext("People there"), facts=(fact,), note=" ".join(gaps),
            actions=(_to_map(record.id),),
        )
    ]  # fmt: skip


def _to_map(account_id: int) -> Action:
    href = url_for("crm.people", record_id=account_id)
    return Action(label=gettext("Relationship map"), href=href, icon="diagram-3")


def _sees_people() -> bool:
    return has_permission("crm.Contact.read")


def _account(record: Account) -> list[Panel]:
    """What is open, won and lost there, within what the actor may see."""
    if not has_permission("crm.Opportunity.read"):
        return []
    measures, filters = host().measures, {"account": record.id}
    counts = {
        point.keys[0]: point.value or 0
        for point in measures.table("crm.created", by=("outcome",), filters=filters)
    }
    if not counts:
        return []
    facts = [
        Fact(label=choice.label, value=format_decimal(counts[choice.value]))
        for choice in OUTCOMES
        if choice.value in counts
    ]
    won = measures.value("crm.won_amount", filters=filters) if display.sees_amounts() else None
    if won:
        currency = current_company().currency
        amount = format_currency(from_minor(int(won), currency), currency)
        facts.append(Fact(label=measures.get("crm.won_amount").label, value=amount))
    return [Panel(title=gettext("Business so far"), facts=tuple(facts))]

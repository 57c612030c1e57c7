"""The people of an account: who reports to whom, what part they take, how they think."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from flask import render_template

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.models import Choice
from plugin_api.pages import require
from plugins.crm.models import Account, Contact, Opportunity, OpportunityContact
from plugins.crm.models.people import ATTITUDES, INFLUENCES, ROLES
from plugins.crm.services import attention, coverage
from plugins.crm.services.map import HEIGHT, WIDTH, Picture, draw

MOST = 200
SEEN = ("decider", "champion")
"""Roles that nobody is told to lack who may not see them."""
ORDER = ("against", "doubtful", "for", "neutral", "unknown")
"""Which attitude of somebody counts who has several: what is to be looked after first."""


@dataclass(slots=True)
class Person:
    """Somebody in the picture; ``parts`` are role, influence and opportunity in words."""

    id: int
    name: str
    title: str
    above: int | None
    href: str
    here: bool
    attitude: str = "unknown"
    roles: list[str] = field(default_factory=list)
    parts: list[tuple[str, str, str, str]] = field(default_factory=list)
    level: int = 0


def show(record_id: int) -> str:
    """The relationship map of an account, within what the person may see."""
    require("crm.Contact.read")
    account = host().records.get(Account, record_id)
    sees_parts = coverage.sees_parts()
    people = _people(account, sees_parts)
    picture = draw([each.id for each in people], {each.id: each.above for each in people})
    by_id = {each.id: each for each in people}
    return render_template(
        "crm/people.html",
        account=account,
        href=host().record_url("crm.Account", account.id),
        people=_in_order(people, picture),
        picture=picture,
        by_id=by_id,
        size=(WIDTH, HEIGHT),
        labels={choice.value: choice.label for choice in (*ROLES, *ATTITUDES)},
        tones={choice.value: choice.tone for choice in ATTITUDES},
        gaps=coverage.gaps(
            {role for each in people for role in each.roles} if sees_parts else SEEN,
            len(people),
            [each.attitude for each in people],
        ),
        new_href=f"{host().list_url('crm.Contact')}/new?account={account.id}",
        more=len(people) >= MOST,
    )


def _people(account: Account, sees_parts: bool) -> list[Person]:
    """Those of the account, and those who take part in its open opportunities."""
    session, visible = host().session, host().records.visible
    title: Any
    above: Any
    title, above = (
        column if host().records.may_read(Contact, name) else sa.null()
        for name, column in (("title", Contact.title), ("reports_to", Contact.reports_to_id))
    )
    roles = (
        sa.select(
            OpportunityContact.contact_id, OpportunityContact.role, OpportunityContact.influence,
            OpportunityContact.attitude, Opportunity.id, Opportunity.name,
        )
        .join(Opportunity, Opportunity.id == OpportunityContact.opportunity_id)
        .where(Opportunity.account_id == account.id, attention.in_use(), visible(Opportunity))
        .order_by(OpportunityContact.id)
    )  # fmt: skip
    taken = session.execute(roles).all() if sees_parts else []
    asked = (
        sa.select(Contact.id, Contact.name, title, above, Contact.account_id)
        .where(
            sa.or_(
                sa.and_(Contact.account_id == account.id, Contact.archived.is_(False)),
                Contact.id.in_({row[0] for row in taken}),
            ),
            visible(Contact),
        )
        .order_by(Contact.name, Contact.id)
        .limit(MOST)
    )  # fmt: skip
    found = {
        row[0]: Person(
            row[0], row[1], row[2] or "", row[3], host().record_url("crm.Contact", row[0]),
            row[4] == account.id,
        )
        for row in session.execute(asked)
    }  # fmt: skip
    words = _words((*ROLES, *INFLUENCES))
    for contact_id, role, influence, attitude, number, name in taken:
        person = found.get(contact_id)
        if person is None:
            continue
        if not person.roles or ORDER.index(attitude) < ORDER.index(person.attitude):
            person.attitude = attitude
        if role not in person.roles:
            person.roles.append(role)
        said = gettext(
            "%(role)s, influence: %(influence)s", role=words[role], influence=words[influence],
        )  # fmt: skip
        href = host().record_url("crm.Opportunity", number)
        person.parts.append((said, str(name or f"#{number}"), href, attitude))
    return list(found.values())


def _words(choices: Sequence[Choice]) -> Mapping[str, Any]:
    return {choice.value: str(choice.label) for choice in choices}


def _in_order(people: Sequence[Person], picture: Picture) -> list[Person]:
    """From above to below, who reports after whom they report to."""
    below: dict[int, list[Person]] = {}
    by_id = {each.id: each for each in people}
    led = {each: leader for leader, each in picture.lines}
    for each in people:
        if each.id in led:
            below.setdefault(led[each.id], []).append(each)
    ordered: list[Person] = []
    waiting = [(each, 0) for each in reversed(people) if each.id not in led]
    while waiting:
        each, level = waiting.pop()
        by_id[each.id].level = level
        ordered.append(each)
        waiting += [(one, level + 1) for one in reversed(below.get(each.id, []))]
    return ordered

"""Who reports to whom at accounts, and what part people take in what is open."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugins.crm.models import Contact, Opportunity, OpportunityContact

ROLES = ("decider", "champion", "influencer", "user", "evaluator", "blocker", "buyer")
ATTITUDES = ("for", "for", "neutral", "neutral", "doubtful", "against", "unknown")
INFLUENCES = ("high", "medium", "low")


def load(chance: random.Random) -> None:
    """Fill what is there: three of four open opportunities know more than one person."""
    session = host().session
    people: dict[int, list[Contact]] = defaultdict(list)
    for contact in session.scalars(sa.select(Contact).order_by(Contact.id)):
        if contact.account_id is not None:
            people[contact.account_id].append(contact)
    for some in people.values():
        for contact in some[1:]:
            if chance.random() < 0.7:
                contact.reports_to_id = some[0].id
    session.flush()
    rows: list[dict[str, Any]] = []
    asked = sa.select(Opportunity.id, Opportunity.account_id).where(Opportunity.outcome == "open")
    for number, account_id in session.execute(asked.order_by(Opportunity.id)):
        known = people.get(account_id, []) if account_id is not None else []
        if not known or chance.random() < 0.25:
            continue
        for contact in chance.sample(known, min(len(known), chance.randint(1, 3))):
            rows.append(
                {
                    "opportunity_id": number, "contact_id": contact.id,
                    "role": chance.choice(ROLES), "influence": chance.choice(INFLUENCES),
                    "attitude": chance.choice(ATTITUDES),
                }
            )  # fmt: skip
    host().records.create_many(OpportunityContact, rows)

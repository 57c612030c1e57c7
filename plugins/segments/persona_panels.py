"""The persona of an account, why it is that, and how to sell to it: beside it and its deals."""

from __future__ import annotations

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, has_permission, pgettext
from plugin_api.panels import Fact, Panel
from plugins.crm.api import Account, Contact
from plugins.segments.models import Match, Persona
from plugins.segments.services import personas


def of_account(account_id: int | None) -> Panel | None:
    """What is known of it; nothing where it has no persona or the actor may not see it."""
    if account_id is None or not has_permission("segments.Persona.read"):
        return None
    asked = (
        sa.select(Match, Persona, Account)
        .join(Persona, Persona.id == Match.persona_id)
        .join(Account, Account.id == Match.account_id)
        .where(Match.account_id == account_id, host().records.visible(Account))
    )
    found = host().session.execute(asked).first()
    if found is None:
        return None
    match, persona, account = found
    why = personas.because(persona, account)
    if match.contact_id is not None and has_permission("crm.Contact.read"):
        which = sa.select(Contact).where(Contact.id == match.contact_id)
        contact = host().session.scalars(which.where(host().records.visible(Contact))).first()
        if contact is not None:
            said = personas.because(persona, contact)
            why += [(f"{contact.name}: {label}", value) for label, value in said]
    facts = [Fact(label=label, value=value) for label, value in why]
    if not facts:
        facts = [Fact(label=gettext("Matched"), value=gettext("every account"))]
    told = [
        (pgettext("persona", "Needs"), persona.needs), (gettext("Objections"), persona.objections),
        (gettext("How to sell to them"), persona.playbook),
    ]  # fmt: skip
    note = " ".join(f"{label}: {text}" for label, text in told if text)
    href = host().record_url("segments.Persona", persona.id)
    facts.insert(0, Fact(label=gettext("Persona"), value=persona.name, href=href))
    return Panel(title=gettext("Matched because"), facts=tuple(facts), note=note)

"""A mailbox, a mail of a customer and one of somebody whom nobody knows."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company
from plugins.crm.api import Contact
from plugins.service.models import Mail, Mailbox, Queue

WORDS = {
    "en": (
        ("Where is the second box?", "We got one of the two boxes that we ordered. When does the"
         " other one come?"),
        ("Question about your machines", "We have seen you at the fair. Do your machines take"
         " plates of 3 mm?"),
    ),
    "zh": (
        ("第二箱货在哪里？", "我们订了两箱，只收到一箱。另一箱什么时候到？"),
        ("咨询设备", "在展会上看到贵公司的设备，请问能加工 3 毫米的板材吗？"),
    ),
}  # fmt: skip


def load(company: Company) -> None:
    """Fill a company that has a queue and customers, and no mailbox."""
    session = host().session
    if session.scalar(sa.select(Mailbox.id).limit(1)) is not None:
        return
    queue = session.scalar(sa.select(Queue.id).order_by(Queue.position.desc()).limit(1))
    address = f"service@{company.slug}.example"
    host().records.create(Mailbox, {"address": address, "queue_id": queue})
    known: Any = sa.select(Contact.email).where(
        Contact.email.is_not(None), Contact.account_id.is_not(None)
    )
    sender = session.scalar(known.order_by(Contact.id).limit(1))
    first, second = WORDS["zh" if company.language.startswith("zh") else "en"]
    for from_, (subject, text) in ((sender, first), ("visitor@fair.example", second)):
        if from_:
            _bring(from_, address, subject, text)


def _bring(sender: str, address: str, subject: str, text: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, address, subject
    mail.set_content(text)
    host().records.create(Mail, {"source": mail.as_string()})

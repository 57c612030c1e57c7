"""Mails that customers write: which case they belong to, and what follows."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import io
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from plugin_api import host, letters
from plugin_api.context import gettext, now
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel
from plugins.crm.api import Account, Contact
from plugins.service.models import Case, Mail, Mailbox, Queue
from plugins.service.services.acting import with_rights

WRITTEN = ("service.Mail", "service.Mailbox")
NUMBER = re.compile(r"\bCS-\d{4}-\d{5,}\b")
ENCODED = re.compile(r"[A-Za-z0-9+/=\s]+")
MOST_AN_HOUR = 10
"""Mails of one sender that open cases by themselves. Two machines that answer each other are far
quicker than that."""


class Whose(NamedTuple):
    """Who writes from an address."""

    account_id: int | None
    contact_id: int | None


def before_create(record: CompanyModel) -> None:
    """Read a mail, and decide what becomes of it. Raises Rejected."""
    if isinstance(record, Mailbox):
        record.address = record.address.strip().lower()
        return
    assert isinstance(record, Mail)
    content = _content(record.source or "")
    try:
        letter = letters.read(content)
    except ValueError:
        text = gettext("This is no mail that can be read. It begins with its headers: From, To,"
                       " Date.")  # fmt: skip
        raise Rejected("source", text) from None
    boxes = _boxes()
    box = _box_of(record, letter, boxes)
    key = letter.key or hashlib.sha256(content).hexdigest()
    _check_new(key)
    own = {each.address for each in boxes}
    record.source = None
    record.message_key, record.mailbox_id = key, box.id
    record.name = letter.subject or gettext("Mail without a subject")
    record.sender, record.words, record.sent_at = letter.sender, letter.text or None, letter.at
    record.received_at = now()
    record.automatic = letter.automatic or letter.sender in own
    record.owner_id = None
    record.enclosed = letter.files
    _decide(record, letter)


def after_create(record: CompanyModel) -> None:
    """Open the case of a mail, or go on with the one that it belongs to."""
    if not isinstance(record, Mail):
        return
    _keep_files(record)
    if record.state != "taken":
        return
    if record.case_id is None:
        _open(record)
    else:
        _go_on(record)


def before_update(record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    """What was written stays. Raises Rejected."""
    if isinstance(record, Mailbox):
        record.address = record.address.strip().lower()
        return
    for name in ("source", "mailbox_id"):
        if name in changes:
            raise Rejected(name.removesuffix("_id"), gettext("A mail stays as it came."))


def open_by_hand(mail: Mail, values: dict[str, Any]) -> Mapping[str, Any]:
    """Somebody knows whose it is."""
    for name in ("account", "contact"):
        if name in values:
            setattr(mail, f"{name}_id", values.pop(name))
    return {"open": _open(mail)}


def attach(mail: Mail, values: dict[str, Any]) -> None:
    """Somebody knows which case it belongs to."""
    mail.case_id = values.pop("case", None) or mail.case_id
    if mail.case_id is not None:
        _go_on(mail)


def _keep_files(mail: Mail) -> None:
    """Keep what came with it; what is not taken is told in its note, and the mail is."""
    told = [mail.note] if mail.note else []
    for each in mail.enclosed:
        try:
            host().attach(mail, each.name, io.BytesIO(each.content))
        except Rejected as error:
            told.append(str(error))
    mail.enclosed, mail.note = (), " ".join(told)[:500] or None
    host().session.flush()


def _content(source: str) -> bytes:
    if not source.strip():
        raise Rejected("source", gettext("Paste the mail with its headers."))
    if ENCODED.fullmatch(source):
        try:
            return base64.b64decode("".join(source.split()), validate=True)
        except (binascii.Error, ValueError):
            pass
    return source.encode("utf-8", "replace")


def _boxes() -> list[Mailbox]:
    """The mailboxes. Whoever takes a mail meanwhile waits, so that none is taken twice."""
    asked = sa.select(Mailbox).order_by(Mailbox.id)
    with host().session.no_autoflush:
        return list(host().session.scalars(asked.with_for_update(key_share=True)))


def _box_of(mail: Mail, letter: letters.Letter, boxes: list[Mailbox]) -> Mailbox:
    active = [each for each in boxes if each.active]
    if mail.mailbox_id is not None:
        found = next((each for each in active if each.id == mail.mailbox_id), None)
    else:
        to = set(letter.addresses)
        found = next((each for each in active if each.address in to), None)
    if found is None:
        raise Rejected("mailbox", gettext("It is written to none of the mailboxes."))
    return found


def _check_new(key: str) -> None:
    asked = (
        sa.select(Mail.id, Case.number)
        .outerjoin(Case, Case.id == Mail.case_id)
        .where(Mail.message_key == key)
    )
    with host().session.no_autoflush:
        found = host().session.execute(asked).first()
    if found is not None:
        text = gettext("This mail is here already.")
        raise Rejected("source", f"{text} {found.number}" if found.number else text)


def _decide(mail: Mail, letter: letters.Letter) -> None:
    with host().session.no_autoflush:
        case = _case_of(letter)
        whose = _whose(letter.sender)
        many = _is_flood(letter.sender, mail.received_at or now())
    if whose is not None:
        mail.account_id, mail.contact_id = whose
    if case is not None and case.state != "closed":
        mail.case_id, mail.state = case.id, "taken"
        mail.account_id = case.account_id
        if whose is None or whose.account_id != case.account_id:
            mail.contact_id = None
    elif mail.automatic:
        mail.state = "discarded"
        mail.note = gettext("Nobody wrote it, so it opens no case.")
    elif many:
        mail.state, mail.note = "proposed", gettext("Too many mails within an hour.")
    elif whose is None:
        mail.state, mail.note = "proposed", gettext("Nobody is known who writes from this address.")
    else:
        mail.state = "taken"
        if case is not None:
            mail.note = gettext("After %(number)s, which is closed.", number=case.number)


def _case_of(letter: letters.Letter) -> Case | None:
    """The case that a mail replies to or names, if its sender has to do with it: whoever knows a
    number could write into a stranger's case else."""
    if letter.answers:
        asked = sa.select(Case).join(Mail, Mail.case_id == Case.id)
        found = host().session.scalars(asked.where(Mail.message_key.in_(letter.answers))).first()
        if found is not None and _is_of(found, letter.sender):
            return found
    for number in NUMBER.findall(letter.subject.upper()):
        found = host().session.scalar(sa.select(Case).where(Case.number == number))
        if found is not None and _is_of(found, letter.sender):
            return found
    return None


def _is_of(case: Case, sender: str) -> bool:
    """Whether somebody of the case's account, or who has written before, writes from an address."""
    wrote = sa.select(Mail.id).where(Mail.case_id == case.id, Mail.sender == sender)
    contact = sa.select(Contact.id).where(
        sa.func.lower(Contact.email) == sender,
        sa.or_(Contact.id == case.contact_id, Contact.account_id == case.account_id),
    )
    account = sa.select(Account.id).where(
        sa.func.lower(Account.email) == sender, Account.id == case.account_id
    )
    session = host().session
    return any(session.scalar(each.limit(1)) is not None for each in (wrote, contact, account))


def _whose(sender: str) -> Whose | None:
    """Whose address it is, of those that the actor may see; None where nobody or several are."""
    visible = host().records.visible
    asked = sa.select(Contact.account_id, Contact.id).where(
        sa.func.lower(Contact.email) == sender, visible(Contact)
    )
    rows = host().session.execute(asked.order_by(Contact.id).limit(20)).all()
    if rows:
        same = len({row.account_id for row in rows}) == 1
        return Whose(rows[0].account_id, rows[0].id if len(rows) == 1 else None) if same else None
    accounts = sa.select(Account.id).where(
        sa.func.lower(Account.email) == sender, visible(Account)
    )  # fmt: skip
    ids = host().session.scalars(accounts.limit(2)).all()
    return Whose(ids[0], None) if len(ids) == 1 else None


def _is_flood(sender: str, moment: dt.datetime) -> bool:
    since = moment - dt.timedelta(hours=1)
    asked = sa.select(sa.func.count(Mail.id)).where(
        Mail.sender == sender, Mail.received_at >= since
    )
    return (host().session.scalar(asked) or 0) >= MOST_AN_HOUR


def _open(mail: Mail) -> Case:
    box = host().session.get_one(Mailbox, (mail.company_id, mail.mailbox_id))
    text = "\n\n".join(filter(None, (mail.note, mail.words)))
    with with_rights():
        case = host().records.create(
            Case,
            {
                "name": mail.name, "kind": box.kind, "priority": box.priority, "channel": "mail",
                "queue_id": box.queue_id, "account_id": mail.account_id,
                "contact_id": mail.contact_id, "description": text or None, "owner_id": None,
                "opened_at": mail.received_at,
            },
        )  # fmt: skip
    mail.case_id, mail.owner_id = case.id, case.owner_id
    mail.account_id = mail.account_id or case.account_id
    host().session.flush()
    host().copy_files(mail, case)
    return case


def _go_on(mail: Mail) -> None:
    """The customer has written again: what waits goes on, what was solved is opened again."""
    case = host().session.get_one(Case, (mail.company_id, mail.case_id))
    mail.owner_id = case.owner_id
    host().session.flush()
    host().copy_files(mail, case)
    if mail.automatic:
        return
    with with_rights():
        if case.state == "waiting":
            host().records.transition(case, "resume")
        elif case.state == "solved":
            reason = gettext("The customer has written again.")
            host().records.transition(case, "reopen", {"reopen_reason": reason})
    told = case.owner_id
    if told is None and case.queue_id is not None:
        told = host().session.scalar(sa.select(Queue.lead_id).where(Queue.id == case.queue_id))
    if told is not None:
        host().remind(case, [told], gettext("The customer has written again."))

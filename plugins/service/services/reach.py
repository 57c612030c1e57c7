"""Which cases somebody sees and takes as a member of queues, or as the account's owner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from plugin_api.context import Actor
from plugins.crm.api import Account
from plugins.service.access import READ, READ_MAIL, READ_VISIT, UPDATE, UPDATE_MAIL
from plugins.service.models import Case, Mail, Mailbox, Member, Queue, Visit


def legs(permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
    """See :meth:`plugin_api.models.Base.reached_besides`: members read all of their queues and
    change what nobody owns yet, who leads a queue changes all of it, and whose account it is reads
    its cases."""
    if permission not in (READ, UPDATE) or actor.user_id is None:
        return ()
    case: Any = aliased(Case)
    member: Any = aliased(Member)
    queue: Any = aliased(Queue)
    queues = sa.select(member.queue_id).where(member.user_id == actor.user_id)
    mine = sa.select(case.id).where(case.queue_id.in_(queues))
    led = sa.select(queue.id).where(queue.lead_id == actor.user_id)
    leading = sa.select(case.id).where(case.queue_id.in_(led))
    if permission == UPDATE:
        return mine.where(case.owner_id.is_(None)), leading
    account: Any = aliased(Account)
    theirs = (
        sa.select(case.id)
        .join(account, account.id == case.account_id)
        .where(account.owner_id == actor.user_id)
    )
    return mine, leading, theirs


def mail_legs(permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
    """Members of queues, and who leads them, read and decide on mails to their mailboxes; whose a
    case is reads its mails."""
    if permission not in (READ_MAIL, UPDATE_MAIL) or actor.user_id is None:
        return ()
    mail: Any = aliased(Mail)
    box: Any = aliased(Mailbox)
    member: Any = aliased(Member)
    queue: Any = aliased(Queue)
    queues = sa.select(member.queue_id).where(member.user_id == actor.user_id).union_all(
        sa.select(queue.id).where(queue.lead_id == actor.user_id)
    )  # fmt: skip
    boxes = sa.select(box.id).where(box.queue_id.in_(queues))
    mine = sa.select(mail.id).where(mail.mailbox_id.in_(boxes))
    if permission == UPDATE_MAIL:
        return (mine,)
    case: Any = aliased(Case)
    cases = sa.select(case.id).where(
        sa.or_(case.owner_id == actor.user_id, case.queue_id.in_(queues))
    )
    return mine, sa.select(mail.id).where(mail.case_id.in_(cases))


def visit_legs(permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
    """Return visits of the actor's accounts may be read, whoever makes them."""
    if permission != READ_VISIT or actor.user_id is None:
        return ()
    visit: Any = aliased(Visit)
    account: Any = aliased(Account)
    return (
        sa.select(visit.id)
        .join(account, account.id == visit.account_id)
        .where(account.owner_id == actor.user_id),
    )

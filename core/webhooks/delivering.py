"""The job that sends what waits for a webhook, and what becomes of each message.

A message is claimed by having it due later: a worker that dies leaves it to be sent again, so a
receiver may get one twice, under the same ``webhook-id``, and never not at all.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from core.collab import notify
from core.extensions import db
from core.host import services
from core.identity.models import User
from core.identity.sealing import unseal
from core.identity.service import actor_for
from core.jobs.running import payload, progress
from core.webhooks import waking
from core.webhooks.models import (
    ACTIVE,
    DELIVERED,
    DISABLED,
    FAILED,
    PENDING,
    Webhook,
    WebhookDelivery,
)
from core.webhooks.signing import signature
from plugin_api.context import gettext, now
from plugin_api.context import lazy_gettext as _
from plugin_api.settings import Setting

SECONDS = 10.0
LEASE = timedelta(minutes=2)
"""So long nobody else takes a message that is being sent."""
PAUSES = tuple(
    timedelta(seconds=each)
    for each in (5, 60, 300, 1800, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
)
"""Before each attempt after the first; then a message has failed."""
JITTER = 0.2
MOST = 500
"""Messages of one run; the next one takes the rest."""
IN_A_ROW = 3
"""After so many failures in a row a run leaves the address in peace for a while."""
KEPT_ANSWER = 1000
"""Characters."""
FAILURES = "core.webhook_failures"
GONE = 410
SETTINGS = (
    Setting(
        key=FAILURES, label=_("Switch webhooks off after failures"), kind="integer", default=20,
        minimum=3, maximum=1000, help=_("In a row; administrators are told."),
    ),
)  # fmt: skip
_APART = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of sending a message."""

    took: int
    status: int | None = None
    answer: str = ""
    error: str = ""

    @property
    def good(self) -> bool:
        """Whether the receiver has taken it."""
        return self.status is not None and 200 <= self.status < 300


def run() -> None:
    """Send what waits for the webhook that the running job is about."""
    webhook_id = int(payload()["webhook"])
    waking.forget_done(webhook_id)
    done = bad = 0
    while bad < IN_A_ROW and done < MOST:
        hook, message = _claimed(webhook_id)
        if hook is None or message is None:
            break
        outcome = _send(hook, message)
        _note(webhook_id, message.id, outcome)
        done, bad = done + 1, 0 if outcome.good else bad + 1
        progress(done, done + 1, gettext("%(done)s messages", done=f"{done:,}"))
    _go_on(webhook_id, peace=bad >= IN_A_ROW)


def pause(attempts: int) -> timedelta:
    """How long to wait after so many attempts that failed, a little more or less each time."""
    length = PAUSES[min(attempts, len(PAUSES)) - 1]
    return length * random.uniform(1 - JITTER, 1 + JITTER)


def _claimed(webhook_id: int) -> tuple[Webhook | None, WebhookDelivery | None]:
    """The webhook, and the message that is due the longest, which is nobody else's then."""
    hook = db.session.get(Webhook, webhook_id)
    if hook is None or hook.state != ACTIVE or not _somebody(hook):
        db.session.rollback()
        return None, None
    here = WebhookDelivery
    due = (here.webhook_id == webhook_id, here.state == PENDING, here.due_at <= now())
    while True:
        first = sa.select(here).where(*due).order_by(here.due_at, here.id).limit(1)
        found = db.session.scalar(first)
        if found is None:
            db.session.rollback()
            return hook, None
        db.session.expunge(found)
        taken: Any = db.session.execute(
            sa.update(here).where(here.id == found.id, *due).values(due_at=now() + LEASE),
            execution_options=_APART,
        )
        db.session.refresh(hook)
        db.session.expunge(hook)
        db.session.commit()
        if taken.rowcount:
            return hook, found
        hook = db.session.get_one(Webhook, webhook_id)


def _somebody(hook: Webhook) -> bool:
    user = db.session.get(User, hook.user_id) if hook.user_id else None
    return user is not None and user.active


def _send(hook: Webhook, message: WebhookDelivery) -> Outcome:
    import requests  # heavy, and only for who sends

    from core.outgoing import NotPublic, TooLarge, Unencrypted, session

    began = time.monotonic()

    def made(**said: Any) -> Outcome:
        return Outcome(round((time.monotonic() - began) * 1000), **said)

    body, at = message.body.encode(), int(now().timestamp())
    try:
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Xiaoguan-Webhooks/1",
            "webhook-id": message.message,
            "webhook-timestamp": str(at),
            "webhook-signature": _signatures(hook, message.message, at, body),
        }
        with session(seconds=SECONDS, limit=64 * 1024) as web:
            got = web.post(hook.address, data=body, headers=headers, allow_redirects=False)
    except ValueError:
        return made(error=gettext("The secret cannot be read here any more; make another."))
    except NotPublic:
        return made(error=gettext("The address is of no public server."))
    except Unencrypted:
        return made(error=gettext("The address has to begin with https://."))
    except requests.TooManyRedirects as refused:
        status = None if refused.response is None else refused.response.status_code
        return made(status=status, error=gettext("The address points to another one."))
    except TooLarge:
        return made(error=gettext("The answer is too long."))
    except requests.Timeout:
        return made(error=gettext("No answer within %(seconds)s seconds.", seconds=int(SECONDS)))
    except requests.RequestException as error:
        # Its kind alone: the text of some names addresses inside a network.
        return made(error=gettext("No connection (%(kind)s).", kind=type(error).__name__))
    answer = got.text[:KEPT_ANSWER].replace("\0", "")
    said = "" if 200 <= got.status_code < 300 else gettext("Not taken.")
    return made(status=got.status_code, answer=answer, error=said)


def _signatures(hook: Webhook, message: str, at: int, body: bytes) -> str:
    """One for the secret, and one for the secret before it while that still counts."""
    kept = [hook.secret]
    if hook.old_secret and hook.old_until and hook.old_until > now():
        kept.append(hook.old_secret)
    opened = [unseal(each) or "-" for each in kept]
    return " ".join(signature(each, message, at, body) for each in opened)


def _note(webhook_id: int, delivery_id: int, outcome: Outcome) -> None:
    here, hook = WebhookDelivery, Webhook
    attempts = 1 + (db.session.scalar(sa.select(here.attempts).where(here.id == delivery_id)) or 0)
    state, due = DELIVERED, now()
    if not outcome.good:
        state = FAILED if attempts > len(PAUSES) else PENDING
        due += pause(attempts)
    db.session.execute(
        sa.update(here)
        .where(here.id == delivery_id)
        .values(
            attempts=attempts, state=state, due_at=due, sent_at=now(), took=outcome.took,
            status=outcome.status, answer=outcome.answer, error=outcome.error, updated_at=now(),
        ),
        execution_options=_APART,
    )  # fmt: skip
    # Past the unit of work: no process has to read the company anew for a count.
    failed = 0 if outcome.good else hook.failures + 1
    counted = sa.update(hook).where(hook.id == webhook_id).values(failures=failed)
    if outcome.good:
        counted = counted.where(hook.failures > 0)
    db.session.execute(counted, execution_options=_APART)
    if not outcome.good:
        _give_up(webhook_id, outcome)
    db.session.commit()


def _give_up(webhook_id: int, outcome: Outcome) -> None:
    """Switch the webhook off when it has failed too often, and tell administrators."""
    hook = db.session.get(Webhook, webhook_id, populate_existing=True)
    if hook is None or hook.state != ACTIVE:
        return
    if outcome.status == GONE:
        hook.reason = gettext("The address says that it is gone for good (410).")
    elif hook.failures >= int(services().setting(FAILURES)):
        hook.reason = gettext("%(count)s failures in a row.", count=hook.failures)
    else:
        return
    hook.state = DISABLED
    db.session.flush()
    notify.notify("webhook", hook, _administrators(hook), {"text": hook.reason})


def _administrators(hook: Webhook) -> list[int]:
    people = db.session.scalars(sa.select(User).where(User.active)).all()
    able = [user.id for user in people if "core.Webhook.update" in actor_for(user).grants]
    return [*able, *([hook.user_id] if hook.user_id else [])]


def _go_on(webhook_id: int, *, peace: bool) -> None:
    """Have the rest sent when it is due; later when the address seems to be down."""
    here = WebhookDelivery
    asked = (
        sa.select(sa.func.min(here.due_at), sa.func.max(Webhook.failures))
        .join(Webhook, Webhook.id == here.webhook_id)
        .where(here.webhook_id == webhook_id, here.state == PENDING, Webhook.state == ACTIVE)
    )
    due, failures = db.session.execute(asked).one()
    if due is not None:
        earliest = now() + (pause(failures) if peace else timedelta(seconds=1))
        waking.at(webhook_id, max(due, earliest))

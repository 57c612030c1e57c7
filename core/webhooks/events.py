"""Writing down what webhooks are to be told, in the transaction of the change.

Only a company that has ever had a webhook is asked for any: for others a change costs nothing.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm.attributes import instance_state

from core.api.values import instant, shower
from core.data import query
from core.data.fields import fields_of
from core.host import add, services
from core.identity.models import User
from core.identity.service import actor_for
from core.webhooks import waking
from core.webhooks.models import ACTIVE, OWN, Webhook, WebhookDelivery
from core.webhooks.signing import new_message
from plugin_api.context import (
    SYSTEM,
    Actor,
    acting_as,
    current_actor,
    current_company,
    now,
)
from plugin_api.errors import Refused
from plugin_api.models import CompanyModel

log = logging.getLogger(__name__)

EVENTS: Mapping[str, str] = {
    "create": "created", "update": "updated", "transition": "transition", "delete": "deleted",
}  # fmt: skip
"""What is noted of a change → what it is called in messages."""
LEFT = "left"
"""What it is called when a webhook sees a record no more that it saw before the change."""
CHANGES = frozenset({"update", "transition"})
_SEEN = "xiaoguan.webhooks.seen"
"""In the info of a record's state: the webhooks that saw it before it was changed."""
CHUNK = 500
MOST_COMPANIES = 2000


@dataclass(frozen=True, slots=True)
class Listener:
    """A webhook that is to be told, and as whom it looks."""

    id: int
    model: str | None
    actions: frozenset[str]
    filter: Mapping[str, str]
    actor: Actor


@dataclass(slots=True)
class _Memory:
    held: dict[tuple[int, int], tuple[Listener, ...]] = field(default_factory=dict)
    """(company, revision) → its webhooks."""


def tell(
    action: str,
    records: Sequence[CompanyModel],
    *,
    changed: Mapping[int, Collection[str]] | None = None,
    transition: str = "",
) -> None:
    """Write what the webhooks of the company are to be told of records of one model.

    The records are in the database as they shall be told: written by now, or not deleted yet.
    ``changed`` names fields by record. What :func:`look` has found before and is not found any more
    is told as left. One statement a webhook and five hundred records, and one that writes.
    """
    if action not in EVENTS or not records or records[0].model_key() in OWN:
        return
    model = type(records[0])
    session = services().session
    rows: list[dict[str, Any]] = []
    told = _Told(action, changed or {}, transition)
    before = {record.id: instance_state(record).info.pop(_SEEN, ()) for record in records}
    for each in _listeners():
        if action in each.actions and each.model in (None, model.model_key()):
            seen = [id_ for id_, listeners in before.items() if each.id in listeners]
            with session.no_autoflush:
                rows += told.messages(each, model, list(before), seen)
    if rows:
        write(rows)


def look(records: Sequence[CompanyModel]) -> None:
    """Note which webhooks see records of one model that are about to be changed. One statement a
    webhook that does not see all, and five hundred records."""
    model = type(records[0])
    key, session = model.model_key(), services().session
    if key in OWN:
        return
    found: dict[int, set[int]] = {record.id: set() for record in records}
    for each in _listeners():
        if each.actions & CHANGES and each.model in (None, key):
            with session.no_autoflush, acting_as(current_company(), each.actor):
                for id_ in _narrow(each, model, list(found)):
                    found[id_].add(each.id)
    for record in records:
        instance_state(record).info[_SEEN] = frozenset(found[record.id])


def _narrow(listener: Listener, model: Any, ids: Sequence[int]) -> Iterator[int]:
    """Those of some records that a webhook sees which does not see all."""
    asked = _question(listener, model)
    if asked is None or not asked.where:
        return
    for start in range(0, len(ids), CHUNK):
        some = model.id.in_(ids[start : start + CHUNK])
        yield from services().session.scalars(sa.select(model.id).where(some, *asked.where))


def write(rows: list[dict[str, Any]]) -> None:
    """Keep messages, to be sent once the transaction is committed."""
    session = services().session
    with session.no_autoflush:
        add(WebhookDelivery, rows)
        for webhook_id in sorted({row["webhook_id"] for row in rows}):
            waking.wake(webhook_id)


def row_of(
    webhook_id: int, event: str, data: Mapping[str, Any], record_id: int | None = None
) -> dict[str, Any]:
    """A message as it is kept."""
    said = {"type": event, "timestamp": instant(now()), "data": data}
    return {
        "webhook_id": webhook_id, "message": new_message(), "event": event,
        "record_id": record_id, "due_at": now(), "attempts": 0,
        "body": json.dumps(said, ensure_ascii=False, separators=(",", ":")),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Told:
    """A change, and what messages of it hold."""

    action: str
    changed: Mapping[int, Collection[str]]
    transition: str

    def messages(
        self,
        listener: Listener,
        model: type[CompanyModel],
        ids: Sequence[int],
        before: Sequence[int],
    ) -> list[dict[str, Any]]:
        """Those for a webhook: of the records that it looks for and may see, as it sees them, and
        of those that it saw ``before`` and does not see now."""
        who, key = current_actor(), model.model_key()
        with acting_as(current_company(), listener.actor):
            now_seen = dict(_seen(listener, model, ids))
            told: list[tuple[str, int, dict[str, Any] | None]]
            told = [(EVENTS[self.action], id_, record) for id_, record in now_seen.items()]
            told += [(LEFT, id_, None) for id_ in before if id_ not in now_seen]
            data = [self._data(model, id_, record, who) for _event, id_, record in told]
        return [
            row_of(listener.id, f"{key}.{event}", each, id_)
            for (event, id_, _record), each in zip(told, data, strict=True)
        ]

    def _data(
        self, model: type[CompanyModel], id_: int, record: Mapping[str, Any] | None, who: Actor
    ) -> dict[str, Any]:
        by = None if who.user_id is None else {"id": who.user_id, "label": who.name}
        data: dict[str, Any] = {"model": model.model_key(), "id": id_, "record": record, "by": by}
        if id_ in self.changed:
            known = fields_of(model)
            data["changed"] = sorted(name for name in self.changed[id_] if name in known)
        if self.transition:
            data["transition"] = self.transition
        return data


def _seen(
    listener: Listener, model: Any, ids: Sequence[int]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The records as REST would show them to the person, by number, in the order given."""
    asked = _question(listener, model)
    if asked is None:
        return
    show = shower(model)
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        shown, _after = query.read(query.narrowed(asked, model.id.in_(some)), show)
        found = {each["id"]: each for each in shown}
        yield from ((id_, found[id_]) for id_ in dict.fromkeys(some) if id_ in found)


def _question(listener: Listener, model: type[CompanyModel]) -> query.Query | None:
    """What a webhook looks for, asked as its person; None when it may not be asked any more."""
    try:
        return query.parse_query(model, {**listener.filter, "limit": str(CHUNK)})
    except Refused as refused:
        # What it asked for is gone, or its person may not read them any more.
        log.info("webhook %s hears nothing of %s: %s", listener.id, model.model_key(), refused)
        return None


def _listeners() -> tuple[Listener, ...]:
    company = current_company()
    memory: _Memory = current_app.extensions.setdefault("xiaoguan.webhooks", _Memory())
    key = (company.id, company.revision)
    found = memory.held.get(key)
    if found is None:
        if len(memory.held) >= MOST_COMPANIES:
            memory.held.clear()
        with acting_as(company, SYSTEM), services().session.no_autoflush:
            found = memory.held[key] = tuple(_read())
    return found


def _read() -> Iterator[Listener]:
    asked = (
        sa.select(Webhook, User)
        .join(User, User.id == Webhook.user_id)
        .where(Webhook.state == ACTIVE, User.active)
        .order_by(Webhook.id)
    )
    for hook, user in services().session.execute(asked).all():
        actions = {action for action in EVENTS if getattr(hook, f"on_{action}")}
        yield Listener(
            hook.id, hook.model, frozenset(actions), dict(parse_qsl(hook.filter or "")),
            actor_for(user),
        )  # fmt: skip

"""What a webhook must keep to, and what can be done with one."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import sqlalchemy as sa
from flask import current_app

from core.data import query
from core.extensions import db
from core.identity.sealing import seal
from core.intranet import Intranet, is_public
from core.webhooks import events, waking
from core.webhooks.models import (
    ACTIVE,
    DELIVERED,
    DISABLED,
    FAILED,
    OFF,
    OWN,
    PENDING,
    Webhook,
    WebhookDelivery,
)
from core.webhooks.signing import new_secret
from plugin_api.context import current_actor, gettext, now
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Refused, Rejected
from plugin_api.models import CompanyModel, model_of
from plugin_api.workflow import Transition, Workflow

MOST = 50
"""Of a company."""
OLD_COUNTS = timedelta(hours=24)
"""So long a secret counts beside the one that takes its place."""
WHAT = frozenset(
    {"address", "filter", "model", "on_create", "on_delete", "on_transition", "on_update"}
)
"""Who changes one of these sees what is sent, so it is sent as they may see it."""
Changes = Mapping[str, tuple[Any, Any]]


def before_create(record: CompanyModel) -> None:
    """Complete and check a webhook. Raises Rejected."""
    if isinstance(record, Webhook):
        if (db.session.scalar(sa.select(sa.func.count(Webhook.id))) or 0) >= MOST:
            raise Rejected("", gettext("At most %(most)s webhooks.", most=MOST))
        record.user_id = current_actor().user_id
        record.secret = seal(new_secret())
        _check(record)


def before_update(record: CompanyModel, changed: Changes) -> None:
    """Check a changed one. Raises Rejected."""
    if isinstance(record, Webhook) and WHAT & changed.keys():
        record.user_id = current_actor().user_id
        _check(record)


def renew_secret(hook: Webhook) -> str:
    """Another secret, which nobody is told a second time; the old one counts for a day more."""
    secret = new_secret()
    hook.old_secret, hook.old_until = hook.secret, now() + OLD_COUNTS
    hook.secret = seal(secret)
    hook.user_id = current_actor().user_id
    return secret


def _check(hook: Webhook) -> None:
    if hook.user_id is None:
        raise Rejected("", gettext("A webhook belongs to a person, and sees what they see."))
    _check_address(hook.address)
    if not any(getattr(hook, f"on_{action}") for action in events.EVENTS):
        raise Rejected("on_create", gettext("Choose at least one event."))
    if hook.model in OWN:
        raise Rejected("model", gettext("Choose one of the values."))
    if hook.filter and not hook.model:
        raise Rejected("filter", gettext("Choose which records, to filter them."))
    if hook.filter and hook.model:
        asked = dict(parse_qsl(hook.filter.removeprefix("?"), keep_blank_values=True))
        hook.filter = hook.filter.removeprefix("?")
        paged = {"cursor", "limit", "count", "fields", "sort"} & asked.keys()
        if paged or not asked:
            raise Rejected("filter", gettext("Write conditions only: city=Berlin&size__gte=5"))
        try:
            model: Any = model_of(hook.model)
            query.parse_query(model, asked)
        except Refused as refused:
            raise Rejected("filter", refused.words) from None


def _check_address(address: str) -> None:
    """Refuse what leads nowhere by its looks; where names lead is looked at when it is used."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise Rejected("address", gettext("This is no address of the web.")) from None
    if parts.scheme not in ("https", "http") or not host:
        raise Rejected("address", gettext("An address begins with https://."))
    if parts.username or parts.password:
        raise Rejected("address", gettext("Leave out name and password: the log would show them."))
    intranet: Intranet = current_app.extensions["xiaoguan.intranet"]
    own = host.rstrip(".") in intranet.names
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        inside = not own and (host.rstrip(".") == "localhost" or "." not in host.rstrip("."))
    else:
        own = own or intranet.has(host, found)
        inside = not own and not is_public(found)
    if inside:
        raise Rejected("address", gettext("The address is of no public server."))
    if parts.scheme == "http" and not own and not intranet.networks:
        raise Rejected("address", gettext("An address begins with https://."))


def _on(hook: Webhook, values: dict[str, Any]) -> None:
    hook.failures, hook.reason = 0, None
    waking.wake(hook.id)


def _off(hook: Webhook, values: dict[str, Any]) -> None:
    hook.reason = None


def _new_secret(hook: Webhook, values: dict[str, Any]) -> Mapping[str, Any]:
    return {"secret": renew_secret(hook)}


def _ping(hook: Webhook, values: dict[str, Any]) -> None:
    events.write([events.row_of(hook.id, "ping", {"webhook": {"id": hook.id, "name": hook.name}})])


def _again(delivery: WebhookDelivery, values: dict[str, Any]) -> None:
    delivery.attempts, delivery.due_at, delivery.error = 0, now(), None
    waking.wake(delivery.webhook_id)


WORKFLOWS = (
    Workflow(
        model="core.Webhook",
        field="state",
        transitions=(
            Transition(name="switch_on", label=_("Switch on"), from_=(OFF, DISABLED), to=ACTIVE,
                       apply=_on, tone="good"),
            Transition(name="switch_off", label=_("Switch off"), from_=(ACTIVE,), to=OFF,
                       apply=_off),
            Transition(name="ping", label=_("Send a test"), from_=(ACTIVE,), apply=_ping),
            Transition(name="new_secret", label=_("New secret"), from_=(ACTIVE, OFF, DISABLED),
                       apply=_new_secret, button=False),
        ),
    ),
    Workflow(
        model="core.WebhookDelivery",
        field="state",
        transitions=(
            Transition(name="resend", label=_("Send again"), from_=(DELIVERED, FAILED, PENDING),
                       to=PENDING, apply=_again, permission="core.Webhook.update"),
        ),
    ),
)  # fmt: skip

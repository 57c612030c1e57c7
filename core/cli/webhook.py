"""``xiaoguan webhook``: which programs are told of a company's changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
import sqlalchemy as sa

from core.cli.company import refusals
from core.cli.output import company_option, json_option, show, this_app
from core.extensions import db
from core.host import services
from core.identity.service import actor_for, find_user, system_in
from core.webhooks.models import FAILED, Webhook, WebhookDelivery
from core.webhooks.rules import renew_secret
from plugin_api.context import acting_as, current_company
from plugin_api.errors import NotFound

EVENTS = ("create", "update", "transition", "delete")


@click.group("webhook")
def webhook_group() -> None:
    """Tell other programs of changes, and see what was sent."""


@webhook_group.command("list")
@company_option
@json_option
def list_command(slug: str, as_json: bool) -> None:
    """List the webhooks of a company."""
    with this_app().app_context(), system_in(slug):
        hooks = db.session.scalars(sa.select(Webhook).order_by(Webhook.id))
        rows = [
            {"webhook": hook.id, "name": hook.name, "address": hook.address, "model": hook.model,
             "state": hook.state, "failures": hook.failures, "reason": hook.reason}
            for hook in hooks
        ]  # fmt: skip
    show(rows, as_json=as_json, empty="Nobody is told of anything.")


@webhook_group.command("add")
@click.argument("address")
@company_option
@click.option("--as", "user", required=True, metavar="USER",
              help="Whose rights it has: e-mail, external id or name.")  # fmt: skip
@click.option("--name", help="What it is called; else its address.")
@click.option("--model", metavar="PLUGIN.MODEL", help="Of which records; else of all.")
@click.option("--event", "events", multiple=True, type=click.Choice(EVENTS),
              help="What it is told, once or more often; else everything.")  # fmt: skip
@click.option("--filter", "conditions", help="Of which ones: city=Berlin.")
@json_option
def add_command(
    *, address: str, slug: str, user: str, name: str | None, model: str | None,
    events: tuple[str, ...], conditions: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Have ADDRESS told of changes. Prints the secret that messages are signed with, once."""
    with this_app().app_context(), refusals(), system_in(slug), _as(user):
        values: dict[str, Any] = {
            "name": name or address[:80], "address": address, "model": model,
            "filter": conditions,
        }  # fmt: skip
        values |= {f"on_{each}": each in (events or EVENTS) for each in EVENTS}
        hook = services().records.create(Webhook, values)
        secret = renew_secret(hook)
        # Nobody has ever known the one before.
        hook.old_secret = hook.old_until = None
        db.session.commit()
        row = {"webhook": hook.id, "address": hook.address, "secret": secret}
    show([row], as_json=as_json)


@contextmanager
def _as(user: str) -> Iterator[None]:
    with acting_as(current_company(), actor_for(find_user(user))):
        yield


@webhook_group.command("log")
@company_option
@click.option("--webhook", "webhook_id", type=int, help="Of this one only.")
@click.option("--count", type=click.IntRange(1, 1000), default=50, show_default=True,
              help="How many.")  # fmt: skip
@json_option
def log_command(slug: str, webhook_id: int | None, count: int, as_json: bool) -> None:
    """List what was sent, the newest first."""
    here = WebhookDelivery
    with this_app().app_context(), system_in(slug):
        asked = sa.select(here).order_by(here.id.desc()).limit(count)
        if webhook_id is not None:
            asked = asked.where(here.webhook_id == webhook_id)
        rows = [
            {"delivery": row.id, "webhook": row.webhook_id, "event": row.event,
             "record": row.record_id, "state": row.state, "attempts": row.attempts,
             "status": row.status, "error": row.error, "sent": row.sent_at}
            for row in db.session.scalars(asked)
        ]  # fmt: skip
    show(rows, as_json=as_json, empty="Nothing was sent yet.")


@webhook_group.command("resend")
@click.argument("delivery", type=int, required=False)
@company_option
@click.option("--failed", is_flag=True, help="Everything that has failed for good.")
def resend_command(delivery: int | None, slug: str, failed: bool) -> None:
    """Send DELIVERY again, or all that failed; a worker does it."""
    if (delivery is None) is not failed:
        raise click.UsageError("name a delivery, or say --failed")
    here = WebhookDelivery
    with this_app().app_context(), refusals(), system_in(slug):
        which = here.state == FAILED if failed else here.id == delivery
        rows = db.session.scalars(sa.select(here).where(which).order_by(here.id)).all()
        if delivery is not None and not rows:
            raise NotFound(f"there is no delivery {delivery}")
        for row in rows:
            services().records.transition(row, "resend")
        db.session.commit()
        click.echo(f"{len(rows)} to be sent again.", err=True)

"""The secret of a webhook, shown once."""

from __future__ import annotations

from flask import Blueprint, render_template

from core.extensions import db
from core.host import services
from core.identity import proof
from core.views.urls import record_url
from core.webhooks.models import Webhook
from plugin_api.pages import check_company

bp = Blueprint("webhooks", __name__)


@bp.get("/core/webhooks/<int:record_id>/secret")
def ask(record_id: int) -> str:
    """Say what a new secret means, before there is one."""
    return _page(services().records.get(Webhook, record_id, "update"))


@bp.post("/core/webhooks/<int:record_id>/secret")
def renew(record_id: int) -> str:
    """Make a new secret; this page is the only one that ever shows it."""
    hook = services().records.get(Webhook, record_id, "update")
    check_company()
    proof.require()
    said = services().records.transition(hook, "new_secret")
    db.session.commit()
    return _page(hook, said["secret"])


def _page(hook: Webhook, secret: str = "") -> str:
    return render_template(
        "web/webhook_secret.html", hook=hook, secret=secret, back=record_url(Webhook, hook.id)
    )

"""A server that takes messages of webhooks, and what tests ask of them."""

from __future__ import annotations

import json
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any, ClassVar

import sqlalchemy as sa

from core.extensions import db
from core.jobs.models import JobRun
from core.jobs.sweep import sweep
from core.webhooks.models import WebhookDelivery
from plugin_api.context import now
from tests.api.kit import Api
from tests.rest.kit import ACME, Served

ACCOUNTS, HOOKS, LOG = "/crm/accounts", "/core/webhooks", "/core/webhook_deliveries"


class Receiver(BaseHTTPRequestHandler):
    """Takes messages, and answers with the statuses that it is told to."""

    got: ClassVar[list[tuple[dict[str, str], bytes]]] = []
    answers: ClassVar[list[int]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        status = self.answers.pop(0) if self.answers else 204
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", "http://169.254.169.254/")
        self.end_headers()
        if status != 204:
            self.wfile.write(b"because")

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


def listen(api: Api, port: int, **given: Any) -> Any:
    fields = {"name": "Shop", "address": f"http://127.0.0.1:{port}/in", "model": "crm.Account"}
    return api.make(HOOKS, **{**fields, **given})


def told() -> list[dict[str, Any]]:
    return [json.loads(body) for _headers, body in Receiver.got]


def log(served: Served, hook: Any) -> list[Any]:
    return list(served("ada").get(f"{LOG}?webhook={hook['id']}&sort=id")["items"])


def due(served: Served) -> None:
    """Let the time come of all that waits, and do it."""
    with served.inst.working(ACME):
        for model in (WebhookDelivery, JobRun):
            db.session.execute(
                sa.update(model)
                .where(model.state.in_(("pending", "queued")))
                .values(due_at=now() - timedelta(hours=1)),
                execution_options={"synchronize_session": False},
            )
    with served.app.app_context():
        sweep(timedelta(minutes=5))
    served.work()

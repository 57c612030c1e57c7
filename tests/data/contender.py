"""One of several processes that change the same record: ``python -m tests.data.contender``."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask

from core.app import create_app
from core.config import Config
from core.extensions import db
from core.host import services
from core.identity.service import load_company
from core.starting import keep
from plugin_api.context import SYSTEM, acting_as
from plugin_api.errors import Conflict
from tests.harness import shared_cache

TIMES = 50


@contextmanager
def request(app: Flask, company: Any) -> Iterator[Any]:
    """A transaction with the record, undone unless it is committed."""
    with app.test_request_context(), acting_as(company, SYSTEM):
        job = services().registry.models["workshop.Job"]
        try:
            yield lambda: db.session.query(job).one()
        finally:
            db.session.rollback()
            db.session.remove()


def contend(app: Flask, seed: int) -> dict[str, int]:
    """Add one to the record's fee so many times; count what became of it."""
    chance = random.Random(seed)
    with app.app_context():
        company = load_company("acme")
    done = {"saved": 0, "stale": 0}
    for turn in range(TIMES):
        try:
            if turn % 2:
                # As a form does: read now, save what was read with a later request.
                with request(app, company) as read:
                    record = read()
                    fee, version = record.fee, record.version
                time.sleep(chance.random() / 200)
                with request(app, company) as read:
                    services().records.update(read(), {"fee": fee + 1}, version=version)
                    db.session.commit()
            else:
                with request(app, company) as read:
                    record = read()
                    fee = record.fee
                    time.sleep(chance.random() / 200)
                    services().records.update(record, {"fee": fee + 1})
                    db.session.commit()
        except Conflict:
            done["stale"] += 1
        else:
            done["saved"] += 1
    return done


def main(folder: str, url: str, seed: str) -> None:
    """Contend, and say how it went."""
    made = create_app(
        Config(cache=shared_cache(), instance=Path(folder), database_url=url, secret_key="x" * 32)
    )
    keep()
    sys.stdout.write(json.dumps(contend(made, int(seed))))

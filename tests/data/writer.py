"""One of several processes that write changes and seal them."""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

from core.app import create_app
from core.config import Config
from core.data import sealing
from core.extensions import db
from core.host import services
from core.identity.service import load_company
from core.starting import keep
from plugin_api.context import SYSTEM, acting_as
from tests.harness import shared_cache

TIMES = 25


def main(folder: str, url: str, seed: str) -> None:
    """Make records in transactions of different length, and seal now and then."""
    app = create_app(
        Config(cache=shared_cache(), instance=Path(folder), database_url=url, secret_key="x" * 32)
    )
    keep()
    chance, written = random.Random(seed), 0
    with app.app_context():
        company = load_company("acme")
    for turn in range(TIMES):
        with app.test_request_context(), acting_as(company, SYSTEM):
            job = services().registry.models["workshop.Job"]
            for _each in range(chance.randrange(1, 4)):
                services().records.create(job, {"name": f"{seed}-{turn}"})
                written += 1
                if not url.startswith("sqlite"):
                    # Its number is taken, and others commit before it does.
                    time.sleep(chance.random() / 300)
            if chance.random() < 0.1:
                db.session.rollback()
                written -= _each + 1
            else:
                db.session.commit()
            if chance.random() < 0.4:
                sealing.seal()
            db.session.remove()
        time.sleep(chance.random() / 20)
    sys.stdout.write(json.dumps({"written": written}))

"""Jobs that do what a test asks for."""

from __future__ import annotations

import time
from pathlib import Path

from plugin_api import host
from plugin_api.errors import Rejected
from plugin_api.jobs import Daily, Every, Job

from .models import Item


def make() -> None:
    """Make as many items as asked for, telling how far it is."""
    asked = host().jobs.payload()
    number = asked.get("number", 1)
    for done in range(number):
        host().session.add(Item(name=f"{asked.get('name', 'item')} {done}"))
        host().session.flush()
        host().jobs.progress(done + 1, number, f"{done + 1} made")
        _pause(asked)
    host().jobs.result(made=number)


def _pause(asked: object) -> None:
    """Say that it is in the middle, and wait there until a file says to go on."""
    if isinstance(asked, dict) and "stop" in asked:
        Path(asked["stop"]).touch()
        while not Path(asked["go"]).exists():
            time.sleep(0.05)
            host().jobs.progress(0, 1)


def fail() -> None:
    """Fail after having made something, as long as there is a file."""
    make()
    if Path(host().jobs.payload()["while"]).exists():
        raise RuntimeError("the saw is blunt")


def refuse() -> None:
    host().session.add(Item(name="half"))
    raise Rejected("", "There is no wood.")


JOBS = (
    Job(id="make", label="Make", run=make),
    Job(id="fail", label="Fail", run=fail, retries=2, by_hand=False),
    Job(id="refuse", label="Refuse", run=refuse),
    Job(id="nightly", label="Every night", run=make, schedule=Daily("02:30")),
    Job(id="often", label="Often", run=make, schedule=Every(15)),
)

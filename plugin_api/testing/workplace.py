"""A company of a test: who works there, and what is on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core.data import settings
from plugin_api.context import clock_at, current_company, now
from plugin_api.testing.installing import Installation


@dataclass
class Workplace:
    """One company. People are named by their role; the first who is asked for is made."""

    installation: Installation
    slug: str
    people: dict[str, int] = field(default_factory=dict)
    """Role → the person's id."""
    browsers: dict[str, FlaskClient] = field(default_factory=dict)
    tokens: dict[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The number of the company."""
        with self.working():
            return current_company().id

    def person(self, role: str = "rep") -> int:
        """The id of somebody in a role: ``admin``, ``manager``, ``rep``, ``analyst``, ``finance``
        or ``auditor``. Whoever else is needed, ``installation.person`` makes."""
        if role not in self.people:
            self.people[role] = self.installation.person(self.slug, role, role)
        return self.people[role]

    def working(self) -> Any:
        """Work here as the system, which may do everything; commits at the end."""
        return self.installation.working(self.slug)

    @contextmanager
    def as_user(self, role: str = "rep") -> Iterator[int]:
        """Work here as somebody in a role, whose id is given; commits at the end."""
        number = self.person(role)
        with self.installation.working(self.slug, role):
            yield number

    def browser(self, role: str = "rep", language: str = "en") -> FlaskClient:
        """A browser in which somebody in the role is logged in."""
        key = f"{role} {language}"
        if key not in self.browsers:
            self.person(role)
            self.browsers[key] = self.installation.client(self.slug, role, language)
        return self.browsers[key]

    def page(self, path: str, role: str = "admin") -> TestResponse:
        """What a page answers."""
        return self.browser(role).get(path)

    def text(self, path: str, role: str = "admin") -> str:
        """What people read on a page: its text without marks, each run of blanks as one. Raises
        AssertionError for a page that is not there."""
        answer = self.page(path, role)
        assert answer.status_code == 200, f"{path}: {answer.status}"
        body = answer.text.partition("<main")[2].partition(">")[2].partition("</main>")[0]
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", body or answer.text)).split())

    def post(self, path: str, role: str = "admin", /, **form: Any) -> TestResponse:
        """What a form answers that is sent from a page of this company."""
        return self.browser(role).post(path, data={"_company": str(self.id), **form})

    def rest(self, method: str, path: str, body: Any = None, *, role: str = "admin") -> Any:
        """What REST answers to a program of somebody in the role: ``rest("GET", "/crm/accounts")``
        of what lies under ``/api/v1``."""
        if role not in self.tokens:
            self.person(role)
            self.tokens[role] = self.installation.token(self.slug, role)
        sent = {} if body is None else {"json": body}
        return self.installation.app.test_client().open(
            f"/api/v1{path}", method=method, headers=dict(self.tokens[role]), **sent
        )

    def set(self, key: str, value: Any) -> None:
        """Change a setting of the company: ``set("loyalty.rate", 2)``. Raises KeyError for one
        that is not there, Rejected for a value that it cannot take."""
        with self.working():
            settings.store(key, value)

    def enable(self, *plugins: str) -> None:
        """Switch plugins on, with what they need."""
        self.installation.enable(self.slug, *plugins)

    def disable(self, *plugins: str) -> None:
        """Switch plugins off, with those that need them. Raises Rejected with the reasons."""
        self.installation.disable(self.slug, *plugins)

    def run_jobs(self) -> int:
        """Do every job that waits; how many were looked at."""
        return self.installation.run_jobs()


class Clock:
    """The clock of a test, for everything that asks ``now()`` or ``today()``. It runs until it is
    set; from then on it stands still."""

    def __init__(self) -> None:
        self._held = ExitStack()

    def set(self, instant: dt.datetime | dt.date | str) -> None:
        """Stop it at an instant, at noon UTC of a day, or at either in ISO 8601."""
        if isinstance(instant, str):
            instant = dt.datetime.fromisoformat(instant if "T" in instant else f"{instant}T12:00")
        if not isinstance(instant, dt.datetime):
            instant = dt.datetime.combine(instant, dt.time(12))
        if instant.tzinfo is None:
            instant = instant.replace(tzinfo=dt.UTC)
        self._held.close()
        self._held.enter_context(clock_at(instant))

    def move(self, **by: float) -> None:
        """Let time go by: ``clock.move(days=1, hours=2)``."""
        self.set(now() + dt.timedelta(**by))

    def release(self) -> None:
        """Let it run again."""
        self._held.close()

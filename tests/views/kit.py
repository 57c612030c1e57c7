"""A workshop with repairs, and pages of it as people see them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event

from core.extensions import db
from core.host import services
from core.identity.models import Team
from plugin_api.models import model_of
from tests.custom.kit import field as custom_field
from tests.harness import Installation, install

HERE = Path(__file__).parent
PLUGINS = (HERE / "plugins/repairs", HERE / "plugins/climate")
PEOPLE = {"ada": "admin", "max": "manager", "rita": "rep", "ravi": "rep", "ana": "analyst"}
"""Max manages the team of Rita; Ravi is in no team."""
REPAIRS = "/repairs/repairs"


@dataclass
class Workshop:
    """An installation, ids of people and of bays by name."""

    made: Installation
    people: dict[str, int] = field(default_factory=dict)
    bays: dict[str, int] = field(default_factory=dict)

    def client(self, name: str = "max", language: str = "en") -> FlaskClient:
        """A browser in which somebody of Acme is logged in."""
        return self.made.client("acme", name, language)

    def page(self, path: str, name: str = "max", status: int = 200, **more: Any) -> str:
        """A page as somebody sees it."""
        answer = self.client(name, **more).get(path)
        assert answer.status_code == status, answer.text[:2000]
        return answer.text

    def post(
        self, path: str, data: Any, name: str = "max", status: int = 303, *, script: bool = False
    ) -> Any:
        """The answer to a form that somebody sends."""
        headers = {"HX-Request": "true"} if script else {}
        sent = list(data.items()) if isinstance(data, dict) else list(data)
        form: dict[str, list[str]] = {"_company": [str(self.company_id)]}
        for key, value in sent:
            form.setdefault(key, []).append(str(value))
        answer = self.client(name).post(path, data=form, headers=headers)
        assert answer.status_code == status, (answer.status_code, answer.text[:3000])
        return answer

    @property
    def company_id(self) -> int:
        with self.made.working("acme"):
            from plugin_api.context import current_company

            return current_company().id

    def add(self, name: str, /, **values: Any) -> int:
        """A repair as it is given, past the write path; its id."""
        with self.made.working("acme"):
            worker = values.pop("worker", "rita")
            bay = values.pop("bay", None)
            row = model("repairs.Repair")(
                name=name,
                worker_id=self.people.get(worker),
                bay_id=self.bays.get(bay) if bay else None,
                **values,
            )
            db.session.add(row)
            db.session.flush()
            return int(row.id)

    def read(self, id_: int, key: str = "repairs.Repair") -> Any:
        """A record's values by attribute."""
        with self.made.working("acme"):
            row = db.session.get(model(key), id_)
            if row is None:
                return None
            return {c.key: getattr(row, c.key) for c in type(row).__mapper__.column_attrs}


def model(key: str) -> Any:
    return model_of(key)


def make_workshop(folder: Path, url: str = "") -> Workshop:
    """A company with three bays and five people."""
    shop = Workshop(install(folder, plugins=PLUGINS, database_url=url))
    shop.made.company("acme", "repairs", "climate", currency="CNY", timezone="Asia/Shanghai")
    with shop.made.working("acme"):
        team = Team(name="North")
        db.session.add(team)
        db.session.flush()
        team_id = team.id
    for name, role in PEOPLE.items():
        shop.people[name] = shop.made.person(
            "acme", name, role, team_id if name in ("max", "rita") else None
        )
    with shop.made.working("acme"):
        db.session.get_one(Team, team_id).manager_id = shop.people["max"]
        for i, (name, kind) in enumerate([("Wash", "open"), ("Paint", "open"), ("Yard", "done")]):
            bay = model("repairs.Bay")(name=name, kind=kind, position=i)
            db.session.add(bay)
            db.session.flush()
            shop.bays[name] = bay.id
    return shop


def needs(shop: Workshop) -> list[int]:
    """A field of several choices, and repairs: a needs both, b one of them, c nothing."""
    with shop.made.working("acme"):
        custom_field("choices", "Needs", of="repairs.Repair", options=("Pumps", "Pipes"))
    held = {"a": "pumps;pipes", "b": "pipes", "c": None}
    return [shop.add(name, custom={"x_needs": each} if each else {}) for name, each in held.items()]


def fill(shop: Workshop, count: int = 90) -> None:
    """Repairs of Rita and Ravi, one a day from 1 March 2026, in turn in the bays."""
    with shop.made.working("acme"):
        bays = [*shop.bays.values(), None]
        for i in range(count):
            db.session.add(
                model("repairs.Repair")(
                    name=f"Repair number {i:04} of a truck with a long name",
                    worker_id=shop.people["rita" if i % 2 else "ravi"],
                    bay_id=bays[i % 4],
                    price=(i + 1) * 100_00,
                    currency="EUR" if i % 10 == 0 else "CNY",
                    hours=i % 7,
                    urgent=i % 3 == 0,
                    due=dt.date(2026, 3, 1) + dt.timedelta(days=i % 60),
                    plate=f"HH {i}",
                )
            )


@contextmanager
def selects(shop: Workshop) -> Iterator[list[str]]:
    """What the database is asked for inside, transactions aside."""
    seen: list[str] = []
    with shop.made.app.app_context():
        engine = services().engine

    def note(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        if statement.lstrip()[:6].upper().startswith(("SELECT", "WITH ")):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def text_of(page: str) -> str:
    """What a reader reads of a page, with single blanks."""
    bare = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.S)
    return " ".join(re.sub(r"<[^>]*>", " ", bare).split())


def rows_of(page: str) -> list[list[str]]:
    """The cells of every record in a table."""
    return [
        [text_of(cell) for cell in re.findall(r"<td(?! class=\"tick\")[^>]*>(.*?)</td>", row, re.S)]
        for row in re.findall(r"<tr data-row=.*?</tr>", page, re.S)
    ]


def links(page: str, words: str) -> list[str]:
    """Addresses of links whose text or label holds words, entities resolved."""
    from html import unescape

    found = re.findall(r"<a\b([^>]*)>(.*?)</a>", page, re.S)
    return [
        unescape(re.search(r'href="([^"]*)"', attributes)[1])  # type: ignore[index]
        for attributes, inner in found
        if words in text_of(inner) or f'aria-label="{words}' in attributes
    ]

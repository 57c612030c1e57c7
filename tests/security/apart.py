"""Two companies that hold the same kinds of things, and a plain model of what each holds."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core.extensions import db
from core.host import services
from core.jobs.queue import queue
from core.jobs.work import work_off
from core.portability.layout import places
from core.search.index import number_of
from core.search.models import SearchToken
from core.tenancy import appendonly
from core.tenancy.engine import as_owner
from plugin_api.context import current_company
from plugin_api.models import model_of
from tests.harness import Installation

UNKNOWN = 987654321
"""An id that nothing has."""
NONSENSE = "qzxunheard"
TOKEN = re.compile(r'(?<=name="csrf_token" value=")[^"]*|(?<="X-CSRFToken": ")[^"]*')
"""What protects forms; it holds the second in which it was made."""
PEOPLE = ("ada", "rick")
"""An administrator, who sees all of the company, and a rep, who sees what is theirs."""
NAMES = ("Nord", "nord", "北方", "{mark} Ost")
CODES = ("u1", "u2", "u3")
MODELS = {"accounts": "crm.Account", "leads": "crm.Lead", "opportunities": "crm.Opportunity"}

Row = dict[str, Any]


@dataclass
class Side:
    """One company: who works there, what should be in it."""

    inst: Installation
    slug: str
    mark: str
    """Stands in texts of this company and nowhere else."""
    note: str
    """The kind of its custom field ``x_note``."""
    company_id: int = 0
    people: dict[str, int] = field(default_factory=dict)
    clients: dict[str, FlaskClient] = field(default_factory=dict)
    tokens: dict[str, dict[str, str]] = field(default_factory=dict)
    rows: dict[str, dict[int, Row]] = field(default_factory=dict)
    """Collection → id → values, as they were sent."""
    things: dict[str, list[str]] = field(default_factory=dict)
    """Numbers of comments, files, views, dashboards, shares, runs: addresses of each."""
    other: Side = None  # type: ignore[assignment]

    def forget(self) -> None:
        """Begin with nothing."""
        self.rows = {name: {} for name in MODELS}
        self.things = {}

    def kept(self, collection: str, who: str) -> dict[int, Row]:
        """What a person should see of a collection."""
        rows = self.rows[collection]
        return {i: r for i, r in rows.items() if who == "ada" or r["owner"] == "rick"}

    def used(self, name: str, but: int | None = None) -> set[Any]:
        """Values of a field that accounts have."""
        return {row[name] for i, row in self.rows["accounts"].items() if i != but} - {None}

    def name(self, pattern: str) -> str:
        """A name as it is here."""
        return pattern.format(mark=self.mark)

    def rest(self, who: str, method: str, path: str, body: Any = None) -> TestResponse:
        """A call of REST; nothing of the other company is in the answer."""
        sent = {} if body is None else {"json": body}
        client = self.inst.app.test_client()
        headers = self.tokens[who]
        answer = client.open(f"/api/v1{path}", method=method, headers=headers, **sent)
        return self.checked(answer, f"{path}{body}")

    def page(self, who: str, path: str, method: str = "GET", **form: Any) -> TestResponse:
        """A page, or a form that is sent; nothing of the other company is in the answer."""
        data = {"_company": str(self.company_id), **form} if method == "POST" else None
        answer = self.clients[who].open(path, method=method, data=data)
        answer.get_data()
        answer.close()
        answer.request.environ["wsgi.input"].close()
        return self.checked(answer, f"{path}{form}")

    def asked(self, who: str, address: str) -> TestResponse:
        """What is at an address of REST or of the pages."""
        inside = address.removeprefix("/api/v1")
        return self.page(who, address) if inside == address else self.rest(who, "GET", inside)

    def checked(self, answer: TestResponse, asked: str) -> TestResponse:
        """Fail for what is the other company's, unless it was asked for by name, and for faults."""
        text = answer.get_data(as_text=True)
        assert answer.status_code < 500, (asked, answer.status_code)
        if self.other.mark not in asked:
            assert self.other.mark not in text, (self.slug, asked)
        return answer


@dataclass(frozen=True)
class Pair:
    """Both companies, and how to begin anew."""

    inst: Installation
    sides: tuple[Side, Side]
    fixed: dict[str, int]
    """Table → the highest id that stays."""

    def clear(self) -> None:
        """Leave what was there at first."""
        with self.inst.app.app_context():
            db.session.remove()
            queue().huey.flush()
            with as_owner().begin() as connection:
                for place in places():
                    if place.later:
                        connection.execute(
                            sa.update(place.table)
                            .where(self._new(place.table))
                            .values(dict.fromkeys(place.later))
                        )
                for place in reversed(places()):
                    connection.execute(sa.delete(place.table).where(self._new(place.table)))
        for side in self.sides:
            side.forget()

    def _new(self, table: Any) -> Any:
        if table is SearchToken.__table__:
            return table.c.model.in_([number_of(model_of(key)) for key in MODELS.values()])
        if "id" not in table.c:
            return sa.false()
        return table.c.id > self.fixed.get(table.name, UNKNOWN)

    def work(self) -> None:
        """Do every job that waits."""
        work_off(self.inst.app)


@contextmanager
def make_pair(inst: Installation) -> Iterator[Pair]:
    """Companies with the same people; a field of each has the other's name and another kind."""
    one = Side(inst, "acme", "zqaacme", "text")
    two = Side(inst, "other", "zqother", "integer")
    one.other, two.other = two, one
    for side, plugins in ((one, ("catalog", "crm", "targets")), (two, ("catalog", "crm"))):
        inst.company(side.slug, *plugins, currency="USD", language="en", country="DE")
        for name, role in zip(PEOPLE, ("admin", "rep"), strict=True):
            side.people[name] = inst.person(side.slug, name, role)
            side.tokens[name] = inst.token(side.slug, name)
            side.clients[name] = inst.client(side.slug, name)
        with inst.working(side.slug, "ada"):
            side.company_id = current_company().id
            records = services().records
            fields: Any = model_of("core.CustomField")
            of = {"model": "crm.Account"}
            records.create(fields, {**of, "label": "Note", "kind": side.note})
            records.create(fields, {**of, "label": "Code", "kind": "text", "unique": True})
    yield Pair(inst, (one, two), _highest(inst))
    with inst.app.app_context():
        db.session.remove()
        queue().huey.storage.close()
        services().engine.dispose()


def _highest(inst: Installation) -> dict[str, int]:
    kept = {model.__table__ for model in appendonly.models()}
    with inst.app.app_context(), as_owner().connect() as connection:
        return {
            place.table.name: connection.scalar(sa.select(sa.func.max(place.table.c.id))) or 0
            for place in places()
            if "id" in place.table.c and place.table not in kept
        }


def alike(one: TestResponse, two: TestResponse, what: str, *asked: object) -> None:
    """Two answers that differ in nothing but what was asked for."""
    assert one.status_code == two.status_code, what
    first, second = (_plain(each, asked) for each in (one, two))
    differing = [pair for pair in zip_longest(first, second) if pair[0] != pair[1]]
    assert not differing, f"{what}: {differing}"


def _plain(answer: TestResponse, asked: Iterable[object]) -> list[str]:
    text = TOKEN.sub("", answer.get_data(as_text=True))
    for each in sorted(map(str, asked), key=len, reverse=True):
        text = text.replace(each, "#")
    return text.splitlines()


def as_file(text: str, name: str = "rows.csv") -> tuple[io.BytesIO, str]:
    """A file of a form."""
    return io.BytesIO(text.encode()), name


def shown_form(page: str) -> dict[str, Any]:
    """What a browser would send back of a page."""
    form: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and not ('type="checkbox"' in tag and "checked" not in tag):
            form.setdefault(name[1], []).append(value[1] if value else "")
    for name, options in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        form.setdefault(name, []).append(chosen[1] if chosen else "")
    return form

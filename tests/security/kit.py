"""Two companies side by side, and what an attacker in one of them can send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core.extensions import db
from core.identity.models import Role, RoleGrant, User
from core.identity.service import find_user
from plugin_api.context import current_company
from plugin_api.models import model_of
from tests.harness import Installation

ACME, OTHER = "acme", "other"


class World:
    """An installation in which ``acme`` and ``other`` both sell.

    In each: ada (admin), max (manager of the team North), rick in it and rita beside it (reps).
    """

    def __init__(self, inst: Installation) -> None:
        self.inst = inst
        self.app = inst.app
        self._clients: dict[tuple[str, str], FlaskClient] = {}
        self._tokens: dict[tuple[str, str], Mapping[str, str]] = {}

    def client(self, slug: str, name: str) -> FlaskClient:
        """A browser of the person, made once."""
        key = (slug, name)
        if key not in self._clients:
            self._clients[key] = self.inst.client(slug, name)
        return self._clients[key]

    def rest(self, slug: str, name: str, method: str, path: str, body: Any = None) -> TestResponse:
        """A call of REST as the person."""
        key = (slug, name)
        if key not in self._tokens:
            self._tokens[key] = self.inst.token(slug, name)
        sent = {} if body is None else {"json": body}
        return self.app.test_client().open(
            f"/api/v1{path}", method=method, headers=dict(self._tokens[key]), **sent
        )

    def company_id(self, slug: str) -> int:
        """The id of a company."""
        with self.inst.working(slug):
            return current_company().id

    def post(self, slug: str, who: str, path: str, /, **form: Any) -> TestResponse:
        """A form that the person sends."""
        data = {"_company": str(self.company_id(slug)), **form}
        answer = self.client(slug, who).post(path, data=data)
        answer.get_data()
        answer.request.environ["wsgi.input"].close()
        return answer

    def make(self, slug: str, who: str | None, model: str, /, **values: Any) -> int:
        """A record that a person, or the system, makes; its id."""
        from core.host import services

        with self.inst.working(slug, who):
            made: Any = services().records.create(model_of(model), values)  # type: ignore[type-var]
            return int(made.id)

    def user(self, slug: str, name: str) -> User:
        """What is stored of a person."""
        with self.inst.working(slug):
            found = find_user(f"{name}@{slug}.example")
            db.session.expunge(found)
            return found

    def role(self, slug: str, code: str, grants: Mapping[str, str]) -> int:
        """A role of the company's own; its id."""
        with self.inst.working(slug):
            made = Role(code=code, name=code.title())
            db.session.add(made)
            db.session.flush()
            for permission, scope in grants.items():
                db.session.add(RoleGrant(role_id=made.id, permission=permission, scope=scope))
            return int(made.id)

    def bare(self) -> None:
        """A third company, in which no plugin is on, with an administrator."""
        if ("bare", "ada") not in self._clients:
            self.inst.company("bare")
            self.inst.person("bare", "ada", "admin")
            self.client("bare", "ada")

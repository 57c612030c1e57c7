"""Installations to take a company out of and to bring it into."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from core.collab import comments
from core.data import settings
from core.extensions import db
from core.files import attachments
from core.host import services
from core.identity import service
from core.portability import bringing
from core.views.models import SavedView
from plugin_api.models import model_of
from tests.harness import Installation, install
from tests.tenancy.roles import close, make_roles

__all__ = ["Make", "brought", "fill", "make"]
Make = Callable[[str], Installation]


@pytest.fixture
def make(tmp_path: Path, new_postgres_url: Callable[[], str]) -> Iterator[Make]:
    """Makes an empty installation on either database."""
    made: list[Installation] = []

    def new(kind: str) -> Installation:
        folder = tmp_path / str(len(made))
        if kind == "sqlite":
            made.append(install(folder))
        else:
            _admin, access = make_roles(new_postgres_url)
            made.append(
                install(folder, database_url=access.app_url, owner_database_url=access.owner_url)
            )
        return made[-1]

    yield new
    for each in made:
        close(each)


def fill(made: Installation, slug: str) -> None:
    """A company in which everything refers to something."""
    made.company(slug, "targets", "crm", language="en")
    for name, role in (("ada", "admin"), ("rita", "rep")):
        made.person(slug, name, role)
    with made.working(slug, "ada"):
        services().records.create(
            model_of("core.CustomField"),
            {"model": "crm.Contact", "label": "Group", "name": "group", "kind": "reference",
             "target": "crm.Account"},
        )  # fmt: skip
    with made.working(slug, "ada"):
        records = services().records
        rita = service.find_user(f"rita@{slug}.example")
        team = records.create(model_of("core.Team"), {"name": "North", "manager": rita})
        records.update(rita, {"team": team})
        parent = records.create(model_of("crm.Account"), {"name": "Group", "owner": rita})
        account = records.create(model_of("crm.Account"), {"name": "长城", "parent": parent})
        contact = records.create(
            model_of("crm.Contact"),
            {"name": "Li", "account": account, "email": "li@x.example", "x_group": parent},
        )
        deal = records.create(
            model_of("crm.Opportunity"),
            {"name": "Big", "account": account, "contact": contact, "amount": 123_45,
             "owner": rita, "created_on": date(2026, 1, 2)},
        )  # fmt: skip
        records.update(deal, {"amount": 200_00})
        comments.add(deal, "@Rita look")
        attachments.attach(deal, "plan.txt", io.BytesIO(f"the plan of {slug}".encode()))
        settings.store("core.files_room", 77)
        db.session.add(
            SavedView(user_id=rita.id, model="crm.Opportunity", name="Mine",
                      query=f"owner={rita.id}&amount__gte=5", share="private")
        )  # fmt: skip
        service.add_token(rita, "robot")


def brought(made: Installation, file: Path, slug: str = "") -> None:
    with made.app.app_context():
        bringing.bring(file, made.instance, slug)

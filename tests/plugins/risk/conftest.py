from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from core.collab.models import Notification
from core.extensions import db
from core.host import services
from core.identity.models import Team, User
from plugin_api.host import host
from tests.harness import Installation, install

PEOPLE = (
    ("boss", "manager", "North"), ("ann", "rep", "North"), ("bo", "rep", "North"),
    ("eve", "finance", None), ("ada", "admin", None),
)  # fmt: skip


def settled(folder: Path, **given: Any) -> Installation:
    """A company that sells and plans, for tests that leave nothing behind, and one that uses
    nothing but risks, for tests that commit. The boss leads Ann and Bo in both."""
    made = install(folder, **given)
    for slug, plugins in (("acme", ("crm", "sales", "contracts", "plans", "risk")),
                          ("alone", ("risk",))):  # fmt: skip
        made.company(slug, *plugins, currency="CNY", country="CN", timezone="Asia/Shanghai",
                     language="en")  # fmt: skip
        with made.working(slug):
            north = Team(name="North")
            host().session.add(north)
            host().session.flush()
            team_id = north.id
        for name, role, team in PEOPLE:
            made.person(slug, name, role, team_id if team else None)
        boss = made.user_id(slug, "boss")
        with made.working(slug):
            host().session.get(Team, team_id).manager_id = boss
    return made


@pytest.fixture(scope="package")
def inst(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return settled(tmp_path_factory.mktemp("risk"))


@pytest.fixture
def acme(inst: Installation) -> Iterator[Installation]:
    """Works for Acme as the system during the test, which leaves nothing behind."""
    with inst.working("acme"):
        yield inst
        db.session.rollback()


@pytest.fixture
def counted() -> Any:
    """Statements that are sent while something is done."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        engine, sent = services().engine, list[str]()

        def note(_conn: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            sent.append(statement)

        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)

    return counting


@pytest.fixture
def told() -> Callable[[], list[tuple[str, str]]]:
    """Who was reminded in this test, and with which words."""

    def found() -> list[tuple[str, str]]:
        host().session.flush()
        asked = (
            sa.select(User.name, Notification.params)
            .join(User, User.id == Notification.user_id)
            .where(Notification.kind == "reminder")
            .order_by(Notification.id)
        )
        return [(row[0], row[1]["text"]) for row in host().session.execute(asked)]

    return found

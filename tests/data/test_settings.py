"""Values of settings: typed, one a company, read without a statement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from core.data import settings
from core.data.audit import AuditEntry
from core.data.settings import SettingValue
from core.extensions import db
from core.host import services
from core.identity.service import load_company
from plugin_api.errors import Rejected
from plugin_api.host import host
from tests.data.workshop import World, forget_changes, statements


@pytest.fixture
def world(workshop: World) -> Iterator[World]:
    yield workshop
    for slug in ("acme", "other"):
        with workshop.as_(slug=slug):
            db.session.execute(sa.delete(SettingValue))
            db.session.commit()
            forget_changes()
    workshop.app.extensions.pop("xiaoguan.settings", None)


def test_the_default_holds_until_something_is_stored(world: World) -> None:
    with world.as_():
        assert host().setting("workshop.hours") == 8
        assert settings.read("workshop.hours") is None
        settings.store("workshop.hours", 6)
        assert host().setting("workshop.hours") == 6
        db.session.commit()
    with world.as_("rita"):
        assert host().setting("workshop.hours") == 6
    with world.as_(slug="other"):
        assert host().setting("workshop.hours") == 8


def test_a_value_that_is_empty_or_false_is_a_value(world: World) -> None:
    with world.as_():
        settings.store("workshop.open", False)
        settings.store("workshop.sign", "")
        assert host().setting("workshop.open") is False
        assert host().setting("workshop.sign") == ""


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("workshop.hours", 0), ("workshop.hours", 25), ("workshop.hours", "8"),
        ("workshop.hours", True), ("workshop.open", 1), ("workshop.sign", None),
        ("workshop.size", "huge"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_refused(world: World, key: str, value: Any) -> None:
    with world.as_():
        with pytest.raises(Rejected) as refused:
            settings.store(key, value)
        assert refused.value.field == key


def test_an_unknown_setting_is_a_fault_of_the_program(world: World) -> None:
    with world.as_():
        for act in (lambda: settings.store("workshop.no", 1), lambda: settings.value("no")):
            with pytest.raises(KeyError):
                act()


def test_a_request_reads_them_without_a_statement(world: World) -> None:
    with world.as_():
        settings.store("workshop.hours", 6)
        db.session.commit()
    with world.as_("rita"):
        host().setting("workshop.hours")
        with statements() as seen:
            assert [host().setting("workshop.hours") for _ in range(3)] == [6, 6, 6]
            assert host().setting("workshop.sign") == "Bell"
        assert seen == []


def test_a_change_raises_the_revision_and_is_traced(world: World) -> None:
    with world.as_():
        before = load_company("acme").revision
        settings.store("workshop.hours", 6)
        settings.store("workshop.hours", 6)
        settings.store("workshop.hours", 7)
        db.session.commit()
        assert load_company("acme").revision == before + 1
        told = sa.select(AuditEntry).where(AuditEntry.model == "core.SettingValue")
        rows = db.session.scalars(told.order_by(AuditEntry.id)).all()
        assert [(row.title, row.changes) for row in rows] == [
            ("workshop.hours", {"value": [8, 6]}),
            ("workshop.hours", {"value": [6, 7]}),
        ]


def test_what_is_rolled_back_is_forgotten(world: World) -> None:
    with world.as_():
        assert host().setting("workshop.hours") == 8
        settings.store("workshop.hours", 6)
        assert host().setting("workshop.hours") == 6
        db.session.rollback()
        assert host().setting("workshop.hours") == 8
        with pytest.raises(ZeroDivisionError), db.session.begin_nested():
            settings.store("workshop.hours", 5)
            raise ZeroDivisionError
        assert host().setting("workshop.hours") == 8
        with db.session.begin_nested():
            settings.store("workshop.hours", 4)
        assert host().setting("workshop.hours") == 4
        db.session.rollback()
        assert host().setting("workshop.hours") == 8
    with world.as_():
        assert host().setting("workshop.hours") == 8


def test_another_process_follows_with_its_next_request(world: World) -> None:
    with world.as_():
        settings.store("workshop.hours", 6)
        db.session.commit()
    with world.as_():
        assert host().setting("workshop.hours") == 6
        held = dict(world.app.extensions["xiaoguan.settings"].by_company)
        settings.store("workshop.hours", 7)
        db.session.commit()
    # What this process remembered before, as another one still does.
    world.app.extensions["xiaoguan.settings"].by_company.update(held)
    with world.as_():
        assert host().setting("workshop.hours") == 7
        assert services().setting("workshop.hours") == 7

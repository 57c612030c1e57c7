"""The installation that is attacked, one a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from core.extensions import db
from core.host import services
from core.identity.models import Team
from core.identity.service import find_user
from plugins.duplicates.models import Rule
from tests.harness import install
from tests.security.kit import ACME, OTHER, World


def settled(folder: Path, database_url: str = "") -> World:
    """Two companies that sell, with the same people in each."""
    inst = install(folder, database_url=database_url)
    for slug in (ACME, OTHER):
        plugins = (
            "catalog", "crm", "sales", "targets", "activities", "pools", "assignment", "approvals",
            "service", "contracts", "incentives", "risk", "rewards",
            "pricing", "segments", "plans",
            "duplicates", "training", "swot",
        )  # fmt: skip
        inst.company(slug, *plugins, currency="USD", country="DE")
        with inst.working(slug):
            # These tests give many records one name.
            for rule in db.session.scalars(sa.select(Rule)):
                rule.active = False
        for name, role in (("ada", "admin"), ("max", "manager"), ("rick", "rep"), ("rita", "rep")):
            inst.person(slug, name, role)
        with inst.working(slug):
            north = Team(name="North", manager_id=find_user(f"max@{slug}.example").id)
            db.session.add(north)
            db.session.flush()
            for name in ("max", "rick"):
                find_user(f"{name}@{slug}.example").team_id = north.id
    return World(inst)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The installation of a file."""
    made = settled(tmp_path_factory.mktemp("security"))
    yield made
    with made.inst.app.app_context():
        services().engine.dispose()

"""Numbers of records inside of structures are those of the company, whatever they become."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote

import pytest
import sqlalchemy as sa

from core.collab.models import Notification
from core.dashboards.models import SavedDashboard
from core.dashboards.tiles import Tile, write
from core.data.importing.models import ImportRun
from core.extensions import db
from core.host import services
from core.identity import service
from core.identity.models import User
from core.jobs.models import JobRun
from core.portability import taking
from core.portability.inside import INSIDE, PLAIN, declared
from core.portability.layout import LEFT, places
from core.views.models import SavedView
from plugin_api.models import model_of
from tests.harness import Installation
from tests.portability.kit import Make, brought, fill, make

__all__ = ["make"]
WHERE = '{{"any":[{{"owner":"{0}"}},{{"all":[{{"id__in":"{1}"}},{{"name__contains":"7"}}]}}]}}'


def rich(made: Installation, slug: str) -> None:
    """A company with numbers in every structure."""
    fill(made, slug)
    made.person(slug, "dora", "rep")
    with made.working(slug, "ada"):
        deal = db.session.scalars(sa.select(model_of("crm.Opportunity"))).one()
        rita, dora = (service.find_user(f"{n}@{slug}.example") for n in ("rita", "dora"))
        services().records.create(
            model_of("core.Absence"),
            {"user": rita, "deputy": dora, "first_day": deal.created_on,
             "last_day": deal.created_on},
        )  # fmt: skip
        share: Any = model_of("core.Share")
        db.session.add(share(model="crm.Opportunity", record_id=deal.id, user_id=dora.id))
        query = (
            f"owner={rita.id}&owner__name__contains=5&id__in={deal.id}&amount__gte=5"
            f"&where={WHERE.format(rita.id, deal.id)}"
            f"&behind={quote(f'crm.won_amount?from=2026-01-01&by.user={rita.id}')}"
        )
        run = ImportRun(collection="crm.opportunities", file_name="x.csv", user_id=rita.id)
        db.session.add_all(
            [
                SavedView(user_id=rita.id, model="crm.Opportunity", name="Deep", query=query),
                SavedDashboard(
                    user_id=rita.id, name="Board", is_home=False,
                    tiles=write(
                        [
                            Tile(id=1, kind="records", source="crm.Opportunity", title="A",
                                 query=query),
                            Tile(id=2, kind="analysis", source="crm.won_amount", title="B",
                                 query=f"measure=crm.won_amount&by=month&user={rita.id}"),
                            Tile(id=3, kind="card", source="crm.pipeline", title="C"),
                        ]
                    ),
                ),
                run,
            ]
        )  # fmt: skip
        db.session.flush()
        db.session.add_all(
            [
                JobRun(
                    job="core.import", state="done", about=f"core.ImportRun:{run.id}",
                    payload={"import": run.id, "file": "x.csv"}, due_at=run.created_at,
                    result={"import": run.id, "collection": "crm.opportunities"},
                ),
                JobRun(job="crm.other", state="done", payload={"deal": deal.id},
                       due_at=run.created_at),
            ]
        )  # fmt: skip


def test_every_structure_has_a_rule(make: Make) -> None:
    """A new column with one is looked at: what numbers does it hold?"""
    installation = make("sqlite")
    with installation.app.app_context():
        left = {model.__tablename__ for model in LEFT}
        found = {
            (place.table.name, column.name)
            for place in places()
            for column in place.table.c
            if isinstance(column.type, sa.JSON)
            and column.name != "custom"
            and column.name not in declared(place.table)
        }
    ruled = {(table, column) for table, rules in INSIDE.items() for column in rules}
    assert {each for each in found if each[0] not in left} - ruled - PLAIN == set()
    assert found >= PLAIN
    # Those of plugins say it themselves.
    assert all(table.startswith("core_") for table, _column in ruled | PLAIN)


def test_they_name_the_same_records(make: Make, tmp_path: Path) -> None:
    here, there = make("sqlite"), make("sqlite")
    rich(here, "acme")
    fill(there, "other")
    file = tmp_path / "acme.zip"
    with here.app.app_context():
        taking.take("acme", file, here.instance)
    brought(there, file)
    with there.working("acme"):
        deal: Any = db.session.scalars(sa.select(model_of("crm.Opportunity"))).one()
        rita = db.session.scalars(sa.select(User).where(User.name == "Rita")).one()
        dora = db.session.scalars(sa.select(User).where(User.name == "Dora")).one()
        assert rita.id > 10
        view = db.session.scalars(sa.select(SavedView).where(SavedView.name == "Deep")).one()
        held = dict(parse_qsl(view.query))
        assert held == {
            "owner": str(rita.id), "owner__name__contains": "5", "id__in": str(deal.id),
            "amount__gte": "5", "where": WHERE.format(rita.id, deal.id),
            "behind": f"crm.won_amount?from=2026-01-01&by.user={rita.id}",
        }  # fmt: skip
        tiles = json.loads(db.session.scalars(sa.select(SavedDashboard.tiles)).one())
        assert dict(parse_qsl(tiles[0]["query"])) == held
        assert tiles[1]["query"] == f"measure=crm.won_amount&by=month&user={rita.id}"
        assert (tiles[2]["source"], tiles[2]["query"]) == ("crm.pipeline", "")
        share = db.session.scalars(sa.select(model_of("core.Share"))).one()
        assert (share.record_id, share.user_id) == (deal.id, dora.id)
        absence = db.session.scalars(sa.select(model_of("core.Absence"))).one()
        assert (absence.user_id, absence.deputy_id) == (rita.id, dora.id)
        run = db.session.scalars(sa.select(ImportRun)).one()
        job, other = db.session.scalars(sa.select(JobRun).order_by(JobRun.id)).all()
        assert job.about == f"core.ImportRun:{run.id}"
        assert job.payload == {"import": run.id, "file": "x.csv"}
        assert job.result == {"import": run.id, "collection": "crm.opportunities"}
        assert other.payload == {}
        for notice in db.session.scalars(sa.select(Notification)):
            assert notice.record_id == deal.id
            if "comment" in notice.params:
                assert db.session.get(model_of("core.Comment"), notice.params["comment"])


@pytest.mark.parametrize(("source", "target"), [("sqlite", "postgres"), ("postgres", "sqlite")])
def test_figures_are_the_same(make: Make, tmp_path: Path, source: str, target: str) -> None:
    here, there = make(source), make(target)
    fill(here, "acme")
    fill(there, "other")
    with here.working("acme", "ada"):
        records, model = services().records, model_of("crm.Opportunity")
        rita = service.find_user("rita@acme.example")
        account = db.session.scalars(sa.select(model_of("crm.Account")).limit(1)).one()
        for number in range(5):
            records.create(
                model, {"name": f"D{number}", "account": account, "amount": 1000 + number,
                        "owner": rita},
            )  # fmt: skip
    before = figures(here)
    assert any(value not in (0, None) for value in before.values())
    file = tmp_path / "acme.zip"
    with here.app.app_context():
        taking.take("acme", file, here.instance)
    brought(there, file)
    assert figures(there) == before


def figures(made: Installation) -> dict[str, Any]:
    with made.working("acme"):
        engine = services().measures
        return {
            m.key: engine.value(m.key, date(2020, 1, 1), date(2030, 1, 1)) for m in engine.all()
        }


def test_an_import_that_is_killed_leaves_nothing(make: Make, tmp_path: Path) -> None:
    here, there = make("sqlite"), make("sqlite")
    fill(here, "acme")
    file = tmp_path / "acme.zip"
    with here.app.app_context():
        taking.take("acme", file, here.instance)
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from core.app import create_app\n"
        "from core.portability import bringing\n"
        "def told(table, rows):\n"
        "    if table == 'crm_opportunity': os.kill(os.getpid(), signal.SIGKILL)\n"
        "app = create_app()\n"
        "with app.app_context():\n"
        "    bringing.bring(Path(sys.argv[1]), Path(app.instance_path), told=told)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(file)],
        env={**os.environ, "XIAOGUAN_INSTANCE": str(there.instance)},
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    with there.app.app_context():
        assert service.all_companies() == []
    assert not (there.instance / "files").exists()
    brought(there, file)
    assert not (there.instance / "incoming").exists()
    with there.app.app_context():
        assert [company.slug for company in service.all_companies()] == ["acme"]

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from core.config import with_driver
from core.extensions import db
from core.jobs.models import JobRun
from core.jobs.queue import queue
from plugin_api.models import model_of
from tests.jobs.kit import SLUG, Shed, close, make_shed
from tests.tenancy.roles import make_roles


@pytest.fixture(scope="session")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shed]:
    made = make_shed(tmp_path_factory.mktemp("shed"))
    yield made
    close(made)


@pytest.fixture(scope="session")
def on_postgres(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Shed]:
    """As in use: the application owns nothing, and the walls bind it."""
    _admin, access = make_roles(new_postgres_url)
    app_url, owner_url = with_driver(access.app_url), with_driver(access.owner_url)
    environment = {"XIAOGUAN_DATABASE_URL": app_url, "XIAOGUAN_OWNER_DATABASE_URL": owner_url}
    made = make_shed(tmp_path_factory.mktemp("shed"), app_url, owner_url, environment)
    yield made
    close(made)


@pytest.fixture(params=["sqlite", "postgres"])
def shed(request: pytest.FixtureRequest) -> Shed:
    """Empty, on both databases."""
    made: Shed = request.getfixturevalue(f"on_{request.param}")
    for slug in (SLUG, "other"):
        with made.installation.working(slug):
            for model in (JobRun, model_of("shed.Item")):
                db.session.execute(
                    sa.delete(model), execution_options={"synchronize_session": False}
                )
    with made.installation.app.app_context():
        queue().huey.storage.flush_queue()
        queue().huey.storage.flush_results()
    return made

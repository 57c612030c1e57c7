from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from typing import Any

import pytest

from core.config import with_driver
from core.host import services
from core.intranet import Intranet
from core.jobs.queue import queue
from tests.rest.kit import Served, serve
from tests.rest.receiving import HOOKS, Receiver
from tests.tenancy.roles import make_roles


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """On PostgreSQL as the role that its policies bind."""
    settings: dict[str, Any] = {}
    if request.param == "postgres":
        _, access = make_roles(request.getfixturevalue("new_postgres_url"))
        settings = {
            "database_url": with_driver(access.app_url),
            "owner_database_url": with_driver(access.owner_url),
        }
    made = serve(tmp_path_factory.mktemp("rest"), **settings)
    yield made
    with made.app.app_context():
        queue().huey.storage.close()
        services().engine.dispose()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.fixture
def listening(served: Served) -> Iterator[None]:
    """Nobody listens before and after; this machine counts as the own network."""
    Receiver.got.clear()
    Receiver.answers.clear()
    served.app.extensions["xiaoguan.intranet"] = Intranet("127.0.0.1/32")
    yield
    served.app.extensions["xiaoguan.intranet"] = Intranet()
    for hook in served("ada").get(f"{HOOKS}?limit=1000")["items"]:
        served("ada").delete(f"{HOOKS}/{hook['id']}", {"version": hook["version"]})

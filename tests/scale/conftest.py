from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from core.config import with_driver
from core.extensions import db
from core.host import services
from core.identity import service
from core.identity.passwords import hash_password
from tests.harness import install
from tests.scale.kit import SERVER, WORKER, Cluster, processes
from tests.tenancy.roles import make_roles

PASSWORD = "correct horse battery"


@pytest.fixture(scope="session")
def cluster(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Cluster]:
    """Two web servers and a worker that own nothing in the database, as in use."""
    _admin, access = make_roles(new_postgres_url)
    app_url, owner_url = with_driver(access.app_url), with_driver(access.owner_url)
    folder = tmp_path_factory.mktemp("cluster")
    made = install(
        folder, database_url=app_url, owner_database_url=owner_url, secret_key="of a test"
    )
    made.company("acme", "crm", "catalog", language="en")
    with made.working("acme"):
        for name, role in (("ada", "admin"), ("rita", "rep"), ("lou", "rep")):
            service.add_user(
                name=name.title(), email=f"{name}@acme.example", role=role,
                password_hash=hash_password(PASSWORD),
            )  # fmt: skip
    environment = {"XIAOGUAN_DATABASE_URL": app_url, "XIAOGUAN_SECRET_KEY": "of a test"}
    with processes(folder, environment, SERVER, SERVER, WORKER) as (a, b):
        found = Cluster(made, a, b)
        found.tokens = {name: made.token("acme", name) for name in ("ada", "rita")}
        yield found
    with made.app.app_context():
        db.session.remove()
        services().engine.dispose()

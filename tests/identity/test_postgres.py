"""Counting of attempts on PostgreSQL, where several processes really do it at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from core.identity import attempts
from core.identity.attempts import Attempts
from core.tenancy.platform import platform_session
from tests.harness import Installation, install
from tests.tenancy.roles import close, make_roles


@pytest.fixture(scope="module")
def inst(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    """An installation with the rights that the program has."""
    _admin, access = make_roles(new_postgres_url)
    made = install(
        tmp_path_factory.mktemp("attempts"),
        database_url=access.app_url, owner_database_url=access.owner_url,
    )  # fmt: skip
    yield made
    close(made)


def test_no_attempt_is_lost(inst: Installation) -> None:
    addresses = [f"10.0.0.{number}" for number in range(25)]

    def fail(address: str) -> None:
        with inst.app.app_context():
            attempts.count("login", address)

    with ThreadPoolExecutor(4) as pool:
        for address in addresses:
            list(pool.map(fail, [address] * 6))
    with inst.app.app_context(), platform_session("identify") as session:
        counted = session.scalars(sa.select(Attempts.number)).all()
    assert counted == [6] * len(addresses)

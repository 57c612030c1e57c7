"""What the host adds to a request: with few and many plugins, in one company and many.

Makes installations of its own in temporary folders, in one process each, because mapped
classes are process-wide; asks in process, without a network. See ``benchmarks/README.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CASES = {"5 plugins": (5, 1), "200 plugins": (200, 1), "10,000 companies": (5, 10_000)}
LIMIT = 1.5
ROUNDS, CALLS = 15, 40
PASSWORD = "a long enough password"

MANIFEST = """
    from plugin_api.manifest import Manifest

    manifest = Manifest(id="{id}", name="{id}", version="1.0.0", summary="One of many.")
"""
HOOKS = """
    from flask import Blueprint
    from plugin_api import for_models, hookimpl
    from plugin_api.menus import MenuItem

    blueprint = Blueprint("{id}", __name__)

    @blueprint.get("/plain")
    def plain():
        return "ok"

    @hookimpl
    def register_blueprints():
        return [blueprint]

    @hookimpl
    def register_menus():
        return [MenuItem(id="plain", label="Plain", endpoint="{id}.plain")]

    @hookimpl
    @for_models("core.Team")
    def before_update(model, record, changes):
        pass

    @hookimpl
    def menu_badges(actor):
        return {{}}
"""


def write_plugins(instance: Path, number: int) -> list[str]:
    """So many plugins, each with a page, a menu entry and two hooks. Five are switched on."""
    ids = [f"many{index:03}" for index in range(number)]
    for id_ in ids:
        folder = instance / "plugins" / id_
        folder.mkdir(parents=True)
        (folder / "manifest.py").write_text(dedent(MANIFEST.format(id=id_)))
        (folder / "hooks.py").write_text(dedent(HOOKS.format(id=id_)))
        (folder / "__init__.py").write_text(
            f"from plugin_api import Plugin\nfrom plugins.{id_} import hooks\n\n"
            "plugin = Plugin(hooks)\n"
        )
    return ids


def prepare(instance: Path, plugins: int, companies: int) -> Any:
    """An application with companies, of which the first has five plugins switched on."""
    ids = write_plugins(instance, plugins)
    from core.app import create_app
    from core.config import Config
    from core.extensions import db
    from core.host import services
    from core.hosting import enablement, migrate
    from core.identity import service
    from core.tenancy.models import Company
    from core.tenancy.platform import platform_session

    app = create_app(Config(instance=instance))
    with app.app_context():
        migrate.create_all(services().engine, services().registry)
        service.create_company(slug="first", name="First", currency="CNY", country="CN")
        with service.system_in("first"):
            for id_ in ids[:5]:
                enablement.enable(id_)
            service.add_user(name="Ada", email="ada@example.com", password=PASSWORD, role="admin")
            db.session.commit()
        with platform_session("create company") as session:
            session.add_all(
                Company(slug=f"c{n}", name=f"Company {n}", currency="CNY", timezone="Asia/Shanghai",
                        language="zh", country="CN")
                for n in range(1, companies)
            )  # fmt: skip
    return app


def questions(app: Any) -> dict[str, Callable[[], object]]:
    """What is timed: a page of a plugin without a frame, one with it, and single calls."""
    from core.host import services
    from core.hosting.enablement import enabled_set
    from core.identity.service import system_in
    from plugin_api.context import current_actor, current_company

    client = app.test_client()
    page = client.get("/login").get_data(as_text=True)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"email": "ada@example.com", "password": PASSWORD, "csrf_token": token}
    assert client.post("/login", data=form).status_code == 303

    def get(path: str, status: int = 200) -> Callable[[], object]:
        def asked() -> None:
            assert client.get(path).status_code == status

        asked()
        return asked

    context, company = app.app_context(), system_in("first")
    context.__enter__()
    company.__enter__()
    host, here, who = services(), current_company(), current_actor()
    enabled = enabled_set(here)

    return {
        "a bare page of a plugin": get("/many000/plain"),
        "the start page with its menus": get("/"),
        "a page that is switched off": get("/many004x/plain", 404),
        "enabled set": lambda: enabled_set(here),
        "dispatch to a page's hook": lambda: host.dispatcher.collect(
            "menu_badges", enabled, actor=who
        ),
        "dispatch to a data hook": lambda: host.dispatcher.collect(
            "before_update", enabled, model="core.Team", record=None, changes={}
        ),
    }


def measure_one(plugins: int, companies: int) -> dict[str, float]:
    """Seconds a call by question, the median of rounds."""
    with tempfile.TemporaryDirectory(prefix="xiaoguan-bench-") as folder:
        app = prepare(Path(folder), plugins, companies)
        found: dict[str, float] = {}
        for name, ask in questions(app).items():
            times = []
            calls = CALLS if "page" in name and "hook" not in name else CALLS * 50
            for _ in range(ROUNDS):
                start = time.perf_counter()
                for _ in range(calls):
                    ask()
                times.append((time.perf_counter() - start) / calls)
            found[name] = statistics.median(times)
    return found


def child(plugins: int, companies: int) -> dict[str, float]:
    """The same in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--one", str(plugins), str(companies)],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=2, type=int, metavar=("PLUGINS", "COMPANIES"))
    parser.add_argument("--turns", type=int, default=3, help="how often each case is measured")
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measure_one(*arguments.one)))
        return 0
    runs: dict[str, list[dict[str, float]]] = {case: [] for case in CASES}
    for _ in range(arguments.turns):
        for case, (plugins, companies) in CASES.items():
            runs[case].append(child(plugins, companies))
    best = {
        case: {name: min(run[name] for run in found) for name in found[0]}
        for case, found in runs.items()
    }
    return report(best)


def report(best: dict[str, dict[str, float]]) -> int:
    """Print microseconds and ratios to the first case; 1 when one is above the limit."""
    first, *others = best
    print(f"{'microseconds':<32}{first:>12}", *(f"{case:>18}{'ratio':>7}" for case in others))
    worst = 0.0
    for name, base in best[first].items():
        line = f"{name:<32}{base * 1e6:>12.1f}"
        for case in others:
            ratio = best[case][name] / base
            worst = max(worst, ratio)
            line += f" {best[case][name] * 1e6:>18.1f}{ratio:>7.2f}"
        print(line)
    print(f"largest ratio {worst:.2f}, limit {LIMIT}")
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())

"""What is done with an installed Xiaoguan: ``python steps.py STEP``, in its own environment.

Nothing of the source is on the path; each step is a start of its own, as for an operator.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from flask.testing import FlaskClient

import core
from core.app import create_app
from core.cli.main import main as xiaoguan
from core.host import services
from core.identity.service import system_in

ENVIRONMENT = Path(sys.prefix).resolve()
TODAY = dt.date(2026, 3, 2)
PASSWORD = "distribution-pass"
PRODUCT = {"code": "P-1", "name": "Tin of paint"}
STEPS: dict[str, Callable[[Any], None]] = {}


def step(function: Callable[[Any], None]) -> Callable[[Any], None]:
    STEPS[function.__name__] = function
    return function


def run(app: Any, command: str, code: int = 0) -> str:
    """What a command says. Fails on another exit code."""
    done = CliRunner().invoke(xiaoguan, command.split(), obj=lambda: app)
    assert done.exit_code == code, (command, done.output, done.exception)
    return done.output


def told(app: Any, command: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(app, f"{command} --json"))
    return found


def state_of(app: Any, plugin: str = "samples") -> dict[str, Any]:
    return next((row for row in told(app, "plugin list") if row["id"] == plugin), {})


def client(app: Any, slug: str, language: str = "en") -> FlaskClient:
    made: FlaskClient = app.test_client()
    page = made.get("/login").get_data(as_text=True)
    token = re.findall('name="csrf_token" value="([^"]+)"', page)[0]
    form = {"email": f"ada@{slug}.example", "password": PASSWORD, "csrf_token": token}
    assert made.post("/login", data=form).status_code == 303
    with made.session_transaction() as cookie:
        cookie["language"] = language
    return made


def read(of: FlaskClient, path: str, code: int = 200) -> str:
    answer = of.get(path)
    assert answer.status_code == code, (path, answer.status_code, answer.text[:2000])
    return answer.text


def names(app: Any, slug: str, model: str = "samples.Sample") -> list[str]:
    with app.app_context(), system_in(slug):
        found = services().session.query(services().registry.models[model])
        return sorted(record.name for record in found)


def unharmed(app: Any) -> None:
    """The other company, which never had the plugin, works on with what it has."""
    other = client(app, "other")
    assert "Tin of paint" in read(other, "/catalog/products")
    read(other, "/")
    read(other, "/samples/samples", 404)
    read(other, "/samples/count", 404)


@step
def whole(app: Any) -> None:
    """Everything that comes with Xiaoguan runs from its wheel."""
    assert ENVIRONMENT in Path(core.__file__).resolve().parents
    found = told(app, "plugin list")
    assert [row["id"] for row in found if row["state"] == "unavailable"] == []
    assert {row["id"] for row in found} >= set(sys.argv[3:])
    run(app, f"plugin new gifts --yes --to {sys.argv[2]}")
    assert "claims silver" in run(app, f"plugin check --quick {sys.argv[2]}/xiaoguan-gifts")
    page = read(app.test_client(), "/login")
    for path in set(re.findall(r'(?:href|src)="(/[^"]+\.(?:css|js|svg)[^"]*)"', page)):
        read(app.test_client(), path)


@step
def first(app: Any) -> None:
    """Version 1 is installed; one company of two switches it on."""
    assert "  gold: " in run(app, f"plugin check --quick {sys.argv[2]}")
    run(app, "init")
    for slug in ("acme", "other"):
        run(app, f"company add {slug} --name {slug} --country CN --language en")
        person = f"user add ada@{slug}.example --company {slug} --name Ada --role admin"
        run(app, f"{person} --password {PASSWORD}")
        with app.app_context(), system_in(slug):
            services().records.create(services().registry.models["catalog.Product"], PRODUCT)
            services().session.commit()
    assert state_of(app) == {"id": "samples", "version": "1.0.0", "state": "loaded", "reason": ""}
    unharmed(app)
    run(app, "plugin enable samples --company acme")
    with app.app_context(), system_in("acme"):
        model = services().registry.models["samples.Sample"]
        for name, pieces in (("Red paint", 3), ("Blue paint", 2)):
            values = {"name": name, "receiver": "Harbour Ltd", "pieces": pieces}
            services().records.create(model, values | {"given_on": TODAY})
        services().session.commit()
    ada = client(app, "acme")
    assert "Red paint" in read(ada, "/samples/samples")
    assert '<p class="samples-count">5</p>' in read(ada, "/samples/count")
    assert "3rem" in read(ada, "/samples/static/samples.css")
    assert "送给" in read(client(app, "acme", "zh"), "/samples/samples")
    for path in set(re.findall(r'(?:href|src)="(/[^"]+\.(?:css|js|svg)[^"]*)"', read(ada, "/"))):
        read(ada, path)
    unharmed(app)


@step
def second(app: Any) -> None:
    """Version 2 is installed: its own pages wait for its script, everything else works."""
    state = state_of(app)
    assert (state["version"], state["state"]) == ("2.0.0", "behind")
    assert "xiaoguan db upgrade" in state["reason"]
    read(client(app, "acme"), "/samples/samples", 503)
    read(client(app, "acme"), "/catalog/products")
    unharmed(app)
    run(app, "db upgrade")
    app = create_app()
    assert state_of(app)["state"] == "loaded"
    with app.app_context(), system_in("acme"):
        model: Any = services().registry.models["samples.Sample"]
        blue, red = services().session.query(model).order_by(model.name)
        assert [(r.name, r.pieces, r.returned) for r in (blue, red)] == [
            ("Blue paint", 2, 0), ("Red paint", 3, 0)
        ]  # fmt: skip
        services().records.update(red, {"returned": 1})
        services().session.commit()
    assert "Pieces back" in read(client(app, "acme"), "/samples/samples")
    assert "退回件数" in read(client(app, "acme", "zh"), "/samples/samples")
    unharmed(app)


@step
def gone(app: Any) -> None:
    """Its files are gone: the host runs, and says of what it misses and what to do."""
    state = state_of(app)
    assert state["state"] == "unavailable"
    assert "xiaoguan_samples" in state["reason"]
    said = run(app, "doctor --json", 1)
    findings = {(each["check"], each["state"]): each for each in json.loads(said)}
    assert "xiaoguan_samples" in findings["plugins", "fail"]["text"]
    missing = findings["leftovers", "warn"]
    assert missing["text"] == "samples is switched on in 1 companies, but does not run."
    assert missing["hint"] == ("Install it again, or switch it off there: xiaoguan plugin disable")
    ada = client(app, "acme")
    read(ada, "/samples/samples", 404)
    assert "Tin of paint" in read(ada, "/catalog/products")
    page = read(ada, "/core/plugins")
    assert "no such package. It is switched on here: what it holds is kept" in page
    assert "It is switched on here" not in read(client(app, "other"), "/core/plugins")
    unharmed(app)
    run(app, "plugin disable samples --company acme")
    assert "is switched off already" not in run(app, "plugin disable samples --company acme", 1)


@step
def back(app: Any) -> None:
    """It is installed again: everything is as it was. Then it is switched off, and purged."""
    assert names(app, "acme") == ["Blue paint", "Red paint"]
    run(app, "plugin enable samples --company acme")
    ada = client(app, "acme")
    assert "Red paint" in read(ada, "/samples/samples")
    run(app, "plugin disable samples --company acme")
    read(ada, "/samples/samples", 404)
    run(app, "plugin enable samples --company acme")
    assert "Red paint" in read(ada, "/samples/samples")
    run(app, "plugin disable samples --company acme")
    purged = told(app, "plugin purge samples --company acme --yes")
    assert purged == [{"model": "samples.Sample", "rows": 2}]
    assert names(app, "acme") == []
    assert names(app, "acme", "catalog.Product") == ["Tin of paint"]
    unharmed(app)


@step
def uninstalled(app: Any) -> None:
    """Nothing of it is left but its empty tables, which are told of."""
    assert state_of(app) == {}
    findings = json.loads(run(app, "doctor --json"))
    left = [each["text"] for each in findings if each["check"] == "leftovers"]
    assert left == ["The tables of samples are still there."]
    assert "Tin of paint" in read(client(app, "acme"), "/catalog/products")
    unharmed(app)


if __name__ == "__main__":
    STEPS[sys.argv[1]](create_app())

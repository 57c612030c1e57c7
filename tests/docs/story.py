"""What a reader of a page does next.

Runs in a process of its own, because the classes of its plugin stay in the process.
"""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

from click.testing import CliRunner
from flask.testing import FlaskClient

from core.app import create_app
from core.cli.main import main as xiaoguan
from core.host import services
from core.identity.service import system_in
from plugin_api.context import today
from plugin_api.errors import Rejected

START = (
    "init",
    "company add acme --name Acme --country CN --language en",
    "user add ada@acme.example --company acme --name Ada --role admin --password tutorial-pass",
    "user add rita@acme.example --company acme --name Rita --role rep --password tutorial-pass",
)


def run(app: Any, command: str, code: int = 0) -> str:
    """What a command such as ``plugin list`` says. Fails on another exit code."""
    done = CliRunner().invoke(xiaoguan, command.split(), obj=lambda: app)
    assert done.exit_code == code, (command, done.output, done.exception)
    return done.stdout


def start(app: Any) -> None:
    """What both pages take for granted: an installation with a company and two people."""
    for command in START:
        run(app, command)


def switch_on(app: Any) -> None:
    """As both pages say."""
    listed = json.loads(run(app, "plugin list --json"))
    waiting = next(row for row in listed if row["id"] == "visits")
    assert waiting["state"] == "behind"
    assert waiting["reason"].endswith("run: xiaoguan db revision visits")
    run(app, "db revision visits")
    run(app, "db upgrade --plugin visits")
    run(app, "plugin enable visits --company acme")
    rows = json.loads(run(app, "plugin list --company acme --json"))
    state = next(row for row in rows if row["id"] == "visits")
    assert (state["state"], state["enabled"]) == ("loaded", True)


def log_in(client: FlaskClient, name: str) -> None:
    page = client.get("/login").get_data(as_text=True)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    form = {
        "email": f"{name}@acme.example",
        "password": "tutorial-pass",
        "csrf_token": token,
    }
    assert client.post("/login", data=form).status_code == 303


def read(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.get_data(as_text=True)


def make(values: dict[str, Any]) -> Any:
    return services().records.create(services().registry.models["visits.Visit"], values)


def readme(app: Any) -> None:
    with app.app_context(), system_in("acme"):
        make({"name": "Harbour Ltd", "day": dt.date(2026, 3, 2)})
        services().session.commit()
    client = app.test_client()
    log_in(client, "ada")
    assert "Visits" in read(client, "/")
    assert "Harbour Ltd" in read(client, "/visits/visits?q=harb")
    assert "Whom" in read(client, "/visits/visits/new")


def tutorial(app: Any) -> None:
    with app.app_context(), system_in("acme"):
        day, session = today(), services().session
        user = services().registry.models["core.User"]
        rita = session.query(user).filter_by(name="Rita").one()
        visit = make({"name": "Harbour Ltd", "day": day, "owner_id": rita.id})
        old = make({"name": "Long ago", "day": day - dt.timedelta(days=40)})
        services().records.transition(visit, "finish", {"outcome": "They want two."})
        try:
            services().records.transition(old, "finish", {"outcome": "Too late."})
        except Rejected as refused:
            assert refused.field == "day"
        else:
            raise AssertionError("a visit of long ago was noted as made")
        assert services().measures.value("visits.done", day, day) == Decimal(1)
        session.commit()
    client = app.test_client()
    log_in(client, "rita")
    listed = read(client, "/visits/visits")
    assert "Harbour Ltd" in listed
    assert "Long ago" not in listed, "a rep sees her own"
    assert "Hot" in read(client, "/visits/visits?view=kanban")
    assert f'value="{day.isoformat()}"' in read(client, "/visits/visits/new")


def howto(app: Any) -> None:
    from tests.docs import howto_story

    howto_story.howto(app)


def words(app: Any) -> None:
    run(app, "i18n check --plugin visits", code=1)
    run(app, "i18n update --plugin visits")


def main(*parts: str) -> None:
    """Do one thing after the other."""
    made = create_app()
    for part in parts:
        globals()[part](made)

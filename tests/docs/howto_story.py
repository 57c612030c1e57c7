"""What the page of how-tos promises, in a process of its own."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.host import services
from core.identity.service import find_user, system_in
from plugin_api.context import current_company, today
from plugin_api.errors import Rejected
from tests.docs.story import log_in, read, run


def switch_on(app: Any) -> None:
    """The commands under *A migration*; the page's own tables come with them."""
    run(app, "db revision samples")
    run(app, "db upgrade --plugin samples")
    run(app, "plugin enable samples --company acme --yes")
    rows = json.loads(run(app, "plugin list --company acme --json"))
    on = {row["id"] for row in rows if row["enabled"]}
    assert {"crm", "samples"} <= on and "sales" not in on


def records(app: Any) -> dict[str, int]:
    """Two samples, one of them late; a third is one too many."""
    with app.app_context(), system_in("acme"):
        models, make = services().registry.models, services().records.create
        sample = models["samples.Sample"]
        rita = find_user("rita@acme.example").id
        account = make(models["crm.Account"], {"name": "Harbour Ltd", "owner": rita})
        make(models["samples.Allowance"], {"account": account.id, "most": 2})
        values: dict[str, Any] = {"account": account.id, "owner": rita}
        old = make(sample, {"name": "Drill", "lent_on": today() - dt.timedelta(days=40), **values})
        fresh = make(sample, {"name": "Saw", "lent_on": today(), **values})
        assert (old.due_on, fresh.due_on) == (
            today() - dt.timedelta(days=10), today() + dt.timedelta(days=30),
        )  # fmt: skip
        try:
            make(sample, {"name": "Axe", "lent_on": today(), **values})
        except Rejected as refused:
            assert "2 samples already" in str(refused.errors["account"][0])
        else:
            raise AssertionError("one more than the customer may have")
        services().session.commit()
        lent = services().measures.value("samples.lent", today() - dt.timedelta(days=60), today())
        assert lent == Decimal(2)
        return {"account": account.id, "old": old.id, "company": current_company().id}


def pages(app: Any, ids: dict[str, int]) -> None:
    """Views, column, panel, card and PDF, as a rep has them."""
    client = app.test_client()
    log_in(client, "rita")
    listed = read(client, "/samples/samples")
    assert "Drill" in listed and "Saw" in listed
    assert "Came back" in read(client, "/samples/samples?view=kanban")
    assert read(client, "/samples/samples?view=calendar")
    assert "2 / 2" in read(client, "/crm/accounts")
    panel = read(client, f"/crm/accounts/{ids['account']}")
    assert "Lend a sample" in panel and "Ordered this year" not in panel
    assert f"/samples/samples/new?account={ids['account']}" in panel
    assert "Drill" in read(client, "/?all=1").split("Samples to ask back")[1]
    page = read(client, "/samples/by-customer")
    assert "Samples by customer" in page and "Harbour Ltd" in page.split("page-body")[1]
    paper = client.get(f"/samples/samples/{ids['old']}/note.pdf")
    assert paper.data.startswith(b"%PDF")
    assert "Give up" not in read(client, f"/samples/samples/{ids['old']}")
    log_in(ada := app.test_client(), "ada")
    assert "Give up" in read(ada, f"/samples/samples/{ids['old']}")
    assert "Lend samples for (days)" in read(ada, "/core/settings")
    assert "samples.overdue" in read(ada, "/core/contributions?plugin=samples")
    run(app, "plugin enable sales --company acme --yes")
    assert "Ordered this year" in read(client, f"/crm/accounts/{ids['account']}")
    with app.app_context(), system_in("acme"):
        models, make = services().registry.models, services().records.create
        order = make(models["sales.Order"], {"account": ids["account"]})
        values = {"order": order.id, "description": "Saw", "quantity": Decimal(1), "price": 900}
        make(models["sales.OrderLine"], values)
        services().records.transition(order, "confirm")
        services().session.commit()
    assert "This customer has ordered." in read(client, "/notifications")


def programs(app: Any) -> None:
    """The report, an import, and the job."""
    said = run(app, "token add rita@acme.example --company acme --name howto --json")
    token = {"Authorization": f"Bearer {json.loads(said)[0]['token']}"}
    client = app.test_client()
    answer = client.get("/api/v1/reports/samples.late", headers=token)
    assert [each["name"] for each in answer.json["samples"]] == ["Drill"]
    wrong = client.get("/api/v1/reports/samples.late?most=x", headers=token)
    assert wrong.status_code == 422
    file = Path(app.instance_path, "samples.csv")
    file.write_text("Name,Lent to,Lent on\nPlane,Pier Ltd,2026-03-02\n", "utf-8")
    with app.app_context(), system_in("acme"):
        services().records.create(services().registry.models["crm.Account"], {"name": "Pier Ltd"})
        services().session.commit()
    run(app, f"import samples.samples {file} --company acme")
    run(app, "jobs now samples.remind --company acme --wait")
    runs = json.loads(run(app, "jobs list --company acme --runs 9 --json"))
    assert [each["state"] for each in runs if each["job"] == "samples.remind"] == ["done"]


def howto(app: Any) -> None:
    """All of the page."""
    switch_on(app)
    pages(app, records(app))
    programs(app)
    run(app, "i18n update --plugin samples")
    run(app, f"plugin check {Path(app.instance_path, 'plugins', 'samples')} --quick")

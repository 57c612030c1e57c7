"""What a plugin's tests ask for."""

from __future__ import annotations

import datetime as dt
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from core.mail import sending
from plugin_api import host
from plugin_api.context import current_actor, now, today
from plugin_api.errors import NotFound, Rejected
from plugin_api.mail import Message
from plugin_api.models import model_of
from plugin_api.testing import (
    Clock,
    ReachedOutside,
    Sent,
    Workplace,
    count_statements,
    nothing_outside,
    undeclared,
)


def products() -> list[str]:
    product: Any = model_of("catalog.Product")
    return list(host().session.scalars(sa.select(product.name)))


def make(name: str) -> Any:
    return host().records.create(model_of("catalog.Product"), {"name": name})  # type: ignore[type-var]


def test_companies_are_empty_and_know_nothing_of_each_other(
    company: Workplace, other_company: Workplace
) -> None:
    with company.working():
        make("Drill")
    with company.working():
        assert products() == ["Drill"]
    with other_company.working():
        assert products() == []
    assert company.id != other_company.id


def test_people_work_in_their_roles(company: Workplace, as_user: Callable[..., Any]) -> None:
    with as_user("admin") as ada:
        assert current_actor().user_id == ada
        drill = make("Drill").id
    with as_user("rep"):
        assert host().records.get(model_of("catalog.Product"), drill).name == "Drill"  # type: ignore[type-var]
    assert "Drill" in company.browser("rep").get("/catalog/products").text
    said = company.text("/catalog/products")
    assert said.startswith("Products 1 List") and "Name Code Category" in said
    with pytest.raises(AssertionError, match="/catalog/nothing: 404"):
        company.text("/catalog/nothing")
    assert "产品" in company.browser("rep", "zh").get("/catalog/products").text
    assert company.rest("GET", f"/catalog/products/{drill}").json["name"] == "Drill"
    gone = {"version": 1}
    assert company.rest("DELETE", f"/catalog/products/{drill}", gone, role="rep").status_code == 403
    answer = company.post(f"/catalog/products/{drill}", "rep", name="Saw", _version="1")
    assert answer.status_code == 403


def test_plugins_are_switched_while_it_runs(
    company: Workplace, enable: Callable[..., None], disable: Callable[..., None]
) -> None:
    assert company.page("/crm/accounts").status_code == 404
    enable("crm")
    assert company.page("/crm/accounts").status_code == 200
    disable("crm")
    assert company.page("/crm/accounts").status_code == 404


def test_statements_are_counted(company: Workplace) -> None:
    with company.working():
        with count_statements() as sent:
            products()
        products()
    assert len(sent) == 1
    assert "catalog_product" in sent[0]


def test_the_clock_stands_where_it_is_set(company: Workplace, clock: Clock) -> None:
    clock.set("2026-03-31")
    with company.working():
        assert today() == dt.date(2026, 3, 31)
        clock.move(days=1, hours=1)
        assert now() == dt.datetime(2026, 4, 1, 13, tzinfo=dt.UTC)
    clock.release()
    assert abs(now() - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


def test_mail_comes_to_the_outbox(
    company: Workplace, outbox: list[Sent], run_jobs: Callable[[], int]
) -> None:
    rep = company.person("rep")
    with company.working():
        assert host().mail(rep, Message(subject="Well done", lines=("Go on.",)))
    assert outbox == []
    run_jobs()
    assert [(each.to, each.subject) for each in outbox] == [
        (f"rep@{company.slug}.example", "Well done")
    ]


@pytest.mark.parametrize(
    ("reach", "said"),
    [
        (lambda: socket.create_connection(("192.0.2.1", 80), 1), "192.0.2.1"),
        (lambda: socket.getaddrinfo("example.com", 443), "example.com"),
        (lambda: sending.send("a@example.com", "Hello", "", ""), "mail to a@example.com, “Hello”"),
    ],
)
def test_nobody_outside_is_reached(reach: Callable[[], Any], said: str) -> None:
    """Nor does it help to catch what is raised."""
    with pytest.raises(ReachedOutside, match=r"tried inside.*"), nothing_outside():
        with pytest.raises(ReachedOutside) as refused:
            reach()
        assert said in str(refused.value)
        assert "Replace what does so" in str(refused.value)


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1])).close()


def test_a_checkout_says_which_plugins_it_holds(tmp_path: Path) -> None:
    (tmp_path / "setup.cfg").write_text(
        "[options.entry_points]\nxiaoguan.plugins =\n    loyalty = xiaoguan_loyalty\n"
    )
    assert undeclared.declared(tmp_path) == {"loyalty": "xiaoguan_loyalty"}
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "x"\n[project.entry-points."xiaoguan.plugins"]\nmore = "xiaoguan_more"\n'
    )
    assert undeclared.declared(tmp_path).keys() == {"loyalty", "more"}
    assert undeclared.declared(tmp_path / "nowhere") == {}


def test_a_folder_of_an_installation_holds_a_plugin(tmp_path: Path) -> None:
    folder = tmp_path / "plugins" / "visits"
    (folder / "tests").mkdir(parents=True)
    assert undeclared.folders([folder / "tests"]) == {}
    (folder / "manifest.py").touch()
    assert undeclared.folders([folder, folder / "tests" / "test_it.py"]) == {"visits": folder}
    assert undeclared.folders([tmp_path]) == {}


def test_what_is_not_there_is_said(company: Workplace) -> None:
    with company.as_user("rep"), pytest.raises(NotFound):
        host().records.get(model_of("catalog.Product"), 10**9)  # type: ignore[type-var]


def test_settings_are_changed(new_company: Callable[..., Workplace]) -> None:
    company = new_company("pools")
    company.set("pools.lead_limit", 7)
    with company.working():
        assert host().setting("pools.lead_limit") == 7
    with pytest.raises(Rejected, match="At least"):
        company.set("pools.lead_limit", -1)
    with pytest.raises(KeyError):
        company.set("pools.nothing", 1)

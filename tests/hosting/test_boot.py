"""The start of the host."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from core.app import create_app
from core.config import Config
from core.hosting.inventory import RESERVED
from tests.hosting.folders import write_plugin


def test_no_statement_runs_at_boot(tmp_path: Path) -> None:
    seen: list[str] = []

    def note(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        create_app(Config(instance=tmp_path))
        create_app(Config(instance=tmp_path, database_url="postgresql://nobody@127.0.0.1:1/none"))
    finally:
        event.remove(sa.Engine, "before_cursor_execute", note)
    assert seen == []
    assert not (tmp_path / "xiaoguan.db").exists()


@pytest.mark.parametrize("path", ["/", "/crm/opportunities", "/api/v1/measures"])
def test_without_a_database_pages_say_so_and_the_process_lives(tmp_path: Path, path: str) -> None:
    url = "postgresql://nobody@127.0.0.1:1/none"
    client = create_app(Config(instance=tmp_path, database_url=url)).test_client()
    with client.session_transaction() as cookie:
        cookie.update(key="made up")
    headers = {"Authorization": "Bearer xg_unknown"}
    answer = client.get(path, headers=headers)
    assert answer.status_code == 503
    assert "Traceback" not in answer.text
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503


def test_a_broken_plugin_shows_on_the_admin_page_and_the_rest_works(tmp_path: Path) -> None:
    from tests.harness import install

    write_plugin(tmp_path / "plugins", "brokenone", {"hooks.py": "def oops(:\n"})
    inst = install(tmp_path)
    inst.company("acme", "crm")
    inst.person("acme", "ada", "admin")
    client = inst.client("acme", "ada")
    page = client.get("/core/plugins").text
    assert "brokenone" in page
    assert "syntax error in hooks.py, line 1" in page
    assert client.get("/crm/opportunities").status_code == 200


def test_no_plugin_can_take_an_address_or_a_blueprint_of_the_host(tmp_path: Path) -> None:
    app = create_app(Config(instance=tmp_path))
    bundled = {
        "activities",
        "approvals",
        "assignment",
        "catalog",
        "contracts",
        "crm",
        "duplicates",
        "incentives",
        "plans",
        "pools",
        "pricing",
        "risk",
        "rewards",
        "sales",
        "service",
        "segments",
        "swot",
        "targets",
        "training",
    }
    taken = {rule.rule.split("/")[1].partition("<")[0] for rule in app.url_map.iter_rules()}
    names = {name for name in app.blueprints if "." not in name}
    assert (taken | names) - RESERVED - bundled - {""} == set()

"""Plugins per company: live, in every process, and without a trace in another company."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from core.app import create_app
from core.config import Config
from core.extensions import db
from core.host import services
from core.hosting import enablement, migrate
from core.hosting.enabled import lost
from core.hosting.models import CompanyPlugin
from core.identity.models import Role, RoleGrant
from core.identity.service import create_company, load_company, system_in
from plugin_api.context import current_company, now
from plugin_api.errors import Rejected
from plugin_api.host import host
from tests.harness import shared_cache
from tests.hosting.companies import write_plugins
from tests.processes import Done, run, xiaoguan


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("enablement")
    write_plugins(folder)
    return folder


@pytest.fixture
def app(instance: Path) -> Iterator[Flask]:
    (instance / "xiaoguan.db").unlink(missing_ok=True)
    made = create_app(Config(cache=shared_cache(), instance=instance))
    with made.app_context():
        migrate.create_all(services().engine, services().registry)
        for slug in ("acme", "other"):
            create_company(slug=slug, name=slug.title(), currency="CNY", country="CN")
        db.session.commit()
    yield made


@contextmanager
def working(app: Flask, slug: str = "acme") -> Iterator[None]:
    """A request of its own: what was committed before is seen, nothing is left behind."""
    with app.app_context(), system_in(slug):
        yield
        db.session.commit()


def on(app: Flask, slug: str = "acme") -> set[str]:
    with working(app, slug):
        return set(enablement.enabled_set(current_company())) & {"core", "depot", "parcels"}


def model(key: str) -> Any:
    return services().registry.models[key]


def shelves() -> list[str]:
    return list(db.session.scalars(sa.select(model("depot.Shelf").name)))


def test_a_dependency_comes_along_and_is_shown_first(app: Flask) -> None:
    with working(app):
        preview = enablement.preview_enable("parcels")
        assert [(part.id, part.asked) for part in preview.parts] == [
            ("depot", False),
            ("parcels", True),
        ]
        assert [str(menu) for menu in preview.parts[0].menus] == ["Shelves"]
        assert preview.parts[0].roles == ("rep",)
        assert enablement.enable("parcels") == ("depot", "parcels")
        rows = db.session.scalars(sa.select(CompanyPlugin).order_by(CompanyPlugin.plugin)).all()
        found = [(row.plugin, row.enabled, row.auto) for row in rows]
        assert ("depot", True, True) in found
        assert ("parcels", True, False) in found
    assert on(app) == {"core", "depot", "parcels"}


def test_it_acts_in_one_company_only(app: Flask) -> None:
    with working(app):
        enablement.enable("depot")
    assert on(app, "acme") == {"core", "depot"}
    assert on(app, "other") == {"core"}
    with working(app, "other"):
        assert shelves() == []


def test_on_enable_runs_once_it_is_on_and_may_be_repeated(app: Flask) -> None:
    with working(app):
        enablement.enable("depot")
        assert shelves() == ["First of acme!"]
        enablement.disable("depot")
        enablement.enable("depot")
        assert shelves() == ["First of acme!"]


def test_the_rest_of_the_transaction_sees_the_change(app: Flask) -> None:
    with working(app):
        enablement.enable("depot")
        assert "depot" in enablement.enabled_set(current_company())
        db.session.rollback()
        assert "depot" not in enablement.enabled_set(current_company())
    assert on(app) == {"core"}


def test_savepoints_neither_publish_nor_forget_a_change(app: Flask) -> None:
    with working(app):
        enablement.enable("depot")
        with db.session.begin_nested():
            pass
        assert "depot" in enablement.enabled_set(current_company())
        with pytest.raises(ZeroDivisionError), db.session.begin_nested():
            enablement.enable("parcels")
            raise ZeroDivisionError
        found = enablement.enabled_set(current_company())
        assert found & {"depot", "parcels"} == {"depot"}
        db.session.rollback()
        assert "depot" not in enablement.enabled_set(current_company())
    assert on(app) == {"core"}


def test_grants_are_copied_the_first_time_only(app: Flask) -> None:
    def granted() -> set[str]:
        statement = sa.select(RoleGrant.permission).join(Role, Role.id == RoleGrant.role_id)
        statement = statement.where(Role.code == "rep", RoleGrant.permission.like("depot.%"))
        return {key.rsplit(".", 1)[1] for key in db.session.scalars(statement)}

    with working(app):
        enablement.enable("depot")
        assert granted() == {"read", "create", "update", "delete", "import", "export"}
        db.session.execute(sa.delete(RoleGrant).where(RoleGrant.permission == "depot.Shelf.delete"))
        enablement.disable("depot")
        enablement.enable("depot")
        assert granted() == {"read", "create", "update", "import", "export"}


def test_disabling_what_others_need_is_refused_or_cascades_and_keeps_the_data(app: Flask) -> None:
    with working(app):
        enablement.enable("parcels")
        preview = enablement.preview_disable("depot")
        assert [part.id for part in preview.parts] == ["parcels", "depot"]
        assert preview.dependants == ("parcels",)
        with pytest.raises(Rejected, match="Parcels needs it"):
            enablement.disable("depot")
        assert enablement.disable("depot", cascade=True) == ("parcels", "depot")
        assert shelves() == ["First of acme!"]
    assert on(app) == {"core"}


def test_a_plugin_may_object(app: Flask) -> None:
    with working(app):
        enablement.enable("parcels")
        shelf = db.session.scalar(sa.select(model("depot.Shelf").id))
        host().records.create(model("parcels.Parcel"), {"name": "urgent", "shelf_id": shelf})
        for plugin in ("parcels", "depot"):
            assert enablement.preview_disable(plugin).reasons == (
                "An urgent parcel is on its way.",
            )
            with pytest.raises(Rejected, match="urgent"):
                enablement.disable(plugin, cascade=True)


@pytest.mark.parametrize(
    ("plugin", "reason"),
    [("nothing", "There is no plugin nothing"), ("core", "switched on already")],
)
def test_what_cannot_be_switched_on_is_refused(app: Flask, plugin: str, reason: str) -> None:
    with working(app), pytest.raises(Rejected, match=reason):
        enablement.enable(plugin)


@pytest.mark.parametrize(
    ("plugin", "reason"),
    [("depot", "switched off already"), ("core", "host cannot be switched off")],
)
def test_what_cannot_be_switched_off_is_refused(app: Flask, plugin: str, reason: str) -> None:
    with working(app), pytest.raises(Rejected, match=reason):
        enablement.disable(plugin)


def test_purging_takes_the_rows_of_one_company_once_it_is_off(app: Flask) -> None:
    for slug in ("acme", "other"):
        with working(app, slug):
            enablement.enable("parcels")
            shelf = db.session.scalar(sa.select(model("depot.Shelf").id))
            host().records.create(model("parcels.Parcel"), {"name": "one", "shelf_id": shelf})
    with working(app):
        with pytest.raises(Rejected, match="Switch it off first"):
            enablement.purge("depot")
        enablement.disable("depot", cascade=True)
        with pytest.raises(Rejected, match="Parcels still holds data"):
            enablement.purge("depot")
        assert enablement.preview_purge("parcels").rows == {"parcels.Parcel": 1}
        assert enablement.purge("parcels") == {"parcels.Parcel": 1}
        assert enablement.purge("depot") == {"depot.Shelf": 1}
        assert shelves() == []
    with working(app, "other"):
        assert shelves() == ["First of other!"]
        assert enablement.preview_purge("parcels").reasons == ("Switch it off first.",)


def test_a_plugin_behind_its_head_is_not_there_until_it_is_upgraded(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with working(app):
        enablement.enable("parcels")
    with working(app):
        company = current_company()
        assert enablement.state_of(company, "depot") == "on"
        app.extensions["xiaoguan.behind"] = (float("inf"), frozenset({"depot"}))
        assert enablement.state_of(company, "depot") == "behind"
        assert enablement.state_of(company, "parcels") == "behind"
        assert enablement.state_of(company, "core") == "on"
        app.extensions["xiaoguan.behind"] = (0.0, frozenset({"depot"}))
        assert enablement.state_of(company, "depot") == "on"


def test_companies_with_the_same_plugins_share_one_set(app: Flask) -> None:
    sets = []
    for slug in ("acme", "other"):
        with working(app, slug):
            enablement.enable("depot")
    for slug in ("acme", "other"):
        with working(app, slug):
            sets.append(enablement.enabled_set(current_company()))
    assert sets[0] is sets[1]


def test_no_statement_is_run_while_nothing_changes(app: Flask) -> None:
    with working(app):
        company = current_company()
        enablement.enabled_set(company)
        statements: list[str] = []
        sa.event.listen(
            services().engine, "before_cursor_execute", lambda *args: statements.append(args[2])
        )
        for _ in range(3):
            assert enablement.enabled_set(company) == {"core"} | (
                enablement.enabled_set(company) - {"core"}
            )
        assert statements == []


def test_another_worker_follows_with_its_next_request(app: Flask, instance: Path) -> None:
    second = create_app(Config(cache=shared_cache(), instance=instance))
    assert on(second) == {"core"}
    with working(app):
        enablement.enable("parcels")
    assert on(second) == {"core", "depot", "parcels"}
    with working(second):
        enablement.disable("parcels")
    assert on(app) == {"core", "depot"}


def command(instance: Path, *arguments: str) -> Done:
    given = {"XIAOGUAN_INSTANCE": str(instance), "XIAOGUAN_CACHE": str(shared_cache())}
    return run(xiaoguan, *arguments, env=given)


def test_a_command_acts_on_a_running_process(app: Flask, instance: Path) -> None:
    assert on(app) == {"core"}
    done = command(instance, "plugin", "enable", "parcels", "--company", "acme", "--json")
    assert done.returncode == 0, done.stderr
    assert [(row["id"], row["asked"]) for row in json.loads(done.stdout)] == [
        ("depot", False),
        ("parcels", True),
    ]
    assert on(app) == {"core", "depot", "parcels"}
    with app.app_context():
        assert load_company("acme").revision > 0
    listed = command(instance, "plugin", "list", "--company", "acme", "--json")
    rows = {row["id"]: row for row in json.loads(listed.stdout)}
    assert rows["parcels"] == {
        "id": "parcels", "version": "1.0.0", "state": "behind", "enabled": False,
        "reason": "no script makes its tables; run: xiaoguan db revision parcels",
    }  # fmt: skip
    refused = command(instance, "plugin", "disable", "depot", "--company", "acme", "--json")
    assert refused.returncode == 1
    assert "Parcels needs it" in refused.stderr


def test_what_is_gone_keeps_its_switch_until_somebody_turns_it(app: Flask) -> None:
    with working(app):
        db.session.add(CompanyPlugin(plugin="ghost", enabled=True, enabled_at=now()))
    with working(app):
        assert "ghost" not in enablement.enabled_set(current_company())
        preview = enablement.preview_disable("ghost")
        assert [(part.id, part.name, part.asked) for part in preview.parts] == [
            ("ghost", "ghost", True)
        ]
        assert preview.reasons == ()
    with working(app, "other"):
        (reason,) = enablement.preview_disable("ghost").reasons
        assert str(reason) == "There is no plugin ghost."
    with working(app):
        assert enablement.disable("ghost") == ("ghost",)
    with working(app):
        assert lost(current_company()) == frozenset()
        assert str(enablement.preview_disable("ghost").reasons[0]) == "There is no plugin ghost."

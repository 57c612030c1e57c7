from pathlib import Path

import pytest

from core.hosting.contribution import Contribution
from core.hosting.models import CompanyPlugin
from core.hosting.registry import LoadedPlugin, Registry
from plugin_api.access import Permission, RoleGrants
from plugin_api.manifest import Manifest
from plugin_api.views import ListView


def registry(plugins: dict[str, tuple[tuple[str, ...], Contribution]]) -> Registry:
    return Registry(
        {
            id_: LoadedPlugin(
                id=id_, package=id_, path=Path(), origin="bundled", contribution=made,
                manifest=Manifest(
                    id=id_, name=id_, version="1.0.0", summary="", depends=depends
                ),
            )
            for id_, (depends, made) in plugins.items()
        },
        {},
    )  # fmt: skip


NOTHING = Contribution()


def test_dependencies_and_dependants_are_followed_in_order() -> None:
    found = registry(
        {
            "core": ((), NOTHING),
            "aa": ((), NOTHING),
            "bb": (("aa",), NOTHING),
            "cc": (("bb",), NOTHING),
            "dd": ((), NOTHING),
        }
    )
    assert found.dependencies("cc") == ("aa", "bb")
    assert found.dependants("aa") == ("bb", "cc")
    assert found.dependants("dd") == found.dependencies("dd") == ()


def test_a_star_is_written_out_and_what_is_not_there_left_out() -> None:
    permissions = tuple(
        Permission(key=key, label="") for key in ("aa.Thing.read", "aa.Thing.create", "aa.Things.x")
    )
    roles = (
        RoleGrants(role="rep", grants={"aa.Thing.*": "own", "zz.Thing.read": "own"}),
        RoleGrants(role="rep", grants={"aa.Thing.read": "team"}),
    )
    found = registry({"aa": ((), Contribution(permissions=permissions, roles=roles))})
    assert found.grants_of("aa") == {"rep": {"aa.Thing.read": "team", "aa.Thing.create": "own"}}
    assert found.grants_of("nobody") == {}


def test_a_declared_view_goes_before_a_derived_one() -> None:
    declared = ListView(model="core.CompanyPlugin", columns=("enabled",))
    plain = Contribution(models=(CompanyPlugin,))
    found = registry({"core": ((), plain), "aa": ((), Contribution(views=(declared,)))})
    assert found.list_view("core.CompanyPlugin") is declared
    assert found.form_view("core.CompanyPlugin").sections[0].fields == ()
    assert found.kanban_view("core.CompanyPlugin") is None
    with pytest.raises(KeyError):
        found.list_view("core.Nothing")


def test_it_is_frozen() -> None:
    found = registry({"aa": ((), NOTHING)})
    with pytest.raises(TypeError):
        found.plugins["bb"] = found.plugins["aa"]  # type: ignore[index]
    with pytest.raises(TypeError):
        found.models["x"] = CompanyPlugin  # type: ignore[index]

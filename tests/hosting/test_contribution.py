from collections.abc import Mapping
from typing import Any

import pytest
from flask import Blueprint

from core.hosting.checks import check_marks
from core.hosting.contribution import Contribution, Known, UnusableError, ask_plugin
from core.hosting.models import CompanyPlugin
from core.identity.models import User
from core.webhooks.models import Webhook
from plugin_api import for_models
from plugin_api.access import Permission, RoleGrants
from plugin_api.cards import Card, CardContent
from plugin_api.manifest import Manifest
from plugin_api.measures import Measure, Ratio
from plugin_api.menus import MenuItem
from plugin_api.settings import Setting
from plugin_api.views import CalendarView, FormView, KanbanView, ListView, Section
from plugin_api.workflow import Workflow

MODEL = "core.CompanyPlugin"
USER = "core.User"
SHOP = Manifest(id="shop", name="Shop", version="1.0.0", summary="A test.")


def ask(returned: Mapping[str, Any], known: Known | None = None) -> Contribution:
    """What the plugin ``shop`` registers, beside the host's model."""
    known = known or Known()
    known.models |= {MODEL: CompanyPlugin, USER: User, "core.Webhook": Webhook}
    return ask_plugin(SHOP, "plugins.shop", returned.get, known)


def measure(key: str, model: str = MODEL) -> Measure:
    return Measure(key=key, label="M", unit="count", model=model, facts=lambda: None)  # type: ignore[arg-type, return-value]


def ratio(key: str, numerator: str, denominator: str) -> Ratio:
    return Ratio(key=key, label="R", unit="ratio", numerator=numerator, denominator=denominator)


def setting(key: str) -> Setting:
    return Setting(key=key, label="S", kind="text", default="")


def test_what_fits_is_kept_in_order() -> None:
    made = ask(
        {
            "register_views": [ListView(model=USER, columns=("name", "email"))],
            "register_menus": [MenuItem(id="one", label="One", model=MODEL)],
            "register_measures": [measure("shop.a"), ratio("shop.b", "shop.a", "shop.a")],
            "register_settings": (setting("shop.colour"),),
            "register_permissions": [Permission(key="shop.open", label="Open")],
            "register_roles": [RoleGrants(role="rep", grants={"shop.open": "own"})],
            "register_blueprints": [Blueprint("shop", __name__), Blueprint("shop_two", __name__)],
        }
    )
    assert [m.key for m in made.measures] == ["shop.a", "shop.b"]
    assert [b.name for b in made.blueprints] == ["shop", "shop_two"]
    assert [p.key for p in made.permissions] == ["shop.open"]


@pytest.mark.parametrize(
    ("hook", "returned", "reason"),
    [
        ("register_menus", ["home"], "register_menus returned 'home'"),
        ("register_models", [object], "register_models returned <class 'object'>"),
        (
            "register_permissions",
            [Permission(key="crm.x", label="X")],
            "key 'crm.x' must start with 'shop.'",
        ),
        ("register_measures", [measure("crm.x")], "key 'crm.x' must start with 'shop.'"),
        (
            "register_measures",
            [measure("shop.x", "crm.No")],
            "measure shop.x: unknown model crm.No",
        ),
        ("register_measures", [ratio("shop.r", "shop.x", "shop.x")], "ratio shop.r: unknown"),
        ("register_measures", [measure("shop.x")] * 2, "'measure shop.x' is registered twice"),
        ("register_settings", [setting("colour")], "key 'colour' must start with 'shop.'"),
        (
            "register_menus",
            [MenuItem(id="a", label="A", model=MODEL), MenuItem(id="a", label="B", model=MODEL)],
            "menu 'a' is registered twice",
        ),
        ("register_menus", [MenuItem(id="a", label="A")], "name either a model or an endpoint"),
        ("register_menus", [MenuItem(id="a", label="A", model="x.Y")], "unknown model x.Y"),
        (
            "register_views",
            [FormView(model=MODEL, sections=(Section(title="", fields=("colour",)),))],
            "FormView of core.CompanyPlugin: CompanyPlugin has no field 'colour'",
        ),
        (
            "register_views",
            [KanbanView(model=MODEL, group_by="stage", title="plugin")],
            "CompanyPlugin has no field 'stage'",
        ),
        (
            "register_roles",
            [RoleGrants(role="rep", grants={"core.CompanyPlugin.read": "all"})],  # type: ignore[dict-item]
            "unknown scope 'all'",
        ),
        (
            "register_workflows",
            [Workflow(model=MODEL, field="plugin", transitions=())],
            "'plugin' is no choice field",
        ),
        (
            "register_workflows",
            [Workflow(model="core.Webhook", field="state", transitions=(), given=("name",))],
            "given names what guards does not",
        ),
        ("register_blueprints", [Blueprint("crm", __name__)], "must be named like the plugin"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(
    hook: str, returned: Any, reason: str
) -> None:
    with pytest.raises(UnusableError, match="^.*" + reason.split("(", maxsplit=1)[0]):
        ask({hook: returned})


BOARD = KanbanView(model=USER, group_by="name", title="name")
CALENDAR = CalendarView(model=USER, start="name", title="name")
NOT_A_TUPLE: Any = "plugin"
LIST = ListView(model=MODEL, columns=NOT_A_TUPLE)
NEEDLESS = Card(id="a", title="A", load=CardContent, permission="core.CompanyPlugin.see")


@pytest.mark.parametrize(
    ("hook", "returned", "reason"),
    [
        ("register_models", CompanyPlugin, "register_models returned .*, not a sequence"),
        ("register_views", [LIST], r"columns must be a tuple, such as \('plugin',\)"),
        ("register_views", [BOARD], "'name' is no choice or reference field"),
        ("register_views", [CALENDAR], "'name' is no date or instant field"),
        (
            "register_menus",
            [MenuItem(id="a", label="A", model=MODEL, view="board")],
            "menu a: view 'board' is none of list, kanban, calendar",
        ),
        ("register_roles", [RoleGrants(role="reps")], "role 'reps' is none of admin, manager, rep"),
        (
            "register_roles",
            [RoleGrants(role="reps", names={"zh": "代表"})],
            "role 'reps' is none of",
        ),
        ("register_cards", [NEEDLESS], "card a: unknown permission core.CompanyPlugin.see"),
    ],
)
def test_what_would_do_nothing_or_fail_later_is_refused(
    hook: str, returned: Any, reason: str
) -> None:
    known = Known(permissions={"core.CompanyPlugin.read"})
    with pytest.raises(UnusableError, match=reason):
        ask({hook: returned}, known)


def test_a_field_by_another_name_is_told_its_own() -> None:
    view = ListView(model=USER, columns=("team_id",))
    with pytest.raises(UnusableError, match="no field 'team_id'; it is called 'team' here"):
        ask({"register_views": [view]})


def test_a_mark_for_a_model_that_is_not_there_is_refused_unless_its_plugin_is_not() -> None:
    @for_models("core.Usr")
    def before_create(model: str, record: Any) -> None: ...

    with pytest.raises(UnusableError, match=r"@for_models of unknown model core\.Usr"):
        check_marks([before_create], {USER: User})
    check_marks([before_create], {"crm.Account": User})


def test_what_only_one_may_have_names_both() -> None:
    known = Known()
    known.add("crm", Contribution(views=(ListView(model=USER, columns=("name",)),)))
    with pytest.raises(UnusableError, match="is registered by crm and shop"):
        ask({"register_views": [ListView(model=USER, columns=("name",))]}, known)


def test_a_grant_waits_for_a_plugin_that_is_not_there_but_not_for_a_misspelt_key() -> None:
    known = Known(permissions={"crm.Account.read"})
    grants = {"crm.Account.*": "own", "later.Thing.read": "own"}
    assert ask({"register_roles": [RoleGrants(role="rep", grants=grants)]}, known)  # type: ignore[arg-type]
    with pytest.raises(UnusableError, match=r"unknown permission crm\.Acount\.\*"):
        ask({"register_roles": [RoleGrants(role="rep", grants={"crm.Acount.*": "own"})]}, known)


@pytest.mark.parametrize(
    "door",
    ["before_app_request", "after_app_request", "teardown_app_request", "app_context_processor"],
)
def test_a_blueprint_that_acts_on_every_page_is_refused(door: str) -> None:
    blueprint = Blueprint("shop", __name__)
    getattr(blueprint, door)(lambda *a: {})
    with pytest.raises(UnusableError, match="acts on requests of other plugins"):
        ask({"register_blueprints": [blueprint]})


def test_an_error_handler_for_every_page_is_refused() -> None:
    blueprint = Blueprint("shop", __name__)
    blueprint.app_errorhandler(404)(lambda error: "gone")
    with pytest.raises(UnusableError, match="acts on requests of other plugins"):
        ask({"register_blueprints": [blueprint]})

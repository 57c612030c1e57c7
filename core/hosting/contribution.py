"""What one plugin registers, asked for and checked before any of it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import Blueprint

from core.hosting import implied
from core.hosting.checks import (
    MENU_VIEWS,
    UnusableError,
    check_blueprints,
    check_dashboards,
    check_field_rights,
    check_measured,
    check_model,
    check_retention,
    check_tuples,
    check_view,
    check_workflow,
)
from core.hosting.derive import fields_of
from core.identity.seeds import ROLES
from plugin_api.access import Permission, RoleGrants
from plugin_api.cards import Card
from plugin_api.context import SCOPES
from plugin_api.feeds import Feed
from plugin_api.jobs import Job
from plugin_api.manifest import Manifest
from plugin_api.measures import Measure, Ratio
from plugin_api.menus import MenuItem
from plugin_api.models import Base, CompanyModel, table_of
from plugin_api.open_pages import OpenPage
from plugin_api.reports import Report
from plugin_api.retention import Retention
from plugin_api.settings import Setting
from plugin_api.views import Dashboard, View, ViewExtension
from plugin_api.workflow import Workflow

__all__ = ["Contribution", "Known", "UnusableError", "ask_plugin"]

T = TypeVar("T")
_NAMED = ("menus", "cards", "dashboards", "jobs", "retention", "feeds", "open_pages", "reports")
Ask = Callable[[str], Iterable[Any] | None]
"""Calls one boot hook of the plugin; None when the plugin does not implement it."""


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """The registrations of one plugin. ``permissions`` include the implied ones."""

    models: tuple[type[Base], ...] = ()
    views: tuple[View, ...] = ()
    view_extensions: tuple[ViewExtension, ...] = ()
    cards: tuple[Card, ...] = ()
    dashboards: tuple[Dashboard, ...] = ()
    menus: tuple[MenuItem, ...] = ()
    permissions: tuple[Permission, ...] = ()
    roles: tuple[RoleGrants, ...] = ()
    workflows: tuple[Workflow, ...] = ()
    measures: tuple[Measure | Ratio, ...] = ()
    settings: tuple[Setting, ...] = ()
    jobs: tuple[Job, ...] = ()
    retention: tuple[Retention, ...] = ()
    feeds: tuple[Feed, ...] = ()
    open_pages: tuple[OpenPage, ...] = ()
    reports: tuple[Report, ...] = ()
    blueprints: tuple[Blueprint, ...] = ()


@dataclass
class Known:
    """What earlier plugins have registered: thing → who. Grows with :meth:`add`."""

    models: dict[str, type[Base]] = field(default_factory=dict)
    permissions: set[str] = field(default_factory=set)
    measures: set[str] = field(default_factory=set)
    claimed: dict[tuple[str, str], str] = field(default_factory=dict)
    """(kind, name) of what only one plugin may have → that plugin."""

    def add(self, plugin_id: str, made: Contribution) -> None:
        self.models |= {model.model_key(): model for model in made.models}
        self.permissions |= {permission.key for permission in made.permissions}
        self.measures |= {measure.key for measure in made.measures}
        self.claimed |= dict.fromkeys(_claims(made), plugin_id)


def _claims(made: Contribution) -> Iterator[tuple[str, str]]:
    yield from (("table", model.__tablename__) for model in made.models)
    yield from ((type(view).__name__, view.model) for view in made.views)
    yield from (("Workflow", workflow.model) for workflow in made.workflows)
    yield from (("measure", measure.key) for measure in made.measures)
    yield from (("setting", setting.key) for setting in made.settings)
    yield from (("permission", permission.key) for permission in made.permissions)
    yield from (("blueprint", blueprint.name) for blueprint in made.blueprints)


def ask_plugin(manifest: Manifest, package: str, ask: Ask, known: Known) -> Contribution:
    """Ask for every registration and check it against the earlier ones. Raises UnusableError."""
    plugin_id = manifest.id
    models = _asked(ask, "register_models", Base, of_classes=True)
    _check_models(plugin_id, package, models)
    for model in models:
        check_model(model, manifest)
    all_models = known.models | {model.model_key(): model for model in models}
    workflows = _asked(ask, "register_workflows", Workflow)
    _check_workflows(workflows, all_models)
    permissions = tuple(
        {
            permission.key: permission
            for permission in (
                *(p for model in models for p in implied.of_collection(model)),
                *(p for workflow in workflows for p in implied.of_transitions(workflow, plugin_id)),
                *_asked(ask, "register_permissions", Permission, key=f"{plugin_id}."),
            )
        }.values()
    )
    made = Contribution(
        models=models,
        workflows=workflows,
        permissions=permissions,
        views=_asked(ask, "register_views", View),
        view_extensions=_asked(ask, "register_view_extensions", ViewExtension),
        cards=_asked(ask, "register_cards", Card),
        dashboards=_asked(ask, "register_dashboards", Dashboard),
        menus=_asked(ask, "register_menus", MenuItem),
        roles=_asked(ask, "register_roles", RoleGrants),
        measures=_asked(ask, "register_measures", Measure | Ratio, key=f"{plugin_id}."),
        settings=_asked(ask, "register_settings", Setting, key=f"{plugin_id}."),
        jobs=_asked(ask, "register_jobs", Job),
        retention=_asked(ask, "register_retention", Retention),
        feeds=_asked(ask, "register_feeds", Feed),
        open_pages=_asked(ask, "register_open_pages", OpenPage),
        reports=_asked(ask, "register_reports", Report),
        blueprints=_asked(ask, "register_blueprints", Blueprint),
    )
    for view in made.views:
        where = f"{type(view).__name__} of {view.model}"
        check_view(view, _model(all_models, view.model, where), where)
    for page in made.open_pages:
        _model(all_models, page.model, f"open page {page.id}")
    check_dashboards(made.dashboards)
    check_retention(made.retention, all_models)
    for item in made.menus:
        _check_menu(item, all_models)
    _check_grants(made, known)
    _check_permissions(made, known)
    check_field_rights(made.models, known.permissions | {p.key for p in permissions})
    _check_measures(made, all_models, known)
    check_blueprints(plugin_id, made.blueprints)
    _check_once(plugin_id, made, known)
    return made


def _asked(
    ask: Ask, hook: str, kind: Any, *, of_classes: bool = False, key: str = ""
) -> tuple[Any, ...]:
    answer = ask(hook)
    if answer is not None and (isinstance(answer, type | str) or not isinstance(answer, Iterable)):
        raise UnusableError(f"{hook} returned {answer!r}, not a sequence")
    values = tuple(answer or ())
    for value in values:
        fits = (
            isinstance(value, type) and issubclass(value, kind)
            if of_classes
            else isinstance(value, kind)
        )
        if not fits:
            raise UnusableError(f"{hook} returned {value!r}")
        if key and not value.key.startswith(key):
            raise UnusableError(f"{hook}: key {value.key!r} must start with {key!r}")
        if not of_classes:
            check_tuples(value, f"{hook}: {type(value).__name__}")
    return values


def _check_models(plugin_id: str, package: str, models: tuple[type[Base], ...]) -> None:
    prefix = f"{plugin_id}_"
    mapped = [
        mapper.class_
        for mapper in Base.registry.mappers
        if f"{mapper.class_.__module__}.".startswith(f"{package}.")
    ]
    for model in {*mapped, *models}:
        table = model.__tablename__
        if not table.startswith(prefix):
            owner = table.split("_", 1)[0]
            raise UnusableError(
                f"table {table!r} of {model.__name__} must start with {prefix!r};"
                f" {owner + '_'!r} belongs to the plugin {owner!r}"
            )
        if model not in models:
            raise UnusableError(
                f"model {model.__name__} is mapped but not registered: return it from"
                " register_models"
            )
        if issubclass(model, CompanyModel) and table_of(model.model_key()) != table:
            raise UnusableError(
                f"table of {model.__name__} must be named {table_of(model.model_key())!r}"
            )
    _unlike("collection", [model.__collection__ for model in models if model.__collection__])


def _check_workflows(workflows: tuple[Workflow, ...], models: Mapping[str, type[Base]]) -> None:
    for workflow in workflows:
        where = f"workflow of {workflow.model}"
        model = _model(models, workflow.model, where)
        info = fields_of(model).get(workflow.field)
        if info is None or info.kind != "choice":
            raise UnusableError(f"{where}: {workflow.field!r} is no choice field")
        states = {choice.value for choice in info.choices} if not callable(info.choices) else set()
        for transition in workflow.transitions:
            check_tuples(transition, f"{where}: {transition.name}")
            named = {*transition.from_, *((transition.to,) if transition.to else ())}
            if named - states:
                unknown = ", ".join(sorted(named - states))
                raise UnusableError(f"{where}: {transition.name} names unknown states {unknown}")
        check_workflow(model, workflow, where)
        _unlike("transition", [transition.name for transition in workflow.transitions])


def _check_menu(item: MenuItem, models: Mapping[str, type[Base]]) -> None:
    if (item.model is None) == (item.endpoint is None):
        raise UnusableError(f"menu {item.id}: name either a model or an endpoint")
    if item.model is not None:
        _model(models, item.model, f"menu {item.id}")
    if item.view not in MENU_VIEWS:
        raise UnusableError(
            f"menu {item.id}: view {item.view!r} is none of {', '.join(MENU_VIEWS)}"
        )


def _check_grants(made: Contribution, known: Known) -> None:
    keys = known.permissions | {permission.key for permission in made.permissions}
    owners = {key.split(".", 1)[0] for key in keys}
    for granted in made.roles:
        if granted.role not in ROLES and "en" not in granted.names:
            raise UnusableError(f"role {granted.role!r} is none of {', '.join(ROLES)}")
        for key, scope in granted.grants.items():
            if scope not in SCOPES:
                raise UnusableError(f"role {granted.role}: unknown scope {scope!r} for {key}")
            there = any(k.startswith(key[:-1]) for k in keys) if key.endswith(".*") else key in keys
            # A grant on a soft dependency that is not there waits for it.
            if not there and key.split(".", 1)[0] in owners:
                raise UnusableError(f"role {granted.role}: unknown permission {key}")


def _check_permissions(made: Contribution, known: Known) -> None:
    """What cards and menus ask for; nobody would ever hold a misspelt one."""
    keys = known.permissions | {permission.key for permission in made.permissions}
    owners = {key.split(".", 1)[0] for key in keys}
    asked = [(f"card {card.id}", card.permission) for card in made.cards]
    asked += [(f"dashboard {each.id}", each.permission) for each in made.dashboards]
    asked += [(f"feed {feed.id}", feed.permission) for feed in made.feeds]
    asked += [(f"open page {each.id}", each.permission) for each in made.open_pages]
    asked += [(f"report {each.id}", each.permission) for each in made.reports]
    asked += [(f"menu {item.id}", item.permission) for item in made.menus if item.permission]
    for where, key in asked:
        if key not in keys and key.split(".", 1)[0] in owners:
            raise UnusableError(f"{where}: unknown permission {key}")


def _check_measures(made: Contribution, models: Mapping[str, type[Base]], known: Known) -> None:
    keys = known.measures | {m.key for m in made.measures if isinstance(m, Measure)}
    for measure in made.measures:
        if isinstance(measure, Measure):
            check_measured(measure, models)
        else:
            for key in (measure.numerator, measure.denominator):
                if key not in keys:
                    raise UnusableError(f"ratio {measure.key}: unknown measure {key}")


def _check_once(plugin_id: str, made: Contribution, known: Known) -> None:
    claims = list(_claims(made))
    for claim in claims:
        owner = known.claimed.get(claim)
        if owner is not None:
            raise UnusableError(f"{claim[0]} {claim[1]!r} is registered by {owner} and {plugin_id}")
    _unlike("registration", [" ".join(claim) for claim in claims])
    for what in _NAMED:
        names = [each.id for each in getattr(made, what)]
        _unlike(what.removesuffix("s").replace("_", " "), names)


def _unlike(what: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise UnusableError(f"{what} {name!r} is registered twice")


def _model(models: Mapping[str, type[Base]], key: str, where: str) -> type[Base]:
    try:
        return models[key]
    except KeyError:
        raise UnusableError(f"{where}: unknown model {key}") from None

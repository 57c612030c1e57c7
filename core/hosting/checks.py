"""What a plugin says of its models and views has to name things that are there.

A misspelt name would otherwise do nothing, or fail on the first page that needs it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any

from flask import Blueprint, Flask

from core.hosting.derive import fields_of
from core.routing import LateRule
from plugin_api.manifest import Manifest
from plugin_api.measures import Measure
from plugin_api.models import Base, model_of
from plugin_api.retention import Retention
from plugin_api.views import (
    CalendarView,
    ChartView,
    Dashboard,
    FormView,
    KanbanView,
    ListView,
    PivotView,
    View,
)
from plugin_api.workflow import Workflow

ALWAYS = frozenset({"id", "version", "created_at", "updated_at"})
"""What every record can show and sort by besides its described fields."""
MENU_VIEWS = ("list", "kanban", "calendar", "chart", "pivot")


DAYS = ("date", "instant")
GRAINS = ("day", "week", "month", "quarter", "year")
AGGREGATES = ("sum", "avg", "min", "max")
MOST_KEYS = 2
"""Of each side of a pivot."""


class UnusableError(Exception):
    """A plugin cannot be loaded; the message says why."""


def check_tuples(thing: Any, where: str) -> None:
    """Refuse a string where a tuple of strings belongs: ``("one")`` for ``("one",)``."""
    if not dataclasses.is_dataclass(thing):
        return
    for each in dataclasses.fields(thing):
        value = getattr(thing, each.name)
        if isinstance(value, str) and str(each.type).startswith("tuple["):
            raise UnusableError(f"{where}: {each.name} must be a tuple, such as ({value!r},)")


def check_fields(model: type[Base], names: Iterable[str], where: str) -> None:
    """Refuse names that are no fields of the model."""
    fields = fields_of(model)
    for name in names:
        if name in fields or name in ALWAYS:
            continue
        short = name.removesuffix("_id")
        hint = f"it is called {short!r} here" if short in fields else f"it has {', '.join(fields)}"
        raise UnusableError(f"{where}: {model.__name__} has no field {name!r}; {hint}")


def check_workflow(model: type[Base], workflow: Workflow, where: str) -> None:
    """Refuse what it names that is no field, and what is given that is no guard."""
    for transition in workflow.transitions:
        check_fields(model, (*transition.inputs, *transition.required), where)
    check_fields(model, workflow.guards, where)
    if set(workflow.given) - set(workflow.guards):
        raise UnusableError(f"{where}: given names what guards does not")


def check_model(model: type[Base], manifest: Manifest) -> None:
    """Refuse class attributes and references that name what is not there."""
    name, fields = model.__name__, fields_of(model)
    near = {manifest.id, "core", *manifest.depends}
    by_name = {key: info.target for key, info in fields.items() if info.target}
    for key, target in by_name.items():
        owner = target.split(".", 1)[0]
        if owner not in near:
            raise UnusableError(
                f"{name}.{key}_id refers to {target}: the manifest needs depends=({owner!r},)"
            )
        where = f"narrow of {name}.{key}_id"
        check_fields(model_of(target), fields[key].narrow, where)
        check_fields(model, fields[key].narrow.values(), where)
    if not model.__collection__:
        return
    for said in ("__title__", "__find_by__", "__search__", "__matched__"):
        value = getattr(model, said)
        if value != getattr(Base, said):
            names = (value,) if said == "__title__" else value
            check_fields(model, names, f"{said} of {name}")
    if model.__title__ in by_name:
        raise UnusableError(
            f"__title__ of {name}: {model.__title__!r} is a reference; name a field of its own,"
            " which before_create may fill in"
        )
    for said in ("__owner__", "__parent__"):
        value = getattr(model, said)
        references = [f"{key}_id" for key in by_name]
        if value is not None and value not in references:
            there = ", ".join(references) or "none"
            raise UnusableError(f"{said} of {name}: {value!r} is no reference; it has {there}")
    for key, info in fields.items():
        default = model.__mapper__.columns[key].default if key in model.__mapper__.columns else None
        value = getattr(default, "arg", None) if default is not None else None
        choices = () if callable(info.choices) else info.choices
        if choices and isinstance(value, str) and value not in _values(choices):
            raise UnusableError(f"{name}.{key}: its default {value!r} is none of its choices")


def check_field_rights(models: Iterable[type[Base]], permissions: Container[str]) -> None:
    """Refuse fields that ask for a permission which nobody would ever hold."""
    for model in models:
        for name, info in fields_of(model).items():
            for key in filter(None, (info.read, info.write)):
                if key not in permissions:
                    raise UnusableError(f"{model.__name__}.{name}: unknown permission {key}")


def check_measured(measure: Measure, models: Mapping[str, type[Base]]) -> None:
    """Refuse a model or fields that are not there: whoever may not read them would see the
    figure."""
    where = f"measure {measure.key}"
    for named in (f"{measure.model}.", *measure.fields):
        key, _dot, name = named.rpartition(".")
        model = models.get(key or measure.model)
        if model is None:
            raise UnusableError(f"{where}: unknown model {key}")
        check_fields(model, (name,) if name else (), where)


def check_view(view: View, model: type[Base], where: str) -> None:
    """Refuse a view that names no field, or one of a kind that it cannot show."""
    if isinstance(view, ListView):
        names = (*view.columns, *view.filters, *view.totals, view.order.lstrip("-"))
    elif isinstance(view, FormView):
        for section in view.sections:
            check_tuples(section, where)
        names = tuple(name for section in view.sections for name in section.fields)
    elif isinstance(view, ChartView | PivotView):
        _check_picture(view, model, where)
        return
    elif isinstance(view, CalendarView):
        names = (
            view.start, view.title, *filter(None, (view.end, view.tone, view.clock)), *view.fields,
        )  # fmt: skip
    else:
        total = (view.total,) if view.total else ()
        names = (view.group_by, view.title, *view.fields, *total, view.order.lstrip("-"))
    check_fields(model, names, where)
    if isinstance(view, CalendarView):
        for name in filter(None, (view.start, view.end)):
            _check_kind(model, name, ("date", "instant"), where)
        if view.clock:
            _check_kind(model, view.clock, ("instant",), where)
    elif isinstance(view, KanbanView):
        _check_kind(model, view.group_by, ("choice", "reference"), where)


def _check_picture(view: ChartView | PivotView, model: type[Base], where: str) -> None:
    """Refuse keys that nothing can be grouped by, and figures that are none."""
    keys = (view.by, view.split) if isinstance(view, ChartView) else (*view.rows, *view.columns)
    if isinstance(view, PivotView) and max(len(view.rows), len(view.columns)) > MOST_KEYS:
        raise UnusableError(f"{where}: at most {MOST_KEYS} keys on each side")
    for key in filter(None, keys):
        name, _, grain = key.partition("__")
        check_fields(model, (name,), where)
        if name in ("created_at", "updated_at") or fields_of(model)[name].kind in DAYS:
            if grain not in GRAINS:
                raise UnusableError(f"{where}: {key!r} needs a period, such as {name}__month")
        else:
            _check_kind(model, key, ("choice", "reference", "boolean"), where)
    name, _, aggregate = view.figure.partition("__")
    if view.figure == "count":
        return
    _check_kind(model, name, ("integer", "decimal", "percent", "money"), where)
    if aggregate not in AGGREGATES:
        raise UnusableError(f"{where}: {view.figure!r} ends with none of {', '.join(AGGREGATES)}")


def check_dashboards(dashboards: Iterable[Dashboard]) -> None:
    """Refuse tiles that show nothing, or two things at once."""
    for dashboard in dashboards:
        for tile in dashboard.tiles:
            named = [each for each in (tile.card, tile.model, tile.measure) if each]
            if len(named) != 1 or "." not in named[0]:
                where = f"dashboard {dashboard.id}: tile {str(tile.title)!r}"
                raise UnusableError(f"{where} must name one of card, model, measure by its key")


def check_marks(functions: Iterable[Callable[..., Any]], models: Mapping[str, type[Base]]) -> None:
    """Refuse ``@for_models`` of a model that its plugin, which is loaded, does not have."""
    owners = {key.split(".", 1)[0] for key in models}
    for function in functions:
        for key in sorted(getattr(function, "__xiaoguan_models__", ())):
            if key not in models and key.split(".", 1)[0] in owners:
                raise UnusableError(f"{function.__name__}: @for_models of unknown model {key}")


def check_blueprints(plugin_id: str, blueprints: tuple[Blueprint, ...]) -> None:
    """Mount them on an app of no use, which shows both mistakes and side doors."""
    scratch = Flask("core.hosting")
    scratch.url_rule_class = LateRule
    before = _process_wide(scratch)
    for blueprint in blueprints:
        if blueprint.name != plugin_id and not blueprint.name.startswith(f"{plugin_id}_"):
            raise UnusableError(f"blueprint {blueprint.name!r} must be named like the plugin")
        scratch.register_blueprint(blueprint, url_prefix=f"/{plugin_id}")
        if _process_wide(scratch) != before:
            raise UnusableError(f"blueprint {blueprint.name!r} acts on requests of other plugins")


def _process_wide(app: Flask) -> list[int]:
    by_scope = (
        app.before_request_funcs, app.after_request_funcs, app.teardown_request_funcs,
        app.url_value_preprocessors, app.url_default_functions, app.template_context_processors,
    )  # fmt: skip
    handlers = app.error_handler_spec.get(None, {})
    return [*(len(f.get(None, ())) for f in by_scope), sum(len(h) for h in handlers.values())]


def _check_kind(model: type[Base], name: str, kinds: tuple[str, ...], where: str) -> None:
    info = fields_of(model).get(name)
    if info is None or info.kind not in kinds:
        raise UnusableError(f"{where}: {name!r} is no {' or '.join(kinds)} field")


def _values(choices: Iterable[Any]) -> set[str]:
    return {choice.value for choice in choices}


def check_retention(rules: Iterable[Retention], models: Mapping[str, type[Base]]) -> None:
    """Rules are about people, after some time. Raises UnusableError."""
    for rule in rules:
        where, model = f"retention {rule.id}", models.get(rule.model)
        if model is None or not any(info.personal for info in fields_of(model).values()):
            raise UnusableError(f"{where}: {rule.model} is no model with personal fields")
        if rule.months < 1:
            raise UnusableError(f"{where}: {rule.months} months are none")

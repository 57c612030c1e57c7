"""What each plugin brings, by kind: who contributes what. Read from the registry; no statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from core.hosting.derive import fields_of
from core.hosting.dispatch import Dispatcher
from core.hosting.registry import LoadedPlugin, Registry
from core.views.jobs import when
from plugin_api.access import ACTIONS, Permission
from plugin_api.context import Text, lazy_pgettext, ngettext
from plugin_api.context import lazy_gettext as _
from plugin_api.hookspecs import POLICIES
from plugin_api.measures import Measure

KINDS: Mapping[str, Text] = {
    "models": _("Records"),
    "fields": _("Fields on records of others"),
    "views": _("Views"),
    "columns": _("Columns in lists of others"),
    "workflows": lazy_pgettext("contributions", "Moves"),
    "menus": _("Menu entries"),
    "pages": _("Pages"),
    "permissions": _("Permissions"),
    "measures": _("Measures"),
    "reports": _("Reports"),
    "cards": _("Cards"),
    "dashboards": _("Dashboards"),
    "jobs": _("Jobs"),
    "settings": _("Settings"),
    "feeds": _("Files for programs"),
    "open_pages": _("Pages for people outside"),
    "retention": _("Rules of retention"),
    "hooks": _("Hooks"),
}
"""Kind → what it is called, in the order in which they are shown."""

VIEWS: Mapping[str, Text] = {
    "ListView": _("List"),
    "FormView": lazy_pgettext("view", "Form"),
    "KanbanView": _("Board"),
    "CalendarView": _("Calendar"),
    "ChartView": _("Chart"),
    "PivotView": _("Pivot"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One thing that a plugin brings."""

    kind: str
    name: str
    key: str
    """What it is called in code."""
    about: str = ""
    """Of whom, when, how much: in words."""
    model: str = ""
    """Key of the model that it is about."""


def parts_of(
    plugin: LoadedPlugin, registry: Registry, dispatcher: Dispatcher, routes: Iterable[str]
) -> list[Part]:
    """Everything of one plugin, in the order of :data:`KINDS`. ``routes`` are its own addresses."""
    found: list[Part] = []
    for read in (_models, _fields, _views, _columns, _workflows, _menus):
        found += read(plugin, registry)
    found += [Part(kind="pages", name=each, key="") for each in routes]
    found += [
        Part(kind="permissions", name=str(each.label), key=each.key)
        for each in plugin.contribution.permissions
        if not _is_implied(each, registry)
    ]
    for read in (_measures, _named, _jobs, _settings):
        found += read(plugin, registry)
    return found + list(_hooks(plugin, registry, dispatcher))


def _of(registry: Registry, key: str) -> str:
    """What records of a model are called; its key when the model is not there."""
    model = registry.models.get(key)
    return str(model.__label_plural__) if model is not None else key


def _is_implied(permission: Permission, registry: Registry) -> bool:
    """Whether it comes with a model: read, create, update …; the model itself is listed."""
    model, _dot, action = permission.key.rpartition(".")
    return model in registry.models and action in ACTIONS


def _models(plugin: LoadedPlugin, registry: Registry) -> Iterator[Part]:
    for model in plugin.contribution.models:
        fields = len(fields_of(model))
        yield Part(
            kind="models",
            name=str(model.__label_plural__),
            key=model.model_key(),
            about=ngettext("%(num)s field", "%(num)s fields", fields),
            model=model.model_key(),
        )


def _fields(plugin: LoadedPlugin, registry: Registry) -> Iterator[Part]:
    """Records that hang on those of another plugin, by the field that says so."""
    for model in plugin.contribution.models:
        for name, meta in fields_of(model).items():
            target = meta.target or ""
            if target and target.partition(".")[0] not in (plugin.id, "core"):
                yield Part(
                    kind="fields",
                    name=f"{model.__label_plural__}: {meta.label}",
                    key=f"{model.model_key()}.{name}",
                    about=_of(registry, target),
                    model=target,
                )


def _views(plugin: LoadedPlugin, registry: Registry) -> Iterator[Part]:
    for view in plugin.contribution.views:
        kind = type(view).__name__
        yield Part(
            kind="views", name=str(VIEWS[kind]), key=kind,
            about=_of(registry, view.model), model=view.model,
        )  # fmt: skip


def _columns(plugin: LoadedPlugin, registry: Registry) -> Iterator[Part]:
    for extension in plugin.contribution.view_extensions:
        for column in extension.columns:
            yield Part(
                kind="columns", name=str(column.label), key=column.name,
                about=_of(registry, extension.model), model=extension.model,
            )  # fmt: skip


def _workflows(plugin: LoadedPlugin, registry: Registry) -> Iterator[Part]:
    for workflow in plugin.contribution.workflows:
        for move in workflow.transitions:
            yield Part(
                kind="workflows", name=str(move.label), key=move.name,
                about=_of(registry, workflow.model), model=workflow.model,
            )  # fmt: skip


def _menus(plugin: LoadedPlugin, registry: Registry) -> Iterator[Part]:
    for item in plugin.contribution.menus:
        yield Part(
            kind="menus", name=str(item.label), key=item.id,
            about=_of(registry, item.model) if item.model else "", model=item.model or "",
        )  # fmt: skip


def _measures(plugin: LoadedPlugin, registry: Registry) -> Iterator[Part]:
    for measure in plugin.contribution.measures:
        model = measure.model if isinstance(measure, Measure) else ""
        yield Part(
            kind="measures", name=str(measure.label), key=measure.key,
            about=str(measure.description), model=model,
        )  # fmt: skip


def _named(plugin: LoadedPlugin, registry: Registry) -> Iterator[Part]:
    made = plugin.contribution
    for report in made.reports:
        yield Part(kind="reports", name=str(report.label), key=f"{plugin.id}.{report.id}")
    for card in made.cards:
        yield Part(kind="cards", name=str(card.title), key=f"{plugin.id}.{card.id}")
    for board in made.dashboards:
        yield Part(kind="dashboards", name=str(board.title), key=f"{plugin.id}.{board.id}")


def _jobs(plugin: LoadedPlugin, registry: Registry) -> Iterator[Part]:
    for job in plugin.contribution.jobs:
        yield Part(kind="jobs", name=str(job.label), key=f"{plugin.id}.{job.id}", about=when(job))


def _settings(plugin: LoadedPlugin, registry: Registry) -> Iterator[Part]:
    made = plugin.contribution
    for setting in made.settings:
        yield Part(kind="settings", name=str(setting.label), key=setting.key)
    for feed in made.feeds:
        yield Part(kind="feeds", name=str(feed.label), key=f"{plugin.id}.{feed.id}")
    for page in made.open_pages:
        yield Part(
            kind="open_pages", name=str(page.label), key=f"{plugin.id}.{page.id}",
            about=_of(registry, page.model), model=page.model,
        )  # fmt: skip
    for rule in made.retention:
        yield Part(
            kind="retention", name=str(rule.label), key=f"{plugin.id}.{rule.id}",
            about=_of(registry, rule.model), model=rule.model,
        )  # fmt: skip


def _hooks(plugin: LoadedPlugin, registry: Registry, dispatcher: Dispatcher) -> Iterator[Part]:
    """Those that are called while people work; what is asked at the start is listed by kind."""
    for hook, models in dispatcher.hooks_of(plugin.id):
        if POLICIES.get(hook) != "fatal":
            about = ", ".join(sorted(_of(registry, key) for key in models or ()))
            yield Part(kind="hooks", name=hook, key=hook, about=about)

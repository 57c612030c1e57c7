"""What the loaded plugins have registered. Frozen after boot; knows no company."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from flask import Blueprint

from core.hosting import derive
from core.hosting.contribution import Contribution
from core.hosting.inventory import Origin
from core.hosting.resolve import Unavailable
from plugin_api.access import Permission, RoleGrants
from plugin_api.cards import Card
from plugin_api.context import Scope
from plugin_api.feeds import Feed
from plugin_api.jobs import Job
from plugin_api.manifest import Manifest
from plugin_api.measures import Measure, Ratio
from plugin_api.menus import MenuItem
from plugin_api.models import Base
from plugin_api.open_pages import OpenPage
from plugin_api.reports import Report
from plugin_api.retention import Retention
from plugin_api.settings import Setting
from plugin_api.views import (
    CalendarView,
    ChartView,
    Dashboard,
    FormView,
    KanbanView,
    ListView,
    PivotView,
    ViewExtension,
)
from plugin_api.workflow import Workflow


@dataclass(frozen=True, kw_only=True)
class LoadedPlugin:
    """A plugin that runs in this process. ``path`` is the folder of its package."""

    id: str
    manifest: Manifest
    package: str
    path: Path
    origin: Origin
    contribution: Contribution


class Registry:
    """Everything by kind, each entry attributed to its plugin, "core" first."""

    def __init__(
        self, plugins: Mapping[str, LoadedPlugin], unavailable: Mapping[str, Unavailable]
    ) -> None:
        self.plugins: Mapping[str, LoadedPlugin] = MappingProxyType(dict(plugins))
        self.unavailable: Mapping[str, Unavailable] = MappingProxyType(dict(unavailable))

    def _each(self) -> Iterator[tuple[str, Contribution]]:
        return ((id_, plugin.contribution) for id_, plugin in self.plugins.items())

    @cached_property
    def models(self) -> Mapping[str, type[Base]]:
        """Model key → class."""
        return MappingProxyType({m.model_key(): m for _, c in self._each() for m in c.models})

    @cached_property
    def _collections(self) -> Mapping[tuple[str, str], type[Base]]:
        return {
            (model.plugin_id(), model.__collection__): model
            for model in self.models.values()
            if model.__collection__
        }

    def collection(self, plugin: str, name: str) -> type[Base] | None:
        """The model that answers under ``/<plugin>/<name>``."""
        return self._collections.get((plugin, name))

    def list_view(self, model_key: str) -> ListView:
        """The declared list of a model, else a derived one. Raises KeyError."""
        found = self._views.get((ListView, model_key))
        return found or derive.list_view(self.models[model_key])

    def form_view(self, model_key: str) -> FormView:
        """The declared form of a model, else a derived one. Raises KeyError."""
        found = self._views.get((FormView, model_key))
        return found or derive.form_view(self.models[model_key])

    def kanban_view(self, model_key: str) -> KanbanView | None:
        """The declared board of a model, if any."""
        found: KanbanView | None = self._views.get((KanbanView, model_key))
        return found

    def calendar_view(self, model_key: str) -> CalendarView | None:
        """The declared calendar of a model, if any."""
        found: CalendarView | None = self._views.get((CalendarView, model_key))
        return found

    def chart_view(self, model_key: str) -> ChartView:
        """The declared chart of a model, else a derived one. Raises KeyError."""
        found = self._views.get((ChartView, model_key))
        return found or derive.chart_view(self.models[model_key], self.list_view(model_key))

    def pivot_view(self, model_key: str) -> PivotView:
        """The declared pivot of a model, else a derived one. Raises KeyError."""
        found = self._views.get((PivotView, model_key))
        return found or derive.pivot_view(self.models[model_key], self.list_view(model_key))

    @cached_property
    def view_extensions(self) -> Mapping[str, tuple[tuple[str, ViewExtension], ...]]:
        """Model key → (plugin, extension) in dependency order."""
        found: dict[str, list[tuple[str, ViewExtension]]] = {}
        for id_, c in self._each():
            for extension in c.view_extensions:
                found.setdefault(extension.model, []).append((id_, extension))
        return MappingProxyType({key: tuple(each) for key, each in found.items()})

    @cached_property
    def cards(self) -> Mapping[str, tuple[Card, ...]]:
        """Plugin → its cards."""
        return MappingProxyType({id_: c.cards for id_, c in self._each() if c.cards})

    @cached_property
    def dashboards(self) -> Mapping[str, tuple[Dashboard, ...]]:
        """Plugin → its dashboards."""
        return MappingProxyType({id_: c.dashboards for id_, c in self._each() if c.dashboards})

    @cached_property
    def _views(self) -> Mapping[tuple[type, str], Any]:
        return {(type(view), view.model): view for _, c in self._each() for view in c.views}

    @cached_property
    def menus(self) -> Mapping[str, tuple[MenuItem, ...]]:
        """Plugin → its entries."""
        return MappingProxyType({id_: c.menus for id_, c in self._each() if c.menus})

    @cached_property
    def permissions(self) -> Mapping[str, Permission]:
        """Key → permission, the implied ones of collections included."""
        return MappingProxyType({p.key: p for _, c in self._each() for p in c.permissions})

    @cached_property
    def role_grants(self) -> Mapping[str, tuple[RoleGrants, ...]]:
        """Plugin → what it grants to roles, as declared."""
        return MappingProxyType({id_: c.roles for id_, c in self._each() if c.roles})

    def roles_of(self, plugin_id: str) -> Mapping[str, Mapping[str, str]]:
        """Code → names by language of the roles that a plugin brings."""
        return {each.role: each.names for each in self.role_grants.get(plugin_id, ()) if each.names}

    def grants_of(self, plugin_id: str) -> Mapping[str, Mapping[str, Scope]]:
        """Role → permission → scope that a plugin grants, ``.*`` written out."""
        grants: dict[str, dict[str, Scope]] = {}
        for granted in self.role_grants.get(plugin_id, ()):
            role = grants.setdefault(granted.role, {})
            for key, scope in granted.grants.items():
                role.update(dict.fromkeys(self._meant_by(key), scope))
        return grants

    def _meant_by(self, key: str) -> Iterator[str]:
        if not key.endswith(".*"):
            return iter((key,) if key in self.permissions else ())
        return (known for known in self.permissions if known.startswith(key[:-1]))

    @cached_property
    def workflows(self) -> Mapping[str, Workflow]:
        """Model key → workflow."""
        return MappingProxyType({w.model: w for _, c in self._each() for w in c.workflows})

    @cached_property
    def measures(self) -> Mapping[str, Measure | Ratio]:
        """Key → measure or ratio."""
        return MappingProxyType({m.key: m for _, c in self._each() for m in c.measures})

    @cached_property
    def settings(self) -> Mapping[str, Setting]:
        """Key → setting."""
        return MappingProxyType({s.key: s for _, c in self._each() for s in c.settings})

    @cached_property
    def jobs(self) -> Mapping[str, Job]:
        """Key, which is ``<plugin>.<id>`` → job."""
        return MappingProxyType(
            {f"{id_}.{job.id}": job for id_, c in self._each() for job in c.jobs}
        )

    @cached_property
    def retention(self) -> Mapping[str, Retention]:
        """Key, which is ``<plugin>.<id>`` → rule."""
        return MappingProxyType(
            {f"{id_}.{rule.id}": rule for id_, c in self._each() for rule in c.retention}
        )

    @cached_property
    def feeds(self) -> Mapping[str, Feed]:
        """Key, which is ``<plugin>.<id>`` → feed."""
        return MappingProxyType(
            {f"{id_}.{feed.id}": feed for id_, c in self._each() for feed in c.feeds}
        )

    @cached_property
    def open_pages(self) -> Mapping[str, OpenPage]:
        """Key, which is ``<plugin>.<id>`` → page."""
        return MappingProxyType(
            {f"{id_}.{page.id}": page for id_, c in self._each() for page in c.open_pages}
        )

    @cached_property
    def reports(self) -> Mapping[str, Report]:
        """Key, which is ``<plugin>.<id>`` → report."""
        return MappingProxyType(
            {f"{id_}.{report.id}": report for id_, c in self._each() for report in c.reports}
        )

    @cached_property
    def blueprints(self) -> Mapping[str, tuple[Blueprint, ...]]:
        """Plugin → blueprints to mount under ``/<plugin>``."""
        return MappingProxyType({id_: c.blueprints for id_, c in self._each() if c.blueprints})

    def dependants(self, plugin_id: str) -> tuple[str, ...]:
        """Loaded plugins that need this one, directly or not, in dependency order."""
        found: set[str] = {plugin_id}
        for id_, plugin in self.plugins.items():
            if found.intersection(plugin.manifest.depends):
                found.add(id_)
        return tuple(id_ for id_ in self.plugins if id_ in found and id_ != plugin_id)

    def dependencies(self, plugin_id: str) -> tuple[str, ...]:
        """Loaded plugins that this one needs, directly or not, in dependency order."""
        found: set[str] = {plugin_id}
        for id_ in reversed(tuple(self.plugins)):
            if id_ in found:
                found.update(self.plugins[id_].manifest.depends)
        return tuple(id_ for id_ in self.plugins if id_ in found and id_ != plugin_id)

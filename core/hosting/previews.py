"""What switching a plugin on or off, or purging it, would do. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from core.extensions import db
from core.host import services
from core.hosting.behind import is_current
from core.hosting.enabled import enabled_set, lost
from core.hosting.registry import LoadedPlugin
from plugin_api.context import Company, Text, current_company, gettext
from plugin_api.models import CompanyModel


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One plugin of a change: what appears with it or goes with it."""

    id: str
    name: Text
    summary: Text
    asked: bool
    """False: it comes along as a dependency or goes along as a dependant."""
    menus: tuple[Text, ...]
    roles: tuple[str, ...]
    role_names: Mapping[str, Mapping[str, str]]
    """Codes of roles that are granted something."""
    measures: tuple[Text, ...]
    settings: tuple[Text, ...]
    jobs: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """``parts`` in the order they are switched. Nothing can be done while there are
    ``reasons``; ``dependants`` must go along, which takes a cascade."""

    plugin: str
    parts: tuple[Part, ...]
    reasons: tuple[Text, ...] = ()
    dependants: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PurgePreview:
    """``rows`` of the company by model key, to be deleted for good."""

    plugin: str
    rows: Mapping[str, int]
    reasons: tuple[Text, ...] = ()


def preview_enable(plugin_id: str) -> Preview:
    """The plugin and the dependencies that come with it, dependencies first."""
    registry = services().registry
    reasons = _unknown(plugin_id)
    if reasons:
        return Preview(plugin=plugin_id, parts=(), reasons=reasons)
    on = enabled_set(current_company())
    wanted = [id_ for id_ in (*registry.dependencies(plugin_id), plugin_id) if id_ not in on]
    if not wanted:
        reasons = (gettext("It is switched on already."),)
    late = [id_ for id_ in wanted if not is_current(id_)]
    if late:
        text = gettext(
            "The tables of %(plugins)s are not up to date; an operator runs: xiaoguan db upgrade",
            plugins=_names(late),
        )
        reasons = (*reasons, text)
    return Preview(plugin=plugin_id, parts=_parts(wanted, plugin_id), reasons=reasons)


def preview_disable(plugin_id: str) -> Preview:
    """The plugin and the dependants that go with it, dependants first."""
    registry = services().registry
    company = current_company()
    on = enabled_set(company)
    reasons: tuple[Text, ...]
    if plugin_id == "core":
        reasons = (gettext("The host cannot be switched off."),)
    elif plugin_id in lost(company):
        # It cannot be asked; its switch is the company's all the same.
        return Preview(plugin=plugin_id, parts=(_lost_part(plugin_id),))
    elif plugin_id not in on:
        reasons = _unknown(plugin_id) or (gettext("It is switched off already."),)
    else:
        going = [id_ for id_ in (plugin_id, *registry.dependants(plugin_id)) if id_ in on]
        going.reverse()
        blockers = [text for id_ in going for text in _blockers(id_, company)]
        return Preview(
            plugin=plugin_id,
            parts=_parts(going, plugin_id),
            reasons=tuple(blockers),
            dependants=tuple(id_ for id_ in going if id_ != plugin_id),
        )
    return Preview(plugin=plugin_id, parts=(), reasons=reasons)


def _blockers(plugin_id: str, company: Company) -> Iterator[Text]:
    """What the host and the plugin itself have against its being switched off."""
    for asked in ("core", plugin_id):
        yield from (
            services().dispatcher.call_one(
                asked, "blockers_for_disable", plugin=plugin_id, company=company
            )
            or ()
        )


def preview_purge(plugin_id: str) -> PurgePreview:
    """How many rows of the company would be deleted, and what stands against it."""
    registry = services().registry
    reasons = _unknown(plugin_id)
    if plugin_id == "core":
        reasons = (gettext("The host's own data cannot be purged."),)
    if reasons:
        return PurgePreview(plugin=plugin_id, rows={}, reasons=reasons)
    if plugin_id in enabled_set(current_company()):
        reasons = (gettext("Switch it off first."),)
    elif not is_current(plugin_id):
        reasons = (gettext("Its tables are not up to date."),)
    else:
        rows = rows_of(plugin_id)
        holding = [
            id_
            for id_ in registry.dependants(plugin_id)
            if is_current(id_) and any(rows_of(id_).values())
        ]
        if any(rows.values()) and holding:
            text = gettext(
                "%(plugins)s still holds data that builds on it.", plugins=_names(holding)
            )
            reasons = (text,)
        return PurgePreview(plugin=plugin_id, rows=rows, reasons=reasons)
    return PurgePreview(plugin=plugin_id, rows={}, reasons=reasons)


def company_models(plugin_id: str) -> list[type[CompanyModel]]:
    """A plugin's company models, those referred to first."""
    models = services().registry.plugins[plugin_id].contribution.models
    tables: list[Any] = [model.__table__ for model in models]
    place: dict[Any, int] = {
        table: number for number, table in enumerate(sa.schema.sort_tables(tables))
    }
    return sorted(
        (model for model in models if issubclass(model, CompanyModel)),
        key=lambda model: place[model.__table__],
    )


def rows_of(plugin_id: str) -> dict[str, int]:
    """The company's rows by model key."""
    return {
        model.model_key(): db.session.scalar(sa.select(sa.func.count(model.id))) or 0
        for model in company_models(plugin_id)
    }


def _unknown(plugin_id: str) -> tuple[Text, ...]:
    registry = services().registry
    if plugin_id in registry.plugins:
        return ()
    if plugin_id in registry.unavailable:
        return (registry.unavailable[plugin_id].reason,)
    return (gettext("There is no plugin %(plugin)s.", plugin=plugin_id),)


def _names(ids: Iterable[str]) -> str:
    return ", ".join(str(services().registry.plugins[id_].manifest.name) for id_ in ids)


def _parts(ids: Iterable[str], asked: str) -> tuple[Part, ...]:
    return tuple(_part(services().registry.plugins[id_], asked=id_ == asked) for id_ in ids)


def _lost_part(plugin_id: str) -> Part:
    known = services().registry.unavailable.get(plugin_id)
    return Part(
        id=plugin_id, name=known.name if known else plugin_id, summary="", asked=True,
        menus=(), roles=(), role_names={}, measures=(), settings=(),
    )  # fmt: skip


def _part(plugin: LoadedPlugin, *, asked: bool) -> Part:
    made = plugin.contribution
    return Part(
        id=plugin.id,
        name=plugin.manifest.name,
        summary=plugin.manifest.summary,
        asked=asked,
        menus=tuple(item.label for item in made.menus),
        roles=tuple(dict.fromkeys(granted.role for granted in made.roles)),
        role_names={each.role: each.names for each in made.roles if each.names},
        measures=tuple(measure.label for measure in made.measures),
        settings=tuple(setting.label for setting in made.settings),
        jobs=tuple(job.label for job in made.jobs),
    )

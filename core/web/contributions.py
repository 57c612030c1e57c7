"""Who contributes what: everything that the plugins of a company bring, found by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint, current_app, render_template, request, url_for

from core.host import services
from core.hosting.enablement import enabled_set
from core.hosting.registry import LoadedPlugin
from core.views.contributed import KINDS, Part, parts_of
from core.views.page import Option
from core.views.urls import collection_url, with_query
from plugin_api.context import current_company, gettext, has_permission, ngettext
from plugin_api.pages import require

bp = Blueprint("contributions", __name__, url_prefix="/core/contributions")

PERMISSION = "core.plugins"


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A part, and where it is looked at."""

    part: Part
    href: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Parts of one kind."""

    kind: str
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Contributor:
    """A plugin. ``counts``: kind in words, how many, address; ``groups`` once it is narrowed."""

    id: str
    name: str
    version: str
    icon: str
    summary: str
    counts: tuple[tuple[str, int, str], ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ContributionsPage:
    """What was asked, and who answers it."""

    count: str
    search: str
    plugins: tuple[Option, ...]
    kinds: tuple[Option, ...]
    is_narrowed: bool
    contributors: tuple[Contributor, ...]


@bp.get("")
def show() -> str:
    """Every plugin that is on, with what it brings; narrowed, part by part."""
    require(PERMISSION)
    asked = {name: request.args.get(name, "").strip() for name in ("q", "plugin", "kind")}
    narrowed = any(asked.values())
    enabled = enabled_set(current_company())
    plugins = [each for each in services().registry.plugins.values() if each.id in enabled]
    found = []
    for plugin in plugins:
        if asked["plugin"] in ("", plugin.id):
            parts = [part for part in _parts(plugin) if _fits(part, plugin, asked)]
            if parts or not narrowed:
                found.append(_contributor(plugin, parts, narrowed=narrowed))
    number = sum(count for each in found for _label, count, _href in each.counts)
    page = ContributionsPage(
        count=ngettext("%(num)s part", "%(num)s parts", number),
        search=asked["q"],
        plugins=_options([(each.id, str(each.manifest.name)) for each in plugins], asked["plugin"]),
        kinds=_options([(key, str(label)) for key, label in KINDS.items()], asked["kind"]),
        is_narrowed=narrowed,
        contributors=tuple(found),
    )
    return render_template("web/contributions.html", page=page)


def _parts(plugin: LoadedPlugin) -> list[Part]:
    host = services()
    return parts_of(plugin, host.registry, host.dispatcher, _routes(plugin))


def _routes(plugin: LoadedPlugin) -> Iterator[str]:
    """Addresses of the plugin's own pages, each with what it takes besides reading."""
    own = {each.name for each in plugin.contribution.blueprints}
    if plugin.id == "core":
        others = {
            each.name
            for other in services().registry.plugins.values()
            for each in other.contribution.blueprints
        }
        own = set(current_app.blueprints) - others
    for rule in sorted(current_app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint.partition(".")[0] in own:
            yield " ".join([*sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}), rule.rule])


def _fits(part: Part, plugin: LoadedPlugin, asked: dict[str, str]) -> bool:
    if asked["kind"] not in ("", part.kind):
        return False
    text = f"{part.name} {part.key} {part.about} {part.model} {plugin.manifest.name}".casefold()
    return all(word in text for word in asked["q"].casefold().split())


def _contributor(plugin: LoadedPlugin, parts: Sequence[Part], *, narrowed: bool) -> Contributor:
    counts = Counter(part.kind for part in parts)
    address = url_for("contributions.show")
    groups = []
    for kind, label in KINDS.items() if narrowed else ():
        rows = tuple(Row(part=part, href=_href(part)) for part in parts if part.kind == kind)
        if rows:
            groups.append(Group(kind=kind, label=str(label), rows=rows))
    return Contributor(
        id=plugin.id,
        name=str(plugin.manifest.name),
        version=plugin.manifest.version,
        icon=plugin.manifest.icon,
        summary=str(plugin.manifest.summary),
        counts=tuple(
            (str(label), counts[kind], with_query(address, [("plugin", plugin.id), ("kind", kind)]))
            for kind, label in KINDS.items()
            if counts[kind]
        ),
        groups=tuple(groups),
    )


def _href(part: Part) -> str:
    """Where records of a model, or a measure, are looked at; empty for what has no page."""
    if part.kind == "measures":
        return url_for("analysis.show", measure=part.key)
    model = services().registry.models.get(part.model) if part.kind in ("models", "menus") else None
    if model is None or not has_permission(f"{part.model}.read"):
        return ""
    return collection_url(model)


def _options(choices: Sequence[tuple[str, str]], chosen: str) -> tuple[Option, ...]:
    everything = Option(value="", label=gettext("All"), selected=not chosen)
    named = (Option(value=v, label=text, selected=v == chosen) for v, text in choices)
    return (everything, *named)

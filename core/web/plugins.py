"""Which plugins the company uses: cards, and what a switch would change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.extensions import db
from core.host import services
from core.hosting import enablement
from core.hosting.enabled import lost
from core.hosting.registry import LoadedPlugin
from core.identity.models import Role
from plugin_api.context import Text, current_company, gettext, ngettext
from plugin_api.errors import NotFound, Refused
from plugin_api.pages import check_company, require

bp = Blueprint("plugins", __name__, url_prefix="/core/plugins")

PERMISSION = "core.plugins"


@dataclass(frozen=True, kw_only=True, slots=True)
class PluginCard:
    """A plugin as the company sees it. ``problem`` says why it cannot work."""

    id: str
    name: str
    version: str = ""
    category: str = ""
    summary: str = ""
    icon: str = "puzzle"
    enabled: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    href: str = ""
    parts_href: str = ""
    """Where everything that it brings is listed; empty while it is off."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PluginsPage:
    """All cards; those that no company can use apart."""

    count: str
    cards: tuple[PluginCard, ...]
    unavailable: tuple[PluginCard, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SwitchPage:
    """What switching a plugin on or off would do. Without a ``button`` it cannot be done."""

    title: str
    blockers: tuple[str, ...]
    effects: tuple[tuple[str, tuple[str, ...]], ...]
    note: str
    button: str
    tone: str
    cascade: bool = False


@bp.get("")
def show() -> str:
    """The cards."""
    require(PERMISSION)
    registry = services().registry
    plugins = [plugin for plugin in registry.plugins.values() if plugin.id != "core"]
    cards = tuple(_card(plugin) for plugin in plugins)
    on = sum(card.enabled for card in cards)
    page = PluginsPage(
        count=ngettext("%(num)s of %(all)s is on", "%(num)s of %(all)s are on", on, all=len(cards)),
        cards=cards,
        unavailable=tuple(_unusable()),
    )
    return render_template("web/plugins.html", page=page)


@bp.get("/<plugin_id>")
def preview(plugin_id: str) -> str:
    """What a switch would change."""
    require(PERMISSION)
    return render_template("web/plugin_switch.html", page=_switch_page(_plugin(plugin_id)))


@bp.post("/<plugin_id>")
def switch(plugin_id: str) -> Response | tuple[str, int]:
    """Switch it, now, for everybody in the company."""
    require(PERMISSION)
    check_company()
    plugin = _plugin(plugin_id)
    was_on = _is_on(plugin_id)
    try:
        if was_on:
            enablement.disable(plugin_id, cascade="cascade" in request.form)
        else:
            enablement.enable(plugin_id)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        page = _switch_page(plugin, (str(refused.message),))
        return render_template("web/plugin_switch.html", page=page), refused.status
    template = (
        gettext("%(plugin)s is switched off. Its data is kept.", plugin=plugin.manifest.name)
        if was_on
        else gettext("%(plugin)s is switched on.", plugin=plugin.manifest.name)
    )
    flash(template, "success")
    return redirect(url_for("plugins.show"), 303)


def _plugin(plugin_id: str) -> LoadedPlugin:
    plugin = services().registry.plugins.get(plugin_id)
    if plugin is None or plugin_id == "core":
        raise NotFound("")
    return plugin


def _unusable() -> Iterator[PluginCard]:
    """What no company can use, and what this one used that is not there any more."""
    missed = lost(current_company())
    known = services().registry.unavailable
    kept = gettext(
        "It is switched on here: what it holds is kept, and is there again once it runs."
    )
    gone = gettext("It is not installed.")
    for each in known.values():
        problem = f"{each.reason}. {kept}" if each.id in missed else str(each.reason)
        yield PluginCard(id=each.id, name=str(each.name), problem=problem)
    for id_ in sorted(missed - {each.id for each in known.values()}):
        yield PluginCard(id=id_, name=id_, problem=f"{gone} {kept}")


def _is_on(plugin_id: str) -> bool:
    """Whether the switch is on; a plugin whose tables are not ready keeps its switch."""
    return enablement.state_of(current_company(), plugin_id) != "off"


def _card(plugin: LoadedPlugin) -> PluginCard:
    manifest, made = plugin.manifest, plugin.contribution
    state = enablement.state_of(current_company(), plugin.id)
    facts = [
        (gettext("Pages"), ", ".join(str(item.label) for item in made.menus)),
        (gettext("Measures"), str(len(made.measures) or "")),
        (gettext("Needs"), _names(manifest.depends)),
        (gettext("Works with"), _names(manifest.soft_depends)),
    ]
    problem = ""
    if state == "behind":
        problem = gettext("Its tables are not up to date; an operator runs: xiaoguan db upgrade")
    return PluginCard(
        id=plugin.id,
        name=str(manifest.name),
        version=manifest.version,
        category=str(manifest.category),
        summary=str(manifest.summary),
        icon=manifest.icon,
        enabled=state != "off",
        facts=tuple(fact for fact in facts if fact[1]),
        problem=problem,
        href=url_for("plugins.preview", plugin_id=plugin.id),
        parts_href=url_for("contributions.show", plugin=plugin.id) if state == "on" else "",
    )


def _names(ids: tuple[str, ...]) -> str:
    plugins = services().registry.plugins
    return ", ".join(str(plugins[id_].manifest.name) if id_ in plugins else id_ for id_ in ids)


def _switch_page(plugin: LoadedPlugin, blockers: tuple[str, ...] = ()) -> SwitchPage:
    name = str(plugin.manifest.name)
    if _is_on(plugin.id):
        found = enablement.preview_disable(plugin.id)
        title = gettext("Switch off %(plugin)s?", plugin=name)
        button, tone = gettext("Switch off"), "danger"
        note = gettext("All its data is kept and is there again when it is switched on.")
        mine, others = gettext("What disappears"), gettext("Goes with it: %(plugin)s")
    else:
        found = enablement.preview_enable(plugin.id)
        title = gettext("Switch on %(plugin)s?", plugin=name)
        button, tone = gettext("Switch on"), "primary"
        note = gettext("Everybody in the company has it with their next click.")
        mine, others = gettext("What appears"), gettext("Comes with it: %(plugin)s")
    effects = tuple(
        (mine if part.asked else others % {"plugin": part.name}, _effects(part))
        for part in sorted(found.parts, key=lambda part: not part.asked)
    )
    reasons = tuple(str(reason) for reason in found.reasons)
    return SwitchPage(
        title=title,
        blockers=tuple(dict.fromkeys((*blockers, *reasons))),
        effects=effects,
        note=note,
        button="" if reasons else button,
        tone=tone,
        cascade=bool(found.dependants),
    )


def _effects(part: enablement.Part) -> tuple[str, ...]:
    def line(label: str, things: tuple[Text, ...]) -> str:
        listed = ", ".join(str(thing) for thing in things)
        return gettext("%(label)s: %(things)s", label=label, things=listed) if things else ""

    language = current_company().language
    roles = {code: names.get(language, names["en"]) for code, names in part.role_names.items()}
    roles |= {role.code: role.name for role in db.session.scalars(sa.select(Role))}

    lines = (
        str(part.summary),
        line(gettext("Menu"), part.menus),
        line(gettext("Measures"), part.measures),
        line(gettext("Settings"), part.settings),
        line(gettext("Permissions for the roles"), tuple(roles.get(r, r) for r in part.roles)),
        line(gettext("Work in the background"), part.jobs),
    )
    return tuple(text for text in lines if text)

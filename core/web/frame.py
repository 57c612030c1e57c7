"""What surrounds every page: the menus of enabled plugins, the company, the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Flask, g, request, url_for
from markupsafe import Markup

from core.collab import inbox
from core.host import services
from core.hosting.enablement import enabled_set
from core.identity.login import Membership, companies_of
from core.identity.standing import behind
from core.views.page import Frame, MenuEntry, MenuGroup, Option
from core.views.urls import collection_url, with_query
from core.web import assets, formats, icons, language, sparkline
from plugin_api.context import (
    current_actor,
    current_company,
    current_company_or_none,
    has_permission,
)
from plugin_api.menus import MenuItem

UNFOLDED = "unfolded"
"""Cookie with the groups of the menu that a person has unfolded: plugins with dots between."""
FITTING = 24
"""Entries of a menu that are looked over at once."""


def page_frame() -> Frame | None:
    """The frame of this request; None while nobody is logged in."""
    if current_company_or_none() is None:
        return None
    company, actor = current_company(), current_actor()
    known = [Membership(company.id, company.name, company.slug)]
    if actor.login_id is not None and g.get("companies", 0) != 1:
        known = companies_of(actor.login_id)
    return Frame(
        company=company.name,
        companies=tuple(
            Option(value=str(row.id), label=row.name, selected=row.id == company.id)
            for row in known
        ),
        person=actor.name,
        groups=menu_groups(),
        languages=language.options(),
        unread=inbox.unread_count(),
        analysis_href=url_for("analysis.show") if services().measures.all() else "",
    )


def menu_groups(*, counted: bool = True) -> tuple[MenuGroup, ...]:
    """Menus of the enabled plugins that the actor may open; administration comes last.

    Without ``counted`` no plugin is asked for the numbers beside its entries.
    """
    host = services()
    enabled = enabled_set(current_company())
    badges: dict[tuple[str, str], int] = {}
    asked = enabled if counted else frozenset[str]()
    for plugin, found in host.dispatcher.collect("menu_badges", asked, actor=current_actor()):
        badges.update({(plugin, item): count for item, count in found.items()})
    groups = []
    order = [p for p in host.registry.plugins if p in enabled and p != "core"]
    for plugin in [*order, "core"]:
        entries = tuple(
            entry
            for item in sorted(host.registry.menus.get(plugin, ()), key=lambda i: i.order)
            if (entry := _entry(item, badges.get((plugin, item.id), 0))) is not None
        )
        if entries:
            entries = _one_current(entries)
            heading = host.registry.plugins[plugin].manifest.name
            groups.append(MenuGroup(plugin=plugin, heading=str(heading), entries=entries))
    return _folded(groups)


def _folded(groups: Sequence[MenuGroup]) -> tuple[MenuGroup, ...]:
    """Groups as the person keeps them; until they choose, those from the top that fit. The group
    of what is open is never folded."""
    chosen = request.cookies.get(UNFOLDED)
    shown, made = 0, []
    for group in groups:
        shown += len(group.entries)
        wanted = shown <= FITTING if chosen is None else group.plugin in chosen.split(".")
        current = any(entry.current for entry in group.entries)
        made.append(replace(group, unfolded=wanted or current))
    return tuple(made)


def _one_current(entries: tuple[MenuEntry, ...]) -> tuple[MenuEntry, ...]:
    """Of several entries for one place the one whose view is open is marked, else the first."""
    marked = [entry for entry in entries if entry.current]
    view = request.args.get("view", "list")
    open_ = [entry for entry in marked if _view_of(entry.href) == view]
    chosen = (open_ or marked)[:1]
    return tuple(replace(entry, current=entry in chosen) for entry in entries)


def _view_of(href: str) -> str:
    return href.partition("?view=")[2] or "list"


def _entry(item: MenuItem, count: int) -> MenuEntry | None:
    permission = item.permission or (f"{item.model}.read" if item.model else None)
    if permission is not None and not has_permission(permission):
        return None
    if item.model is not None:
        path = collection_url(services().registry.models[item.model])
        href = with_query(path, [("view", item.view)] if item.view != "list" else [])
    else:
        path = href = url_for(item.endpoint or "")
    current = request.path == path or request.path.startswith(path + "/")
    return MenuEntry(label=str(item.label), href=href, icon=item.icon, current=current, count=count)


def page_look() -> Markup:
    """Theme and density as attributes of the page; nothing for what is usual."""
    look = getattr(g, "look", None)
    if look is None:
        return Markup("")
    theme = Markup(' data-theme="{}"').format(look.theme) if look.theme != "system" else ""
    compact = Markup(' data-density="compact"') if look.density == "compact" else ""
    return Markup("") + theme + compact


def install(app: Flask) -> None:
    """Give every template the frame, assets, icons and formats."""
    app.jinja_env.globals.update(
        page_frame=page_frame,
        company_id=lambda: current_company().id,
        page_language=language.tag,
        page_look=page_look,
        behind=behind,
        languages=language.options,
        asset=assets.asset,
        icon=icons.icon,
    )
    app.jinja_env.filters.update(formats.FILTERS)
    app.jinja_env.filters.update(course=sparkline.points, course_in_words=sparkline.words)
    app.register_blueprint(assets.bp)

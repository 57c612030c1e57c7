"""What stands above the records of a model, however these are shown: scope, filters, actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from core.data.fields import FieldMeta, all_fields, fields_of
from core.data.query import conditions, grouping
from core.data.query.scopes import MINE, SCOPES, TEAM, scopes_of
from core.host import services
from core.hosting.enabled import enabled_set
from core.views import aside, behind, filters, words
from core.views.collection_page import Chip, Filter, Link, Tools
from core.views.columns import Shown, asked_fields
from core.views.declared import board_of, calendar_of, list_of
from core.views.names import Names
from core.views.page import Option
from core.views.saved import Habit
from core.views.state import PICTURED, asked_of, cleared, is_filtered
from core.views.tabs import beside, is_changed, tabs
from core.views.urls import Arguments, collection_url, state_url, with_query
from core.web import formats
from plugin_api.context import current_actor, current_company, gettext, has_permission, today
from plugin_api.models import CompanyModel
from plugin_api.panels import Panel


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What was asked for, and what came of it."""

    model: type[CompanyModel]
    arguments: Arguments
    """Of the address, without what was refused."""
    order: str
    habit: Habit
    error: str = ""
    rows: Iterable[Mapping[str, Any]] = ()
    columns: Sequence[Shown] = ()
    parents: tuple[Option, ...] = ()
    parent_label: str = ""


def tools(asked: Asked) -> Tools:
    """Everything above the records."""
    model, arguments, key = asked.model, asked.arguments, asked.model.model_key()
    path, metas = collection_url(model), all_fields(model)
    view = list_of(model)
    group = _conditions(arguments)
    names = Names()
    names.take_from(fields_of(model), asked.rows)
    names.learn(
        [
            *filters.keys_in(arguments, metas),
            *words.keys_in(conditions.clauses(group) if group else (), metas),
            *behind.keys_in(arguments),
        ]
    )
    bar, more = filters.filter_bar(model, arguments, filters.offered(view, metas), names)
    may_create = "create" in model.__actions__ and has_permission(f"{key}.create")
    current = asked.habit.view(arguments.get("saved", ""))
    return Tools(
        title=str(model.__label_plural__),
        one=str(model.__label__),
        path=path,
        search=arguments.get("q", ""),
        searchable=bool(model.__search__),
        kept=_kept(arguments, bar, bool(asked.parents)),
        filters=bar,
        more=more,
        conditions=(
            *_figure(path, arguments, names),
            *_chips(path, arguments, group, metas, names),
        ),
        conditions_href=beside(path, "conditions", arguments),
        scopes=_scopes(model, path, arguments),
        tabs=tabs(path, arguments, asked.habit),
        save_href=beside(path, "views/new", arguments)
        if is_changed(model, arguments, asked.habit)
        else "",
        save_menu_href=f"{path}/views/{current.id}" if current and current.mine else "",
        groups=_groups(model, path, arguments, [*view.columns, *filters.offered(view, metas)]),
        columns_href=beside(path, "columns", arguments),
        switch=_switch(model, path, arguments),
        parents=asked.parents,
        parent_label=asked.parent_label,
        is_filtered=is_filtered(aside.without(model, arguments)) or bool(asked.error),
        clear_href=cleared(path, arguments),
        everything_href=cleared(path, arguments, everything=True),
        create_href=f"{path}/new" if may_create else "",
        import_href=f"{path}/import" if has_permission(f"{key}.import") else "",
        exports=_exports(asked, path),
        put_href=_put_href(model, arguments, current.name if current else ""),
        panels=_panels(key),
        on_paper=" · ".join(
            part
            for part in (
                current_company().name,
                formats.date(today()),
                "; ".join(_said(arguments, group, metas, names)),
            )
            if part
        ),
        error=asked.error,
    )


def _conditions(arguments: Arguments) -> conditions.Group | None:
    try:
        return conditions.read(arguments["where"]) if "where" in arguments else None
    except ValueError:
        return None


def _kept(
    arguments: Arguments, bar: Iterable[Filter], has_parents: bool
) -> tuple[tuple[str, str], ...]:
    carried = {name for control in bar for name in control.inputs} | {"q", "cursor"}
    if has_parents:
        carried.add("parent")
    return tuple((n, v) for n, v in arguments.items() if n not in carried)


def _figure(path: str, arguments: Arguments, names: Names) -> tuple[Chip, ...]:
    """The figure that the records are behind."""
    text = behind.in_words(arguments, names)
    return (Chip(text=text, clear_href=state_url(path, arguments, behind=None)),) if text else ()


def _chips(
    path: str,
    arguments: Arguments,
    group: conditions.Group | None,
    metas: Mapping[str, FieldMeta],
    names: Names,
) -> tuple[Chip, ...]:
    """Of conditions that all must hold each one, of others the whole."""
    if group is None:
        return ()
    if group.mode == "any" or len(group.parts) == 1:
        text = words.group_said(group, metas, names)
        return (Chip(text=text, clear_href=state_url(path, arguments, where=None)),)
    made = []
    for i, part in enumerate(group.parts):
        rest = conditions.Group("all", (*group.parts[:i], *group.parts[i + 1 :]))
        text = (
            words.group_said(part, metas, names)
            if isinstance(part, conditions.Group)
            else words.said(part, metas, names)
        )
        href = state_url(path, arguments, where=conditions.write(rest))
        made.append(Chip(text=text, clear_href=href))
    return tuple(made)


def _said(
    arguments: Arguments,
    group: conditions.Group | None,
    metas: Mapping[str, FieldMeta],
    names: Names,
) -> list[str]:
    said = [f"“{arguments['q']}”"] if "q" in arguments else []
    if "scope" in arguments:
        said.append(str(_scope_labels().get(arguments["scope"], arguments["scope"])))
    if figure := behind.in_words(arguments, names):
        said.append(figure)
    said += filters.in_words(arguments, metas, names)
    return said + ([words.group_said(group, metas, names)] if group else [])


def _scope_labels() -> dict[str, str]:
    return {MINE: str(gettext("Mine")), TEAM: str(gettext("My team"))}


def _scopes(model: type[CompanyModel], path: str, arguments: Arguments) -> tuple[Link, ...]:
    """Whose records: mine, my team's, all that the actor reaches."""
    offered, asked = scopes_of(model), arguments.get("scope", "")
    if asked in SCOPES and asked not in offered and model.__owner__:
        offered = (*offered, asked)
    if not offered:
        return ()
    labels = _scope_labels()
    reach = current_actor().grants.get(f"{model.model_key()}.read")
    widest = gettext("All") if reach == "company" or TEAM in offered else gettext("My team")
    return (
        *(
            Link(
                label=labels[each],
                href=state_url(path, arguments, scope=each),
                current=asked == each,
            )
            for each in offered
        ),
        Link(label=str(widest), href=state_url(path, arguments, scope=None), current=not asked),
    )


def _groups(
    model: type[CompanyModel], path: str, arguments: Arguments, names: Iterable[str]
) -> tuple[Link, ...]:
    """What rows may be grouped by, of what the list shows or filters; first the way back."""
    metas, asked = all_fields(model), arguments.get("group", "")
    wanted = set(names)
    made = [
        Link(
            label=words.group_label(metas[text.partition("__")[0]], text),
            href=state_url(path, arguments, group=text, fold=None, view=None),
            current=text == asked,
            name=text,
        )
        for text in grouping.groupable(model, grouping.OFFERED)
        if text.partition("__")[0] in wanted or text == asked
    ]
    if not made:
        return ()
    href = state_url(path, arguments, group=None, fold=None)
    return (Link(label=str(gettext("No grouping")), href=href, current=not asked), *made)


def _switch(model: type[CompanyModel], path: str, arguments: Arguments) -> tuple[Link, ...]:
    """List, chart and pivot; board and calendar where the model has one."""
    shown = arguments.get("view", "")
    gone: dict[str, str | None] = dict.fromkeys(("parent", "fold", "on", "span", *PICTURED))
    made = [Link(label=gettext("List"), href="", icon="list-ul", name="")]
    if board_of(model):
        made.append(Link(label=gettext("Board"), href="", icon="kanban", name="kanban"))
    if calendar_of(model):
        made.append(Link(label=gettext("Calendar"), href="", icon="calendar3", name="calendar"))
    made.append(Link(label=gettext("Chart"), href="", icon="bar-chart", name="chart"))
    made.append(Link(label=gettext("Pivot"), href="", icon="table", name="pivot"))
    return tuple(
        Link(
            label=str(link.label),
            href=state_url(path, arguments, **gone | {"view": link.name or None}),
            icon=link.icon,
            current=link.name == shown,
            name=link.name,
        )
        for link in made
    )


def _exports(asked: Asked, path: str) -> tuple[Link, ...]:
    """Files of exactly what is shown, for whom may export it."""
    if not has_permission(f"{asked.model.model_key()}.export"):
        return ()
    kept = {n: v for n, v in asked_of(asked.arguments).items() if n not in ("cursor", "limit")}
    kept |= {"sort": asked.order}
    if asked.columns:
        kept["fields"] = asked_fields(asked.columns)
        more = ",".join(column.name for column in asked.columns if column.extra is not None)
        kept |= {"more": more} if more else {}
    return tuple(
        Link(
            name=form,
            label=str(label),
            href=with_query(f"{path}/export", [*kept.items(), ("format", form)]),
        )
        for form, label in (("xlsx", gettext("Export to Excel")), ("csv", gettext("Export as CSV")))
    )


def _put_href(model: type[CompanyModel], arguments: Arguments, name: str) -> str:
    """Where a list, chart or pivot is put on a dashboard; boards and calendars are not."""
    if arguments.get("view", "") in ("kanban", "calendar"):
        return ""
    state = with_query("", arguments.items()).removeprefix("?")
    title = name or str(model.__label_plural__)
    asked = {"kind": "records", "source": model.model_key(), "state": state, "title": title}
    return with_query(url_for("dashboards.ask_put"), asked.items())


def _panels(key: str) -> tuple[Panel, ...]:
    found = services().dispatcher.collect(
        "list_panels", enabled_set(current_company()), model=key, actor=current_actor()
    )
    return tuple(panel for _plugin, panels in found for panel in panels)

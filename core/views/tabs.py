"""Saved views as tabs above a list, and the pages that keep its state."""

from __future__ import annotations

from core.views import aside, saved
from core.views.collection_page import Tab
from core.views.saved import Habit, View
from core.views.state import ALL
from core.views.urls import Arguments, with_query
from plugin_api.context import gettext
from plugin_api.models import CompanyModel


def tabs(path: str, arguments: Arguments, habit: Habit, plain_label: str = "") -> tuple[Tab, ...]:
    """The list as it is, then the saved views; none while there are no views."""
    if not habit.views:
        return ()
    chosen = habit.view(arguments.get("saved", ""))
    view = [("view", arguments["view"])] if "view" in arguments else []
    opens_other = habit.first is not None and habit.view(str(habit.first)) is not None
    plain = [*view, ("saved", ALL)] if opens_other else view
    return (
        Tab(
            label=plain_label or str(gettext("All records")),
            href=with_query(path, plain),
            current=chosen is None,
            first=not opens_other,
        ),
        *(
            Tab(
                label=each.name,
                href=href_of(path, each),
                current=each is chosen,
                first=each.id == habit.first,
                note="" if each.mine else each.owner,
                menu_href=f"{path}/views/{each.id}",
            )
            for each in habit.views
        ),
    )


def href_of(path: str, view: View) -> str:
    """Where a saved view opens."""
    return f"{path}?{view.query}&saved={view.id}" if view.query else f"{path}?saved={view.id}"


def is_changed(model: type[CompanyModel], arguments: Arguments, habit: Habit) -> bool:
    """Whether the state is another one than that of the tab it began with."""
    current = habit.view(arguments.get("saved", ""))
    plain = Arguments({n: v for n, v in arguments.items() if n == "view"} | aside.usual(model))
    return saved.state_in(arguments) != (current.query if current else saved.state_in(plain))


def beside(path: str, name: str, arguments: Arguments) -> str:
    """A page about this state of the list."""
    state = [(n, v) for n, v in arguments.items() if n != "cursor"]
    return with_query(f"{path}/{name}", [("state", with_query("", state).removeprefix("?"))])

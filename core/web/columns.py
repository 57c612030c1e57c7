"""Choosing the columns of a list: for its address, or for oneself from now on."""

from __future__ import annotations

from flask import render_template, request
from werkzeug.wrappers import Response

from core.extensions import db
from core.views import columns, saved
from core.views.columns import Shown
from core.views.declared import list_of
from core.views.urls import collection_url, state_url
from core.web import asking
from core.web.collections import bp, model_at
from plugin_api.context import current_actor
from plugin_api.models import CompanyModel
from plugin_api.pages import check_company, require


@bp.get("/<plugin>/<collection>/columns")
def choose(plugin: str, collection: str) -> str:
    """Every column, the shown ones first."""
    model = model_at(plugin, collection)
    require(f"{model.model_key()}.read")
    view = list_of(model)
    asked = asking.state().get("columns", "")
    shown = columns.chosen(model, view, asked, saved.habit_of(model).columns)
    return _page(model, [column.name for column in shown])


@bp.post("/<plugin>/<collection>/columns")
def chosen(plugin: str, collection: str) -> str | Response:
    """Show what was ticked, in the order in which it stands."""
    model = model_at(plugin, collection)
    require(f"{model.model_key()}.read")
    known = columns.known(model)
    names = [name for name in request.form.getlist("c") if name in known][: columns.MOST]
    action, _, name = request.form.get("do", "").partition(":")
    if action in ("up", "down") and name in names:
        return _page(model, _moved(names, name, -1 if action == "up" else 1))
    path, state = collection_url(model), asking.state()
    if action in ("keep", "reset"):
        check_company()
        saved.keep_columns(model, tuple(names) if action == "keep" else ())
        db.session.commit()
        return asking.go(state_url(path, state, columns=None))
    usual = columns.declared(model, list_of(model), known)
    habit = saved.habit_of(model).columns or tuple(column.name for column in usual)
    same = tuple(names) == habit
    return asking.go(state_url(path, state, columns=None if same else ",".join(names)))


def _moved(names: list[str], name: str, by: int) -> list[str]:
    at = names.index(name)
    to = min(max(at + by, 0), len(names) - 1)
    names[at], names[to] = names[to], names[at]
    return names


def _page(model: type[CompanyModel], names: list[str]) -> str:
    known = columns.known(model)
    rest: list[Shown] = sorted(
        (column for name, column in known.items() if name not in names),
        key=lambda column: column.label,
    )
    path = collection_url(model)
    return render_template(
        "views/columns.html",
        shown=[known[name] for name in names if name in known],
        rest=rest,
        state=asking.state_text(),
        action=f"{path}/columns",
        list_title=str(model.__label_plural__),
        list_href=state_url(path, asking.state()),
        may_keep=current_actor().user_id is not None,
    )

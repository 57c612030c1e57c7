"""Keeping the state of a list under a name, and what may be done with it."""

from __future__ import annotations

from flask import render_template, request
from werkzeug.wrappers import Response

from core.extensions import db
from core.views import saved
from core.views.saved import View
from core.views.sharing import SHARE, SHARES
from core.views.state import ALL
from core.views.tabs import href_of
from core.views.urls import collection_url, state_url, with_query
from core.web import asking
from core.web.collections import bp, model_at
from core.web.guard import check_company, require
from plugin_api.context import gettext, has_permission
from plugin_api.errors import NotFound, Refused
from plugin_api.models import CompanyModel


@bp.get("/<plugin>/<collection>/views/new")
def name_view(plugin: str, collection: str) -> str:
    """How shall the state be called, and who may use it?"""
    model = _model(plugin, collection)
    return _page(model, _current(model), is_new=True)


@bp.post("/<plugin>/<collection>/views/new")
def save_view(plugin: str, collection: str) -> str | Response | tuple[str, int]:
    """Keep the state as a new view, or in place of the one that it began with."""
    model = _model(plugin, collection)
    check_company()
    current = _current(model)
    text = asking.state_text()
    try:
        if request.form.get("do") == "replace" and current is not None:
            view = saved.change(current.id, {"query": text})
        else:
            name, share = request.form.get("name", ""), request.form.get("share", "private")
            view = saved.save(model, name, text, share)
        if request.form.get("first"):
            saved.opens_first(model, view.id)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        return _page(model, current, is_new=True, refused=refused), refused.status
    path = collection_url(model)
    return asking.go(f"{path}?{view.query}&saved={view.id}")


@bp.get("/<plugin>/<collection>/views/<int:view_id>")
def change_view(plugin: str, collection: str, view_id: int) -> str:
    """A view's name, who may use it, whether it opens first."""
    model = _model(plugin, collection)
    return _page(model, _view(model, view_id))


@bp.post("/<plugin>/<collection>/views/<int:view_id>")
def changed_view(plugin: str, collection: str, view_id: int) -> str | Response | tuple[str, int]:
    """Rename it, share it otherwise, have it open first, or delete it."""
    model = _model(plugin, collection)
    check_company()
    view = _view(model, view_id)
    path, action = collection_url(model), request.form.get("do", "")
    if action == "delete":
        return _page(model, view, is_doubtful=True)
    try:
        if action == "deleted":
            saved.remove(view_id)
            db.session.commit()
            return asking.go(with_query(path, [("saved", ALL)]))
        if view.mine:
            given = {n: request.form[n] for n in ("name", "share") if n in request.form}
            saved.change(view_id, given)
        habit = saved.habit_of(model)
        if request.form.get("first"):
            saved.opens_first(model, view_id)
        elif habit.first == view_id:
            saved.opens_first(model, None)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        return _page(model, view, refused=refused), refused.status
    return asking.go(href_of(path, view))


def _model(plugin: str, collection: str) -> type[CompanyModel]:
    model = model_at(plugin, collection)
    require(f"{model.model_key()}.read")
    return model


def _view(model: type[CompanyModel], view_id: int) -> View:
    view = saved.habit_of(model).view(str(view_id))
    if view is None:
        raise NotFound(gettext("There is no such view."))
    return view


def _current(model: type[CompanyModel]) -> View | None:
    """The view that the state began with, when it is the actor's own."""
    view = saved.habit_of(model).view(asking.state().get("saved", ""))
    return view if view is not None and view.mine else None


def _page(
    model: type[CompanyModel],
    view: View | None,
    *,
    is_new: bool = False,
    is_doubtful: bool = False,
    refused: Refused | None = None,
) -> str:
    path = collection_url(model)
    typed = request.form
    habit = saved.habit_of(model)
    usual = "" if view is None or is_new else view.name
    share = "private" if view is None or is_new else view.share
    opens = view is not None and not is_new and habit.first == view.id
    return render_template(
        "views/saved_view.html",
        view=view,
        is_new=is_new,
        is_doubtful=is_doubtful,
        name=typed.get("name", usual),
        share=typed.get("share", share),
        first=bool(typed.get("first")) if typed else opens,
        shares=SHARES if has_permission(SHARE) or share != "private" else SHARES[:1],
        errors=dict(refused.errors) if refused else {},
        message=str(refused.message) if refused and not refused.errors else "",
        state=asking.state_text(),
        action=f"{path}/views/new" if is_new or view is None else f"{path}/views/{view.id}",
        list_title=str(model.__label_plural__),
        list_href=state_url(path, asking.state()),
    )

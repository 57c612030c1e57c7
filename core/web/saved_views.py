"""Keeping the state of a list under a name, and what may be done with it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request
from werkzeug.wrappers import Response

from core.extensions import db
from core.views import saved
from core.views.saved import Kind, View
from core.views.sharing import SHARE, SHARES
from core.views.state import ALL
from core.views.tabs import href_of
from core.views.urls import collection_url, state_url, with_query
from core.web import asking
from core.web.collections import bp, model_at
from plugin_api.context import gettext, has_permission
from plugin_api.errors import NotFound, Refused
from plugin_api.pages import check_company, require

Answer = str | Response | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Pages whose states are kept: where they are and what they are called."""

    kind: Kind
    path: str
    title: str


@bp.get("/<plugin>/<collection>/views/new")
def name_view(plugin: str, collection: str) -> str:
    """How shall the state be called, and who may use it?"""
    return ask_name(_place(plugin, collection))


@bp.post("/<plugin>/<collection>/views/new")
def save_view(plugin: str, collection: str) -> Answer:
    """Keep the state as a new view, or in place of the one that it began with."""
    return keep(_place(plugin, collection))


@bp.get("/<plugin>/<collection>/views/<int:view_id>")
def change_view(plugin: str, collection: str, view_id: int) -> str:
    """A view's name, who may use it, whether it opens first."""
    return ask_change(_place(plugin, collection), view_id)


@bp.post("/<plugin>/<collection>/views/<int:view_id>")
def changed_view(plugin: str, collection: str, view_id: int) -> Answer:
    """Rename it, share it otherwise, have it open first, or delete it."""
    return change(_place(plugin, collection), view_id)


def ask_name(place: Place) -> str:
    """The question for a name."""
    return _page(place, _current(place), is_new=True)


def keep(place: Place) -> Answer:
    """Save the state that was sent."""
    check_company()
    current = _current(place)
    text = asking.state_text()
    try:
        if request.form.get("do") == "replace" and current is not None:
            view = saved.change(place.kind, current.id, {"query": text})
        else:
            name, share = request.form.get("name", ""), request.form.get("share", "private")
            view = saved.save(place.kind, name, text, share)
        if request.form.get("first"):
            saved.opens_first(place.kind, view.id)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        return _page(place, current, is_new=True, refused=refused), refused.status
    return asking.go(f"{place.path}?{view.query}&saved={view.id}")


def ask_change(place: Place, view_id: int) -> str:
    """What is known of a view, to be changed."""
    return _page(place, _view(place, view_id))


def change(place: Place, view_id: int) -> Answer:
    """Change a view as the form says."""
    check_company()
    view = _view(place, view_id)
    action = request.form.get("do", "")
    if action == "delete":
        return _page(place, view, is_doubtful=True)
    try:
        if action == "deleted":
            saved.remove(view_id)
            db.session.commit()
            return asking.go(with_query(place.path, [("saved", ALL)]))
        if view.mine:
            given = {n: request.form[n] for n in ("name", "share") if n in request.form}
            saved.change(place.kind, view_id, given)
        habit = saved.habit_of(place.kind)
        if request.form.get("first"):
            saved.opens_first(place.kind, view_id)
        elif habit.first == view_id:
            saved.opens_first(place.kind, None)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        return _page(place, view, refused=refused), refused.status
    return asking.go(href_of(place.path, view))


def _place(plugin: str, collection: str) -> Place:
    model = model_at(plugin, collection)
    require(f"{model.model_key()}.read")
    return Place(model, collection_url(model), str(model.__label_plural__))


def _view(place: Place, view_id: int) -> View:
    view = saved.habit_of(place.kind).view(str(view_id))
    if view is None:
        raise NotFound(gettext("There is no such view."))
    return view


def _current(place: Place) -> View | None:
    """The view that the state began with, when it is the actor's own."""
    view = saved.habit_of(place.kind).view(asking.state().get("saved", ""))
    return view if view is not None and view.mine else None


def _page(
    place: Place,
    view: View | None,
    *,
    is_new: bool = False,
    is_doubtful: bool = False,
    refused: Refused | None = None,
) -> str:
    typed = request.form
    habit = saved.habit_of(place.kind)
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
        action=f"{place.path}/views/{'new' if is_new or view is None else view.id}",
        list_title=place.title,
        list_href=state_url(place.path, asking.state()),
    )

"""Saved views of collections over REST: the questions that people keep, and their answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, request

from core.api import streams, wire
from core.api.collection import href, model_at, path_of
from core.api.idempotency import Answer, once
from core.api.reading import page_of
from core.data import query
from core.extensions import db
from core.host import services
from core.views import saved
from core.views.models import SavedView
from core.views.saved import Habit, View
from core.views.state import PAGING, asked_of
from core.views.urls import Arguments
from plugin_api.context import current_actor, gettext
from plugin_api.errors import Invalid, NotFound
from plugin_api.models import CompanyModel

views = Blueprint("views", __name__)

VIEWS = "/<plugin>/<collection>/views"
ONE = f"{VIEWS}/<int:view_id>"
SENT = ("name", "query", "share")
SHARES = ("private", "team", "company")
LONGEST_NAME = 60

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["id", "name", "share", "mine", "owner", "first", "query", "href"],
    "properties": {
        "id": {"type": "integer", "format": "int64"},
        "name": {"type": "string"},
        "share": {"type": "string", "enum": list(SHARES)},
        "mine": {"type": "boolean"},
        "owner": {"type": "string"},
        "first": {"type": "boolean", "description": "Whether it opens first for the caller."},
        "query": {"type": "string", "description": "As the address of the list's page."},
        "href": {"type": "string", "description": "The records that it asks for."},
    },
}


@views.get(VIEWS)
def index(plugin: str, collection: str) -> Response:
    """The views of a collection that the caller may use: their own, then shared ones."""
    model = model_at(plugin, collection)
    query.parse_query(model, {})  # who may not read the records need not know of their views
    wire.only_arguments()
    habit = saved.habit_of(model)
    return wire.reply({"items": [_shown(model, view, habit.first) for view in habit.views]})


@views.post(VIEWS)
def create(plugin: str, collection: str) -> Response:
    """Keep a question under a name."""
    model = model_at(plugin, collection)

    def act() -> Answer:
        sent = _checked(wire.body(), new=True)
        share = sent.get("share", "private")
        made = saved.save(model, sent["name"], sent["query"], share)
        db.session.flush()
        return Answer(_told(model, made), 201, href(f"{path_of(model)}/views/{made.id}"))

    return once(act)


@views.get(ONE)
def show(plugin: str, collection: str, view_id: int) -> Response:
    """A view that the caller may use."""
    model = model_at(plugin, collection)
    view, habit = _view(model, view_id)
    return wire.reply(_shown(model, view, habit.first))


@views.patch(ONE)
def change(plugin: str, collection: str, view_id: int) -> Response:
    """Rename a view, share it otherwise, or have it ask something else."""
    model = model_at(plugin, collection)
    _view(model, view_id)
    made = saved.change(model, view_id, _checked(wire.body()))
    db.session.flush()
    body = _told(model, made)
    db.session.commit()
    return wire.reply(body)


@views.delete(ONE)
def delete(plugin: str, collection: str, view_id: int) -> Response:
    """Keep a view no longer."""
    _view(model_at(plugin, collection), view_id)
    wire.nothing()
    saved.remove(view_id)
    db.session.commit()
    return Response(status=204)


@views.get(f"{ONE}/records")
def records(plugin: str, collection: str, view_id: int) -> Response:
    """The records that a view asks for: a page or a stream, as of the collection itself."""
    model = model_at(plugin, collection)
    view, _habit = _view(model, view_id)
    wire.only_arguments(*PAGING)
    asked = Arguments({**asked_of(Arguments(parse_qsl(view.query))), **request.args.to_dict()})
    form = streams.wanted()
    if form != streams.JSON:
        return streams.stream(model, asked, form)
    return wire.reply_text(page_of(model, asked), headers={"Vary": streams.VARY})


def _view(model: type[CompanyModel], view_id: int) -> tuple[View, Habit]:
    query.parse_query(model, {})
    habit = saved.habit_of(model)
    view = habit.view(str(view_id))
    if view is None:
        raise NotFound(gettext("There is no such view."))
    return view, habit


def _checked(sent: Mapping[str, Any], *, new: bool = False) -> dict[str, str]:
    """The texts that are sent. Raises Invalid."""
    errors = {name: [gettext("There is no such field.")] for name in sent if name not in SENT}
    for name, value in sent.items():
        if name in SENT and not isinstance(value, str):
            errors[name] = [gettext("Expected a text.")]
    for name in ("name", "query"):
        if not str(sent.get(name, "" if new else "-")).strip():
            errors[name] = [gettext("A value is needed.")]
    if len(str(sent.get("name", ""))) > LONGEST_NAME:
        errors["name"] = [gettext("At most %(length)s characters.", length=LONGEST_NAME)]
    if sent.get("share", "private") not in SHARES:
        errors.setdefault("share", [gettext("Choose one of the values.")])
    if errors:
        raise Invalid(gettext("Some fields need another look."), errors=errors)
    return dict(sent)


def _told(model: type[CompanyModel], row: SavedView) -> dict[str, Any]:
    """One that was just written."""
    actor = current_actor()
    mine = row.user_id == actor.user_id
    owner = actor.name if mine else str(services().title_of("core.User", row.user_id))
    view = View(id=row.id, name=row.name, query=row.query, share=row.share, mine=mine, owner=owner)
    return _shown(model, view, saved.habit_of(model).first)


def _shown(model: type[CompanyModel], view: View, first: int | None) -> dict[str, Any]:
    asked = asked_of(Arguments(parse_qsl(view.query)))
    address = href(path_of(model))
    return {
        "id": view.id,
        "name": view.name,
        "share": view.share,
        "mine": view.mine,
        "owner": view.owner,
        "first": view.id == first,
        "query": view.query,
        "href": f"{address}?{urlencode(asked, safe=',')}" if asked else address,
    }

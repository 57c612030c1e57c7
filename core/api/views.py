"""Saved views of collections over REST, to read: the questions that people keep."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response

from core.api import wire
from core.api.collection import href, model_at, path_of
from core.data import query
from core.views import saved
from core.views.saved import View
from core.views.state import asked_of
from core.views.urls import Arguments
from plugin_api.models import CompanyModel

views = Blueprint("views", __name__)

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["id", "name", "share", "mine", "owner", "first", "query", "href"],
    "properties": {
        "id": {"type": "integer", "format": "int64"},
        "name": {"type": "string"},
        "share": {"type": "string", "enum": ["private", "team", "company"]},
        "mine": {"type": "boolean"},
        "owner": {"type": "string"},
        "first": {"type": "boolean", "description": "Whether it opens first for the caller."},
        "query": {"type": "string", "description": "As the address of the list's page."},
        "href": {"type": "string", "description": "The records that it asks for."},
    },
}


@views.get("/<plugin>/<collection>/views")
def index(plugin: str, collection: str) -> Response:
    """The views of a collection that the caller may use: their own, then shared ones."""
    model = model_at(plugin, collection)
    query.parse_query(model, {})  # who may not read the records need not know of their views
    habit = saved.habit_of(model)
    return wire.reply({"items": [_shown(model, view, habit.first) for view in habit.views]})


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

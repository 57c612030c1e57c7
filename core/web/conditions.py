"""Putting together the conditions of a list."""

from __future__ import annotations

from flask import render_template, request
from werkzeug.wrappers import Response

from core.data.query import conditions as groups
from core.views import conditions
from core.views.conditions import Draft
from core.views.state import asked_of
from core.views.urls import collection_url, state_url
from core.web import asking
from core.web.collections import bp, model_at
from plugin_api.models import CompanyModel
from plugin_api.pages import require


@bp.get("/<plugin>/<collection>/conditions")
def put_together(plugin: str, collection: str) -> str:
    """The conditions of the list's state, to be changed."""
    model = _model(plugin, collection)
    try:
        group = groups.read(asking.state().get("where", ""))
    except ValueError:
        group = None
    return _page(model, conditions.draft_of(group))


@bp.post("/<plugin>/<collection>/conditions")
def change(plugin: str, collection: str) -> str | Response | tuple[str, int]:
    """Another row or group, one less, or the list with what was put together."""
    model = _model(plugin, collection)
    draft = conditions.read(request.form, dict(request.form.lists()))
    action = request.form.get("do", "")
    if action != "apply":
        return _page(model, conditions.acted(draft, action))
    state = asking.state()
    draft, group = conditions.checked(model, draft, asked_of(state))
    if any(line.error for line in draft.lines):
        return _page(model, draft), 422
    where = groups.write(group) if group is not None else None
    return asking.go(state_url(collection_url(model), state, where=where))


def _model(plugin: str, collection: str) -> type[CompanyModel]:
    model = model_at(plugin, collection)
    require(f"{model.model_key()}.read")
    return model


def _page(model: type[CompanyModel], draft: Draft) -> str:
    return render_template(
        "views/conditions.html",
        draft=draft,
        inputs=conditions.inputs(model, draft),
        state=asking.state_text(),
        action=f"{collection_url(model)}/conditions",
        list_title=str(model.__label_plural__),
        list_href=state_url(collection_url(model), asking.state()),
        most=conditions.MOST_GROUPS,
        wide=True,
    )

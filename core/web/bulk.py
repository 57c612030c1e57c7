"""Acting on the ticked records of a list, or on all that match it."""

from __future__ import annotations

from urllib.parse import parse_qsl

from flask import render_template, request
from werkzeug.wrappers import Response

from core.data import many, query
from core.data.fields import fields_of
from core.data.texts import row_id
from core.extensions import db
from core.views import bulk, forms
from core.views.bulk import BulkPage, Order
from core.views.urls import collection_url
from core.web import asking, formats
from core.web.collections import bp, model_at
from plugin_api.context import gettext
from plugin_api.errors import Invalid, Refused
from plugin_api.models import CompanyModel
from plugin_api.pages import check_company, inside, require


@bp.post("/<plugin>/<collection>/bulk")
def on_many(plugin: str, collection: str) -> str | Response | tuple[str, int]:
    """Ask what an action needs; once that is given, act on every record or on none."""
    model = model_at(plugin, collection)
    require(f"{model.model_key()}.read")
    check_company()
    try:
        ids = _chosen(model)
    except Refused as refused:
        page = _render(model, None, message=refused.words)
        return page, refused.status
    if not ids:
        return asking.go(_back(model))
    action, field = request.form.get("action", ""), request.form.get("field", "")
    order = Order(model=model, action=action, ids=ids, field=field)
    names = bulk.asked_names(order)
    metas = fields_of(model)
    typed = forms.typed_texts(request.form, {name: metas[name] for name in names})
    if not request.form.get("confirmed"):
        return _render(model, bulk.bulk_page(order))
    try:
        needed, act = bulk.act_of(order, typed)
        refusals = many.all_or_none(model, ids, needed, act)
    except Refused as refused:
        db.session.rollback()
        return _render(model, bulk.bulk_page(order, typed, refused)), refused.status
    if refusals:
        db.session.rollback()
        told = [(id_, str(why)) for id_, why in refusals]
        return _render(model, bulk.bulk_page(order, typed, refusals=told)), 422
    db.session.commit()
    return asking.done(bulk.said(order), _back(model))


def _chosen(model: type[CompanyModel]) -> list[int]:
    """Ids of the records that are meant. Raises Invalid when they are too many."""
    if request.form.get("all"):
        asked = dict(parse_qsl(request.form.get("state", "")))
        question = query.parse_query(model, {n: v for n, v in asked.items() if n != "limit"})
        ids = query.ids(question, many.MOST + 1)
        number = query.count(question) if len(ids) > many.MOST else len(ids)
    else:
        found = [row_id(text) for text in request.form.getlist("ids")]
        ids = [id_ for id_ in dict.fromkeys(found) if id_ is not None]
        number = len(ids)
    if number > many.MOST:
        message = gettext(
            "These are %(count)s records; at most %(most)s can be changed at once. Narrow the"
            " list by a filter.",
            count=formats.number(number),
            most=formats.number(many.MOST),
        )
        raise Invalid(message)
    return ids


def _back(model: type[CompanyModel]) -> str:
    return inside(request.form.get("next", "")) or collection_url(model)


def _render(model: type[CompanyModel], page: BulkPage | None, message: str = "") -> str:
    return render_template(
        "views/bulk.html",
        page=page,
        message=message,
        action=f"{collection_url(model)}/bulk",
        next=request.form.get("next", ""),
        list_title=str(model.__label_plural__),
        list_href=_back(model),
    )

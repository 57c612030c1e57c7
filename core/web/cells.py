"""Changing one field of a record where a list shows it."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from core.data import query
from core.data.fields import FieldMeta, fields_of
from core.extensions import db
from core.host import services
from core.views import cells, columns, forms, lists, saved
from core.views.declared import list_of
from core.views.editing import editable
from core.views.rows import row_of
from core.views.urls import Arguments, record_url
from core.web.collections import bp, model_at
from core.web.form_input import asking_form, attempt_of, parsed, sent_version
from plugin_api.context import gettext
from plugin_api.duplicates import Duplicate
from plugin_api.errors import Conflict, NotFound, Refused
from plugin_api.models import CompanyModel
from plugin_api.pages import check_company, is_scripted


@bp.get("/<plugin>/<collection>/<int:record_id>/cell/<name>")
def edit(plugin: str, collection: str, record_id: int, name: str) -> str:
    """The field's input, in place of its cell."""
    model = model_at(plugin, collection)
    meta = _meta(model, name)
    services().records.get(model, record_id, "update")
    return _form(model, record_id, meta)


@bp.post("/<plugin>/<collection>/<int:record_id>/cell/<name>")
def save(
    plugin: str, collection: str, record_id: int, name: str
) -> str | Response | tuple[Any, int, dict[str, str]]:
    """The row with what was saved, or the input again with the reason beside it."""
    model = model_at(plugin, collection)
    check_company()
    meta = _meta(model, name)
    texts = forms.typed_texts(request.form, {name: meta})
    try:
        record = services().records.get(model, record_id, "update")
        values = parsed(model, texts, record)
        with asking_form():
            services().records.update(record, values, version=sent_version())
        db.session.commit()
    except NotFound:
        raise
    except Refused as refused:
        db.session.rollback()
        if not is_scripted():
            raise
        again = _form(model, record_id, meta, texts, refused)
        # Not the row is replaced then, but the form that sent it.
        return again, refused.status, {"HX-Retarget": "this", "HX-Reswap": "outerHTML"}
    return _row(model, record_id) if is_scripted() else redirect(record_url(model, record_id), 303)


def _meta(model: type[CompanyModel], name: str) -> FieldMeta:
    """The field, if the actor may change it in a list. Raises NotFound."""
    if name not in editable(model):
        raise NotFound("")
    return fields_of(model)[name]


def _values(model: type[CompanyModel], record_id: int) -> dict[str, Any]:
    rows = query.run(lists.ask(model, Arguments({"id": str(record_id)}), "id")).rows
    if not rows:
        raise NotFound(gettext("There is no such record."))
    return rows[0]


def _form(
    model: type[CompanyModel],
    record_id: int,
    meta: FieldMeta,
    texts: dict[str, str] | None = None,
    refused: Refused | None = None,
) -> str:
    values, typed = _values(model, record_id), None
    label, errors, message = "", [], ""
    if texts is not None and refused is not None:
        attempt = attempt_of(model, texts, refused)
        typed, label = texts.get(meta.name), attempt.labels.get(meta.name, "")
        errors = [str(each) for found in refused.errors.values() for each in found]
        errors = errors or [str(refused.message)]
        if isinstance(refused, Conflict):
            errors = []
            message = gettext(
                "Somebody changed this record meanwhile; this is “%(value)s” now. Save again to"
                " replace it.",
                value=cells.cell(meta, values).text or "–",
            )
    field = forms.field(meta, values, typed=typed, label=label, errors=errors)
    narrowing = {
        ours: values[ours].id
        for ours in meta.narrow.values()
        if isinstance(values.get(ours), query.Ref)
    }
    return render_template(
        "views/cell.html",
        field=field,
        message=message,
        version=values["version"],
        narrowing=narrowing,
        columns=request.values.get("columns", ""),
        action=f"{record_url(model, record_id)}/cell/{meta.name}",
        prefix=f"c{record_id}",
        may_save_anyway=isinstance(refused, Duplicate) and refused.may_save,
    )


def _row(model: type[CompanyModel], record_id: int) -> str:
    """The record's row with the columns that the list shows."""
    view = list_of(model)
    asked = request.form.get("columns", "")
    shown = columns.chosen(model, view, asked, saved.habit_of(model).columns)
    values = _values(model, record_id)
    extras = columns.loaded(shown, [record_id])
    return render_template(
        "views/row.html",
        row=row_of(model, shown, values, extras),
        columns=columns.heads(shown),
        bulk=bool(lists.bulk_of(model)),
    )

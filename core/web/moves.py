"""Transitions of every model's record: what they ask, and taking them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response

from core.data import query
from core.data.fields import fields_of
from core.extensions import db
from core.host import services
from core.views import forms, records
from core.views.opening import open_record
from core.views.record_page import MovePage
from core.views.records import Attempt
from core.views.stale import labels_of
from core.views.urls import record_url
from core.web import kept
from core.web.collections import model_at
from core.web.errors import wants_json
from core.web.form_input import attempt_of, next_or, parsed, refusal, sent_version
from plugin_api.context import gettext
from plugin_api.errors import Held, NotFound, Refused
from plugin_api.models import CompanyModel
from plugin_api.pages import check_company, is_scripted
from plugin_api.workflow import Transition

bp = Blueprint("moves", __name__)


@bp.get("/<plugin>/<collection>/<int:record_id>/transitions/<name>")
def ask(plugin: str, collection: str, record_id: int, name: str) -> str:
    """The questions of a transition: a dialog for a script, else a page."""
    model = model_at(plugin, collection)
    attempt, found = Attempt(), kept.draft_of_request()
    if found is not None:
        metas = fields_of(model)
        typed = forms.typed_texts(found[1], metas)
        attempt = Attempt(typed=typed, labels=labels_of(metas, typed), draft=found[0])
    return _ask(model, record_id, _transition(model, name), attempt)


@bp.post("/<plugin>/<collection>/<int:record_id>/transitions/<name>")
def move(
    plugin: str, collection: str, record_id: int, name: str
) -> str | Response | tuple[Any, int]:
    """Take a record through a transition."""
    model = model_at(plugin, collection)
    check_company()
    transition = _transition(model, name)
    typed = forms.typed_texts(request.form, fields_of(model))
    path, scripted = record_url(model, record_id), is_scripted()
    try:
        record = services().records.get(model, record_id)
        values = parsed(model, typed, record)
        said = services().records.transition(record, name, values, version=sent_version())
        goal = said.get("open") or record
        kept.done()
        db.session.commit()
    except NotFound:
        raise
    except Refused as refused:
        db.session.rollback()
        if isinstance(refused, Held) and not (wants_json() or scripted):
            flash(str(refused.message), "warning")
            return redirect(refused.href, 303)
        again = bool(transition.inputs) and transition.button and refused.status == 422
        again = again and not isinstance(refused, Held)
        if wants_json() or (scripted and not again):
            asks = set(refused.errors) & {*transition.inputs, *transition.required}
            return refusal(refused, path, f"{path}/transitions/{name}" if asks else path)
        if again:
            attempt = attempt_of(model, typed, refused)
            return _ask(model, record_id, transition, attempt), refused.status
        page = records.record_page(model, record_id, attempt_of(model, {}, refused))
        return render_template("views/form.html", page=page), refused.status
    if wants_json():
        return jsonify(version=record.version), 200
    flash(gettext("Done: %(transition)s.", transition=transition.label), "success")
    href = next_or(record_url(type(goal), goal.id))
    if scripted:
        return jsonify(open=href), 200
    return redirect(href, 303)


def _transition(model: type[CompanyModel], name: str) -> Transition:
    workflow = services().registry.workflows.get(model.model_key())
    for transition in workflow.transitions if workflow else ():
        if transition.name == name:
            return transition
    raise NotFound("")


def _ask(
    model: type[CompanyModel], record_id: int, transition: Transition, attempt: Attempt
) -> str:
    values = open_record(model, record_id).values
    metas = fields_of(model)
    missing = [n for n in transition.required if n in metas and values.get(n) in (None, "")]
    names = dict.fromkeys([*transition.inputs, *missing])
    path = record_url(model, record_id)
    page = MovePage(
        title=query.title_of(model, values),
        label=str(transition.label),
        tone=transition.tone,
        action=f"{path}/transitions/{transition.name}",
        back_href=path,
        version=values["version"],
        draft=attempt.draft,
        fields=tuple(
            forms.field(
                metas[name],
                values,
                typed=attempt.typed.get(name),
                label=attempt.labels.get(name, ""),
                errors=attempt.errors.get(name, ()),
                required=name in transition.required,
            )
            for name in names
            if name in metas
        ),
        errors=tuple(
            str(text)
            for name, found in attempt.errors.items()
            if name not in names
            for text in found
        ),
    )
    dialog = is_scripted()
    return render_template("views/move_dialog.html" if dialog else "views/move.html", page=page)

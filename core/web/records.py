"""The form of every model's record: open, save, move on, delete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response

from core.data import parse
from core.data.fields import fields_of
from core.extensions import db
from core.host import services
from core.views import forms, records
from core.views.record_page import MovePage
from core.views.records import Attempt
from core.views.stale import labels_of, stale_of
from core.views.urls import Arguments, collection_url, record_url
from core.web.collections import confirm_delete, model_at
from core.web.errors import wants_json
from core.web.guard import check_company, require
from plugin_api.context import gettext
from plugin_api.errors import Conflict, Invalid, NotFound, Refused
from plugin_api.models import CompanyModel
from plugin_api.workflow import Transition

bp = Blueprint("records", __name__)


@bp.get("/<plugin>/<collection>/new")
def new(plugin: str, collection: str) -> str:
    """An empty form."""
    model = model_at(plugin, collection)
    require(f"{model.model_key()}.create")
    given = records.defaults(model, Arguments(request.args.items()))
    return render_template("views/form.html", page=records.new_page(model, given))


@bp.post("/<plugin>/<collection>/new")
def create(plugin: str, collection: str) -> str | Response | tuple[str, int]:
    """Make a record, or show the form again with everything typed."""
    model = model_at(plugin, collection)
    check_company()
    metas = fields_of(model)
    typed = forms.typed_texts(request.form, metas)
    try:
        values = _parse(model, {name: text for name, text in typed.items() if text})
        record = services().records.create(model, values)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        page = records.new_page(model, {}, _attempt(model, typed, refused))
        return render_template("views/form.html", page=page), refused.status
    flash(gettext("%(thing)s created.", thing=model.__label__), "success")
    return redirect(record_url(model, record.id), 303)


@bp.get("/<plugin>/<collection>/<int:record_id>")
def show(plugin: str, collection: str, record_id: int) -> str:
    """The form of a record."""
    model = model_at(plugin, collection)
    require(f"{model.model_key()}.read")
    return render_template("views/form.html", page=records.record_page(model, record_id))


@bp.post("/<plugin>/<collection>/<int:record_id>")
def save(plugin: str, collection: str, record_id: int) -> str | Response | tuple[Any, int]:
    """Save what was touched, or show the form again with everything typed."""
    model = model_at(plugin, collection)
    check_company()
    typed = forms.typed_texts(request.form, fields_of(model))
    before = request.form.get("_before", "")
    changed = forms.touched(typed, before)
    try:
        record = services().records.get(model, record_id, "update")
        values = _parse(model, _with_amounts(model, changed, typed), record)
        services().records.update(record, values, version=_version())
        db.session.commit()
    except NotFound:
        raise
    except Conflict as conflict:
        db.session.rollback()
        if wants_json():
            raise
        stale, mine = stale_of(model, record_id, typed, before)
        attempt = Attempt(typed=mine, labels=labels_of(fields_of(model), mine), stale=stale)
        page = records.record_page(model, record_id, attempt)
        return render_template("views/form.html", page=page), conflict.status
    except Refused as refused:
        db.session.rollback()
        if wants_json():
            return _refusal(refused, record_url(model, record_id))
        page = records.record_page(model, record_id, _attempt(model, changed, refused))
        return render_template("views/form.html", page=page), refused.status
    if wants_json():
        return jsonify(version=record.version), 200
    if changed:
        flash(gettext("Saved."), "success")
    return redirect(_next(record_url(model, record_id)), 303)


@bp.post("/<plugin>/<collection>/<int:record_id>/delete")
def delete(plugin: str, collection: str, record_id: int) -> str | Response:
    """Delete a record, once confirmed."""
    model = model_at(plugin, collection)
    check_company()
    record = services().records.get(model, record_id, "delete")
    path = record_url(model, record_id)
    if not request.form.get("confirmed"):
        return confirm_delete(model, [record], f"{path}/delete", path)
    title = services().title_of(model.model_key(), record_id)
    try:
        services().records.delete(record, version=_version())
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        flash(
            gettext(
                "Nothing was changed. %(name)s: %(reason)s", name=title, reason=refused.message
            ),
            "warning",
        )
        return redirect(path, 303)
    flash(gettext("%(name)s deleted.", name=title), "success")
    return redirect(collection_url(model), 303)


@bp.get("/<plugin>/<collection>/<int:record_id>/transitions/<name>")
def ask(plugin: str, collection: str, record_id: int, name: str) -> str:
    """The questions of a transition: a dialog for a script, else a page."""
    model = model_at(plugin, collection)
    transition = _transition(model, name)
    return _ask(model, record_id, transition, Attempt())


@bp.post("/<plugin>/<collection>/<int:record_id>/transitions/<name>")
def move(
    plugin: str, collection: str, record_id: int, name: str
) -> str | Response | tuple[Any, int]:
    """Take a record through a transition."""
    model = model_at(plugin, collection)
    check_company()
    transition = _transition(model, name)
    metas = fields_of(model)
    typed = forms.typed_texts(request.form, metas)
    path = record_url(model, record_id)
    try:
        record = services().records.get(model, record_id)
        values = _parse(model, typed, record)
        said = services().records.transition(record, name, values, version=_version())
        goal = said.get("open") or record
        db.session.commit()
    except NotFound:
        raise
    except Refused as refused:
        db.session.rollback()
        if wants_json():
            asks = set(refused.errors) & {*transition.inputs, *transition.required}
            return _refusal(refused, path, f"{path}/transitions/{name}" if asks else path)
        if transition.inputs and transition.button and refused.status == 422:
            attempt = _attempt(model, typed, refused)
            return _ask(model, record_id, transition, attempt), refused.status
        page = records.record_page(model, record_id, _attempt(model, {}, refused))
        return render_template("views/form.html", page=page), refused.status
    if wants_json():
        return jsonify(version=record.version), 200
    flash(gettext("Done: %(transition)s.", transition=transition.label), "success")
    return redirect(_next(record_url(type(goal), goal.id)), 303)


def _transition(model: type[CompanyModel], name: str) -> Transition:
    workflow = services().registry.workflows.get(model.model_key())
    found = next((t for t in workflow.transitions if t.name == name) if workflow else (), None)
    if found is None:
        raise NotFound("")
    return found


def _ask(
    model: type[CompanyModel], record_id: int, transition: Transition, attempt: Attempt
) -> str:
    values = records.row_of(model, record_id)
    metas = fields_of(model)
    missing = [n for n in transition.required if n in metas and values.get(n) in (None, "")]
    names = dict.fromkeys([*transition.inputs, *missing])
    path = record_url(model, record_id)
    page = MovePage(
        title=str(services().title_of(model.model_key(), record_id)),
        label=str(transition.label),
        tone=transition.tone,
        action=f"{path}/transitions/{transition.name}",
        back_href=path,
        version=values["version"],
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
    dialog = bool(request.headers.get("HX-Request"))
    return render_template("views/move_dialog.html" if dialog else "views/move.html", page=page)


def _with_amounts(
    model: type[CompanyModel], changed: Mapping[str, str], typed: Mapping[str, str]
) -> dict[str, str]:
    """What was changed, and the amounts that are in a currency that was: 1,000 stays 1,000."""
    amounts = {
        name: typed[name]
        for name, meta in fields_of(model).items()
        if meta.currency_field in changed and name in typed
    }
    return amounts | dict(changed)


def _parse(
    model: type[CompanyModel], texts: Mapping[str, str], record: CompanyModel | None = None
) -> dict[str, Any]:
    """Typed values of a form's texts, of a record that is there already or of a new one.

    Raises Invalid with every field at fault.
    """
    values: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    metas = fields_of(model)
    known = {} if record is None else {n: getattr(record, m.attribute) for n, m in metas.items()}
    # Amounts and references come last: what they depend on is known by then.
    for name in sorted(texts, key=lambda name: metas[name].kind in ("money", "reference")):
        meta, text = metas[name], texts[name]
        if meta.readonly:
            continue
        try:
            if text.startswith(forms.PICKED):
                values[name] = int(text.removeprefix(forms.PICKED))
            else:
                values[name] = parse.parse_value(meta, text, record=known | values)
        except Refused as refused:
            errors[name] = list(refused.errors.get(name) or [refused.message])
        except ValueError as error:
            errors[name] = [str(error)]
    if errors:
        raise Invalid(gettext("Some fields need another look."), errors=errors)
    return values


def _attempt(model: type[CompanyModel], typed: Mapping[str, str], refused: Refused) -> Attempt:
    labels = labels_of(fields_of(model), typed)
    return Attempt(typed=typed, labels=labels, errors=refused.errors, message=str(refused.message))


def _refusal(refused: Refused, path: str, open_href: str = "") -> tuple[Any, int]:
    """A refused move in words for the board, with the page where it can be completed."""
    texts = [str(text) for found in refused.errors.values() for text in found]
    message = " ".join(dict.fromkeys(texts)) or str(refused.message)
    return jsonify(message=message, open=open_href or path), refused.status


def _version() -> int | None:
    text = request.form.get("version", "")
    return int(text) if text.isascii() and text.isdigit() else None


def _next(default: str) -> str:
    """Where to go on: an address of this site that the form named, else the default."""
    wanted = request.form.get("next", "")
    return wanted if wanted.startswith("/") and not wanted.startswith(("//", "/\\")) else default

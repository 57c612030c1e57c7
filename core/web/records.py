"""The form of every model's record: open, make, save, delete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from core.collab import inbox
from core.data.fields import fields_of
from core.data.numbers import whole
from core.extensions import db
from core.host import services
from core.views import forms, quick, records, related, starting
from core.views.declared import form_of
from core.views.records import NONE, Asked, Attempt
from core.views.stale import labels_of, stale_of
from core.views.urls import Arguments, collection_url, record_url, with_query
from core.web import kept
from core.web.again import flash_refusal
from core.web.collections import confirm_delete, model_at
from core.web.errors import wants_json
from core.web.form_input import (
    asking_form,
    attempt_of,
    is_part,
    next_or,
    parsed,
    refusal,
    sent_version,
    with_amounts,
)
from plugin_api.context import gettext
from plugin_api.errors import Conflict, NotFound, Refused
from plugin_api.models import CompanyModel
from plugin_api.pages import check_company, inside, require
from plugin_api.panels import Fact

bp = Blueprint("records", __name__)

CHOICE = "_choose."
"""Before a field's name: whether one's own value is kept, or the one that somebody saved."""


@bp.get("/<plugin>/<collection>/new")
def new(plugin: str, collection: str) -> str:
    """An empty form, or one filled like another record; for a script, a small one."""
    model = model_at(plugin, collection)
    require(f"{model.model_key()}.create")
    copy = request.args.get("copy", "")
    if (number := whole(copy)) is not None:
        given = starting.copied(model, number)
    else:
        given = starting.defaults(model, Arguments(request.args.items()))
    next_href = inside(request.args.get("next", ""))
    if is_part():
        here = with_query(request.path, request.args.items(multi=True))
        small = quick.quick_page(
            model, given, named=set(request.args), full_href=here, next_href=next_href
        )
        return render_template("record/quick.html", page=small)
    page = records.new_page(model, given, _from_draft(model), next_href, set(request.args))
    return render_template("views/form.html", page=page)


@bp.post("/<plugin>/<collection>/new")
def create(plugin: str, collection: str) -> str | Response | tuple[Any, int]:
    """Make a record, or show the form again with everything typed."""
    model = model_at(plugin, collection)
    check_company()
    metas = fields_of(model)
    typed = forms.typed_texts(request.form, metas)
    next_href = inside(request.form.get("next", ""))
    scripted = is_part()
    try:
        values = parsed(model, {name: text for name, text in typed.items() if text})
        with asking_form():
            record = services().records.create(model, values)
        kept.done()
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        attempt = attempt_of(model, typed, refused)
        if scripted:
            small = quick.quick_page(
                model,
                {},
                named=typed,
                full_href=inside(request.form.get("_here", "")),
                next_href=next_href,
                attempt=attempt,
            )
            return render_template("record/quick.html", page=small), refused.status
        page = records.new_page(model, {}, attempt, next_href)
        return render_template("views/form.html", page=page), refused.status
    said = gettext("%(thing)s created.", thing=model.__label__)
    href = record_url(model, record.id)
    if scripted and request.form.get("_more"):
        another = inside(request.form.get("_here", "")) or f"{collection_url(model)}/new"
        return jsonify(open=another, message=said), 201
    flash(said, "success")
    if scripted:
        return jsonify(open=next_href or href), 201
    return redirect(next_href or href, 303)


@bp.get("/<plugin>/<collection>/<int:record_id>")
def show(plugin: str, collection: str, record_id: int) -> str | Response:
    """The form of a record; that of one whose place another has leads on to that."""
    model = model_at(plugin, collection)
    require(f"{model.model_key()}.read")
    asked = _asked()
    if asked.tab and is_part():
        services().records.get(model, record_id)
        path = record_url(model, record_id)
        found = related.table(model, record_id, path, asked.tab, asked.order)
        return render_template("record/related.html", related=found)
    page = records.record_page(model, record_id, _from_draft(model), asked)
    if page.moved_to and "stay" not in request.args:
        flash(gettext("“%(name)s” was merged into this one.", name=page.title), "info")
        return redirect(page.moved_to, 303)
    return render_template("views/form.html", page=page)


@bp.post("/<plugin>/<collection>/<int:record_id>")
def save(plugin: str, collection: str, record_id: int) -> str | Response | tuple[Any, int]:
    """Save what was touched, or show the form again with everything typed."""
    model = model_at(plugin, collection)
    check_company()
    typed = _chosen(request.form, forms.typed_texts(request.form, fields_of(model)))
    before = request.form.get("_before", "")
    changed = forms.touched(typed, before)
    path = record_url(model, record_id)
    try:
        record = services().records.get(model, record_id, "update")
        values = parsed(model, with_amounts(model, changed, typed), record)
        with asking_form():
            services().records.update(record, values, version=sent_version())
        kept.done()
        db.session.commit()
    except NotFound:
        raise
    except Conflict as conflict:
        db.session.rollback()
        if wants_json():
            raise
        stale, mine = stale_of(model, record_id, typed, before)
        attempt = Attempt(typed=mine, labels=labels_of(fields_of(model), mine), stale=stale)
        return _again(model, record_id, attempt), conflict.status
    except Refused as refused:
        db.session.rollback()
        if wants_json():
            return refusal(refused, path)
        return _again(model, record_id, attempt_of(model, changed, refused)), refused.status
    if wants_json():
        return jsonify(version=record.version), 200
    if changed:
        flash(gettext("Saved."), "success")
    return redirect(next_or(path), 303)


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
        services().records.delete(record, version=sent_version())
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        flash_refusal(title, refused.message)
        return redirect(path, 303)
    flash(gettext("%(name)s deleted.", name=title), "success")
    return redirect(collection_url(model), 303)


@bp.post("/<plugin>/<collection>/<int:record_id>/seen")
def seen(plugin: str, collection: str, record_id: int) -> tuple[str, int]:
    """The person has the record before them: what they were told of it is read."""
    model = model_at(plugin, collection)
    inbox.mark_read(about=(model, record_id))
    db.session.commit()
    return "", 204


@bp.post("/<plugin>/<collection>/preview")
@bp.post("/<plugin>/<collection>/<int:record_id>/preview")
def preview(plugin: str, collection: str, record_id: int | None = None) -> str:
    """What saving would come to: it is done, looked at and taken back."""
    model = model_at(plugin, collection)
    check_company()
    say = form_of(model).preview
    if say is None:
        raise NotFound("")
    typed = forms.typed_texts(request.form, fields_of(model))
    facts: Sequence[Fact] = ()
    message = ""
    try:
        if record_id is None:
            values = parsed(model, {name: text for name, text in typed.items() if text})
            record = services().records.create(model, values)
        else:
            record = services().records.get(model, record_id, "update")
            changed = forms.touched(typed, request.form.get("_before", ""))
            values = parsed(model, with_amounts(model, changed, typed), record)
            services().records.update(record, values)
        db.session.flush()
        facts = [*say(record)]
    except NotFound:
        raise
    except Refused as refused:
        message = refused.words
    finally:
        db.session.rollback()
    return render_template("record/preview.html", facts=facts, message=message)


def _asked() -> Asked:
    names = ("tab", "order", "show", "before")
    return Asked(**{name: request.args.get(name, "") for name in names})


def _again(model: type[CompanyModel], record_id: int, attempt: Attempt) -> str:
    page = records.record_page(model, record_id, attempt, _asked())
    return render_template("views/form.html", page=page)


def _chosen(form: MultiDict[str, str], typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed, without fields where the value that somebody saved was chosen instead."""
    return {name: t for name, t in typed.items() if form.get(CHOICE + name) != "theirs"}


def _from_draft(model: type[CompanyModel]) -> Attempt:
    """The form as it was before its sender had to log in."""
    found = kept.draft_of_request()
    if found is None:
        return NONE
    number, form = found
    note = gettext("You had to log in again. What you typed is here, but not saved yet.")
    if form.get("_form", "") == "comments":
        return Attempt(comment=form.get("text", ""), comment_error=note, draft=number)
    metas = fields_of(model)
    before = form.get("_before", "")
    typed = forms.touched(_chosen(form, forms.typed_texts(form, metas)), before)
    version = form.get("version", "")
    return Attempt(
        typed=typed,
        labels=labels_of(metas, typed),
        note=note,
        draft=number,
        version=whole(version),
        before=before,
    )

"""Which fields of a kind of record a role sees and sets: whole, in part, read only or hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.access.fields import gates_of, may_hide
from core.access.grants import ADMIN
from core.data.fields import FieldMeta, fields_of
from core.extensions import db
from core.host import services
from core.hosting.enablement import enabled_set
from core.identity.models import Role, RoleField
from core.views.page import Option
from core.views.urls import collection_url, record_url
from plugin_api.context import current_company, gettext
from plugin_api.errors import NotFound
from plugin_api.masking import MASKABLE
from plugin_api.models import CompanyModel
from plugin_api.pages import check_company, require

bp = Blueprint("role_fields", __name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldRow:
    """A field, what the role may do with it, and what else it takes."""

    name: str
    label: str
    options: tuple[Option, ...]
    notes: tuple[str, ...]


@bp.get("/core/roles/<int:role_id>/fields/<model>")
def show(role_id: int, model: str) -> str:
    """The fields of a model."""
    require("core.Role.read")
    role, of = services().records.get(Role, role_id), _model(model)
    return render_template(
        "web/role_fields.html",
        role=role.name,
        role_href=record_url(Role, role.id),
        roles_href=collection_url(Role),
        permissions_href=url_for("permissions.show", role_id=role.id),
        title=str(of.__label_plural__),
        rows=tuple(_rows(role, of)),
        may_save=role.code != ADMIN,
    )


@bp.post("/core/roles/<int:role_id>/fields/<model>")
def save(role_id: int, model: str) -> Response:
    """Store what is narrowed."""
    require("core.Role.update")
    check_company()
    records = services().records
    role, of = records.get(Role, role_id, "update"), _model(model)
    held = {rule.field: rule for rule in _rules(role, model)}
    for name in _fields(of):
        right, rule = request.form.get(name), held.get(name)
        if right is None:
            continue
        if right == "":
            if rule is not None:
                records.delete(rule)
        elif rule is None:
            values = {"role": role.id, "model": model, "field": name, "narrowed": right}
            records.create(RoleField, values)
        elif rule.narrowed != right:
            records.update(rule, {"narrowed": right})
    db.session.commit()
    flash(gettext("Saved. It applies from the next click of everyone with this role."), "success")
    return redirect(url_for("permissions.show", role_id=role_id))


def _model(key: str) -> type[CompanyModel]:
    model = services().registry.models.get(key)
    on = enabled_set(current_company())
    if model is None or not model.__collection__ or model.plugin_id() not in on:
        raise NotFound("")
    if not issubclass(model, CompanyModel):
        raise NotFound("")
    return model


def _fields(model: type[CompanyModel]) -> dict[str, FieldMeta]:
    return {name: meta for name, meta in fields_of(model).items() if meta.kind != "json"}


def _rules(role: Role, model: str) -> list[RoleField]:
    asked = sa.select(RoleField).where(RoleField.role_id == role.id, RoleField.model == model)
    return list(db.session.scalars(asked))


def _rows(role: Role, model: type[CompanyModel]) -> Iterator[FieldRow]:
    held = {rule.field: rule.narrowed for rule in _rules(role, model.model_key())}
    known, gates = services().registry.permissions, gates_of(model)
    for name, meta in _fields(model).items():
        offered = [("", gettext("Full")), ("read", gettext("Read only"))]
        if may_hide(model, name):
            if meta.kind in MASKABLE:
                offered.append(("masked", gettext("Masked")))
            offered.append(("hidden", gettext("Hidden")))
        read, write, unmask = gates.get(name, ("", "", ""))
        notes = [
            str(text % {"permission": known[key].label})
            for key, text in (
                (read, gettext("Seeing it also needs the permission “%(permission)s”.")),
                (write, gettext("Setting it also needs the permission “%(permission)s”.")),
                (unmask, gettext("Seeing it whole needs the permission “%(permission)s”.")),
            )
            if key
        ]
        yield FieldRow(
            name=name,
            label=str(meta.label),
            options=tuple(
                Option(value=value, label=str(label), selected=held.get(name, "") == value)
                for value, label in offered
            ),
            notes=tuple(notes),
        )

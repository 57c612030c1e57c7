"""What a role may do: a matrix of permissions, each with whose records it reaches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.access.grants import ADMIN
from core.extensions import db
from core.host import services
from core.hosting.enablement import enabled_set
from core.identity.models import Role, RoleField, RoleGrant
from core.views.page import Option
from core.views.urls import collection_url, record_url
from plugin_api.access import ACTIONS, Permission
from plugin_api.context import SCOPES, Text, current_company, gettext
from plugin_api.context import lazy_gettext as _
from plugin_api.pages import check_company, require

bp = Blueprint("permissions", __name__)

ACTION_LABELS: Mapping[str, Text] = {
    "read": _("See"),
    "create": _("Create"),
    "update": _("Change"),
    "delete": _("Delete"),
    "import": _("Import"),
    "export": _("Export"),
}
SCOPE_LABELS: Mapping[str, Text] = {
    "": _("No"),
    "own": _("Own"),
    "team": _("Team"),
    "subtree": _("Subtree"),
    "company": _("Company"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant:
    """A cell of the matrix."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class GrantRow:
    """A model's permissions, or one permission of another kind."""

    label: str
    grants: tuple[Grant | None, ...]
    fields_href: str = ""
    """Where fields of the records are narrowed."""
    narrowed: int = 0
    """How many are."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GrantGroup:
    """The permissions of a plugin."""

    heading: str
    rows: tuple[GrantRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class GrantsPage:
    """The matrix of a role."""

    title: str
    role: str
    role_href: str
    roles_href: str
    note: str
    may_save: bool
    actions: tuple[str, ...]
    groups: tuple[GrantGroup, ...]
    matrix_href: str


@bp.get("/core/roles/<int:role_id>/permissions")
def show(role_id: int) -> str:
    """The matrix."""
    require("core.Role.read")
    role = services().records.get(Role, role_id)
    held = {grant.permission: grant.scope for grant in _grants(role)}
    return render_template("web/permissions.html", page=_page(role, held))


@bp.post("/core/roles/<int:role_id>/permissions")
def save(role_id: int) -> Response:
    """Store the matrix; what other plugins, now off, granted stays."""
    require("core.Role.update")
    check_company()
    role = services().records.get(Role, role_id, "update")
    held = {grant.permission: grant for grant in _grants(role)}
    for permission in shown():
        if permission.key in request.form:
            store(role.id, permission.key, request.form[permission.key], held.get(permission.key))
    db.session.commit()
    flash(gettext("Saved. It applies from the next click of everyone with this role."), "success")
    return redirect(url_for("permissions.show", role_id=role_id))


def store(role_id: int, permission: str, scope: str, grant: RoleGrant | None) -> None:
    """Have a role grant a permission so far, or not; ``grant`` is what it held until now."""
    records = services().records
    if scope not in SCOPES:
        if grant is not None:
            records.delete(grant)
    elif grant is None:
        records.create(RoleGrant, {"role": role_id, "permission": permission, "scope": scope})
    elif grant.scope != scope:
        records.update(grant, {"scope": scope})


def _grants(role: Role) -> list[RoleGrant]:
    found = db.session.scalars(sa.select(RoleGrant).where(RoleGrant.role_id == role.id))
    return list(found)


def shown() -> list[Permission]:
    """Permissions of the plugins that are on."""
    enabled = enabled_set(current_company())
    known = services().registry.permissions.values()
    return [p for p in known if p.key.partition(".")[0] in enabled]


def _page(role: Role, held: Mapping[str, str]) -> GrantsPage:
    is_admin = role.code == ADMIN
    return GrantsPage(
        title=gettext("Permissions"),
        role=role.name,
        role_href=record_url(Role, role.id),
        roles_href=collection_url(Role),
        note=gettext("The administrator holds every permission of every plugin that is on.")
        if is_admin
        else "",
        may_save=not is_admin,
        actions=tuple(str(label) for label in ACTION_LABELS.values()),
        groups=_groups(role, {p.key: "company" for p in shown()} if is_admin else held),
        matrix_href=url_for("matrix.show"),
    )


def _groups(role: Role, held: Mapping[str, str]) -> tuple[GrantGroup, ...]:
    registry = services().registry
    by_plugin: dict[str, list[GrantRow]] = {}
    narrowed = Counter(
        db.session.scalars(sa.select(RoleField.model).where(RoleField.role_id == role.id))
    )
    known = {permission.key: permission for permission in shown()}
    for key, model in registry.models.items():
        if f"{key}.read" not in known or not model.__collection__:
            continue
        label = str(model.__label_plural__)
        cells = tuple(
            _cell(f"{key}.{action}", f"{label}: {ACTION_LABELS[action]}", held)
            if f"{key}.{action}" in known
            else None
            for action in ACTIONS
        )
        by_plugin.setdefault(model.plugin_id(), []).append(
            GrantRow(
                label=label,
                grants=cells,
                fields_href=""
                if role.code == ADMIN
                else url_for("role_fields.show", role_id=role.id, model=key),
                narrowed=narrowed[key],
            )
        )
    implied = {f"{key}.{action}" for key in registry.models for action in ACTIONS}
    for key, permission in known.items():
        if key not in implied:
            label = str(permission.label)
            cell = _cell(key, label, held)
            by_plugin.setdefault(key.partition(".")[0], []).append(
                GrantRow(label=label, grants=(cell,))
            )
    return tuple(
        GrantGroup(heading=str(registry.plugins[plugin].manifest.name), rows=tuple(rows))
        for plugin, rows in by_plugin.items()
    )


def _cell(key: str, label: str, held: Mapping[str, str]) -> Grant:
    return Grant(
        name=key,
        label=label,
        options=tuple(
            Option(value=scope, label=str(text), selected=held.get(key, "") == scope)
            for scope, text in SCOPE_LABELS.items()
        ),
    )

"""What every role may do, side by side: the permissions of one plugin by role."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.access.grants import ADMIN
from core.extensions import db
from core.host import services
from core.hosting.enablement import enabled_set
from core.identity.models import Role, RoleGrant
from core.views.page import Option
from core.views.urls import collection_url
from core.web.permissions import SCOPE_LABELS, shown, store
from plugin_api.access import Permission
from plugin_api.context import current_company, gettext, has_permission
from plugin_api.pages import check_company, require

bp = Blueprint("matrix", __name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleCell:
    """How far a role grants a permission. ``name`` is the input's; empty: it is settled."""

    role: str
    name: str
    options: tuple[Option, ...]

    @property
    def text(self) -> str:
        """What is chosen."""
        return next(option.label for option in self.options if option.selected)


@bp.get("/core/permissions")
def show() -> str:
    """The permissions of the plugin that the address names."""
    require("core.Role.read")
    plugins = _plugins()
    plugin = request.args.get("plugin", "")
    plugin = plugin if plugin in plugins else next(iter(plugins))
    roles = list(db.session.scalars(sa.select(Role).order_by(Role.code != ADMIN, Role.id)))
    held = {key: grant.scope for key, grant in _grants(plugin).items()}
    return render_template(
        "web/matrix.html",
        roles_href=collection_url(Role),
        plugins=tuple(
            Option(value=key, label=label, selected=key == plugin) for key, label in plugins.items()
        ),
        plugin=plugin,
        roles=tuple(role.name for role in roles),
        rows=tuple(
            (str(each.label), tuple(_cell(role, each.key, held) for role in roles))
            for each in _of(plugin)
        ),
        may_save=has_permission("core.Role.update"),
    )


@bp.post("/core/permissions")
def save() -> Response:
    """Store what was sent of it."""
    require("core.Role.update")
    check_company()
    plugin = request.form.get("plugin", "")
    held = _grants(plugin)
    for role in db.session.scalars(sa.select(Role).where(Role.code != ADMIN)):
        for each in _of(plugin):
            scope = request.form.get(_name(role, each.key))
            if scope is not None:
                store(role.id, each.key, scope, held.get((role.id, each.key)))
    db.session.commit()
    flash(gettext("Saved. It applies from everybody's next click."), "success")
    return redirect(url_for("matrix.show", plugin=plugin))


def _plugins() -> dict[str, str]:
    on, known = enabled_set(current_company()), services().registry.plugins
    return {key: str(each.manifest.name) for key, each in known.items() if key in on}


def _of(plugin: str) -> list[Permission]:
    return [each for each in shown() if each.key.partition(".")[0] == plugin]


def _grants(plugin: str) -> dict[tuple[int, str], RoleGrant]:
    asked = sa.select(RoleGrant).where(RoleGrant.permission.startswith(f"{plugin}."))
    return {(grant.role_id, grant.permission): grant for grant in db.session.scalars(asked)}


def _cell(role: Role, key: str, held: dict[tuple[int, str], str]) -> RoleCell:
    is_admin = role.code == ADMIN
    scope = "company" if is_admin else held.get((role.id, key), "")
    return RoleCell(
        role=role.name,
        name="" if is_admin else _name(role, key),
        options=tuple(
            Option(value=value, label=str(label), selected=value == scope)
            for value, label in SCOPE_LABELS.items()
        ),
    )


def _name(role: Role, key: str) -> str:
    return f"{role.id}:{key}"

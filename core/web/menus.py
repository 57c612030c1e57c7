"""The host's own entries of the side menu, and what it puts beside records and lists."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import url_for

from core.custom.panel import panels
from core.data.trail import PERMISSION as AUDIT
from core.host import services
from core.identity import links
from core.identity.models import RoleGrant
from core.privacy import subjects
from core.web.jobs import PERMISSION as JOBS
from plugin_api.context import current_actor, gettext, has_permission, ngettext
from plugin_api.context import lazy_gettext as _
from plugin_api.menus import MenuItem
from plugin_api.models import CompanyModel
from plugin_api.panels import Fact, Panel

MENUS = (
    MenuItem(
        id="plugins", label=_("Plugins"), endpoint="plugins.show",
        permission="core.plugins", order=10, icon="puzzle",
    ),
    MenuItem(
        id="users", label=_("People"), model="core.User", permission="core.User.update",
        order=20, icon="people",
    ),
    MenuItem(
        id="teams", label=_("Teams"), model="core.Team", permission="core.Team.update",
        order=30, icon="diagram-2",
    ),
    MenuItem(
        id="roles", label=_("Roles"), model="core.Role", permission="core.Role.update",
        order=40, icon="shield-check",
    ),
    MenuItem(
        id="holidays", label=_("Holidays"), model="core.Holiday",
        permission="core.Holiday.update", order=50, icon="calendar3",
    ),
    MenuItem(
        id="rates", label=_("Exchange rates"), model="core.ExchangeRate",
        permission="core.ExchangeRate.update", order=60, icon="currency-exchange",
    ),
    MenuItem(
        id="custom_fields", label=_("Custom fields"), model="core.CustomField",
        permission="core.CustomField.update", order=65, icon="input-cursor-text",
    ),
    MenuItem(
        id="settings", label=_("Settings"), endpoint="settings.show",
        permission="core.settings", order=70, icon="gear",
    ),
    MenuItem(
        id="sso", label=_("Single sign-on"), endpoint="sso_settings.show",
        permission="core.settings", order=75, icon="shield-lock",
    ),
    MenuItem(
        id="tokens", label=_("Tokens"), endpoint="tokens.show",
        permission="core.tokens", order=80, icon="key",
    ),
    MenuItem(
        id="webhooks", label=_("Webhooks"), model="core.Webhook",
        permission="core.Webhook.update", order=85, icon="broadcast",
    ),
    MenuItem(
        id="jobs", label=_("Jobs"), endpoint="jobs.overview",
        permission=JOBS, order=90, icon="hourglass-split",
    ),
    MenuItem(
        id="audit", label=_("Audit trail"), endpoint="audit.search",
        permission=AUDIT, order=100, icon="journal-text",
    ),
    MenuItem(
        id="retention", label=_("Retention"), endpoint="retention.show",
        permission=subjects.PERMISSION, order=105, icon="hourglass-bottom",
    ),
    MenuItem(
        id="health", label=_("Health"), endpoint="condition.show",
        permission="core.plugins", order=110, icon="heart-pulse",
    ),
)  # fmt: skip


def beside(model: str, record: CompanyModel) -> list[Panel]:
    """Boxes beside a person, a role, a custom field and a webhook."""
    some: Any = record
    if model == "core.User":
        return _login(some)
    if model == "core.Role":
        return _permissions(some)
    if model == "core.CustomField":
        return panels(some)
    if model == "core.Webhook":
        return _secret(some)
    return []


def above(model: str) -> list[Panel]:
    """A box above the list of teams and that of roles."""
    if model == "core.Role":
        side = Fact(label=gettext("All roles side by side"), value="", href=url_for("matrix.show"))
        return [Panel(title=gettext("Permissions"), facts=(side,))]
    if model != "core.Team":
        return []
    fact = Fact(label=gettext("Show as a tree"), value="", href=url_for("teams.tree"))
    return [Panel(title=gettext("Teams inside teams"), facts=(fact,))]


def beside_person(record: CompanyModel) -> list[Panel]:
    """A box beside every record about a person."""
    if not subjects.is_person(type(record)) or not has_permission(subjects.PERMISSION):
        return []
    href = url_for(
        "privacy.show",
        plugin=record.plugin_id(),
        collection=record.__collection__,
        record_id=record.id,
    )
    fact = Fact(label=gettext("Hand out or erase"), value="", href=href)
    return [Panel(title=gettext("Personal data"), facts=(fact,))]


def _login(user: Any) -> list[Panel]:
    if not has_permission("core.logins"):
        return []
    fact = Fact(
        label=gettext("Another password") if user.login_id else gettext("Give a login"),
        value=_may_log_in(user),
        href=url_for("people.login_of", user_id=user.id),
    )
    look = Fact(
        label=gettext("Look as this person"), value="", href=url_for("look_as.ask", user_id=user.id)
    )
    may = has_permission("core.impersonate") and user.active
    may = may and user.id != current_actor().user_id
    return [Panel(title=gettext("Login"), facts=(fact, look) if may else (fact,))]


def _secret(hook: Any) -> list[Panel]:
    if not has_permission("core.Webhook.update"):
        return []
    href = url_for("webhooks.ask", record_id=hook.id)
    fact = Fact(label=gettext("New secret"), value="", href=href)
    note = gettext("Messages are signed with it. It is shown once, when it is made.")
    return [Panel(title=gettext("Signature"), facts=(fact,), note=note)]


def _may_log_in(user: Any) -> str:
    if user.login_id:
        return str(gettext("can log in"))
    if links.pending(user.company_id, user.id) is not None:
        return str(gettext("invited"))
    return str(gettext("cannot log in"))


def _permissions(role: Any) -> list[Panel]:
    if not has_permission("core.Role.read"):
        return []
    asked = sa.select(sa.func.count(RoleGrant.id)).where(RoleGrant.role_id == role.id)
    held = services().session.scalar(asked) or 0
    words = ngettext("%(num)s permission", "%(num)s permissions", held)
    fact = Fact(
        label=gettext("What it may do"),
        value=gettext("everything") if role.code == "admin" else words,
        href=url_for("permissions.show", role_id=role.id),
    )
    return [Panel(title=gettext("Permissions"), facts=(fact,))]

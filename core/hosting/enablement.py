"""Switching plugins on and off for the current company; the edge commits.

Who may do so is for the edge to ask. Every change raises the company's revision, which
makes each process read the company's plugins anew with its next request.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from core.custom import purging
from core.extensions import db
from core.host import services
from core.hosting.enabled import assuming, changed, enabled_set, state_of
from core.hosting.models import CompanyPlugin
from core.hosting.previews import (
    Part,
    Preview,
    PurgePreview,
    company_models,
    preview_disable,
    preview_enable,
    preview_purge,
)
from core.identity.models import Company, Role, RoleGrant
from core.search import index
from plugin_api.context import SYSTEM, Text, acting_as, current_company, gettext, now
from plugin_api.errors import Rejected

__all__ = [
    "Part",
    "Preview",
    "PurgePreview",
    "disable",
    "enable",
    "enable_defaults",
    "enabled_set",
    "preview_disable",
    "preview_enable",
    "preview_purge",
    "purge",
    "state_of",
]


def enable(plugin_id: str) -> tuple[str, ...]:
    """Switch a plugin on, and before it what it needs. The ids switched on, in that order.

    What a plugin grants to roles, and roles that it brings, are copied the first time only, so
    that what an admin changed afterwards stays. Raises Rejected with the reasons.
    """
    preview = preview_enable(plugin_id)
    _refuse(preview.reasons)
    company = current_company()
    on = enabled_set(company)
    _raise_revision()
    for part in preview.parts:
        on |= {part.id}
        with assuming(on), acting_as(company, SYSTEM):
            if _switch(part.id, on=True, auto=not part.asked):
                _copy_grants(part.id)
            services().dispatcher.call_one(part.id, "on_enable", company=company)
    db.session.flush()
    changed(company, on)
    return tuple(part.id for part in preview.parts)


def enable_defaults() -> tuple[str, ...]:
    """Switch on what a new company starts with. The ids switched on."""
    switched: list[str] = []
    for id_, plugin in services().registry.plugins.items():
        if plugin.manifest.default_enabled and id_ not in enabled_set(current_company()):
            switched += enable(id_)
    return tuple(switched)


def disable(plugin_id: str, *, cascade: bool = False) -> tuple[str, ...]:
    """Switch a plugin off; its data stays. The ids switched off, dependants first.

    Raises Rejected with the reasons of the plugins that object, and, without ``cascade``,
    when others that are on need it.
    """
    preview = preview_disable(plugin_id)
    _refuse(preview.reasons)
    if preview.dependants and not cascade:
        names = ", ".join(str(part.name) for part in preview.parts if not part.asked)
        _refuse([gettext("%(plugins)s needs it and would be switched off too.", plugins=names)])
    _raise_revision()
    for part in preview.parts:
        _switch(part.id, on=False, auto=False)
    company = current_company()
    changed(company, enabled_set(company) - {part.id for part in preview.parts})
    return tuple(part.id for part in preview.parts)


def purge(plugin_id: str) -> Mapping[str, int]:
    """Delete the company's rows of a plugin that is off, for good. Rows by model key."""
    preview = preview_purge(plugin_id)
    _refuse(preview.reasons)
    _raise_revision()
    purging.purge(company_models(plugin_id))
    for model in reversed(company_models(plugin_id)):
        db.session.execute(sa.delete(model), execution_options={"synchronize_session": False})
        index.forget(db.session(), model)
    prefix = f"{plugin_id}."
    db.session.execute(
        sa.delete(RoleGrant).where(RoleGrant.permission.startswith(prefix, autoescape=True))
    )
    db.session.execute(sa.delete(CompanyPlugin).where(CompanyPlugin.plugin == plugin_id))
    db.session.expire_all()
    return preview.rows


def _refuse(reasons: Iterable[Text]) -> None:
    texts = [str(reason) for reason in reasons]
    if texts:
        raise Rejected("plugin", " ".join(texts))


def _raise_revision() -> None:
    """First of all: it locks the company's row, so that changes come one after another."""
    db.session.execute(
        sa.update(Company)
        .where(Company.id == current_company().id)
        .values(revision=Company.revision + 1),
        execution_options={"synchronize_session": False},
    )


def _switch(plugin_id: str, *, on: bool, auto: bool) -> bool:
    """Set the company's switch; whether the plugin is new to the company."""
    row = db.session.scalar(sa.select(CompanyPlugin).where(CompanyPlugin.plugin == plugin_id))
    if row is None:
        row = CompanyPlugin(plugin=plugin_id)
        db.session.add(row)
        fresh = True
    else:
        fresh = False
    row.enabled, row.auto = on, auto
    if on:
        row.enabled_at = now()
    db.session.flush()
    return fresh


def _copy_grants(plugin_id: str) -> None:
    roles = {role.code: role for role in db.session.scalars(sa.select(Role))}
    language = current_company().language
    for code, names in services().registry.roles_of(plugin_id).items():
        if code not in roles:
            roles[code] = Role(code=code, name=names.get(language, names["en"]))
            db.session.add(roles[code])
    db.session.flush()
    granted = sa.select(RoleGrant.role_id, RoleGrant.permission)
    there = {(role_id, permission) for role_id, permission in db.session.execute(granted)}
    fresh = [
        {"role_id": role.id, "permission": permission, "scope": scope}
        for code, grants in services().registry.grants_of(plugin_id).items()
        if (role := roles.get(code)) is not None
        for permission, scope in grants.items()
        if (role.id, permission) not in there
    ]
    if fresh:
        db.session.execute(sa.insert(RoleGrant), fresh)

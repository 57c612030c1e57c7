"""The host's own cards: what an administrator looks after."""

from __future__ import annotations

import sqlalchemy as sa
from flask import url_for

from core.extensions import db
from core.host import services
from core.hosting.doctor import examine
from core.hosting.enablement import enabled_set
from core.identity.models import User
from core.views.urls import collection_url, with_query
from plugin_api.cards import Card, CardContent, Line
from plugin_api.context import current_company, gettext
from plugin_api.context import lazy_gettext as _
from plugin_api.panels import Fact


def plugins() -> CardContent:
    """What the company uses of what there is."""
    registry = services().registry
    on = enabled_set(current_company()) - {"core"}
    lines = tuple(
        Line(
            text=plugin.manifest.name,
            href=url_for("plugins.preview", plugin_id=plugin.id),
            value=gettext("On") if plugin.id in on else gettext("Off"),
            tone="good" if plugin.id in on else "neutral",
        )
        for plugin in registry.plugins.values()
        if plugin.id != "core"
    )
    broken = tuple(
        Line(text=each.name, href=url_for("plugins.show"), note=each.reason, tone="bad")
        for each in registry.unavailable.values()
    )
    return CardContent(lines=lines + broken, more_href=url_for("plugins.show"))


def people() -> CardContent:
    """Who can work here, and who cannot yet."""
    path = collection_url(User)
    row = db.session.execute(
        sa.select(
            sa.func.count(User.id),
            sa.func.count(User.login_id),
            sa.func.sum(sa.case((User.role_id.is_(None), 1), else_=0)),
            sa.func.sum(sa.case((User.team_id.is_(None), 1), else_=0)),
        ).where(User.active)
    ).one()
    active, logins, no_role, no_team = (number or 0 for number in row)
    everybody = with_query(path, [("active", "true")])
    facts = [
        Fact(label=gettext("Active people"), value=active, href=everybody),
        Fact(label=gettext("Can log in"), value=logins),
    ]
    lines = []
    if no_role:
        href = with_query(path, [("role__isnull", "true"), ("active", "true")])
        text = gettext("Without a role they may do nothing")
        lines.append(Line(text=text, href=href, value=no_role, tone="warn"))
    if no_team:
        href = with_query(path, [("team__isnull", "true"), ("active", "true")])
        text = gettext("In no team: no manager sees their records")
        lines.append(Line(text=text, href=href, value=no_team, tone="info"))
    return CardContent(facts=tuple(facts), lines=tuple(lines), more_href=path)


def health() -> CardContent:
    """What the doctor says."""
    found = examine()
    lines = tuple(
        Line(
            text=finding.text,
            href=url_for("plugins.show"),
            note=finding.hint,
            tone="bad" if finding.state == "fail" else "warn",
        )
        for finding in found
        if finding.state != "ok"
    )
    sound = sum(finding.state == "ok" for finding in found)
    return CardContent(
        facts=(Fact(label=gettext("Checks passed"), value=f"{sound} / {len(found)}"),),
        lines=lines,
    )


CARDS = (
    Card(
        id="plugins", title=_("Plugins"), load=plugins, permission="core.plugins",
        roles=("admin",), order=10,
    ),
    Card(
        id="people", title=_("People"), load=people, permission="core.User.update",
        roles=("admin",), order=20,
    ),
    Card(
        id="health", title=_("Health"), load=health, permission="core.plugins",
        roles=("admin",), order=30,
    ),
)  # fmt: skip

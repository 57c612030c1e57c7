"""The host's own cards: what an administrator looks after."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from flask import url_for

from core.data import trail
from core.extensions import db
from core.host import services
from core.hosting.doctor import examine
from core.hosting.enablement import enabled_set
from core.identity.models import User
from core.jobs.models import JobRun
from core.views.urls import collection_url, with_query
from core.web import formats
from plugin_api.cards import Card, CardContent, Line
from plugin_api.context import current_company, gettext, has_permission, now, today
from plugin_api.context import lazy_gettext as _
from plugin_api.panels import Fact

DAYS, MOST, MOST_CHANGES = 7, 5, 1000
"""Days that failed jobs are shown for, jobs that are named, changes that are counted to."""


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


def running() -> CardContent:
    """What was changed today, and jobs of the last days that failed."""
    since = now() - timedelta(days=DAYS)
    failed = db.session.execute(
        sa.select(JobRun.id, JobRun.job, JobRun.finished_at)
        .where(JobRun.state == "failed", JobRun.finished_at >= since)
        .order_by(JobRun.finished_at.desc(), JobRun.id.desc())
        .limit(MOST)
    ).all()
    facts = []
    if has_permission(trail.PERMISSION):
        changes = trail.count(trail.Asked(first=today(), last=today()), MOST_CHANGES)
        value = f"{changes}+" if changes == MOST_CHANGES else str(changes)
        day = today().isoformat()
        href = with_query(url_for("audit.search"), [("from", day), ("to", day)])
        facts.append(Fact(label=gettext("Changes today"), value=value, href=href))
    jobs = services().registry.jobs
    lines = tuple(
        Line(
            text=jobs[key].label if key in jobs else key,
            href=url_for("jobs.show", run_id=run_id),
            value=gettext("Failed"),
            note=formats.instant(at) if at else "",
            tone="bad",
        )
        for run_id, key, at in failed
    )
    if not lines:
        facts.append(Fact(label=gettext("Jobs that failed in %(days)s days", days=DAYS), value="0"))
    return CardContent(
        facts=tuple(facts), lines=lines, note=formats.date(today()),
        more_href=url_for("jobs.overview"),
    )  # fmt: skip


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
        id="running", title=_("Today and in the background"), load=running,
        permission="core.jobs", roles=("admin",), order=25,
    ),
    Card(
        id="health", title=_("Health"), load=health, permission="core.plugins",
        roles=("admin",), order=30,
    ),
)  # fmt: skip

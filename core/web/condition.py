"""How the installation is, for the admins of a company: nothing of other companies is told."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib.metadata import version

import sqlalchemy as sa
from flask import Blueprint, render_template

from core.extensions import db
from core.host import services
from core.hosting.doctor import Finding, examine
from core.hosting.enabled import enabled_set
from core.jobs.models import STATES, JobRun
from core.views.urls import collection_url
from core.web.plugins import PERMISSION
from plugin_api.context import current_company, gettext
from plugin_api.models import CompanyModel
from plugin_api.pages import require

bp = Blueprint("condition", __name__, url_prefix="/core/health")

PARTS = ("Flask", "SQLAlchemy", "pluggy", "marshmallow", "huey", "psycopg")
OF_ALL = frozenset({"leftovers"})
"""Checks whose findings tell of other companies; for operators."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How many records there are of each kind of a plugin: label, address and number."""

    plugin: str
    kinds: tuple[tuple[str, str, int], ...]


@bp.get("")
def show() -> str:
    """Findings, versions, and how much there is."""
    require(PERMISSION)
    findings = [finding for finding in examine() if finding.check not in OF_ALL]
    order = {"fail": 0, "warn": 1, "ok": 2}
    return render_template(
        "web/condition.html",
        findings=sorted(findings, key=lambda finding: order[finding.state]),
        summary=_summary(findings),
        versions=_versions(),
        plugins=[
            (plugin.manifest.name, plugin.manifest.version)
            for id_, plugin in services().registry.plugins.items()
            if id_ in enabled_set(current_company())
        ],
        counts=_counts(),
        jobs=_jobs(),
    )


def _summary(findings: list[Finding]) -> tuple[str, str]:
    states = {finding.state for finding in findings}
    if "fail" in states:
        return gettext("Something must be done"), "bad"
    if "warn" in states:
        return gettext("Something should be looked at"), "warn"
    return gettext("Everything is as it should be"), "good"


def _versions() -> list[tuple[str, str]]:
    engine = services().engine
    with engine.connect() as connection:
        made = connection.dialect.server_version_info or ()
    database = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(engine.dialect.name, "")
    found = [
        ("Xiaoguan", version("xiaoguan")),
        ("Python", platform.python_version()),
        (database, ".".join(map(str, made))),
    ]
    for name in PARTS:
        if name != "psycopg" or engine.dialect.name == "postgresql":
            found.append((name, version(name)))
    return found


def _counts() -> list[Counts]:
    """Of every collection of the plugins that are on. One statement."""
    registry, on = services().registry, enabled_set(current_company())
    models = [
        model
        for model in registry.models.values()
        if issubclass(model, CompanyModel) and model.__collection__ and model.plugin_id() in on
    ]
    parts = [
        sa.select(sa.literal(model.model_key()).label("key"), sa.func.count(model.id).label("rows"))
        for model in models
    ]
    found = sa.union_all(*parts).subquery()
    numbers = {row[0]: row[1] for row in db.session.execute(sa.select(found))}
    return [
        Counts(
            plugin=str(registry.plugins[id_].manifest.name),
            kinds=tuple(
                (str(each.__label_plural__), collection_url(each), numbers[each.model_key()])
                for each in models
                if each.plugin_id() == id_
            ),
        )
        for id_ in dict.fromkeys(model.plugin_id() for model in models)
    ]


def _jobs() -> list[tuple[str, str, str, int]]:
    """State, its label and tone, and how many runs there are."""
    asked = sa.select(JobRun.state, sa.func.count(JobRun.id)).group_by(JobRun.state)
    numbers = {row[0]: row[1] for row in db.session.execute(asked)}
    return [
        (choice.value, str(choice.label), choice.tone, numbers[choice.value])
        for choice in STATES
        if choice.value in numbers
    ]

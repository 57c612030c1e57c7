"""What stands beside analyses, items, options, and records that analyses are about."""

from __future__ import annotations

import sqlalchemy as sa
from flask import url_for
from flask_babel import format_date

from plugin_api import host
from plugin_api.context import gettext, has_permission, pgettext, today
from plugin_api.models import CompanyModel
from plugin_api.panels import Action, Fact, Panel
from plugins.swot import display
from plugins.swot.access import READ
from plugins.swot.models import Analysis, Evidence, Option
from plugins.swot.services import figures, finishing, planning, readiness, subjects, workshop

MOST = 4
WHY = 5


def for_record(record: CompanyModel) -> list[Panel]:
    """The panels of a record of analyses, or of one that they are about."""
    if isinstance(record, Analysis):
        return _of_analysis(record)
    if isinstance(record, Evidence):
        return _of_evidence(record)
    if isinstance(record, Option):
        return _of_option(record)
    if not has_permission(READ) or subjects.model_for(record.model_key()) is None:
        return []
    return _of_subject(record)


def _of_analysis(analysis: Analysis) -> list[Panel]:
    def page(name: str, label: str, icon: str) -> Action:
        return Action(label=label, href=url_for(name, analysis_id=analysis.id), icon=icon)

    actions = [page("swot.board", pgettext("swot", "Board"), "grid")]
    if analysis.state in ("collecting", "voting") and workshop.takes_part(analysis):
        actions.insert(0, page("swot.workshop", pgettext("swot", "Workshop"), "people"))
    actions += [
        page("swot.tows", pgettext("swot", "TOWS"), "table"),
        page("swot.compare", pgettext("swot", "Compare"), "bullseye"),
        page("swot.slides", pgettext("swot", "Slides (PDF)"), "file-earmark-pdf"),
    ]
    title = pgettext("swot", "SWOT analysis")
    if not has_permission("swot.Item.read"):
        return [Panel(title=title, facts=(), actions=tuple(actions))]
    said = finishing.said_of(analysis.id)
    facts = (
        Fact(
            label=gettext("Weights of strengths and weaknesses"),
            value=readiness.shown(readiness.weight_sum(said, "inner")),
        ),
        Fact(
            label=gettext("Weights of opportunities and threats"),
            value=readiness.shown(readiness.weight_sum(said, "outer")),
        ),
    )
    found = [] if analysis.state == "finished" else readiness.lacks(said, today())
    note = " ".join(found[:WHY]) + (" …" if len(found) > WHY else "")
    return [Panel(title=title, facts=facts, note=note, actions=tuple(actions))]


def _of_evidence(proof: Evidence) -> list[Panel]:
    href = subjects.href_of(proof.about_model, proof.about_id)
    facts = []
    if proof.kind == "record":
        facts.append(Fact(label=gettext("Record"), value=proof.name or "", href=href or None))
    if proof.kind == "measure" and host().records.may_read(Evidence, "value"):
        value = figures.kept(proof.value, proof.measure)
        facts.append(Fact(label=proof.name or "", value=value))
    if not facts:
        return []
    return [Panel(title=pgettext("swot", "Evidence"), facts=tuple(facts))]


def _of_option(option: Option) -> list[Panel]:
    found = planning.strategy_of(option)
    if found is None:
        return []
    strategy, href = found
    fact = Fact(label=pgettext("swot", "Strategy in plans"), value=strategy.name, href=href)
    return [Panel(title=pgettext("swot", "What became of it"), facts=(fact,))]


def _of_subject(record: CompanyModel) -> list[Panel]:
    asked = (
        sa.select(Analysis.id, Analysis.name, Analysis.on, Analysis.state)
        .where(
            Analysis.about_model == record.model_key(), Analysis.about_id == record.id,
            host().records.visible(Analysis),
        )
        .order_by(Analysis.on.desc(), Analysis.id.desc())
        .limit(MOST)
    )  # fmt: skip
    rows = host().session.execute(asked).all()
    if not rows:
        return []
    facts = tuple(
        Fact(
            label=row.name,
            value=f"{format_date(row.on, 'medium')} · {display.label('state', row.state)}",
            href=url_for("swot.board", analysis_id=row.id),
        )
        for row in rows
    )
    return [Panel(title=pgettext("swot", "SWOT analyses"), facts=facts)]

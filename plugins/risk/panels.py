"""Boxes beside a risk, its parts, and the records that risks are about."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import url_for

from plugin_api import host
from plugin_api.context import current_company, gettext, has_permission, pgettext, today
from plugin_api.models import CompanyModel
from plugin_api.money import from_minor
from plugin_api.panels import Action, Fact, Panel
from plugins.risk import display
from plugins.risk.access import CREATE, READ
from plugins.risk.models import Action as Deed
from plugins.risk.models import Indicator, Reading, Risk, Score
from plugins.risk.models.choices import LIVE
from plugins.risk.services import (
    actions,
    appetite,
    assessing,
    controls,
    overview,
    scoring,
    subjects,
)

MOST = 5


def for_record(record: CompanyModel) -> list[Panel]:
    """Of a risk what controls bring and how it has developed; of an indicator its course; of any
    other record the risks that are about it."""
    if not has_permission(READ):
        return []
    if isinstance(record, Risk):
        return [_standing(record)]
    if isinstance(record, Indicator):
        return [_course(record)]
    if isinstance(record, Deed):
        return _planned(record)
    key = record.model_key()
    if subjects.model_for(key) is None:
        return []
    return _about(key, record.id)


def _standing(risk: Risk) -> Panel:
    found = assessing.controls_of(risk.id)
    worth = controls.benefit(risk, found)
    most = appetite.of(risk.category)
    facts = [
        Fact(
            label=gettext("Appetite"),
            value=gettext("a score up to %(score)s", score=most.score)
            + (f" · {display.money(most.loss)}" if most.loss is not None else ""),
        )
    ]
    scored = sa.select(Score.level, Score.score, Score.expected_loss).where(
        Score.risk_id == risk.id
    )
    rows = host().session.execute(scored.order_by(Score.id.desc()).limit(60)).all()[::-1]
    currency = current_company().currency
    for level, label in display.LEVEL_LABELS.items():
        score = getattr(risk, f"{level}_score")
        if score is None:
            continue
        expected = getattr(risk, f"{level}_expected")
        course = [float(row[1]) for row in rows if row[0] == level and row[1] is not None]
        money = f" · {display.money(expected)}" if expected is not None else ""
        facts.append(Fact(label=label, value=f"{score}{money}", trend=course))
    if worth is not None and found:
        before, after, cost = worth
        facts += [
            Fact(label=gettext("Controls take away"), value=display.money(before - after)),
            Fact(label=gettext("Controls cost in a year"), value=display.money(cost)),
            Fact(label=gettext("Benefit of the controls"),
                 value=display.money(scoring.benefit(before, after, cost))),
        ]  # fmt: skip
    number, lost = overview.incidents(risk)
    if number:
        facts.append(
            Fact(label=gettext("Incidents in twelve months"),
                 value=f"{number} · {display.money(lost)}")
        )  # fmt: skip
    losses = [
        float(from_minor(row[2], currency))
        for row in rows
        if row[2] is not None and row[0] == ("current" if risk.current_score else "inherent")
    ]
    if len(losses) > 1:
        facts.append(
            Fact(label=gettext("Expected loss over time"),
                 value=display.money(risk.expected_loss), trend=losses)
        )  # fmt: skip
    note = risk.found or ""
    if risk.state == "open" and risk.review_on is not None and risk.review_on < today():
        note = gettext("The review of this risk is overdue.")
    bow_tie = url_for("risk.bowtie", risk_id=risk.id)
    return Panel(
        title=pgettext("risk", "Where it stands"),
        facts=tuple(facts),
        note=note,
        actions=(Action(label=gettext("Bow tie"), href=bow_tie, icon="bezier2"),),
    )


def _course(indicator: Indicator) -> Panel:
    asked = sa.select(Reading.value).where(
        Reading.indicator_id == indicator.id, Reading.value.is_not(None)
    )
    rows = host().session.scalars(asked.order_by(Reading.on.desc()).limit(60)).all()
    values = [float(each) for each in reversed(rows) if each is not None]
    shown = "–" if indicator.value is None else f"{indicator.value.normalize():f}"
    fact = Fact(label=pgettext("indicator", "Value"), value=shown, trend=values)
    note = gettext("It is measured each morning, as its owner may see it.")
    return Panel(title=gettext("Course of the figure"), facts=(fact,), note=note)


def _planned(action: Deed) -> list[Panel]:
    step: Any = actions.step_of(action)
    if step is None or not host().records.may(step, "read"):
        return []
    fact = Fact(label=step.name, value=display.day(step.due),
                href=host().record_url("plans.Step", step.id))  # fmt: skip
    return [Panel(title=gettext("In the sales plans"), facts=(fact,))]


def _about(key: str, record_id: int) -> list[Panel]:
    asked = (
        sa.select(Risk.id, Risk.name, Risk.score)
        .where(
            Risk.about_model == key, Risk.about_id == record_id, Risk.state.in_(LIVE),
            host().records.visible(Risk),
        )
        .order_by(sa.func.coalesce(Risk.priority, 0).desc(), Risk.id)
        .limit(MOST)
    )  # fmt: skip
    rows = host().session.execute(asked).all()
    if not rows:
        return []
    facts = tuple(
        Fact(label=name, value=score if score is not None else "–",
             href=host().record_url("risk.Risk", id_))
        for id_, name, score in rows
    )  # fmt: skip
    more: tuple[Action, ...] = ()
    if has_permission(CREATE):
        href = f"{host().list_url('risk.Risk')}/new?about_model={key}&about_id={record_id}"
        more = (Action(label=gettext("Enter a risk"), href=href, icon="plus-lg"),)
    return [Panel(title=pgettext("register", "Risks"), facts=facts, actions=more)]

"""Proposing what rules find: each thing once for as long as it lasts, and a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, today
from plugins.risk.models import Risk, Rule, Sighting
from plugins.risk.models.choices import LIVE
from plugins.risk.services import subjects
from plugins.risk.services.acting import by_rule
from plugins.risk.services.detecting import rules
from plugins.risk.services.detecting.finding import MOST, Finding, findings

WRITES = ("risk.Risk.create", "risk.Risk.read")


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding, and the risk that stands for it already, if there is one."""

    finding: Finding
    risk_id: int | None = None


def active() -> Sequence[Rule]:
    """Rules in force."""
    asked = sa.select(Rule).where(Rule.active)
    return host().session.scalars(asked.order_by(Rule.name, Rule.id)).all()


def preview(rule: Rule) -> list[Seen]:
    """What a rule finds now, and what of it is proposed already. Nothing is written."""
    found = findings(rule)
    known = _known(found)
    lasting = {key: each[0].risk_id for key, each in known.items() if _lasts(*each)}
    return [Seen(each, lasting.get(each.key)) for each in found]


def _lasts(sighting: Sighting, state: str) -> bool:
    """Whether a finding has been proposed and has not ceased since, or is looked at still."""
    return sighting.ceased_on is None or state in LIVE


def propose(rule: Rule, *, all_seen: bool = False) -> list[Risk]:
    """Propose what a rule finds and nobody has been asked about. With ``all_seen`` (the job) what
    it finds no more has ceased: should it come again, it is proposed again."""
    # Whoever else proposes waits, so that nothing is proposed twice.
    host().session.execute(sa.select(Rule.id).order_by(Rule.id).with_for_update())
    found = {each.key: each for each in findings(rule)}
    known = _known(list(found.values()))
    for key, (sighting, state) in known.items():
        if _lasts(sighting, state):
            sighting.seen_on, sighting.ceased_on = today(), None
            found.pop(key)
    risks = _open(rule, list(found.values()))
    for finding, risk in zip(found.values(), risks, strict=True):
        sighting, _state = known.get(finding.key) or (Sighting(key=finding.key), "")
        sighting.risk_id, sighting.rule_id = risk.id, rule.id
        sighting.seen_on, sighting.ceased_on = today(), None
        host().session.add(sighting)
    # While a rule rests nothing has ceased: what was dismissed is not proposed once more later.
    if all_seen and len(found) + len(known) < MOST and not rules.missing(rule):
        _cease(rule)
    host().session.flush()
    return risks


def _known(found: Sequence[Finding]) -> dict[str, tuple[Sighting, str]]:
    """Sightings of the same things, with the states of their risks. One statement."""
    keys = [each.key for each in found]
    if not keys:
        return {}
    asked = (
        sa.select(Sighting, Risk.state)
        .join(Risk, Risk.id == Sighting.risk_id)
        .where(Sighting.key.in_(keys))
    )
    return {row[0].key: (row[0], row[1]) for row in host().session.execute(asked)}


def _open(rule: Rule, found: Sequence[Finding]) -> list[Risk]:
    rows = []
    for each in found:
        if each.about is not None:
            subjects.remember(each.about[0], {each.about[1]: each.title})
        model, record_id = each.about or (None, None)
        rows.append(
            {"name": each.name[:200], "category": rule.category, "event": each.name[:200],
             "owner_id": rule.owner_id or each.owner_id, "about_model": model,
             "about_id": record_id, "inherent_likelihood": rule.likelihood,
             "inherent_impact": rule.impact,
             "inherent_loss": each.loss if each.loss and each.loss > 0 else None}
        )  # fmt: skip
    if not rows:
        return []
    with by_rule(*WRITES):
        risks = host().records.create_many(Risk, rows)
        for risk, each in zip(risks, found, strict=True):
            risk.found = each.why
        host().session.flush()
        for risk in risks:
            if risk.owner_id is not None:
                text = gettext("A risk is proposed: %(why)s", why=risk.found)
                host().remind(risk, [risk.owner_id], text)
    return risks


def _cease(rule: Rule) -> None:
    """What this rule had found and does not find any more."""
    host().session.flush()
    host().session.execute(
        sa.update(Sighting)
        .where(
            Sighting.rule_id == rule.id, Sighting.ceased_on.is_(None),
            Sighting.seen_on < today(),
        )
        .values(ceased_on=today()),
        execution_options={"synchronize_session": False},
    )  # fmt: skip

"""What stands beside a target: how SMART it is, and what came after its closing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import SYSTEM, acting_as, current_company, gettext, pgettext, today
from plugin_api.context import lazy_gettext as _
from plugin_api.panels import Fact, Panel
from plugins.targets import display
from plugins.targets.models import Snapshot, Target
from plugins.targets.services import actuals, judging, reading, smart

LETTERS: dict[str, Any] = {
    "S": _("S · specific"),
    "M": _("M · measurable"),
    "A": _("A · attainable"),
    "R": _("R · relevant"),
    "T": _("T · timed"),
}


def of_target(target: Target) -> list[Panel]:
    """All of them."""
    if target.state == "closed":
        return closed_of(target)
    return [*attained_of(target), smart_of(target)]


def attained_of(target: Target) -> list[Panel]:
    """How far it is: against the target as it is, and as it was confirmed first."""
    stick = reading.yardstick(target.measure)
    if stick is None or not reading.may_see(stick, target) or target.start > today():
        return []
    with acting_as(current_company(), SYSTEM):
        found = actuals.outcomes(actuals.rows_of([target.id]), reading.all_teams())[target.id]
    if found.actual is None:
        return []
    money = target.amount is not None
    facts = [
        Fact(
            label=gettext(
                "Attainment: %(share)s of %(target)s",
                share=_percent(found.attainment),
                target=display.read(found.quota, money),
            ),
            value=display.read(found.actual, money),
            share=None if found.attainment is None else float(found.attainment / 100),
        )
    ]
    if target.original and target.original != target.value:
        due = found.quota * target.original / target.value if target.value else target.original
        share = found.actual / due * 100 if due else None
        facts.append(
            Fact(
                label=gettext(
                    "Of the original target: %(share)s of %(target)s",
                    share=_percent(share),
                    target=display.read(due, money),
                ),
                value=display.read(found.actual, money),
                share=None if share is None else float(share / 100),
            )
        )
    return [Panel(title=gettext("Attainment"), facts=tuple(facts))]


def _percent(value: Decimal | None) -> str:
    return display.share(None if value is None else value / 100)


def smart_of(target: Target) -> Panel:
    """Letter by letter: the points, what was found, and what would mend it. Figures of the past
    are for whoever may see them."""
    found = judging.assess(target)
    stick = reading.yardstick(target.measure)
    sees = stick is not None and reading.may_see(stick, target)
    facts = []
    for name, letter in found.letters.items():
        words = [letter.said, letter.mend]
        if letter.figures and not sees:
            words = [gettext("Judged by figures that you may not see.")]
        facts.append(
            Fact(
                label=gettext(
                    "%(letter)s: %(score)s of %(most)s",
                    letter=LETTERS[name], score=letter.score, most=smart.BEST,
                ),
                value=" ".join(str(word) for word in words if word),
                share=letter.score / smart.BEST,
            )
        )  # fmt: skip
    title = gettext("SMART: %(total)s of %(most)s", total=found.total, most=found.most)
    note = ""
    if found.missing:
        note = gettext(
            "Not to be confirmed yet: %(letters)s is missing.", letters=", ".join(found.missing)
        )
    return Panel(title=title, facts=tuple(facts), note=note)


def closed_of(target: Target) -> list[Panel]:
    """What a closed target came to, and what came after the closing; for who may see figures."""
    stick = reading.yardstick(target.measure)
    if target.state != "closed" or stick is None or not reading.may_see(stick, target):
        return []
    asked = (
        sa.select(Snapshot.quota, Snapshot.actual, Snapshot.attainment, Snapshot.created_at)
        .where(Snapshot.target_id == target.id)
        .order_by(Snapshot.id.desc())
        .limit(1)
    )
    held = host().session.execute(asked).first()
    if held is None:
        return []
    with acting_as(current_company(), SYSTEM):
        found = actuals.outcomes(actuals.rows_of([target.id]), reading.all_teams())[target.id]
    money = target.amount is not None
    facts = [
        Fact(label=pgettext("target", "Due"), value=display.read(held.quota, money)),
        Fact(
            label=pgettext("target", "Actual"),
            value=display.read(held.actual, money),
            share=None if held.attainment is None else float(held.attainment / 100),
        ),
    ]
    if found.actual is not None and found.actual != held.actual:
        later = found.actual - (held.actual or Decimal(0))
        facts.append(Fact(label=_("Difference since"), value=display.read(later, money)))
    return [Panel(title=gettext("At the closing"), facts=tuple(facts))]

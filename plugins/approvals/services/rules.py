"""Which rule asks for approval of a move, and what makes a rule a sensible one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa

from plugin_api import conditions, host
from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugin_api.keeping import Keeping
from plugin_api.models import CompanyModel
from plugins.approvals.models import Rule, Step
from plugins.approvals.services import moves

_keeping = Keeping("approvals")
forget = _keeping.forget


@dataclass(frozen=True, slots=True)
class Asking:
    """A rule as it is applied."""

    id: int
    move: str
    condition: str | None
    figure: str | None
    at_least: Decimal | None
    below: Decimal | None

    def holds(self, value: Decimal | None) -> bool:
        """Whether a figure lies in the band. One that is empty lies in none that has an end."""
        if self.at_least is None and self.below is None:
            return True
        if value is None:
            return False
        over = self.at_least is None or value >= self.at_least
        return over and (self.below is None or value < self.below)


def asked_for() -> tuple[Asking, ...]:
    """The rules of the company, the first first. No statement while none of them changes."""
    return _keeping.lasting("rules", _read)


def _read() -> tuple[Asking, ...]:
    asked = (
        sa.select(Rule.id, Rule.move, Rule.condition, Rule.figure, Rule.at_least, Rule.below)
        .where(Rule.active)
        .order_by(Rule.position, Rule.id)
    )
    return tuple(Asking(*row) for row in host().session.execute(asked))


def models() -> Collection[str]:
    """Keys of models of which some move needs approval."""
    return {moves.parts(rule.move)[0] for rule in asked_for()}


def rule_for(record: CompanyModel, move: str) -> Asking | None:
    """The rule that asks for approval of a move of a record, by what the record says now."""
    for rule in asked_for():
        fits = rule.move == move and rule.holds(moves.figure_of(record, rule.figure))
        if fits and (rule.condition is None or _fulfils(record, rule.condition)):
            return rule
    return None


def _fulfils(record: CompanyModel, condition: str) -> bool:
    """Whether a record fulfils a condition. One that is not there yet might: no list can tell."""
    if getattr(record, "id", None) is None:
        return True
    model = type(record)
    which = conditions.criteria(model, condition)
    asked = sa.select(sa.literal(1)).select_from(model).where(model.id == record.id, which)
    return host().session.scalar(asked) is not None


def check(rule: Rule) -> None:
    """Refuse a rule that cannot be followed, and keep of its condition what says which records.
    Raises Rejected."""
    found = moves.find(rule.move)
    if found is None:
        raise Rejected("move", gettext("Choose one of the list."))
    model, _flow, _transition = found
    rule.condition = conditions.cleaned(model, rule.condition)
    if rule.figure is not None and rule.figure.rpartition(".")[0] != model.model_key():
        text = gettext("This is no figure of %(records)s.", records=model.__label_plural__)
        raise Rejected("figure", text)
    banded = rule.at_least is not None or rule.below is not None
    if banded and rule.figure is None:
        raise Rejected("figure", gettext("Say of which figure."))
    if rule.at_least is not None and rule.below is not None and rule.below <= rule.at_least:
        raise Rejected("below", gettext("It ends before it begins."))


def check_step(step: Step) -> None:
    """Refuse a step that names nobody. Raises Rejected."""
    if step.who == "role" and step.role_id is None:
        raise Rejected("role", gettext("Say of which role."))
    if step.who == "person" and step.person_id is None:
        raise Rejected("person", gettext("Say who."))
    if step.who != "role":
        step.role_id = None
    if step.who != "person":
        step.person_id = None

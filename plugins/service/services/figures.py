"""Figures of cases by person, team, account, product or channel, the median among them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Text, gettext, lazy_pgettext
from plugin_api.context import lazy_gettext as _
from plugin_api.models import model_of
from plugins.crm.api import Account
from plugins.service.models import Case
from plugins.service.models.words import CHANNELS

GROUPS: Mapping[str, Text] = {
    "person": _("Person"), "team": _("Team"), "account": _("Account"), "product": _("Product"),
    "channel": lazy_pgettext("service", "Came by"),
}  # fmt: skip
MOST = 100


@dataclass(slots=True)
class Row:
    """What became of the cases of a group."""

    label: str
    opened: int = 0
    solved: int = 0
    promised: int = 0
    kept: int = 0
    reopened: int = 0
    hours: list[float] = field(default_factory=list)

    @property
    def answers(self) -> float | None:
        """Share of first answers in time."""
        return self.kept / self.promised if self.promised else None

    @property
    def median(self) -> float | None:
        """Working hours to the solution: half of the cases took less."""
        return median(self.hours) if self.hours else None

    @property
    def reopen_rate(self) -> float | None:
        """Of the solved ones."""
        return self.reopened / self.solved if self.solved else None


def table(by: str, start: dt.date, end: dt.date) -> tuple[Row, Sequence[Row]]:
    """All, and the groups with most cases first. One statement."""
    user: Any = model_of("core.User")
    team: Any = model_of("core.Team")
    product: Any = model_of("catalog.Product")
    label = {
        "person": user.name, "team": team.name, "account": Account.name, "product": product.name,
        "channel": Case.channel,
    }[by]  # fmt: skip
    may_read = host().records.may_read
    standing = Case.answer_standing if may_read(Case, "answer_standing") else sa.null()
    hours = Case.solution_hours if may_read(Case, "solution_hours") else sa.null()
    asked = (
        sa.select(
            label.label("label"), Case.opened_on, Case.solved_on, standing.label("standing"),
            hours.label("hours"), Case.reopened,
        )
        .outerjoin(user, user.id == Case.owner_id)
        .outerjoin(team, team.id == user.team_id)
        .outerjoin(Account, Account.id == Case.account_id)
        .outerjoin(product, product.id == Case.product_id)
        .where(
            host().records.visible(Case),
            sa.or_(Case.opened_on.between(start, end), Case.solved_on.between(start, end)),
        )
    )  # fmt: skip
    whole, found = Row(gettext("All")), dict[str, Row]()
    names = {choice.value: str(choice.label) for choice in CHANNELS}
    for each in host().session.execute(asked):
        name = names.get(each.label, each.label) if by == "channel" else each.label
        group = found.setdefault(name or "–", Row(name or "–"))
        for row in (whole, group):
            _add(row, each, start, end)
    rows = sorted(found.values(), key=lambda row: (-row.opened, -row.solved, row.label))
    return whole, rows[:MOST]


def _add(row: Row, case: Any, start: dt.date, end: dt.date) -> None:
    if case.opened_on is not None and start <= case.opened_on <= end:
        row.opened += 1
        row.promised += case.standing in ("kept", "late")
        row.kept += case.standing == "kept"
    if case.solved_on is not None and start <= case.solved_on <= end:
        row.solved += 1
        row.reopened += case.reopened > 0
        if case.hours is not None:
            row.hours.append(float(case.hours))

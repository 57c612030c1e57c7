"""How well an account is and why, and what it is worth over the time to come: beside it."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import format_decimal

from plugin_api import host
from plugin_api.cards import CardContent, Line
from plugin_api.context import gettext, has_permission, pgettext, today
from plugin_api.panels import Fact, Panel
from plugins.crm.api import Account
from plugins.segments import display
from plugins.segments.access import FIGURES
from plugins.segments.models import Factor, Health
from plugins.segments.models.health import FACTORS
from plugins.segments.services import figures, health, worth
from plugins.segments.settings import CLV_CONVENTION, CLV_DISCOUNT, CONVENTIONS

LABELS = {each.value: each.label for each in FACTORS}
MONTHS, MOST = 12, 8


def of_account(account: Account) -> list[Panel]:
    """Its health by factors, and its lifetime value."""
    found = [_health(account), _worth(account)]
    return [panel for panel in found if panel is not None]


def _health(account: Account) -> Panel | None:
    if not has_permission("segments.Health.read"):
        return None
    asked = (
        sa.select(Health)
        .where(Health.account_id == account.id)
        .order_by(Health.month.desc())
        .limit(MONTHS)
    )
    rows = host().session.scalars(asked).all()
    if not rows:
        return None
    last = rows[0]
    limits = {each.kind: each for each in host().session.scalars(sa.select(Factor))}
    facts = [
        Fact(
            label=pgettext("account", "Health"),
            value=gettext("%(score)s of 100", score=last.score),
            share=last.score / 100, trend=[float(each.score) for each in reversed(rows)],
        )
    ]  # fmt: skip
    for kind, (value, points, weight) in last.parts.items():
        facts.append(
            Fact(
                label=LABELS.get(kind, kind), share=points / 100,
                value=gettext("%(value)s: %(points)s points, weight %(weight)s",
                              value=format_decimal(value), points=points, weight=weight),
            )
        )  # fmt: skip
    why = [
        gettext("%(factor)s: all points at %(full)s, none at %(none)s.", factor=LABELS[kind],
                full=format_decimal(limits[kind].full_at),
                none=format_decimal(limits[kind].none_at))
        for kind in last.parts
        if kind in limits
    ]  # fmt: skip
    return Panel(title=gettext("How well it is"), facts=tuple(facts), note=" ".join(why))


def _worth(account: Account) -> Panel | None:
    key = "sales.margin" if host().is_enabled("sales") else "crm.won_amount"
    if not (has_permission(FIGURES) and figures.may_see(key)):
        return None
    found = worth.of(account)
    if found is None:
        return None
    stay = found.retention
    grade = account.grade if found.of_grade else gettext("all grades")
    facts = (
        Fact(label=gettext("Lifetime value"), value=display.money(found.value)),
        Fact(label=gettext("In 95 of 100 cases"),
             value=f"{display.money(found.low)} – {display.money(found.high)}"),
        Fact(label=gettext("Margin of the last year"), value=display.money(found.margin)),
        Fact(label=gettext("Stay from year to year, %(of)s", of=grade),
             value=gettext("%(share)s of %(n)s", share=display.share(stay.value), n=stay.n)),
    )  # fmt: skip
    convention = next(
        each.label for each in CONVENTIONS if each.value == host().setting(CLV_CONVENTION)
    )
    note = [
        gettext("%(convention)s, %(rate)s %% interest a year.", convention=convention,
                rate=host().setting(CLV_DISCOUNT)),
        "" if found.is_margin else gettext("The margin is estimated from what was sold."),
    ]  # fmt: skip
    return Panel(title=gettext("Lifetime value"), facts=facts, note=" ".join(filter(None, note)))


def falling() -> CardContent:
    """Accounts whose health has fallen the most against the month before. One statement."""
    month = today().replace(day=1)
    asked = (
        sa.select(Account.id, Account.name, Health.score, Health.change)
        .join(Account, Account.id == Health.account_id)
        .where(
            Health.month == month, Health.change <= health.FALLING, host().records.visible(Account)
        )
        .order_by(Health.change, Account.name)
        .limit(MOST)
    )
    return CardContent(
        lines=tuple(
            Line(
                text=name, href=host().record_url("crm.Account", id_),
                value=gettext("%(score)s of 100", score=score), tone="warn",
                note=gettext("%(points)s points in a month", points=change),
            )
            for id_, name, score, change in host().session.execute(asked)
        ),
        empty=gettext("No account has fallen by 10 points or more this month."),
        more_href=host().list_url(
            "segments.Health",
            {"month": month.isoformat(), "change__lte": str(health.FALLING), "sort": "change"},
        ),
    )  # fmt: skip

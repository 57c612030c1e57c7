"""Figures of personas: how many accounts, and what is won and lost with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.measures import Dimension, Measure, Ratio
from plugins.crm.api import Account, Opportunity
from plugins.segments.models import Match

ONE = sa.literal_column("1", type_=sa.Integer())
DIMENSIONS = {"persona": Dimension(label=_("Persona"), target="segments.Persona")}
MONEY = ("amount", "amount_company")


def _accounts() -> sa.Select[Any]:
    asked: Any = sa.select(
        Match.since.label("on"),
        ONE.label("value"),
        Account.owner_id.label("user_id"),
        Account.id.label("record_id"),
        Match.persona_id.label("persona"),
    ).join(Account, Account.id == Match.account_id)
    return asked  # type: ignore[no-any-return]


def _deals(value: Any, *outcomes: str) -> Callable[[], sa.Select[Any]]:
    def facts() -> sa.Select[Any]:
        asked: Any = (
            sa.select(
                Opportunity.closed_on.label("on"),
                value.label("value"),
                Opportunity.owner_id.label("user_id"),
                Opportunity.id.label("record_id"),
                Match.persona_id.label("persona"),
            )
            .join(Match, Match.account_id == Opportunity.account_id)
            .where(Opportunity.outcome.in_(outcomes))
        )
        return asked  # type: ignore[no-any-return]

    return facts


def _measure(name: str, label: Any, facts: Any, description: Any, **kw: Any) -> Measure:
    given = {"unit": "count", "model": "crm.Opportunity", **kw}
    return Measure(
        key=f"segments.{name}", label=label, facts=facts, dimensions=DIMENSIONS,
        description=description, **given,
    )  # fmt: skip


_amount = sa.func.coalesce(Opportunity.amount_company, 0)

MEASURES: tuple[Measure | Ratio, ...] = (
    _measure(
        "persona_accounts", _("Accounts with a persona"), _accounts,
        _("Accounts by the persona that they have now."), model="crm.Account", snapshot=True,
    ),
    _measure(
        "persona_won", _("Won from personas"), _deals(ONE, "won"),
        _("Opportunities won, by the closing day and the persona of the account."),
    ),
    _measure(
        "persona_decided", _("Decided of personas"), _deals(ONE, "won", "lost"),
        _("Opportunities won or lost, by the closing day and the persona of the account."),
    ),
    _measure(
        "persona_amount", _("Won amount from personas"), _deals(_amount, "won"),
        _("Amounts won, by the closing day and the persona of the account."), unit="money",
        fields=MONEY,
    ),
    Ratio(
        key="segments.persona_win_rate", label=_("Win rate of personas"), unit="ratio",
        numerator="segments.persona_won", denominator="segments.persona_decided",
        description=_("Won, of those that were decided in the period."),
    ),
    Ratio(
        key="segments.persona_basket", label=_("Basket of personas"), unit="money",
        numerator="segments.persona_amount", denominator="segments.persona_won",
        description=_("Average amount of what was won."),
    ),
)  # fmt: skip

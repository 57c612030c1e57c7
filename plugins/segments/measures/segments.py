"""Figures of segments and of scores; they lead to the accounts, and lists are filtered by them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.measures import Dimension, Measure, Ratio
from plugins.crm.api import Account
from plugins.segments.models import Membership, Score
from plugins.segments.services.cells import CELLS

ONE = sa.literal_column("1", type_=sa.Integer())
SEGMENT = {"segment": Dimension(label=_("Segment"), target="segments.Segment")}
OF_ACCOUNTS = {
    "industry": Dimension(label=_("Industry")),
    "country": Dimension(label=_("Country")),
}
OF_SCORES = {
    "cell": Dimension(label=_("Cell"), labels={each.value: each.label for each in CELLS}),
    "r": Dimension(label=_("Recency")),
    "f": Dimension(label=_("Frequency")),
    "m": Dimension(label=lazy_pgettext("rfm", "Money")),
    **OF_ACCOUNTS,
}


def _members() -> sa.Select[Any]:
    asked: Any = (
        sa.select(
            Membership.joined.label("on"),
            ONE.label("value"),
            Account.owner_id.label("user_id"),
            Account.id.label("record_id"),
            Membership.segment_id.label("segment"),
            Account.industry.label("industry"),
            Account.country.label("country"),
        )
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.left.is_(None))
    )
    return asked  # type: ignore[no-any-return]


def _moved(day: Any) -> Callable[[], sa.Select[Any]]:
    def facts() -> sa.Select[Any]:
        asked: Any = (
            sa.select(
                day.label("on"),
                ONE.label("value"),
                Account.owner_id.label("user_id"),
                Membership.id.label("record_id"),
                Membership.segment_id.label("segment"),
            )
            .join(Account, Account.id == Membership.account_id)
            .where(day.is_not(None))
        )
        return asked  # type: ignore[no-any-return]

    return facts


def _scored() -> sa.Select[Any]:
    asked: Any = sa.select(
        Score.last_on.label("on"),
        ONE.label("value"),
        Account.owner_id.label("user_id"),
        Account.id.label("record_id"),
        Score.cell.label("cell"),
        Score.r.label("r"),
        Score.f.label("f"),
        Score.m.label("m"),
        Account.industry.label("industry"),
        Account.country.label("country"),
    ).join(Account, Account.id == Score.account_id)
    return asked  # type: ignore[no-any-return]


MEASURES: tuple[Measure | Ratio, ...] = (
    Measure(
        key="segments.members", label=_("Accounts in segments"), unit="count", model="crm.Account",
        facts=_members, dimensions={**SEGMENT, **OF_ACCOUNTS}, snapshot=True,
        description=_("Accounts that are in a segment now, once for each that they are in."),
    ),
    Measure(
        key="segments.joined", label=_("Joined segments"), unit="count",
        model="segments.Membership", facts=_moved(Membership.joined), dimensions=SEGMENT,
        description=_("Accounts by the day on which they came into a segment."),
    ),
    Measure(
        key="segments.left", label=_("Left segments"), unit="count", direction="down",
        model="segments.Membership", facts=_moved(Membership.left), dimensions=SEGMENT,
        description=_("Accounts by the day on which they left a segment."),
    ),
    Measure(
        key="segments.scored", label=_("Scored customers"), unit="count", model="crm.Account",
        facts=_scored, dimensions=OF_SCORES, snapshot=True,
        description=_("Accounts with scores of recency, frequency and money."),
    ),
)  # fmt: skip

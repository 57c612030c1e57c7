"""Figures of contracts: what was signed, what is in force, what ends, what was renewed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.context import today
from plugin_api.measures import Dimension, Measure, Ratio
from plugins.contracts.models import Contract
from plugins.contracts.models.contracts import IN_FORCE, KINDS

ONE = sa.literal_column("1", type_=sa.Integer())
SOON = 90
DIMENSIONS = {
    "kind": Dimension(label=_("Kind"), labels={choice.value: choice.label for choice in KINDS}),
    "account": Dimension(label=_("Account"), target="crm.Account"),
}
FIRST = Contract.revision == 1
RENEWED = sa.or_(Contract.state == "renewed", Contract.was_renewed)


def _facts(
    on: Any, value: Any, where: Callable[[], tuple[Any, ...]] = tuple
) -> Callable[[], sa.Select[Any]]:
    return lambda: sa.select(
        on.label("on"),
        value.label("value"),
        Contract.owner_id.label("user_id"),
        Contract.id.label("record_id"),
        Contract.kind.label("kind"),
        Contract.account_id.label("account"),
    ).where(on.is_not(None), *where())


def _measure(key: str, label: Any, description: Any, facts: Any, **given: Any) -> Measure:
    return Measure(
        key=f"contracts.{key}", label=label, description=description, facts=facts,
        unit=given.pop("unit", "count"), model="contracts.Contract", dimensions=DIMENSIONS,
        **given,
    )  # fmt: skip


def _in_force() -> tuple[Any, ...]:
    return (Contract.state.in_(IN_FORCE),)


def _ending() -> tuple[Any, ...]:
    return (
        Contract.state.in_(IN_FORCE),
        Contract.ends_on.between(today(), today() + dt.timedelta(days=SOON)),
    )


MEASURES = (
    _measure(
        "signed", _("Contracts signed"), _("First versions by the day of signing."),
        _facts(Contract.signed_on, ONE, lambda: (FIRST,)),
    ),
    _measure(
        "signed_value", _("Value of contracts signed"),
        _("Of first versions, by the day of signing and at its rate."),
        _facts(
            Contract.signed_on, Contract.value_company,
            lambda: (FIRST, Contract.value_company.is_not(None)),
        ),
        unit="money", fields=("value", "value_company"),
    ),
    _measure(
        "value", _("Value of contracts in force"),
        _("The newest versions that are signed and have not ended."),
        _facts(
            Contract.signed_on, Contract.value_company,
            lambda: (*_in_force(), Contract.value_company.is_not(None)),
        ),
        unit="money", snapshot=True, fields=("value", "value_company"),
    ),
    _measure(
        "in_force", _("Contracts in force"),
        _("The newest versions that are signed and have not ended."),
        _facts(Contract.signed_on, ONE, _in_force), snapshot=True,
    ),
    _measure(
        "ending", _("Contracts that end within 90 days"), _("Of those in force now."),
        _facts(Contract.signed_on, ONE, _ending), snapshot=True, direction="down",
    ),
    _measure(
        "ending_value", _("Value that ends within 90 days"), _("Of those in force now."),
        _facts(
            Contract.signed_on, Contract.value_company,
            lambda: (*_ending(), Contract.value_company.is_not(None)),
        ),
        unit="money", snapshot=True, direction="down", fields=("value", "value_company"),
    ),
    _measure(
        "ended", _("Contracts ended"),
        _("Expired, renewed or terminated, by the day on which they ended."),
        _facts(
            Contract.ended_on, ONE,
            lambda: (Contract.state.in_(("expired", "renewed", "terminated")),),
        ),
        direction="down",
    ),
    _measure(
        "renewed", _("Contracts renewed"),
        _("Those of them of which a renewal is signed."),
        _facts(
            Contract.ended_on, ONE,
            lambda: (Contract.state.in_(("expired", "renewed", "terminated")), RENEWED),
        ),
    ),
    Ratio(
        key="contracts.renewal_rate", label=_("Renewal rate"), unit="ratio",
        numerator="contracts.renewed", denominator="contracts.ended",
        description=_("Of the contracts that ended in the period; what goes on by itself has not"
                      " ended."),
    ),
)  # fmt: skip

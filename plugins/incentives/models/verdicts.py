"""What was found out about the effect of a version."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    as_it_is,
    choice,
    date,
    decimal,
    integer,
    json,
    longtext,
    measure,
    reference,
)

SAID = (
    Choice(value="up", label=lazy_pgettext("effect", "It brought more"), tone="good"),
    Choice(value="down", label=lazy_pgettext("effect", "It brought less"), tone="bad"),
    Choice(value="unsure", label=lazy_pgettext("effect", "Not to be told apart from chance")),
    Choice(value="refused", label=lazy_pgettext("effect", "The figures cannot say"), tone="warn"),
)


class Verdict(CompanyModel):
    """What somebody found out about the effect of a version, and kept: it is never altered, another
    look is another verdict. ``result`` holds the effects as they were worked out."""

    __tablename__ = "incentives_verdict"
    __collection__ = "verdicts"
    __label__ = lazy_pgettext("effect", "Verdict")
    __label_plural__ = lazy_pgettext("effect", "Verdicts")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __parent__ = "plan_version_id"
    __actions__ = ("read", "export")
    __append_only__ = True
    __table_args__ = (sa.Index(None, "company_id", "plan_version_id", "day"),)

    plan_version_id: Mapped[int] = reference(
        "incentives.Version", lazy_pgettext("pay", "Version of a plan"), readonly=True
    )
    day: Mapped[dt.date] = date(_("Day"), readonly=True)
    measure: Mapped[str] = measure(_("Measure"), readonly=True)
    said: Mapped[str] = choice(lazy_pgettext("effect", "Verdict"), SAID, readonly=True)
    estimate: Mapped[Decimal | None] = decimal(
        lazy_pgettext("effect", "A month and person"), scale=2, readonly=True
    )
    low: Mapped[Decimal | None] = decimal(
        lazy_pgettext("effect", "At least"), scale=2, readonly=True
    )
    high: Mapped[Decimal | None] = decimal(
        lazy_pgettext("effect", "At most"), scale=2, readonly=True
    )
    treated: Mapped[int] = integer(lazy_pgettext("effect", "With it"), readonly=True)
    control: Mapped[int] = integer(lazy_pgettext("effect", "Without"), readonly=True)
    words: Mapped[str | None] = longtext(lazy_pgettext("effect", "In words"), readonly=True)
    by_id: Mapped[int | None] = reference(
        "core.User", lazy_pgettext("effect", "Kept by"), readonly=True
    )
    result: Mapped[dict[str, Any]] = json(
        lazy_pgettext("effect", "Worked out"), default=dict, renumber=as_it_is
    )

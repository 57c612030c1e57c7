"""What somebody reports of a week or a month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    Numbers,
    choice,
    date,
    instant,
    json,
    longtext,
    reference,
    text,
)

STATES = (
    Choice(value="draft", label=_("Draft")),
    Choice(value="submitted", label=_("Submitted"), tone="info"),
    Choice(value="read", label=lazy_pgettext("report", "Read"), tone="good"),
)
KINDS = (
    Choice(value="week", label=_("Weekly report")),
    Choice(value="month", label=_("Monthly report")),
)
TIMINGS = (
    Choice(value="early", label=_("Early"), tone="warn"),
    Choice(value="in_time", label=lazy_pgettext("report", "In time"), tone="good"),
    Choice(value="late", label=_("Late"), tone="bad"),
)


def _renumbered(held: dict[str, Any], row: Mapping[str, Any], numbers: Numbers) -> dict[str, Any]:
    steps = [{**each, "id": numbers(each["id"])} for each in (held or {}).get("steps", ())]
    return {**held, "steps": steps} if steps else held


class Report(CompanyModel):
    """A person's week or month: what really happened, and what they say to it.

    ``facts`` is kept when it is submitted and stays as it is then:
    ``{"figures": [{"label", "value", "before", "unit"}], "steps": [{"id", "name", "due", "what"}],
    "counts": {"done", "carried", "overdue", "next"}}``, values as text of exact numbers.
    """

    __tablename__ = "plans_report"
    __collection__ = "reports"
    __label__ = _("Plan report")
    __label_plural__ = _("Plan reports")
    __title__ = "name"
    __find_by__ = ()
    __owner__ = "owner_id"
    __table_args__ = (
        sa.UniqueConstraint("company_id", "owner_id", "kind", "start"),
        sa.Index(None, "company_id", "kind", "start", "state"),
    )

    name: Mapped[str] = text(_("Period"), readonly=True)
    kind: Mapped[str] = choice(_("Kind"), KINDS, default="week")
    owner_id: Mapped[int | None] = reference("core.User", _("Person"))
    start: Mapped[dt.date] = date(_("Start"), help=_("Any day of the week or month."))
    end: Mapped[dt.date | None] = date(_("End"), readonly=True)
    due_on: Mapped[dt.date | None] = date(lazy_pgettext("plan", "Due"), readonly=True)
    state: Mapped[str] = choice(_("State"), STATES, default="draft", readonly=True)
    good: Mapped[str | None] = longtext(_("What went well"))
    bad: Mapped[str | None] = longtext(_("What did not"))
    following: Mapped[str | None] = longtext(_("What comes next"))
    facts: Mapped[dict[str, Any]] = json(_("What happened"), default=dict, renumber=_renumbered)
    submitted_at: Mapped[dt.datetime | None] = instant(_("Submitted at"), readonly=True)
    timing: Mapped[str | None] = choice(_("Submitted"), TIMINGS, readonly=True)
    comment: Mapped[str | None] = longtext(_("Comment"))
    read_by_id: Mapped[int | None] = reference("core.User", _("Read by"), readonly=True)
    read_at: Mapped[dt.datetime | None] = instant(_("Read at"), readonly=True)

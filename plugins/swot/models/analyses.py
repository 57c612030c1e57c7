"""Analyses, and who takes part in their workshops."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased

from plugin_api.context import Actor, lazy_pgettext
from plugin_api.context import lazy_gettext as _
from plugin_api.models import (
    CompanyModel,
    choice,
    date,
    integer,
    longtext,
    reference,
    text,
)
from plugins.swot.access import READ
from plugins.swot.models.words import KINDS, STATES
from plugins.swot.services.subjects import choices as subjects


class Analysis(CompanyModel):
    """Strengths, weaknesses, opportunities and threats of something, as of a day.

    What it is about is a record of any plugin, or a name. Finished, it stays as it is; another
    is made of it by *Revise*, so that both can be compared.
    """

    __tablename__ = "swot_analysis"
    __collection__ = "analyses"
    __label__ = lazy_pgettext("swot", "SWOT analysis")
    __label_plural__ = lazy_pgettext("swot", "SWOT analyses")
    __find_by__ = ("external_id", "name")
    __search__ = ("name", "subject", "external_id")
    __owner__ = "owner_id"
    __about__ = ("about_model", "about_id")
    __table_args__ = (
        sa.Index(None, "company_id", "state", "finished_on"),
        sa.Index(None, "company_id", "about_model", "about_id"),
    )

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"))
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    kind: Mapped[str] = choice(lazy_pgettext("swot", "About"), KINDS, default="company")
    about_model: Mapped[str | None] = choice(_("Kind of record"), subjects, length=100)
    about_id: Mapped[int | None] = integer(_("Number of the record"), minimum=1)
    subject: Mapped[str | None] = text(
        lazy_pgettext("swot", "Of whom or what"),
        length=300,
        help=_("Empty: what the record is called, or the company."),
    )
    state: Mapped[str] = choice(_("State"), STATES, default="draft", readonly=True)
    on: Mapped[dt.date] = date(lazy_pgettext("swot", "As of"))
    votes_each: Mapped[int] = integer(
        lazy_pgettext("swot", "Votes a person"), default=3, minimum=1, maximum=20
    )
    summary: Mapped[str | None] = longtext(lazy_pgettext("swot", "Summary"))
    former_id: Mapped[int | None] = reference(
        "swot.Analysis", lazy_pgettext("swot", "Revises"), readonly=True
    )
    finished_on: Mapped[dt.date | None] = date(lazy_pgettext("swot", "Finished on"), readonly=True)
    reason: Mapped[str | None] = text(_("Reason"), length=500)
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)

    @classmethod
    def reached_besides(cls, permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
        """Whoever takes part in a workshop reads its analysis."""
        if permission != READ or actor.user_id is None:
            return ()
        participant: Any = aliased(Participant)
        mine = participant.user_id == actor.user_id
        return (sa.select(participant.analysis_id).where(mine),)


class Participant(CompanyModel):
    """Somebody who takes part in the workshops of an analysis."""

    __tablename__ = "swot_participant"
    __collection__ = "participants"
    __label__ = lazy_pgettext("swot", "Participant")
    __label_plural__ = lazy_pgettext("swot", "Participants")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __parent__ = "analysis_id"
    __table_args__ = (sa.UniqueConstraint("company_id", "analysis_id", "user_id"),)

    analysis_id: Mapped[int] = reference(
        "swot.Analysis", lazy_pgettext("swot", "SWOT analysis"), on_delete="cascade"
    )
    user_id: Mapped[int] = reference("core.User", _("Person"))

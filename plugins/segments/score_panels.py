"""An account's scores and segments, beside it; the course of a segment, beside that."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import format_decimal

from plugin_api import host
from plugin_api.context import gettext, has_permission, ngettext, pgettext, today
from plugin_api.panels import Fact, Panel
from plugins.crm.api import Account
from plugins.segments import display
from plugins.segments.models import Membership, Score, Segment
from plugins.segments.services import history

MONTHS = 12


def of_account(account: Account) -> Panel | None:
    """Scores with what they come from, and the segments that it is in."""
    facts: list[Fact] = []
    title = gettext("In segments")
    if has_permission("segments.Score.read"):
        asked = sa.select(Score).where(Score.account_id == account.id)
        score = host().session.scalars(asked).first()
        if score is not None:
            title = display.CELLS[score.cell].label
            facts += _scores(score)
    if has_permission("segments.Membership.read"):
        held = (
            sa.select(Segment.id, Segment.name, Membership.joined)
            .join(Membership, Membership.segment_id == Segment.id)
            .where(
                Membership.account_id == account.id, Membership.left.is_(None), Segment.active,
                Segment.cell.is_(None),
            )
            .order_by(Segment.position, Segment.id)
        )  # fmt: skip
        facts += [
            Fact(
                label=name, href=host().record_url("segments.Segment", id_),
                value=gettext("since %(day)s", day=display.day(joined)),
            )
            for id_, name, joined in host().session.execute(held)
        ]  # fmt: skip
    return Panel(title=title, facts=tuple(facts)) if facts else None


def _scores(score: Score) -> list[Fact]:
    days = (today() - score.last_on).days
    said = [
        (gettext("Recency"), score.r, ngettext("%(num)d day ago", "%(num)d days ago", days)),
        (gettext("Frequency"), score.f, ngettext("%(num)d order", "%(num)d orders", score.orders)),
    ]
    if host().records.may_read(Score, "money"):
        said.append((pgettext("rfm", "Money"), score.m, display.money(score.money)))
    return [
        Fact(label=f"{label} {points}/5", value=value, share=points / 5)
        for label, points, value in said
    ]


def of_segment(segment: Segment) -> list[Panel]:
    """How many were in it at the end of each of the last months."""
    course = history.counts(history.month_ends(MONTHS)).get(segment.id, [0] * MONTHS)
    href = host().list_url("crm.Account", {"behind": f"segments.members?by.segment={segment.id}"})
    facts = (
        Fact(label=gettext("Accounts that you see"), value=format_decimal(course[-1]), href=href,
             trend=[float(each) for each in course]),
    )  # fmt: skip
    note = gettext("The address of their list is a condition for rules: paste it there.")
    return [Panel(title=gettext("Over a year"), facts=facts, note=note)]

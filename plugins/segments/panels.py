"""Where an account stands and why, beside it; what a grading has done, beside that."""

from __future__ import annotations

from urllib.parse import urlencode

import sqlalchemy as sa
from flask import url_for
from flask_babel import format_decimal

from plugin_api import host
from plugin_api.context import gettext, has_permission, ngettext, pgettext, today
from plugin_api.models import CompanyModel
from plugin_api.panels import Action, Fact, Panel
from plugins.crm.api import GRADES, Account, Opportunity
from plugins.segments import display, health_panels, persona_panels, score_panels
from plugins.segments.access import GRADE
from plugins.segments.models import Grading, Override, Segment, Standing
from plugins.segments.models.grades import LEVELS
from plugins.segments.services import figures, overrides, policies

READ = "segments.Standing.read"


def for_record(record: CompanyModel) -> list[Panel]:
    """Panels of an account or of a grading."""
    if isinstance(record, Grading):
        return _of_grading(record)
    if isinstance(record, Opportunity):
        shown = persona_panels.of_account(record.account_id)
        return [shown] if shown is not None else []
    if isinstance(record, Segment):
        return score_panels.of_segment(record)
    if not has_permission(READ):
        return []
    if isinstance(record, Account):
        found = [
            _grade(record), _policy(record), score_panels.of_account(record),
            persona_panels.of_account(record.id), *health_panels.of_account(record),
        ]  # fmt: skip
        return [panel for panel in found if panel is not None]
    return []


def _grade(account: Account) -> Panel | None:
    """The grade, what it comes from, and whether somebody has set it otherwise."""
    asked = sa.select(Standing).where(Standing.account_id == account.id)
    standing = host().session.scalars(asked).first()
    override = overrides.of(account.id)
    facts: list[Fact] = []
    if standing is not None:
        facts += _by_figures(standing)
    if override is not None:
        facts.append(_override(override))
    actions: tuple[Action, ...] = ()
    if override is None and has_permission("segments.Override.create"):
        query = urlencode({"account": account.id, "next": host().record_url(
            "crm.Account", account.id)})  # fmt: skip
        actions = (
            Action(
                label=gettext("Ask for another grade"), icon="hand-index",
                href=f"{host().list_url('segments.Override')}/new?{query}",
            ),
        )  # fmt: skip
    if not facts and not actions:
        return None
    note = "" if facts else gettext("No grading takes this account.")
    return Panel(
        title=gettext("Grade %(grade)s", grade=display.grade(account.grade)),
        facts=tuple(facts), note=note, actions=actions,
    )  # fmt: skip


def _by_figures(standing: Standing) -> list[Fact]:
    """Since when, by which figure, and how much of the whole lies before it."""
    grading = (
        host().session.scalars(sa.select(Grading).where(Grading.id == standing.grading_id)).one()
    )
    facts = [
        Fact(label=gettext("Since"), value=display.day(standing.since)),
        Fact(
            label=gettext("By the figures"), value=display.grade(standing.computed),
            href=host().record_url("segments.Grading", grading.id),
        ),
    ]  # fmt: skip
    if not (figures.may_see(grading.measure) and host().records.may_read(Standing, "value")):
        return facts
    facts.append(
        Fact(
            label=display.label(grading.measure),
            value=display.figure(standing.value, grading.measure),
        )
    )
    if standing.value > 0:
        more = Standing.value > standing.value
        amount = sa.func.coalesce(sa.func.sum(sa.case((more, Standing.value), else_=0)), 0)
        asked = sa.select(
            sa.func.count(sa.case((more, 1))), sa.type_coerce(amount, Standing.value.type),
            sa.func.count(), sa.func.sum(Standing.value),
        ).where(Standing.grading_id == grading.id, Standing.value > 0)  # fmt: skip
        before, passed, count, whole = host().session.execute(asked).one()
        rank = gettext("%(rank)s of %(count)s", rank=format_decimal(before + 1),
                       count=format_decimal(count))  # fmt: skip
        facts.append(Fact(label=gettext("Rank"), value=rank))
        facts.append(
            Fact(
                label=gettext("Lies before it"), value=display.share(passed / whole),
                share=float(passed / whole),
            )
        )  # fmt: skip
    return facts


def _override(override: Override) -> Fact:
    href = host().record_url("segments.Override", override.id)
    if override.state == "asked":
        said = gettext("%(grade)s, not decided yet", grade=override.grade)
    else:
        said = gettext("%(grade)s until %(day)s", grade=override.grade,
                       day=display.day(override.until))  # fmt: skip
    return Fact(label=gettext("Override"), value=said, href=href)


def _policy(account: Account) -> Panel | None:
    """What the grade gets, and whether the account does."""
    policy = policies.of(account.grade)
    if policy is None or not has_permission("segments.Policy.read"):
        return None
    facts: list[Fact] = []
    if policy.contact_days is not None:
        facts.append(Fact(
            label=pgettext("policy", "Contact"),
            value=ngettext("every day", "every %(num)d days", policy.contact_days),
        ))  # fmt: skip
        facts += _contact(account, policy.contact_days)
    if policy.owner_level == "manager":
        led = policies.is_leader(account.owner_id)
        label = next(each.label for each in LEVELS if each.value == "manager")
        said = label if led else gettext("should be: %(who)s", who=label)
        facts.append(Fact(label=gettext("Owner level"), value=said))
    if policy.price_list:
        facts.append(Fact(label=gettext("Price list"), value=policy.price_list))
    if policy.answer_hours is not None:
        hours = ngettext("%(num)d hour", "%(num)d hours", policy.answer_hours)
        facts.append(Fact(label=gettext("Answer within"), value=hours))
    return Panel(title=policy.name, facts=tuple(facts), note=policy.care or "")


def _contact(account: Account, every: int) -> list[Fact]:
    if not host().is_enabled("activities"):
        return []
    from plugins.activities.api import last_days

    last = last_days("crm.Account", [account.id]).get(account.id)
    if last is None:
        return [Fact(label=gettext("Last contact"), value=gettext("none yet"))]
    over = (today() - last).days - every
    value = display.day(last)
    if over > 0:
        late = ngettext("%(num)d day over", "%(num)d days over", over)
        value = gettext("%(day)s, %(late)s", day=value, late=late)
    return [Fact(label=gettext("Last contact"), value=value)]


def _of_grading(record: Grading) -> list[Panel]:
    """How many accounts have which grade, and the way to the preview."""
    asked = (
        sa.select(Standing.grade, sa.func.count())
        .where(Standing.grading_id == record.id, host().records.visible(Standing))
        .group_by(Standing.grade)
    )
    counted = {row[0]: row[1] for row in host().session.execute(asked)}
    facts = tuple(
        Fact(
            label=gettext("Grade %(grade)s", grade=display.grade(grade)),
            value=format_decimal(counted[grade]),
            href=host().list_url("segments.Standing", {"grading": record.id, "grade": grade})
            if grade
            else None,
        )
        for grade in (*(choice.value for choice in GRADES), None)
        if grade in counted
    )
    actions: tuple[Action, ...] = ()
    if has_permission(GRADE):
        href = url_for("segments.preview", grading_id=record.id)
        actions = (Action(label=gettext("Preview and write"), href=href, icon="eye"),)
    note = (
        gettext("As of %(day)s.", day=display.day(record.ran_on))
        if record.ran_on
        else gettext("Nothing is graded by it yet.")
    )
    return [Panel(title=gettext("Accounts by grade"), facts=facts, note=note, actions=actions)]

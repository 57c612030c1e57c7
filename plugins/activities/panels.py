"""What stands beside records: what is planned for them, and what one may do at once."""

from __future__ import annotations

import sqlalchemy as sa
from flask import url_for

from plugin_api import host
from plugin_api.context import gettext, has_permission
from plugin_api.models import CompanyModel
from plugin_api.panels import Action, Fact, Panel
from plugins.activities import display
from plugins.activities.access import CREATE, READ
from plugins.activities.models import Activity, Link
from plugins.activities.services import contact, subjects, visits

MOST = 4


def for_record(record: CompanyModel) -> list[Panel]:
    """The panel of an activity, or of a record that activities may be about."""
    if isinstance(record, Activity):
        return _of_activity(record)
    if subjects.model_for(record.model_key()) is None:
        return []
    if not has_permission(READ):
        return []
    return [_of_subject(record)]


def _of_subject(record: CompanyModel) -> Panel:
    key = record.model_key()
    facts = [
        Fact(
            label=row.subject,
            value=display.when(row.due, row.start),
            href=host().record_url(display.ACTIVITY, row.id),
        )
        for row in _next(key, record.id)
    ]
    last = contact.last_days(key, [record.id]).get(record.id)
    if last is not None:
        facts.append(Fact(label=gettext("Last contact"), value=display.day(last)))
    actions: tuple[Action, ...] = ()
    if has_permission(CREATE):
        about = subjects.write(key, record.id)
        actions = (
            display.log(about),
            display.plan(about),
            Action(
                label=gettext("Apply a plan"),
                href=url_for("activities.choose_plan", about=about),
                icon="list-check",
                dialog=True,
            ),
        )
    note = "" if facts else gettext("Nothing is planned.")
    return Panel(title=gettext("Next steps"), facts=tuple(facts), note=note, actions=actions)


def _next(key: str, record_id: int) -> list[sa.Row[tuple[int, str, object, object]]]:
    asked = (
        sa.select(Activity.id, Activity.subject, Activity.due, Activity.start)
        .join(Link, Link.activity_id == Activity.id)
        .where(
            *Link.of(key, record_id),
            Activity.state == "open",
            host().records.visible(Activity),
        )
        .order_by(Activity.due.is_(None), Activity.due, Activity.start, Activity.id)
        .limit(MOST)
    )
    return list(host().session.execute(asked))


def _of_activity(record: Activity) -> list[Panel]:
    """What it is about, and for a visit where one checks in."""
    facts: tuple[Fact, ...] = ()
    if record.about_model is not None and record.about_id is not None:
        found = subjects.find(record.about_model, [record.about_id])
        if found:
            href = host().record_url(record.about_model, record.about_id)
            facts = (
                Fact(
                    label=found[record.about_id].title,
                    value=display.kind_label(record.about_model),
                    href=href,
                ),
            )
    actions: tuple[Action, ...] = ()
    if visits.is_visit(record.kind_id):
        actions = (
            Action(
                label=gettext("Open the visit"),
                href=url_for("activities.visit", activity_id=record.id),
                icon="geo-alt",
            ),
        )
    if not facts and not actions:
        return []
    return [Panel(title=gettext("About"), facts=facts, actions=actions)]

"""Whose turn it is beside a rule; who would get a record that nobody owns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask import url_for

from plugin_api import host
from plugin_api.context import gettext, has_permission
from plugin_api.models import CompanyModel, model_of
from plugin_api.panels import Action, Fact, Panel
from plugins.assignment.models import Rule
from plugins.assignment.services import giving, preview

NEXT = 5


def for_record(record: CompanyModel) -> list[Panel]:
    """Panels of a rule, or of a lead or account that nobody owns."""
    if not has_permission("assignment.Rule.read"):
        return []
    if isinstance(record, Rule):
        return [_turns(record), _standing(record)]
    return _would_get(record)


def _turns(rule: Rule) -> Panel:
    """Who gets the next records, one after the other, as things are."""
    found = preview.next_ones(rule, NEXT)
    names = _names(found)
    facts = tuple(
        Fact(label=str(place), value=names.get(user_id, ""))
        for place, user_id in enumerate(found, 1)
    )
    note = "" if facts else gettext("Nobody is there to get anything.")
    return Panel(title=gettext("Who is next"), facts=facts, note=note)


def _standing(rule: Rule) -> Panel:
    """What each has to do, and who gets nothing now."""
    places = giving.take_places(rule)
    names = _names([place.taker.user_id for place in places])
    return Panel(
        title=gettext("How they stand"),
        facts=tuple(
            Fact(label=names.get(place.taker.user_id, ""), value=_said(place)) for place in places
        ),
    )


def _said(place: giving.Place) -> str:
    words = {
        "gone": gettext("does not work here any more"),
        "away": gettext("away today"),
        "weight": gettext("weight 0"),
    }
    if place.off:
        return str(words[place.off])
    if place.capacity is not None:
        return str(gettext("%(open)d of %(most)d open", open=place.taker.open, most=place.capacity))
    return str(gettext("%(open)d open", open=place.taker.open))


def _would_get(record: Any) -> list[Panel]:
    if record.owner_id is not None:
        return []
    found = preview.who_would_get(record)
    if found is None:
        return []
    rule, user_id = found
    name = _names([user_id]).get(user_id, "")
    actions: tuple[Action, ...] = ()
    if host().records.may(record, "update"):
        actions = (
            Action(
                label=gettext("Give it out"), post=True, icon="send-check",
                href=url_for("assignment.give", about=f"{rule.kind}:{record.id}"),
            ),
        )  # fmt: skip
    return [
        Panel(
            title=gettext("Assignment"),
            facts=(Fact(label=gettext("Would go to"), value=name),
                   Fact(label=gettext("By the rule"), value=rule.name,
                        href=host().record_url("assignment.Rule", rule.id))),
            actions=actions,
        )
    ]  # fmt: skip


def _names(ids: list[int]) -> Mapping[int, str]:
    user: Any = model_of("core.User")
    asked = sa.select(user.id, user.name).where(user.id.in_(ids))
    return {row[0]: row[1] for row in host().session.execute(asked)}

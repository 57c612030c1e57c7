"""Weights that sum to 1, an analysis that is whole, and another that is made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, today
from plugin_api.errors import Invalid, Rejected
from plugins.swot.models import Analysis, Evidence, Item, Participant
from plugins.swot.services import readiness, scoring
from plugins.swot.services.wholes import evidence_of, hold, items_of


def said_of(analysis_id: int) -> list[readiness.Said]:
    """The items of an analysis as they are checked. Two statements."""
    items = items_of(analysis_id)
    return said(items, evidence_of([item.id for item in items]))


def said(items: Sequence[Item], proofs: Mapping[int, Sequence[Evidence]]) -> list[readiness.Said]:
    """Items as they are checked."""
    return [
        readiness.Said(
            item.name, item.quadrant, item.weight, item.intensity, item.expires_on,
            [proof.kind for proof in proofs[item.id]],
        )
        for item in items
    ]  # fmt: skip


def check_finish(analysis: Analysis, values: Mapping[str, Any]) -> None:
    """Raise Invalid with all that it lacks."""
    hold(analysis.id)
    found = readiness.lacks(said_of(analysis.id), today())
    if found:
        text = gettext("The analysis is not whole yet.")
        raise Invalid(text, errors={"": found})


def finish(analysis: Analysis, values: dict[str, Any]) -> None:
    """Keep the day."""
    analysis.finished_on = today()


def reopen(analysis: Analysis, values: dict[str, Any]) -> None:
    """It is no finished one meanwhile."""
    analysis.finished_on = None


def check_weigh(analysis: Analysis, values: Mapping[str, Any]) -> None:
    """Raise Rejected where there is nothing to weigh."""
    hold(analysis.id)
    if not items_of(analysis.id):
        raise Rejected("", gettext("There is no item yet."))


def check_weigh_by_votes(analysis: Analysis, values: Mapping[str, Any]) -> None:
    """Raise Rejected where nobody voted."""
    hold(analysis.id)
    if not any(item.votes for item in items_of(analysis.id)):
        raise Rejected("", gettext("Nobody has voted yet."))


def weigh(analysis: Analysis, values: dict[str, Any]) -> None:
    """Scale the weights of each side to 1; alike where there are none."""
    _weigh(items_of(analysis.id), lambda item: item.weight)


def weigh_by_votes(analysis: Analysis, values: dict[str, Any]) -> None:
    """The weights of each side as the votes were given."""
    _weigh(items_of(analysis.id), lambda item: item.votes)


def _weigh(items: Sequence[Item], wanted: Any) -> None:
    changes: list[tuple[Item, Mapping[str, Any]]] = []
    for side in ("inner", "outer"):
        here = sorted(
            (item for item in items if scoring.side_of(item.quadrant) == side),
            key=lambda item: item.id,
        )
        weights: list[Decimal] = scoring.scaled([wanted(item) for item in here])
        changes += [
            (item, {"weight": weight})
            for item, weight in zip(here, weights, strict=True)
            if item.weight != weight
        ]
    if changes:
        host().records.update_many(changes)


def revise(analysis: Analysis, values: dict[str, Any]) -> Mapping[str, Any]:
    """Make another of it, with its items, evidence as it was seen, and who takes part."""
    records, session = host().records, host().session
    made = records.create(
        Analysis,
        {
            "name": analysis.name, "owner_id": current_actor().user_id or analysis.owner_id,
            "kind": analysis.kind, "subject": analysis.subject, "on": today(),
            "votes_each": analysis.votes_each,
        },
    )  # fmt: skip
    # What it is about may be out of the actor's sight, and yet stays the same.
    made.about_model, made.about_id = analysis.about_model, analysis.about_id
    made.former_id = analysis.id
    session.flush()
    people = sa.select(Participant.user_id).where(Participant.analysis_id == analysis.id)
    rows = [{"analysis_id": made.id, "user_id": id_} for id_ in session.scalars(people)]
    if rows:
        records.create_many(Participant, rows)
    _copy(items_of(analysis.id), made)
    return {"open": made}


def _copy(items: Sequence[Item], into: Analysis) -> None:
    names = ("name", "quadrant", "factor", "weight", "intensity", "expires_on", "details")
    records = host().records
    made = records.create_many(
        Item,
        [{"analysis_id": into.id, **{name: getattr(item, name) for name in names}}
         for item in items],
    )  # fmt: skip
    proofs = evidence_of([item.id for item in items])
    kept = ("kind", "name", "as_of", "measure", "start", "narrows", "value", "about_model",
            "about_id", "note", "source")  # fmt: skip
    for item, copy in zip(items, made, strict=True):
        copy.former_id, copy.author_id = item.id, item.author_id
        # Not through the rules of entry: a figure stays what it was on its day.
        host().session.add_all(
            Evidence(item_id=copy.id, **{name: getattr(proof, name) for name in kept})
            for proof in proofs[item.id]
        )
    host().session.flush()

"""Workshops: everybody writes silently, what is alike is merged, everybody votes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, has_permission, today
from plugin_api.errors import Forbidden, Rejected
from plugins.swot.access import TAKE_PART
from plugins.swot.models import Analysis, Evidence, Idea, Item, Participant, Vote
from plugins.swot.models.words import MANY
from plugins.swot.services.wholes import hold

MOST_IDEAS = 200
"""That somebody may write in one collection."""


def people_of(analysis_id: int) -> Sequence[int]:
    """Who takes part. One statement."""
    asked = sa.select(Participant.user_id).where(Participant.analysis_id == analysis_id)
    return host().session.scalars(asked.order_by(Participant.id)).all()


def takes_part(analysis: Analysis) -> bool:
    """Whether the actor does, and may."""
    return has_permission(TAKE_PART) and current_actor().user_id in people_of(analysis.id)


# -- collecting ----------------------------------------------------------------------------------


def check_collect(analysis: Analysis, values: Mapping[str, Any]) -> None:
    """Raise Rejected where nobody would write or vote."""
    if not people_of(analysis.id):
        raise Rejected("", gettext("Say first who takes part."))


def collect(analysis: Analysis, values: dict[str, Any]) -> None:
    """Tell everybody that they may write."""
    text = gettext("Add what you see, silently, until the collection ends.")
    host().remind(analysis, people_of(analysis.id), text)


def my_ideas(analysis_id: int) -> Sequence[Idea]:
    """What the actor has written in this collection. One statement."""
    asked = sa.select(Idea).where(
        Idea.analysis_id == analysis_id, Idea.user_id == current_actor().user_id
    )
    return host().session.scalars(asked.order_by(Idea.id)).all()


def write(
    analysis: Analysis,
    text: str,
    quadrant: str,
    *,
    note: str = "",
    source: str = "",
    as_of: dt.date | None = None,
) -> Idea:
    """Keep an idea of the actor's. Raises Forbidden, and Rejected with the reason."""
    _hold(analysis, "collecting", gettext("The collection is over."))
    # What could not become an item or evidence would hold up the end of the collection, and nobody
    # could see whose it is. No database keeps a zero character.
    name, note, source = (each.replace("\0", "").strip() for each in (text, note, source))
    if not name:
        raise Rejected("name", gettext("Say what you see."))
    if len(name) > 300:
        raise Rejected("name", gettext("At most 300 characters."))
    if quadrant not in MANY:
        raise Rejected("quadrant", gettext("Say what it is: strength, weakness, …"))
    if len(note) > 1000 or len(source) > 500:
        raise Rejected("note", gettext("That is too long."))
    if note and not (source and as_of):
        raise Rejected("source", gettext("Say where it is known from, and of which day."))
    if as_of is not None and as_of > today():
        raise Rejected("as_of", gettext("That day is still to come."))
    mine = my_ideas(analysis.id)
    if any(each.name == name and each.quadrant == quadrant for each in mine):
        raise Rejected("name", gettext("You have written that already."))
    if len(mine) >= MOST_IDEAS:
        raise Rejected("name", gettext("These are many already."))
    made = Idea(
        analysis_id=analysis.id, user_id=current_actor().user_id, name=name, quadrant=quadrant,
        note=note or None, source=source or None, as_of=as_of,
    )  # fmt: skip
    host().session.add(made)
    host().session.flush()
    return made


def take_back(analysis: Analysis, idea_id: int) -> None:
    """Forget an idea of the actor's own. Raises Forbidden and Rejected."""
    _hold(analysis, "collecting", gettext("The collection is over."))
    for idea in my_ideas(analysis.id):
        if idea.id == idea_id:
            host().session.delete(idea)


def end_collection(analysis: Analysis, values: dict[str, Any]) -> None:
    """Lay what everybody wrote on the board, as items that name who wrote them."""
    session, records = host().session, host().records
    # Who writes meanwhile holds the analysis: nothing is left behind.
    hold(analysis.id)
    ideas = session.scalars(
        sa.select(Idea).where(Idea.analysis_id == analysis.id).order_by(Idea.id)
    ).all()
    analysis.state = "draft"
    made = records.create_many(
        Item,
        [{"analysis_id": analysis.id, "name": each.name, "quadrant": each.quadrant}
         for each in ideas],
    )  # fmt: skip
    for item, idea in zip(made, ideas, strict=True):
        item.author_id = idea.user_id
    proofs = [
        {"item_id": item.id, "kind": "note", "note": idea.note, "source": idea.source,
         "as_of": idea.as_of}
        for item, idea in zip(made, ideas, strict=True) if idea.note
    ]  # fmt: skip
    if proofs:
        records.create_many(Evidence, proofs)
    for idea in ideas:
        session.delete(idea)


# -- voting --------------------------------------------------------------------------------------


def check_vote(analysis: Analysis, values: Mapping[str, Any]) -> None:
    """Raise Rejected where there is nothing to vote on, or nobody to."""
    check_collect(analysis, values)
    asked = sa.select(Item.id).where(Item.analysis_id == analysis.id, ~Item.put_aside).limit(1)
    if host().session.scalar(asked) is None:
        raise Rejected("", gettext("There is no item to vote on."))


def begin_vote(analysis: Analysis, values: dict[str, Any]) -> None:
    """Forget the votes of an earlier round, and tell everybody."""
    items = sa.select(Item.id).where(Item.analysis_id == analysis.id)
    host().session.execute(
        sa.delete(Vote).where(Vote.item_id.in_(items)),
        execution_options={"synchronize_session": False},
    )
    host().remind(analysis, people_of(analysis.id), gettext("Give your votes."))


def my_votes(analysis_id: int) -> frozenset[int]:
    """Items that the actor has given a vote. One statement."""
    asked = (
        sa.select(Vote.item_id)
        .join(Item, Item.id == Vote.item_id)
        .where(Item.analysis_id == analysis_id, Vote.user_id == current_actor().user_id)
    )
    return frozenset(host().session.scalars(asked))


def give(analysis: Analysis, item_id: int) -> None:
    """Give an item one of the actor's votes; once, however often it is asked. Raises Forbidden,
    and Rejected when none is left."""
    _hold(analysis, "voting", gettext("The vote is over."))
    item = host().records.get(Item, item_id)
    if item.analysis_id != analysis.id or item.put_aside:
        raise Rejected("", gettext("It is not voted on."))
    given = my_votes(analysis.id)
    if item.id in given:
        return
    if len(given) >= analysis.votes_each:
        raise Rejected("", gettext("You have given all your votes. Take one back first."))
    host().session.add(Vote(item_id=item.id, user_id=current_actor().user_id))
    host().session.flush()


def take_vote_back(analysis: Analysis, item_id: int) -> None:
    """Take the actor's vote off an item. Raises Forbidden and Rejected."""
    _hold(analysis, "voting", gettext("The vote is over."))
    host().session.execute(
        sa.delete(Vote).where(
            Vote.item_id == item_id, Vote.user_id == current_actor().user_id
        ),
        execution_options={"synchronize_session": False},
    )  # fmt: skip


def end_vote(analysis: Analysis, values: dict[str, Any]) -> None:
    """Count what was given."""
    session = host().session
    hold(analysis.id)
    items = session.scalars(sa.select(Item).where(Item.analysis_id == analysis.id)).all()
    counted = (
        sa.select(Vote.item_id, sa.func.count())
        .where(Vote.item_id.in_([item.id for item in items]))
        .group_by(Vote.item_id)
    )
    votes = {row[0]: row[1] for row in session.execute(counted)}
    for item in items:
        item.votes = None if item.put_aside else votes.get(item.id, 0)


def _hold(analysis: Analysis, state: str, over: str) -> None:
    """See that the actor takes part and that it is still time; nobody ends it meanwhile, and
    nobody writes twice at once for the same person. Raises Forbidden and Rejected."""
    if not takes_part(analysis):
        raise Forbidden(gettext("You do not take part in this workshop."))
    session = host().session
    still = session.scalar(
        sa.select(Analysis.id)
        .where(Analysis.id == analysis.id, Analysis.state == state)
        .with_for_update(read=True)
    )
    if still is None:
        raise Rejected("", over)
    session.execute(
        sa.select(Participant.id)
        .where(
            Participant.analysis_id == analysis.id,
            Participant.user_id == current_actor().user_id,
        )
        .with_for_update()
    )

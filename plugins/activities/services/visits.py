"""Visits: the day's route, arriving and leaving, what is asked there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, now
from plugin_api.errors import Rejected
from plugins.activities.models import Activity, Answer, Check, Kind, Place, Question
from plugins.activities.services import positions
from plugins.activities.services.kept import kept

KEY = re.compile(r"[0-9A-Za-z-]{8,40}")
WITHOUT = frozenset({"denied", "unavailable", "timeout", "unsupported"})
SKEW = dt.timedelta(minutes=5)
"""How far a device's clock may be ahead."""
LATE = dt.timedelta(days=14)
"""How long what was done offline may wait to be sent."""
FURTHEST = 1_000_000
"""Metres: an accuracy beyond it says nothing."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a device says that it is; ``accuracy`` in metres."""

    latitude: Decimal
    longitude: Decimal
    accuracy: int

    @property
    def pair(self) -> tuple[Decimal, Decimal]:
        """Without the accuracy."""
        return self.latitude, self.longitude


def is_visit(kind_id: int) -> bool:
    """Whether activities of a kind are visits. Read once a transaction."""
    found: frozenset[int] = kept("visits", _visit_kinds)
    return kind_id in found


def _visit_kinds() -> frozenset[int]:
    return frozenset(host().session.scalars(sa.select(Kind.id).where(Kind.is_visit)))


def questions(kind_id: int) -> Sequence[Question]:
    """What is asked on activities of a kind."""
    asked = sa.select(Question).where(Question.kind_id == kind_id, Question.archived.is_(False))
    return host().session.scalars(asked.order_by(Question.position, Question.id)).all()


def answers(activity_id: int) -> Mapping[int, Answer]:
    """Question → what was answered."""
    asked = sa.select(Answer).where(Answer.activity_id == activity_id)
    return {row.asked_id or 0: row for row in host().session.scalars(asked)}


def checks(activity_id: int) -> Sequence[Check]:
    """Arrivals and departures in their order."""
    asked = sa.select(Check).where(Check.activity_id == activity_id)
    return host().session.scalars(asked.order_by(Check.at, Check.id)).all()


def check_answers(record: Activity) -> None:
    """Refuse to be done with questions open that must be answered. Raises Rejected."""
    required = kept(("required", record.kind_id), lambda: _required(record.kind_id))
    if not required:
        return
    given = {id_ for id_, answer in answers(record.id).items() if (answer.value or "").strip()}
    left = [name for id_, name in required if id_ not in given]
    if left:
        raise Rejected(
            "", gettext("Still to be answered: %(questions)s", questions="; ".join(left))
        )


def _required(kind_id: int) -> list[tuple[int, str]]:
    asked = sa.select(Question.id, Question.name).where(
        Question.kind_id == kind_id, Question.required, Question.archived.is_(False)
    )
    return [(row.id, row.name) for row in host().session.execute(asked.order_by(Question.position))]


def answer(record: Activity, given: Mapping[int, str]) -> None:
    """Keep answers by the question's number. Raises Rejected naming the question."""
    known = answers(record.id)
    for question in questions(record.kind_id):
        if question.id not in given:
            continue
        value = _checked(question, given[question.id].strip())
        held = known.get(question.id)
        if held is not None:
            if (held.value or "") != value:
                host().records.update(held, {"value": value or None})
        elif value:
            host().records.create(
                Answer,
                {"activity": record.id, "asked": question.id, "question": question.name,
                 "value": value},
            )  # fmt: skip


def _checked(question: Question, value: str) -> str:
    if not value:
        return value
    if question.answer == "number":
        try:
            finite = Decimal(value).is_finite()
        except InvalidOperation:
            finite = False
        if not finite:
            raise Rejected("", gettext("“%(question)s” asks for a number.", question=question.name))
    if question.answer == "yes_no" and value not in ("yes", "no"):
        raise Rejected("", gettext("“%(question)s” asks for yes or no.", question=question.name))
    if question.answer == "choice" and value not in options_of(question):
        text = gettext(
            "“%(value)s” is no answer to “%(question)s”.", value=value, question=question.name
        )
        raise Rejected("", text)
    return value


def options_of(question: Question) -> list[str]:
    """The answers to choose from."""
    return [line.strip() for line in (question.options or "").splitlines() if line.strip()]


def read_position(sent: Mapping[str, str]) -> Position | None:
    """A position as a device sends it; None for anything that is no place."""
    try:
        latitude, longitude = Decimal(sent.get("lat", "")), Decimal(sent.get("lon", ""))
        accuracy = round(float(sent.get("acc", "")))
    except (InvalidOperation, ValueError, OverflowError):
        return None
    if not (latitude.is_finite() and longitude.is_finite()):
        return None
    if not positions.is_position(latitude, longitude) or not 0 <= accuracy <= FURTHEST:
        return None
    step = Decimal("0.000001")
    return Position(latitude.quantize(step), longitude.quantize(step), accuracy)


def read_moment(text: str) -> dt.datetime:
    """When a device says that it was: now where it says nothing sensible."""
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return now()
    if found.tzinfo is None or not now() - LATE <= found <= now() + SKEW:
        return now()
    return found.astimezone(dt.UTC)


def check(record: Activity, way: str, sent: Mapping[str, str]) -> Check:
    """Note that somebody arrives or leaves: with a position, or with why there is none. What is
    sent again is kept once. Raises Rejected."""
    key = sent.get("key", "")
    if way not in ("in", "out") or not KEY.fullmatch(key):
        raise Rejected("", gettext("This check-in cannot be read."))
    known = host().session.scalar(
        sa.select(Check).where(Check.activity_id == record.id, Check.key == key)
    )
    if known is not None:
        return known
    position = read_position(sent)
    made = Check(
        activity_id=record.id,
        way=way,
        at=read_moment(sent.get("at", "")),
        user_id=current_actor().user_id,
        received_at=now(),
        key=key,
    )
    if position is None:
        without = sent.get("without", "")
        made.without = without if without in WITHOUT else "unsupported"
    else:
        made.latitude, made.longitude, made.accuracy = (
            position.latitude, position.longitude, position.accuracy,
        )  # fmt: skip
        place = place_of(record)
        if place is not None:
            made.distance = positions.metres(position.pair, (place.latitude, place.longitude))
            made.distance_accuracy = position.accuracy + place.accuracy
    host().session.add(made)
    host().session.flush()
    return made


def place_of(record: Activity) -> Place | None:
    """The known position of what a visit is about."""
    if record.about_model is None or record.about_id is None:
        return None
    return host().session.scalar(
        sa.select(Place).where(
            Place.model == record.about_model, Place.record_id == record.about_id
        )
    )


def remember(record: Activity, made: Check) -> None:
    """Take the position of an arrival for that of what the visit is about."""
    if made.latitude is None or made.longitude is None or record.about_id is None:
        return
    place: Any = place_of(record) or Place(model=record.about_model, record_id=record.about_id)
    place.latitude, place.longitude = made.latitude, made.longitude
    place.accuracy = made.accuracy or 0
    host().session.add(place)
    host().session.flush()


def stops(user_id: int, day: dt.date) -> Sequence[Activity]:
    """A person's visits of a day in the order of the route."""
    asked = (
        sa.select(Activity)
        .join(Kind, Kind.id == Activity.kind_id)
        .where(
            Kind.is_visit,
            Activity.owner_id == user_id,
            Activity.due == day,
            Activity.state != "cancelled",
            host().records.visible(Activity),
        )
        .order_by(sa.func.coalesce(Activity.stop, 10_000), Activity.start, Activity.id)
    )
    return host().session.scalars(asked).all()


def reorder(stops_: Sequence[Activity], moved_id: int, by: int) -> None:
    """Move a stop up or down, and number all of them anew."""
    order = list(stops_)
    place = next((i for i, each in enumerate(order) if each.id == moved_id), None)
    if place is None:
        return
    order.insert(min(max(place + by, 0), len(order) - 1), order.pop(place))
    for number, each in enumerate(order, 1):
        if each.stop != number:
            host().records.update(each, {"stop": number})

"""What is completed, refused and followed up when activities are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, current_company, gettext, now, today
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel
from plugins.activities.models import Activity, ContactRule, Kind, Link, Question, StepRule
from plugins.activities.services import conditions, days, next_steps, repeating, subjects
from plugins.activities.services.kept import forget, kept, put

Changes = Mapping[str, tuple[Any, Any]]

REPEATING = frozenset({"repeat", "repeat_rule"})


def zone() -> ZoneInfo:
    """The company's time zone."""
    return ZoneInfo(current_company().timezone)


def before_create_many(records: Sequence[CompanyModel]) -> None:
    """Read what all of them are about. A statement a kind of record."""
    wanted: dict[str, set[int]] = {}
    for record in records:
        if isinstance(record, Activity) and record.about_model and record.about_id:
            wanted.setdefault(record.about_model, set()).add(record.about_id)
    me = current_actor().user_id
    for key, ids in wanted.items():
        for id_, subject in subjects.find(key, ids).items():
            put((me, key, id_), subject)


def before_create(record: CompanyModel) -> None:
    """Complete or refuse a new record."""
    if isinstance(record, Activity):
        with _on_earth(record):
            complete(record)
    elif isinstance(record, StepRule | ContactRule):
        conditions.clean(record)
    elif isinstance(record, Question):
        _check_question(record)


def after_create(record: CompanyModel) -> None:
    """Follow up on a new record."""
    if isinstance(record, Activity):
        link(record)
    elif isinstance(record, StepRule | ContactRule | Kind):
        forget()


def before_update(record: CompanyModel, changes: Changes) -> None:
    """Complete or refuse a change."""
    if isinstance(record, Activity):
        with _on_earth(record):
            change(record, changes)
    elif isinstance(record, StepRule | ContactRule):
        conditions.clean(record)
    elif isinstance(record, Question):
        _check_question(record)


def after_update(record: CompanyModel, changes: Changes) -> None:
    """Follow up on a change, of records that activities may be about too."""
    if isinstance(record, Activity):
        if changes.keys() & {"about_model", "about_id"}:
            _unlink(record)
            link(record)
        if "state" in changes and record.state in days.CLOSED:
            go_on(record)
    elif isinstance(record, StepRule | ContactRule | Kind):
        forget()
    else:
        next_steps.gate(record, changes)


def before_delete_many(records: Sequence[CompanyModel]) -> None:
    """Let go of records of one model that are deleted: what was done about them stays, in words."""
    record = records[0]
    if isinstance(record, StepRule | ContactRule | Kind):
        forget()
    elif record.__owner__ and record.plugin_id() not in subjects.OWN:
        _let_go(record.model_key(), [each.id for each in records])


@contextmanager
def _on_earth(record: Activity) -> Iterator[None]:
    """Refuse moments that are on no day by the company's clock, as the last of 9999 elsewhere."""
    try:
        yield
    except OverflowError:
        field = "due" if record.start is None else "start"
        raise Rejected(field, gettext("This is too early or too late.")) from None


def complete(record: Activity) -> None:
    """Make the days, moments and words of a new activity agree. Raises Rejected."""
    if record.start is not None:
        record.due = days.local_day(record.start, zone())
    if record.state == "done":
        record.done_at = record.done_at or _moment_of(record.due) or now()
    else:
        record.done_at = None
    _settle(record)
    _name(record)
    if record.series_start is None:
        record.series_start = record.due


def change(record: Activity, changes: Changes) -> None:
    """The same for a change. What is put off keeps its hours and its length."""
    if "start" in changes:
        old, new = changes["start"]
        if new is not None:
            record.due = days.local_day(new, zone())
            if old is not None and record.end is not None and "end" not in changes:
                record.end += new - old
    elif "due" in changes and record.start is not None:
        _put_off(record)
    record.done_at = record.done_at or now() if record.state == "done" else None
    _settle(record)
    if changes.keys() & {"about_model", "about_id"}:
        _name(record)
    if changes.keys() & {*REPEATING, "due", "start"} and record.state == "open":
        record.series_start = record.due


def _put_off(record: Activity) -> None:
    if record.start is None:
        return
    if record.due is None:
        record.start = record.end = None
        return
    length = None if record.end is None else record.end - record.start
    record.start = days.moved(record.start, record.due, zone())
    record.end = None if length is None else record.start + length


def _settle(record: Activity) -> None:
    """What follows from the rest of the record. Raises Rejected."""
    if record.end is not None and record.start is None:
        raise Rejected("start", gettext("What has an end has a start."))
    if record.end is not None and record.start is not None and record.end < record.start:
        raise Rejected("end", gettext("It ends before it starts."))
    _settle_rule(record)
    done = record.done_at
    record.done_on = None if done is None else days.local_day(done, zone())
    record.when = days.bucket(record.state, record.due, today())
    record.remind_at = None
    if record.remind is not None and record.state == "open":
        record.remind_at = days.reminded_at(record.start, record.due, int(record.remind), zone())


def _settle_rule(record: Activity) -> None:
    if record.repeat is None:
        record.repeat_rule = None
        return
    if record.due is None:
        raise Rejected("due", gettext("What repeats needs a first day."))
    rule = record.repeat_rule if record.repeat == "custom" else record.repeat
    try:
        record.repeat_rule = repeating.clean(rule or "")
    except ValueError:
        text = gettext("No rule of repetition. Expected one such as FREQ=WEEKLY;BYDAY=MO,TH.")
        raise Rejected("repeat_rule", text) from None


def _moment_of(day: dt.date | None) -> dt.datetime | None:
    """Noon of a day that has passed, for what was done then; None for others."""
    if day is None or day >= today():
        return None
    return dt.datetime.combine(day, dt.time(12), zone()).astimezone(dt.UTC)


def _name(record: Activity) -> None:
    """Write down what the record is called that it is about. Raises Rejected."""
    if record.about_model is None or record.about_id is None:
        if record.about_model is not None:
            raise Rejected("about_id", gettext("Say which record."))
        if record.about_id is not None:
            raise Rejected("about_model", gettext("Say of which kind the record is."))
        record.about = None
        return
    record.about = _subject(record.about_model, record.about_id).title[:300]


def _subject(key: str, record_id: int) -> subjects.Subject:
    known = (current_actor().user_id, key, record_id)
    found: subjects.Subject = kept(known, lambda: subjects.one(key, record_id))
    return found


def link(record: Activity) -> None:
    """Have the activity count for what it is about and for what that belongs to."""
    _count_for(record, _own_refs(record))


def link_others(record: Activity, others: Collection[subjects.Ref]) -> None:
    """Have it count for further records and for what those belong to. A statement a model."""
    refs = dict.fromkeys(others)
    for key in dict.fromkeys(key for key, _id in others):
        known = subjects.find(key, [id_ for each, id_ in others if each == key])
        refs |= dict.fromkeys(ref for subject in known.values() for ref in subject.refs)
    _count_for(record, refs.keys() - _own_refs(record))


def _own_refs(record: Activity) -> set[subjects.Ref]:
    if record.about_model is None or record.about_id is None:
        return set()
    key = record.about_model, record.about_id
    return {key, *_subject(*key).refs}


def _count_for(record: Activity, refs: Iterable[subjects.Ref]) -> None:
    host().session.add_all(
        Link(activity_id=record.id, model=model, record_id=id_) for model, id_ in sorted(refs)
    )


def _unlink(record: Activity) -> None:
    host().session.flush()
    host().session.execute(
        sa.delete(Link).where(Link.activity_id == record.id),
        execution_options={"synchronize_session": False},
    )


def go_on(record: Activity) -> None:
    """Plan the next one of a series whose last one is done or was cancelled."""
    if record.repeat_rule is None or record.due is None:
        return
    first = record.series_start or record.due
    after = max(record.due, today() - dt.timedelta(days=1))
    day = repeating.next_day(record.repeat_rule, first, after, record.repeat_until)
    if day is None:
        return
    values: dict[str, Any] = {
        name: getattr(record, name)
        for name in (
            "subject", "kind_id", "owner_id", "priority", "about_model", "about_id", "location",
            "details", "repeat", "repeat_rule", "repeat_until", "remind",
        )
    }  # fmt: skip
    values["due"] = day
    if record.start is not None:
        values["start"] = days.moved(record.start, day, zone())
        if record.end is not None:
            values["end"] = values["start"] + (record.end - record.start)
    if record.about_model is not None and record.about_id is not None:
        ref = record.about_model, record.about_id
        same = subjects.still(*ref, record.about or "")
        if same is not None:
            put((current_actor().user_id, *ref), same)
    made = host().records.create(Activity, values)
    made.series_id, made.series_start = record.series_id or record.id, first
    # It goes on from here: the one that is over repeats no more.
    record.repeat = record.repeat_rule = None


def _let_go(key: str, ids: Sequence[int]) -> None:
    session = host().session
    # Links of this transaction may not be written yet.
    session.flush()
    unsynced = {"synchronize_session": False}
    session.execute(
        sa.update(Activity)
        .where(Activity.about_model == key, Activity.about_id.in_(ids))
        .values(about_model=None, about_id=None),
        execution_options=unsynced,
    )
    session.execute(
        sa.delete(Link).where(Link.model == key, Link.record_id.in_(ids)),
        execution_options=unsynced,
    )


def _check_question(record: Question) -> None:
    if record.answer == "choice" and not (record.options or "").strip():
        raise Rejected("options", gettext("Name the answers to choose from, one a line."))

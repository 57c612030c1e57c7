"""New records written past the unit of work, which costs more than the rest of a change.

It is for records that hold values of their own columns only, of models of which nothing listens to
how they are written but what is known here: their sort key (:mod:`core.data.titles`) and the index
of the search. Others take the way of the ORM; both leave the same behind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy.orm.attributes import instance_state

from core.data import titles
from core.host import services
from core.search import index
from core.tenancy.errors import WallError
from core.tenancy.session import CompanySession
from core.tenancy.waiting import person
from plugin_api.context import current_company, now
from plugin_api.models import CompanyModel
from plugin_api.models.base import TITLE_KEY

_STAMPED = ("company_id", "created_by", "updated_by")
_TIMED = ("created_at", "updated_at")
_plain: WeakKeyDictionary[type[CompanyModel], frozenset[str] | None] = WeakKeyDictionary()


def able(records: Sequence[CompanyModel]) -> bool:
    """Whether new records of one model can be written like this."""
    columns = _columns(type(records[0]))
    if columns is None:
        return False
    for record in records:
        state = instance_state(record)
        if state.key is not None or state.session_id is not None:
            return False
        if not record.__dict__.keys() <= columns:
            return False
    return True


def write(records: Sequence[CompanyModel], beside: Callable[[], None]) -> None:
    """Give the records their ids and write them, with what ``beside`` puts into the session, in one
    statement, or where the session is sending with more. Raises what the database raises."""
    session = services().session
    assert isinstance(session, CompanySession)
    model = type(records[0])
    # What hooks have made before goes first.
    session.flush()
    held = [record.__dict__ for record in records]
    moment = now()
    # Who writes by hand when a record was made, as a demo does, says it of each.
    is_told = any(name in each for each in held for name in _TIMED)
    left = _STAMPED if is_told else (*_STAMPED, *_TIMED)
    same = {} if is_told else dict.fromkeys(_TIMED, moment)
    _complete(session, model, records, moment)
    try:
        session.put(model, [_row(each, left) for each in held], same)
        index.made(records)
        beside()
        if not session.is_sending:
            session.settle()
    except BaseException:
        for each in held:
            each.pop("id", None)
        raise
    private: Any = session
    states = [instance_state(record) for record in records]
    for state in states:
        private._save_impl(state)
    private._register_persistent(states)


def _complete(
    session: CompanySession,
    model: type[CompanyModel],
    records: Sequence[CompanyModel],
    moment: dt.datetime,
) -> None:
    """What a flush would set."""
    company = current_company().id
    who = person()
    form = session.form(model)
    defaults = {**form.defaults, **form.fallen} if form else {}
    names = [name for name in _columns(model) or () if not name.startswith("_")]
    ids = session.numbers(model, len(records))
    for record, id_ in zip(records, ids, strict=True):
        held = record.__dict__
        if held.get("company_id") not in (None, company):
            raise WallError(f"a row of {model.model_key()} of another company was to be written")
        for name, default in defaults.items():
            if name not in held:
                held[name] = default()
        held["id"], held["company_id"] = id_, company
        held["created_by"] = held["updated_by"] = who
        for name in _TIMED:
            held[name] = held.get(name) or moment
        if TITLE_KEY in names:
            title = held.get(model.__title__)
            held[TITLE_KEY] = titles.key_of(title if isinstance(title, str) else None)
        for name in names:
            held.setdefault(name, None)


def _row(held: dict[str, Any], left: Sequence[str]) -> dict[str, Any]:
    row = dict(held)
    del row["_sa_instance_state"]
    for name in left:
        del row[name]
    return row


def _columns(model: type[CompanyModel]) -> frozenset[str] | None:
    """What the dictionary of a record may hold; None where the ORM has to write."""
    if model not in _plain:
        _plain[model] = _found(model)
    return _plain[model]


def _found(model: type[CompanyModel]) -> frozenset[str] | None:
    session: Any = services().session
    mapper = model.__mapper__
    heard = mapper.dispatch
    if (
        getattr(model, "__raises_revision__", False)
        or session.form(model) is None
        or len(list(heard.before_insert)) > 1
        or list(heard.after_insert)
        or "id" not in mapper.columns
    ):
        return None
    return frozenset({*mapper.columns.keys(), "_sa_instance_state"})

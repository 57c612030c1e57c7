"""The steps that every way of writing a record goes through."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import LoaderCallableStatus
from sqlalchemy.orm.attributes import instance_state
from sqlalchemy.orm.exc import StaleDataError

from core.access.rules import reaches, scope_of
from core.custom import claims
from core.data import adding, audit, uniqueness
from core.data.checks import difference, recheck, refuse, shown_state_of, state_in, state_of
from core.data.fields import value_in
from core.data.shapes import shape_of
from core.host import services
from core.hosting.behind import require_current
from core.hosting.enabled import enabled_set
from core.tenancy.session import CompanySession
from plugin_api.context import Text, current_actor, current_company, gettext
from plugin_api.duplicates import Duplicate
from plugin_api.errors import Conflict, Forbidden, Messages, Refused
from plugin_api.models import Base, CompanyModel

Changes = Mapping[str, tuple[Any, Any]]

_by_code: ContextVar[bool] = ContextVar("written by code", default=False)
_NOTED = "xiaoguan.noted"
"""In the info of a record's state: its version, how many statements had changed anything, and what
the audit trail says that it holds."""


class RowsRefused(Refused):
    """Some rows of many cannot be saved; ``rows`` maps their position to what is wrong."""

    status = 422

    def __init__(
        self, rows: Mapping[int, Messages], duplicates: Mapping[int, Duplicate] | None = None
    ) -> None:
        super().__init__(gettext("%(count)s rows cannot be saved.", count=len(rows)))
        self.rows = rows
        self.duplicates = duplicates or {}

    def __str__(self) -> str:
        """For logs: with what is wrong with the first of them."""
        position, errors = next(iter(self.rows.items()))
        told = "; ".join(f"{name}: {text}" for name, texts in errors.items() for text in texts)
        return f"{self.message} Row {position}: {told}"


def allow(model: type[Base], permission: str) -> None:
    """Raise Forbidden when the actor lacks a permission altogether."""
    if scope_of(model, permission, current_actor()) is None:
        known = services().registry.permissions.get(permission)
        label = known.label if known else permission
        raise Forbidden(gettext("This needs the permission “%(name)s”.", name=label))


def allow_for(record: CompanyModel, permission: str) -> None:
    """Raise Forbidden when the actor's permission does not reach the record."""
    allow(type(record), permission)
    if not reaches(record, permission, current_actor()):
        raise beyond()


def allow_to_hand_on(record: CompanyModel) -> None:
    """Raise Forbidden when the actor changes the record only because it is shared with them: as
    its owner they would keep it once that is over."""
    actor, key = current_actor(), record.model_key()
    alone = replace(actor, shared=frozenset())
    if key in actor.shared and not reaches(record, f"{key}.update", alone):
        raise beyond()


def beyond() -> Forbidden:
    """The refusal of a record that is out of a permission's reach."""
    return Forbidden(
        gettext("Your role reaches other people's records only in part: not this one.")
    )


def check_version(record: CompanyModel, version: int | None) -> None:
    """Raise Conflict when the record is not the one that was read."""
    if version is not None and record.version != version:
        held = shown_state_of(record)
        raise conflict({**held, "version": record.version})


def conflict(current: Mapping[str, Any] | None = None) -> Conflict:
    """The refusal of a change to what is no longer there as it was read."""
    return Conflict(gettext("The record has changed since you read it."), current=current)


def stored_state(record: CompanyModel) -> dict[str, Any]:
    """What the database holds of a record, by view name, whatever was assigned since."""
    state = state_of(record)
    before = sa.inspect(record).committed_state
    for name, meta in shape_of(type(record)).metas.items():
        key = "custom" if meta.custom is not None else meta.attribute
        old = before.get(key, LoaderCallableStatus.NO_VALUE)
        if old is not LoaderCallableStatus.NO_VALUE:
            state[name] = value_in(old, meta) if meta.custom is not None else old
    return state


def by_attribute(model: type[Base], changes: Changes) -> dict[str, tuple[Any, Any]]:
    """Changes as data hooks see them: column → (old, new)."""
    metas = shape_of(model).metas
    return {metas[name].attribute: change for name, change in changes.items()}


def call(hook: str, record: CompanyModel, **given: Any) -> None:
    """Call a data hook of every plugin that is on. What one raises ends the change. Raises Refused
    while the plugin of the record waits for an upgrade."""
    require_current(type(record))
    with by_code():
        services().dispatcher.collect(
            hook, enabled_set(current_company()), model=record.model_key(), record=record, **given
        )


def caller(hook: str, model: type[CompanyModel]) -> Callable[[CompanyModel], None] | None:
    """What calls a data hook for one record of a model after the other; None when no plugin
    answers. To be used inside :func:`by_code`."""
    require_current(model)
    enabled = enabled_set(current_company())
    return services().dispatcher.caller(hook, enabled, model.model_key(), "record")


def call_many(hook: str, records: Sequence[CompanyModel]) -> None:
    """The same for records of one model that are made at once; none makes no call."""
    if records:
        require_current(type(records[0]))
        with by_code():
            services().dispatcher.collect(
                hook, enabled_set(current_company()), model=records[0].model_key(), records=records
            )


@contextmanager
def by_code() -> Iterator[None]:
    """What is written inside is written by code, which knows of no custom fields."""
    token = _by_code.set(True)
    try:
        yield
    finally:
        _by_code.reset(token)


def asks_people() -> bool:
    """Whether somebody is there to fill in what the company asks for."""
    return not _by_code.get() and not current_actor().is_system


def call_before(hook: str, record: CompanyModel, **given: Any) -> None:
    """The same while nothing may be written: what the hook reads does not flush the record."""
    with services().session.no_autoflush:
        call(hook, record, **given)


def look(records: Sequence[CompanyModel]) -> None:
    """Have programs that listen to the company note which of some records of one model they see,
    before these are changed: they are told of what they see no more afterwards."""
    if records and current_company().webhooks_revision:
        from core.webhooks.events import look as note_seen  # it needs records, which need this

        note_seen(records)


@contextmanager
def changing(record: CompanyModel, attributes: Collection[str]) -> Iterator[None]:
    """Change a record inside: when that is refused, it is as it was before.

    A change of what is unique is made at a savepoint, so that losing a race for it leaves
    the transaction usable.
    """
    session = services().session
    try:
        with _savepoint(uniqueness.touches(type(record), attributes)):
            yield
    except BaseException:
        if record in session:
            session.expire(record)
        raise


def check_and_flush(record: CompanyModel, old: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Check what code has made of a changed record, write it, and return its changes.

    ``old`` is what the database holds. Raises Invalid, Rejected, Conflict.
    """
    refuse(recheck(record, old))
    changes = difference(old, state_of(record))
    for refusal in uniqueness.clashes([record], by_attribute(type(record), changes)).values():
        raise refusal
    flush(type(record))
    claims.keep([record], changes)
    return changes


def insert(records: Sequence[CompanyModel]) -> None:
    """Write new records of one model together, with their trail. Raises Rejected."""
    model = type(records[0])
    session = services().session
    # What is sent has a savepoint already.
    sends = isinstance(session, CompanySession) and session.is_sending
    with _savepoint(not sends and uniqueness.some_at_risk(records)):
        if adding.able(records):
            with _told(model):
                adding.write(records, lambda: _note_new(records))
        else:
            flush(model, lambda: services().session.add_all(records))
            _note_new(records)
        claims.keep(records)
        audit.tell_new(records)


def flush(model: type[Base], prepare: Callable[[], object] = lambda: None) -> None:
    """Write what has changed. Raises Rejected for what the database refuses, Conflict for a
    record that somebody else has changed meanwhile."""
    with _told(model):
        prepare()
        services().session.flush()


@contextmanager
def _told(model: type[Base]) -> Iterator[None]:
    """Say in words what the database refuses inside."""
    try:
        yield
    except StaleDataError:
        raise conflict() from None
    except IntegrityError as error:
        raise uniqueness.refusal_of(error, model) from error


def _savepoint(needed: bool) -> AbstractContextManager[Any]:
    return services().session.begin_nested() if needed else nullcontext()


def note(record: CompanyModel, action: str, changes: Changes, transition: str = "") -> None:
    """Write the audit trail of a change that is flushed."""
    audit.write(action, [(record, changes)], transition=transition)
    mark(record)


def mark(record: CompanyModel) -> None:
    """Remember what the trail says by now that a record holds."""
    noted = record.version, _updates(), state_of(record)
    instance_state(record).info[_NOTED] = noted


def _note_new(records: Sequence[CompanyModel]) -> None:
    """Write the audit trail of new records."""
    shape = shape_of(type(records[0]))
    states = [state_in(record, shape) for record in records]
    audit.write_new(records, states)
    updates = _updates()
    for record, state in zip(records, states, strict=True):
        instance_state(record).info[_NOTED] = (record.version, updates, state)


def follow_up(record: CompanyModel) -> None:
    """Write, with a trace of its own, what hooks assigned to a record after it was written."""
    state = instance_state(record)
    if not state.persistent:
        return
    version, updates, noted = state.info[_NOTED]
    is_untouched = not (state.modified or state.expired) and updates == _updates()
    if is_untouched and record.__dict__.get("version") == version:
        return
    if difference(noted, state_of(record)):
        look([record])
        changes = check_and_flush(record, noted)
        note(record, "update", changes)


def _updates() -> int:
    session = services().session
    assert isinstance(session, CompanySession)
    return session.updates


def words_of(refused: Refused) -> Messages:
    """What is wrong by field; a refusal of no field stands under the empty name."""
    message: Text = refused.message
    return refused.errors or {"": [message]}

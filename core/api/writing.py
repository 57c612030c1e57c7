"""Changes that REST makes: bodies checked, stale versions told with what is there now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm.exc import StaleDataError

from core.api import wire
from core.api.problems import Problem
from core.api.reading import shown
from core.api.values import shower, typed
from core.data.query import at_hand
from core.extensions import db
from core.host import services
from plugin_api.context import gettext
from plugin_api.errors import Conflict, Forbidden, Invalid, NotFound
from plugin_api.models import CompanyModel

CARRIED = ("id", "version")
"""What a body may hold besides fields: which record, as read when."""


def checked(
    model: type[CompanyModel],
    sent: Mapping[str, Any],
    *,
    takes: Iterable[str] | None = None,
    known: CompanyModel | None = None,
) -> dict[str, Any]:
    """The values of a body. Raises Invalid with every field at fault."""
    if known is not None:
        sent = {name: value for name, value in sent.items() if name not in CARRIED}
    values, errors = typed(model, sent, takes=takes, known=known)
    if errors:
        raise Invalid(gettext("Some fields need another look."), errors=errors)
    return values


def change(
    model: type[CompanyModel], record_id: int, sent: Mapping[str, Any], version: int
) -> CompanyModel:
    """Change a record as the body says. Raises NotFound, Forbidden, Conflict, Invalid."""
    records = services().records
    record = records.get(model, wire.storable(record_id), "update")
    if record.version != version:
        raise Conflict(gettext("The record has changed since you read it."))
    require_same(record_id, sent)
    return records.update(record, checked(model, sent, known=record), version=version)


def require_same(record_id: int, sent: Mapping[str, Any]) -> None:
    """Raise Invalid for a body whose ``id`` is not that of the address."""
    named = sent.get("id", record_id)
    if named != record_id or isinstance(named, bool):
        raise Invalid(
            gettext("Some fields need another look."),
            errors={"id": [gettext("The address is that of another record.")]},
        )


def described(record: CompanyModel) -> dict[str, Any]:
    """A record that was just written, as the caller may read it: else only which one it is."""
    found = at_hand(record, shower(type(record)))
    return {"id": record.id, "version": record.version} if found is None else found


@contextmanager
def stale(model: type[CompanyModel], record_id: int) -> Iterator[None]:
    """Turn a lost race into a problem 409 that shows what the record holds now."""
    try:
        yield
    except (Conflict, StaleDataError) as error:
        db.session.rollback()
        message = gettext("The record has changed since you read it.")
        if isinstance(error, Conflict):
            message = error.message
        raise Problem(409, message, current=_current(model, record_id)) from None


def _current(model: type[CompanyModel], record_id: int) -> dict[str, Any] | None:
    try:
        return shown(model, record_id)
    except (NotFound, Forbidden):
        return None

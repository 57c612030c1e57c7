"""Shares of single records over REST, by the rules of the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask import Blueprint, Response

from core.access import sharing
from core.access.rules import is_shareable
from core.access.sharing import Shared
from core.api import wire
from core.api.collection import model_at, record_href
from core.api.idempotency import Answer, once
from core.data import dates
from core.extensions import db
from core.host import services
from plugin_api.context import gettext
from plugin_api.errors import Invalid, NotFound, Rejected
from plugin_api.models import CompanyModel

shares = Blueprint("shares", __name__)

SHARES = "/<plugin>/<collection>/<int:record_id>/shares"
ONE = f"{SHARES}/<int:share_id>"
WHOM = ("user", "team")
FIELDS = (*WHOM, "level", "until")


@shares.get(SHARES)
def index(plugin: str, collection: str, record_id: int) -> Response:
    """With whom a record that the caller may see is shared, people first."""
    record = _record(plugin, collection, record_id)
    wire.only_arguments()
    return wire.reply({"items": [_told(each) for each in sharing.shares_of(record)], "next": None})


@shares.post(SHARES)
def create(plugin: str, collection: str, record_id: int) -> Response:
    """Share it with a person or a team; once more changes how."""
    record = _record(plugin, collection, record_id)

    def act() -> Answer:
        given = _given(wire.body())
        with _as_sent(given):
            sharing.share(record, **given)
        made = next(
            each
            for each in sharing.shares_of(record)
            if (each.user_id, each.team_id) == (given["user_id"], given["team_id"])
        )
        href = f"{record_href(type(record), record.id)}/shares/{made.id}"
        return Answer(_told(made), 201, href)

    return once(act)


@shares.get(ONE)
def show(plugin: str, collection: str, record_id: int, share_id: int) -> Response:
    """One share."""
    record = _record(plugin, collection, record_id)
    found = next((each for each in sharing.shares_of(record) if each.id == share_id), None)
    if found is None:
        raise NotFound(gettext("There is no such share."))
    return wire.reply(_told(found))


@shares.delete(ONE)
def delete(plugin: str, collection: str, record_id: int, share_id: int) -> Response:
    """Take it back."""
    record = _record(plugin, collection, record_id)
    wire.nothing()
    sharing.revoke(record, share_id)
    db.session.commit()
    return Response(status=204)


def _record(plugin: str, collection: str, record_id: int) -> CompanyModel:
    model = model_at(plugin, collection)
    record = services().records.get(model, wire.storable(record_id))
    if not is_shareable(model):
        raise NotFound(gettext("Such records are not shared one by one."))
    return record


def _given(sent: Mapping[str, Any]) -> dict[str, Any]:
    errors = {name: [gettext("There is no such field.")] for name in sent if name not in FIELDS}
    made: dict[str, Any] = {"level": sent.get("level", "read")}
    for name in WHOM:
        value = sent.get(name)
        made[f"{name}_id"] = value
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            errors[name] = [gettext("Expected the number of a record.")]
        elif value is not None and not 0 < value <= wire.MAX_ID:
            errors[name] = [gettext("There is no such record.")]
    if not isinstance(made["level"], str):
        errors["level"] = [gettext("Choose what they may do.")]
    try:
        made["until"] = _day(sent.get("until"))
    except ValueError as error:
        errors["until"] = [str(error)]
    if errors:
        raise Invalid(gettext("Some fields need another look."), errors=errors)
    return made


@contextmanager
def _as_sent(given: Mapping[str, Any]) -> Iterator[None]:
    """Name what is wrong with whom it is shared with by the fields that were sent; by both where
    neither was."""
    try:
        yield
    except Rejected as refused:
        if refused.field != "with":
            raise
        sent = [name for name in WHOM if given[f"{name}_id"] is not None] or WHOM
        told = {name: [refused.message] for name in sent}
        raise Invalid(gettext("Some fields need another look."), errors=told) from None


def _day(value: Any) -> dt.date | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(gettext("Not a date: 2026-01-31"))
    return dates.day(value)


def _told(share: Shared) -> dict[str, Any]:
    whom = {"id": share.user_id or share.team_id, "label": share.name}
    return {
        "id": share.id,
        "user": whom if share.user_id is not None else None,
        "team": whom if share.team_id is not None else None,
        "level": share.level,
        "until": share.until.isoformat() if share.until else None,
        "over": share.over,
        "by": share.by,
    }

"""How a record of a pool goes from hand to hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugin_api import host
from plugin_api.context import current_actor, gettext, lazy_pgettext, today
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Rejected
from plugin_api.workflow import Transition, Workflow
from plugins.pools.access import ASSIGN, CLAIM, GIVE_BACK
from plugins.pools.models import Place, Pool
from plugins.pools.services import moving

Values = Mapping[str, Any]
Said = Mapping[str, Any]


def _claim(place: Place, values: dict[str, Any]) -> Said:
    return {"open": moving.claim(place)}


def _check_held(place: Place, values: Values) -> None:
    """Nobody gives back what has gone on to somebody else meanwhile."""
    holder = place.owner_id
    moving.wait(place.kind)
    moving.current(place)
    if place.owner_id != holder:
        raise Rejected("", moving.taken(place) if place.owner_id else gettext("It is free."))


def _check_taken_back(place: Place, values: Values) -> None:
    moving.check_administers(place)
    _check_held(place, values)


def _give_back(place: Place, values: dict[str, Any]) -> Said:
    kind = "given_back" if place.owner_id == current_actor().user_id else "taken_back"
    pool = moving.pool_of(place)
    moving.hand(place, kind, None, reason=values.pop("reason", None))
    # Who gives it back may not see it any more.
    return {} if host().records.may(place, "read") else {"open": pool}


def _assign(place: Place, values: dict[str, Any]) -> None:
    owner_id = values.pop("owner", place.owner_id)
    if owner_id != place.owner_id:
        moving.hand(place, "assigned", owner_id)


def _check_move(place: Place, values: Values) -> None:
    moving.check_administers(place)
    pool = host().records.get(Pool, values.get("pool") or 0)
    if pool.kind != place.kind:
        raise Rejected("pool", gettext("This pool holds others: accounts, or leads."))


def _move(place: Place, values: dict[str, Any]) -> None:
    pool_id = values.pop("pool")
    if pool_id != place.pool_id:
        place.pool_id = pool_id
        moving.note(place, "moved", before=place.owner_id, after=place.owner_id)


def _check_lock(place: Place, values: Values) -> None:
    moving.check_administers(place)
    until = values.get("locked_until")
    if until is not None and until < today():
        raise Rejected("locked_until", gettext("This day is over."))


def _lock(place: Place, values: dict[str, Any]) -> None:
    place.locked, place.locked_until = True, values.pop("locked_until", None)


def _check_unlock(place: Place, values: Values) -> None:
    moving.check_administers(place)
    if not place.locked:
        raise Rejected("", gettext("It is not locked."))


def _unlock(place: Place, values: dict[str, Any]) -> None:
    place.locked, place.locked_until = False, None


PLACES = Workflow(
    model="pools.Place",
    field="state",
    guards=("owner", "pool", "account", "lead", "reason", "locked_until"),
    given=("owner", "pool", "account", "lead"),
    transitions=(
        Transition(
            name="claim", label=_("Claim"), from_=("free", "held", "closed"), to="held",
            permission=CLAIM, unoffered=("held", "closed"), tone="good",
            check=lambda place, values: moving.check_claim(place), apply=_claim,
        ),
        Transition(
            name="give_back", label=_("Give back"), from_=("held",), to="free",
            permission=GIVE_BACK, inputs=("reason",), required=("reason",),
            check=_check_held, apply=_give_back,
        ),
        Transition(
            name="assign", label=_("Assign"), from_=("free", "held"), to="held",
            permission=ASSIGN, inputs=("owner",), required=("owner",),
            check=lambda place, values: moving.check_assign(
                place, values.get("owner", place.owner_id)
            ),
            apply=_assign,
        ),
        Transition(
            name="take_back", label=lazy_pgettext("pool", "Take back"), from_=("held",), to="free",
            permission=ASSIGN, inputs=("reason",), required=("reason",),
            check=_check_taken_back, apply=_give_back, tone="bad",
        ),
        Transition(
            name="move", label=_("Move to another pool"), from_=("free", "held", "closed"),
            permission=ASSIGN, inputs=("pool",), required=("pool",),
            check=_check_move, apply=_move,
        ),
        Transition(
            name="lock", label=_("Lock"), from_=("held",), permission=ASSIGN,
            inputs=("locked_until",), check=_check_lock, apply=_lock,
        ),
        Transition(
            name="unlock", label=_("Unlock"), from_=("held",), permission=ASSIGN,
            check=_check_unlock, apply=_unlock,
        ),
    ),
)  # fmt: skip

WORKFLOWS = (PLACES,)

"""Agreeing on a target: proposed, answered, confirmed, revised; every figure is kept."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, current_company, gettext, now, today
from plugin_api.errors import Forbidden, Rejected
from plugin_api.money import to_minor
from plugins.targets.models import Target, TargetVersion
from plugins.targets.models.targets import AGREED, STATES, TALKING
from plugins.targets.services import judging

Values = Mapping[str, Any]
Changes = Mapping[str, tuple[Any, Any]]
LABELS = {state.value: state.label for state in STATES}
FREE = {"name", "owner_id", "slot", "external_id", "parent_id", "by_hand", "baseline", "note"}
"""What may change whatever was agreed."""
WINDOW = {"active_from", "active_to", "part_time"}
"""What a joiner, leaver or part-timer needs: the figure agreed on stays, less of it is due."""
OF_MOVES = {
    "state", "revision", "original", "countered", "counter_reason", "revised", "revision_reason",
    "proposed_at", "read_at", "answered_at", "confirmed_at", "confirmed_by_id",
}  # fmt: skip


def check_change(target: Target, changes: Changes) -> None:
    """Refuse to overwrite what was agreed or closed, on whatever path. Raises Rejected."""
    if {"state", "revision"} & changes.keys():
        return
    touched = changes.keys() - FREE - OF_MOVES
    state = target.state or "draft"
    if state in AGREED:
        touched -= WINDOW
    elif state != "closed":
        return
    own = [name for name in sorted(touched) if name in Target.__table__.columns]
    if not own:
        return
    field = own[0].removesuffix("_id")
    if state == "closed":
        message = gettext("This target is closed: reopen its period first.")
    else:
        message = gettext(
            "This target is %(state)s and is not overwritten: use “Revise”.",
            state=str(LABELS[state]).lower(),
        )
    raise Rejected(field, message)


def propose_again(target: Target, changes: Changes) -> None:
    """Another figure while one is being agreed is another proposal: whoever answered answers
    again."""
    if target.state not in TALKING or "state" in changes:
        return
    target.state = "proposed"
    _proposed(target, None)


def check_delete(target: Target) -> None:
    """What was agreed or closed is not deleted. Raises Rejected."""
    if target.state in (*AGREED, "closed"):
        message = gettext(
            "This target is %(state)s and is not deleted.", state=str(LABELS[target.state]).lower()
        )
        raise Rejected("state", message)


def propose(target: Target, values: dict[str, Any]) -> None:
    """Ask the person, or the team's manager, whether they agree."""
    _proposed(target, values.get("note"))


def check_propose(target: Target, values: Values) -> None:
    """There must be somebody to ask. Raises Rejected."""
    if target.owner_id is None:
        raise Rejected("owner", gettext("There is nobody to ask: confirm it."))


def check_answer(target: Target, values: Values) -> None:
    """Only whose target it is answers, or who stands in for them. Raises Forbidden."""
    actor = current_actor()
    if target.owner_id is None or target.owner_id not in (actor.user_id, *actor.stands_for):
        raise Forbidden(gettext("Only whose target it is answers."))


def accept(target: Target, values: dict[str, Any]) -> None:
    """They agree."""
    _answered(target)
    note(target, "accepted", target.value)


def check_counter(target: Target, values: Values) -> None:
    """A counter-proposal names another figure, and why. Raises Rejected."""
    check_answer(target, values)
    if values.get("countered") is None:
        raise Rejected("countered", gettext("Say what you think can be reached."))
    if not values.get("counter_reason"):
        raise Rejected("counter_reason", gettext("Say why."))
    if values["countered"] == target.value:
        raise Rejected("countered", gettext("This is what was proposed: accept it."))


def counter(target: Target, values: dict[str, Any]) -> None:
    """They name another figure; the one proposed stays until somebody confirms."""
    _answered(target)
    note(
        target, "countered", values["countered"], before=target.value,
        reason=values["counter_reason"],
    )  # fmt: skip


def check_confirm(target: Target, values: Values) -> None:
    """Refuse what was not asked, or what the person does not agree to, unless it is said why.
    Raises Rejected and Forbidden."""
    _check_not_mine(target)
    why = values.get("note")
    if target.state == "draft" and target.level == "user" and not why:
        message = gettext("Propose it first, or say why it is confirmed without being asked.")
        raise Rejected("note", message)
    if target.state == "proposed" and not why:
        raise Rejected("note", gettext("Say why it is confirmed without an answer."))
    if target.state == "countered" and not why:
        raise Rejected("note", gettext("Say why the counter-proposal is not followed."))
    judging.check(target)


def confirm(target: Target, values: dict[str, Any]) -> None:
    """The figure is in force."""
    _confirmed(target, target.value, values.get("note"))


def check_agree(target: Target, values: Values) -> None:
    """Raises Rejected and Forbidden."""
    _check_not_mine(target)
    if target.countered is None:
        raise Rejected("countered", gettext("There is no counter-proposal."))
    judging.check(target, target.countered)


def agree(target: Target, values: dict[str, Any]) -> None:
    """The figure of the counter-proposal is in force."""
    assert target.countered is not None
    before = target.value
    put_value(target, target.countered)
    _confirmed(target, target.countered, None, before=before)


def check_revise(target: Target, values: Values) -> None:
    """A revision names another figure, and why. Raises Rejected and Forbidden."""
    _check_not_mine(target)
    if values.get("revised") is None:
        raise Rejected("revised", gettext("Say what is to be reached."))
    if not values.get("revision_reason"):
        raise Rejected("revision_reason", gettext("Say why."))
    if values["revised"] == target.value:
        raise Rejected("revised", gettext("This is the figure already."))


def revise(target: Target, values: dict[str, Any]) -> None:
    """Another version of what was confirmed; those before stay."""
    before, value = target.value, values.pop("revised")
    target.revision = (target.revision or 0) + 1
    put_value(target, value)
    note(
        target, "revised", value, before=before, reason=values.pop("revision_reason"),
        number=target.revision,
    )  # fmt: skip


def withdraw(target: Target, values: dict[str, Any]) -> None:
    """Nobody is asked any more."""
    target.proposed_at = target.read_at = target.answered_at = None
    target.countered = target.counter_reason = None


def put_value(target: Target, value: Decimal) -> None:
    """Give a target another figure, in units that people read."""
    if target.amount is not None:
        target.amount = to_minor(value, current_company().currency)
    else:
        target.quantity = value


def note(
    target: Target, kind: str, value: Decimal, *, before: Decimal | None = None,
    reason: str | None = None, number: int = 0,
) -> None:  # fmt: skip
    """Keep a figure that was put on the table."""
    row = {
        "target_id": target.id, "kind": kind, "number": number, "value": value, "before": before,
        "reason": reason, "on": today(), "at": now(), "by_id": current_actor().user_id,
    }  # fmt: skip
    host().records.add_rows(TargetVersion, [row])


def tell(target: Target, move: str) -> None:
    """Tell whoever is to do something about it."""
    if move == "propose":
        text = gettext("Do you agree to this target? %(name)s", name=target.name)
        host().remind(target, [target.owner_id or 0], text)
    elif move in ("counter", "accept"):
        texts = {
            "counter": gettext("Counter-proposal for a target: %(name)s", name=target.name),
            "accept": gettext("Target accepted: %(name)s", name=target.name),
        }
        who = proposer(target)
        if who is not None:
            host().remind(target, [who], texts[move])
    elif move in ("confirm", "agree", "revise") and target.owner_id is not None:
        texts = {"revise": gettext("Target revised: %(name)s", name=target.name)}
        said = texts.get(move, gettext("Target confirmed: %(name)s", name=target.name))
        host().remind(target, [target.owner_id], said)


def proposer(target: Target) -> int | None:
    """Who proposed the figure last."""
    asked = (
        sa.select(TargetVersion.by_id)
        .where(TargetVersion.target_id == target.id, TargetVersion.kind == "proposed")
        .order_by(TargetVersion.id.desc())
        .limit(1)
    )
    return host().session.scalar(asked)


def _proposed(target: Target, reason: str | None) -> None:
    target.proposed_at = now()
    target.read_at = target.answered_at = None
    target.countered = target.counter_reason = None
    note(target, "proposed", target.value, reason=reason)


def _answered(target: Target) -> None:
    target.answered_at = now()
    target.read_at = target.read_at or now()


def _confirmed(
    target: Target, value: Decimal, reason: str | None, *, before: Decimal | None = None
) -> None:
    target.confirmed_at, target.confirmed_by_id = now(), current_actor().user_id
    target.original = value
    note(target, "confirmed", value, before=before, reason=reason)


def _check_not_mine(target: Target) -> None:
    """Nobody confirms or revises their own target, but for who answers to nobody. Raises
    Forbidden."""
    actor = current_actor()
    mine = target.level == "user" and target.user_id == actor.user_id
    if mine and actor.grants.get("targets.Target.confirm") != "company":
        raise Forbidden(gettext("Nobody confirms or revises their own target."))

"""What is completed, refused and followed up when analyses and their parts are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Actor, current_company, gettext, today
from plugin_api.errors import Rejected
from plugin_api.keeping import Keeping
from plugin_api.models import CompanyModel
from plugins.swot.models import Analysis, Evidence, Item, Option, Pair, Participant
from plugins.swot.services import evidence, items, pairs, planning, subjects
from plugins.swot.services.wholes import analysis_of, hold

Changes = Mapping[str, tuple[Any, Any]]
KEPT = Keeping("swot")
PARTS = (Participant, Item, Evidence, Pair, Option)
WRITTEN = ("swot.Analysis", *(model.model_key() for model in PARTS))
"""Models whose records are completed or checked when they are written."""


def starting_values(model: str, actor: Actor) -> Mapping[str, Any]:
    """What an empty form starts with."""
    if model == "swot.Evidence":
        return {"as_of": today()}
    return {"owner": actor.user_id, "on": today()} if actor.user_id else {"on": today()}


def before_create(record: CompanyModel) -> None:
    """Complete or refuse a new record."""
    if not isinstance(record, Analysis):
        _check_open(record)
    _complete(record, ())


def before_update(record: CompanyModel, changes: Changes) -> None:
    """Complete or refuse a change."""
    if isinstance(record, Analysis):
        _check_kept(record, changes)
    else:
        # Who moves a part to another analysis changes both.
        for name in ("analysis_id", "item_id"):
            if name in changes and changes[name][0] != changes[name][1]:
                _check_same(record, name, changes[name][0])
        _check_open(record)
    _complete(record, tuple(changes))


def after_update(record: CompanyModel, changes: Changes) -> None:
    """Count pairs anew whose items have other weights or quadrants."""
    if isinstance(record, Item) and {"weight", "quadrant", "put_aside"} & changes.keys():
        pairs.follow(record)


def before_delete(record: CompanyModel) -> None:
    """Keep what is finished and what was chosen."""
    if isinstance(record, Analysis):
        if record.state == "finished":
            raise Rejected("", gettext("It is finished. It stays."))
        _check_chosen(Option.analysis_id == record.id)
    elif isinstance(record, PARTS):
        _check_open(record)
        if isinstance(record, Item):
            mine = sa.or_(Pair.inner_id == record.id, Pair.outer_id == record.id)
            _check_chosen(Option.pair_id.in_(sa.select(Pair.id).where(mine)))
        elif isinstance(record, Pair):
            _check_chosen(Option.pair_id == record.id)
        elif isinstance(record, Option) and record.state == "chosen":
            raise Rejected("", gettext("It was chosen. Drop it, with a reason, so that both stay."))


def before_delete_many(records: Sequence[CompanyModel]) -> None:
    """Let go of records that are named."""
    subjects.let_go(records, Analysis, Evidence)
    planning.let_go(records)


def _check_open(record: CompanyModel) -> None:
    """Raise Rejected for what is finished, or collected silently. What follows from it, pairs and
    options, may still be written."""
    if isinstance(record, (Pair, Option)):
        return
    state = _state_of(analysis_of(record))
    if state == "finished":
        raise Rejected("", gettext("The analysis is finished. Revise it, or reopen it."))
    if state == "collecting" and isinstance(record, (Item, Evidence)):
        raise Rejected(
            "", gettext("It is collected silently: nobody sees what others write. Write on the page"
                        " of the workshop."),
        )  # fmt: skip
    if state == "voting" and isinstance(record, Item):
        raise Rejected("", gettext("It is voted on. End the vote first."))
    if state != "draft" and isinstance(record, Participant) and record.id is not None:
        raise Rejected("", gettext("The workshop is under way."))


def _state_of(analysis: Analysis) -> str:
    """Its state, which nobody changes until this transaction ends."""
    session = host().session

    def held() -> bool:
        hold(analysis.id, for_a_part=True)
        if analysis not in session.dirty:
            session.refresh(analysis, ["state"])
        return True

    KEPT.kept(analysis.id, held)
    return analysis.state


def _check_same(record: Any, name: str, old: int) -> None:
    """Raise Rejected for a part that is moved to another analysis."""
    if isinstance(record, Evidence):
        session, company = host().session, current_company().id
        before = session.get_one(Item, (company, old)).analysis_id
        if before == analysis_of(record).id:
            return
    raise Rejected(name.removesuffix("_id"), gettext("It stays in its analysis."))


def _check_kept(analysis: Analysis, changes: Changes) -> None:
    # A transition changes the state with the rest.
    if analysis.state == "finished" and "state" not in changes:
        raise Rejected("", gettext("The analysis is finished. Revise it, or reopen it."))


def _check_chosen(which: Any) -> None:
    asked = sa.select(Option.name).where(which, Option.state == "chosen").limit(1)
    name = host().session.scalar(asked)
    if name is not None:
        raise Rejected("", gettext("“%(option)s” leans on it, which was chosen.", option=name))


def _complete(record: CompanyModel, changes: tuple[str, ...]) -> None:
    if isinstance(record, Analysis):
        _name(record, changes)
    elif isinstance(record, Item):
        items.complete(record)
    elif isinstance(record, Evidence):
        evidence.complete(record, changes, analysis_of(record))
    elif isinstance(record, Pair):
        pairs.complete(record)
    elif isinstance(record, Option):
        pairs.complete_option(record)


def _name(analysis: Analysis, changes: tuple[str, ...]) -> None:
    """Say what it is about. Raises Rejected."""
    if not changes or {"about_model", "about_id"} & set(changes):
        found = subjects.name_of(analysis.about_model, analysis.about_id)
        if found is not None and (not analysis.subject or "subject" not in changes):
            analysis.subject = analysis.subject if not changes and analysis.subject else found
    if not analysis.subject:
        if analysis.kind != "company":
            raise Rejected("subject", gettext("Say what it is about, or name a record."))
        analysis.subject = current_company().name

"""Deleting records, one or many of a model. Nothing is committed here."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from core.access import rules
from core.collab.forgetting import forget
from core.custom import claims, pointing
from core.data import audit, deletion, saving
from core.host import services
from core.privacy import holds
from plugin_api.context import current_actor, current_company
from plugin_api.errors import Refused
from plugin_api.models import CompanyModel

CHUNK = 500


def one(record: CompanyModel, version: int | None = None) -> None:
    """Delete a record for good. Raises Forbidden, Conflict, Rejected naming what refers to it."""
    saving.allow_for(record, f"{record.model_key()}.delete")
    saving.check_version(record, version)
    _prepare([record])
    holds.refuse_deletion([record])
    try:
        with services().session.begin_nested():
            _delete([record])
    except IntegrityError:
        raise deletion.refusal_of(record) from None
    except StaleDataError:
        raise saving.conflict() from None


def many(records: Sequence[CompanyModel]) -> dict[int, Refused]:
    """Delete those of some records of one model that can be; position → why the others stay.

    Few statements for five hundred of them. Where one is refused these are tried one by one, so
    that each is told its own reason. Parts of other records go one by one, since what follows from
    one may depend on which others are left.
    """
    refused: dict[int, Refused] = {}
    for start in range(0, len(records), CHUNK):
        some = records[start : start + CHUNK]
        found = _some(some)
        refused |= {start + i: why for i, why in found.items()}
    return refused


def _some(records: Sequence[CompanyModel]) -> dict[int, Refused]:
    model = type(records[0])
    permission = f"{model.model_key()}.delete"
    if model.__parent__ or len(records) == 1:
        return _one_by_one(records, range(len(records)))
    saving.allow(model, permission)
    beyond = set(rules.beyond(records, permission, current_actor()))
    able = [i for i in range(len(records)) if i not in beyond]
    refused: dict[int, Refused] = {i: saving.beyond() for i in sorted(beyond)}
    try:
        with services().session.begin_nested():
            going = [records[i] for i in able]
            if going:
                _prepare(going)
                holds.refuse_deletion(going)
                _delete(going)
    except (Refused, IntegrityError, StaleDataError):
        return refused | _one_by_one(records, able)
    return refused


def _one_by_one(records: Sequence[CompanyModel], places: Sequence[int]) -> dict[int, Refused]:
    refused: dict[int, Refused] = {}
    for i in places:
        try:
            with services().session.begin_nested():
                one(records[i])
        except Refused as why:
            refused[i] = why
    return refused


def _prepare(records: Sequence[CompanyModel]) -> None:
    """Have plugins refuse what is about to be deleted, or let go of it."""
    with services().session.no_autoflush:
        with saving.by_code():
            before = saving.caller("before_delete", type(records[0]))
            if before is not None:
                for record in records:
                    before(record)
        saving.call_many("before_delete_many", records)


def _delete(records: Sequence[CompanyModel]) -> None:
    """Delete records with what hangs on them, and note it. Raises what the database raises."""
    session, model = services().session, type(records[0])
    ids = [record.id for record in records]
    old = [saving.stored_state(record) for record in records]
    forget(model, ids)
    claims.release(model, ids)
    _tell(records)
    for record in records:
        session.delete(record)
    session.flush()
    pointing.settle(model, ids)
    gone = [{n: (v, None) for n, v in state.items() if v is not None} for state in old]
    audit.write("delete", list(zip(records, gone, strict=True)))


def _tell(records: Sequence[CompanyModel]) -> None:
    """Have programs told that listen to the company, while the records are there."""
    if current_company().webhooks_revision:
        from core.webhooks.events import tell  # it needs what is read, which needs this

        tell("delete", records)

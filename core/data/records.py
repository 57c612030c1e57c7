"""The one write path: create, change, delete, move on. Nothing is committed here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa

from core.access import rules
from core.collab import notify
from core.data import altering, deleting, references, saving, uniqueness, workflow
from core.data.checks import (
    Errors,
    recheck,
    recheck_in,
    refuse,
    whole,
)
from core.data.drafting import Drafter
from core.data.fields import fields_of, guarded_of
from core.data.numbers import LARGEST
from core.data.parse import parse_value
from core.data.saving import RowsRefused
from core.host import add, services
from core.starting import without_collecting
from plugin_api.context import current_actor, gettext
from plugin_api.duplicates import Duplicate
from plugin_api.errors import Messages, NotFound, Refused
from plugin_api.models import CompanyModel

__all__ = ["Records", "RowsRefused"]

M = TypeVar("M", bound=CompanyModel)
Values = Mapping[str, Any]


class Records:
    """Implements :class:`plugin_api.host.Records`, and what only the host uses.

    Values are keyed by view name (``team``) or attribute (``team_id``).
    """

    def create(self, model: type[M], values: Values) -> M:
        """Make a record. Its owner is who makes it, unless ``values`` names one or nobody.

        Raises Forbidden, Invalid, Rejected.
        """
        saving.allow(model, f"{model.model_key()}.create")
        drafter = Drafter(model)
        draft, errors = drafter.draft(values)
        refuse(_with_references(model, [(draft, errors)])[0])
        record = drafter.record(draft)
        saving.call_many("before_create_many", [record])
        with whole(record):
            saving.call("before_create", record)
        refuse(recheck(record, draft))
        for refusal in uniqueness.clashes([record]).values():
            raise refusal
        if _out_of_reach([record]):
            raise saving.beyond()
        saving.insert([record])
        _finish([record])
        return record  # type: ignore[return-value]

    def create_many(self, model: type[M], rows: Iterable[Values]) -> list[M]:
        """Make records with one flush, after the same checks; all or none.

        Raises Forbidden, RowsRefused with what is wrong by row, Rejected when others have
        changed the database meanwhile.
        """
        saving.allow(model, f"{model.model_key()}.create")
        with without_collecting():
            return _create_many(model, rows)

    def add_rows(self, model: type[CompanyModel], rows: Sequence[Values]) -> None:
        """Add rows of a model that code alone writes. Raises TypeError for others."""
        if model.__collection__ and "create" in model.__actions__:
            raise TypeError(f"records of {model.model_key()} are created, not added")
        add(model, rows)

    def update(self, record: M, values: Values, *, version: int | None = None) -> M:
        """Change fields; what is the same already is left alone.

        Raises Forbidden, Conflict, Invalid, Rejected.
        """
        altering.one(record, values, version)
        return record

    def update_many(self, changes: Sequence[tuple[M, Values]]) -> None:
        """Change records of one model, as :meth:`update` does, with one flush where nothing in the
        values has to be seen beside other records; all or none. Raises as :meth:`update`."""
        if all(altering.is_plain(type(record), values) for record, values in changes):
            altering.many(changes)
            return
        for record, values in changes:
            self.update(record, values)

    def delete(self, record: CompanyModel, *, version: int | None = None) -> None:
        """Delete for good. Raises Forbidden, Conflict, Rejected naming what refers to it."""
        deleting.one(record, version)

    def delete_many(self, records: Sequence[CompanyModel]) -> Mapping[int, Refused]:
        """Delete those of some records of one model that can be, as :meth:`delete` does, with few
        statements; position → why the others stay. Who wants all or none rolls back.

        Raises Forbidden without the permission.
        """
        return deleting.many(records)

    def transition(
        self,
        record: CompanyModel,
        name: str,
        values: Values | None = None,
        *,
        version: int | None = None,
    ) -> Mapping[str, Any]:
        """Run a transition and return what it has to say to the person.

        Raises NotFound, Forbidden, Conflict, Invalid, Rejected.
        """
        return workflow.run(record, workflow.named(record, name), values or {}, version)

    def bring(self, record: M, values: Values, *, version: int | None = None) -> M:
        """Change fields, and take the transition that a new state or guarded value calls for.

        What bulk edits, imports and boards do. Raises as :meth:`update` and :meth:`transition`.
        """
        plain, moves = workflow.plan(record, values)
        if plain or not moves:
            self.update(record, plain, version=version)
            version = None
        for move in moves:
            workflow.run(record, move.transition, move.values, version)
            version = None
        return record

    def get(self, model: type[M], record_id: int, action: str = "read") -> M:
        """The record, if the actor may do ``action`` with it.

        Raises NotFound, and Forbidden for what the actor may see, but not do that with.
        """
        found = _find(model, record_id, action)
        if found is not None:
            return found
        if action != "read" and _find(model, record_id, "read") is not None:
            saving.allow(model, f"{model.model_key()}.{action}")
            raise saving.beyond()
        raise NotFound(gettext("There is no such record."))

    def may(self, record: CompanyModel, action: str) -> bool:
        """Whether the actor may do ``action`` with a record that is at hand."""
        return rules.reaches(record, f"{record.model_key()}.{action}", current_actor())

    def may_read(self, model: type[CompanyModel], field: str) -> bool:
        """Whether the actor may read a field whole, by its name in views."""
        return field not in guarded_of(model)

    def typed(self, model: type[CompanyModel], field: str, text: str) -> Any:
        """The value that a text means for a field. Raises Rejected."""
        return parse_value(fields_of(model)[field], text)

    def visible(self, model: type[CompanyModel]) -> sa.ColumnElement[bool]:
        """A condition for selects of one's own: records that the actor may read."""
        return rules.scope_criteria(model, "read", current_actor())

    def matching(
        self, model: type[CompanyModel], query: Mapping[str, str]
    ) -> sa.ColumnElement[bool]:
        """A condition for selects of one's own: records that a list with this query shows."""
        from core.data.query import parse_query

        return sa.and_(sa.true(), *parse_query(model, query).where)


def _create_many(model: type[M], rows: Iterable[Values]) -> list[M]:
    drafter = Drafter(model)
    drafts = [drafter.draft(values) for values in rows]
    faults: dict[int, Messages] = {
        i: errors for i, errors in enumerate(_with_references(model, drafts)) if errors
    }
    made: dict[int, Any] = {
        i: drafter.record(draft) for i, (draft, _e) in enumerate(drafts) if i not in faults
    }
    duplicates: dict[int, Duplicate] = {}
    rows_of_made = list(made)
    saving.call_many("before_create_many", list(made.values()))
    with saving.by_code():
        complete = saving.caller("before_create", model)
        for i, record in list(made.items()):
            try:
                if complete is not None:
                    with whole(record):
                        complete(record)
                refuse(recheck_in(record, drafts[i][0], drafter.shape))
            except Refused as refused:
                faults[i] = saving.words_of(refused)
                if isinstance(refused, Duplicate):
                    duplicates[i] = _placed(refused, rows_of_made)
                del made[i]
    places, records = list(made), list(made.values())
    for i, refusal in uniqueness.clashes(records).items():
        faults[places[i]] = refusal.errors
    for i in _out_of_reach(records):
        faults.setdefault(places[i], saving.words_of(saving.beyond()))
    if faults:
        raise RowsRefused(faults, duplicates)
    if records:
        saving.insert(records)
        _finish(records)
    return records


def _placed(found: Duplicate, rows: Sequence[int]) -> Duplicate:
    """The same with positions among all rows, those included of which no record could be made."""
    matches = [
        match if match.place is None else replace(match, place=rows[match.place])
        for match in found.matches
    ]
    return Duplicate(found.message, matches, may_save=found.may_save)


def _find(model: type[M], record_id: int, action: str) -> M | None:
    reached = rules.scope_criteria(model, action, current_actor())
    if not 0 < record_id <= LARGEST or isinstance(reached, sa.sql.elements.False_):
        return None
    asked, given = _by_id(model), {"record": record_id}
    # Of all records, which most may read, the statement is the same each time.
    if not isinstance(reached, sa.sql.elements.True_):
        asked = asked.where(reached)
    found: M | None = services().session.scalar(asked, given)
    return found


@cache
def _by_id(model: type[CompanyModel]) -> sa.Select[Any]:
    return sa.select(model).where(model.id == sa.bindparam("record"))


def _with_references(
    model: type[CompanyModel], drafts: Sequence[tuple[dict[str, Any], Errors]]
) -> list[Errors]:
    """What is wrong with each draft, its references included."""
    found = references.faults(model, [(draft, draft.keys()) for draft, _errors in drafts])
    return [errors | more for (_draft, errors), more in zip(drafts, found, strict=True)]


def _out_of_reach(records: Sequence[CompanyModel]) -> list[int]:
    """Positions of new records that the actor may not create: those of other people."""
    if not records:
        return []
    permission = f"{records[0].model_key()}.create"
    return rules.beyond(records, permission, current_actor())


def _finish(records: Sequence[CompanyModel]) -> None:
    """What follows once new records are written."""
    with saving.by_code():
        follow = saving.caller("after_create", type(records[0]))
        if follow is not None:
            for record in records:
                follow(record)
                saving.follow_up(record)
    saving.call_many("after_create_many", records)
    notify.created(records)

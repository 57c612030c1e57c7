"""Drafts become records, many at a time, through the one write path."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from core.data.checks import difference, state_of
from core.data.fields import fields_of
from core.data.importing.cells import Draft
from core.data.importing.errors import RowError
from core.data.importing.matching import importable
from core.data.importing.models import ImportedRow
from core.data.importing.parts import Plan
from core.data.saving import RowsRefused, words_of
from core.data.workflow import starts_anywhere
from core.extensions import db
from core.host import add, services
from plugin_api.duplicates import Duplicate, asking
from plugin_api.errors import Messages, Refused
from plugin_api.models import CompanyModel

AHEAD = 8
"""Batches of new records after which the database is waited for, and that many are written one by
one after it has refused something."""
Refuse = Callable[[Draft], None]
"""What is to happen with a draft whose problems keep it out."""


class Writer:
    """Writes drafts that are complete, and notes each so that it can be taken back."""

    def __init__(self, plan: Plan, run_id: int, refuse: Refuse, leave_out: Refuse) -> None:
        self._plan = plan
        self._run_id = run_id
        self._refuse = refuse
        self._leave_out = leave_out
        self._columns = {part.meta.name: part.column for part in plan.parts}
        self._kept = importable(plan.model)
        self._emptied = {
            name
            for name, meta in fields_of(plan.model).items()
            if not meta.has_default and meta.attribute != plan.model.__owner__
        }
        workflow = services().registry.workflows.get(plan.model.model_key())
        moves = workflow is not None and not starts_anywhere(plan.model)
        self._state_field = workflow.field if workflow and moves else ""
        self._notes: list[dict[str, Any]] = []
        self._sent: list[Sequence[Draft]] = []
        """Batches of which nobody knows yet whether the database takes them."""
        self._careful = 0
        """Batches still to be written one by one."""
        self.created = 0
        self.updated = 0
        self.unchanged = 0

    def write(self, drafts: Sequence[Draft]) -> None:
        """Create or update what each draft says. What is new is certain after :meth:`finish`."""
        new = [draft for draft in drafts if draft.record is None]
        if len(new) < len(drafts) or len(self._sent) >= AHEAD:
            self.finish()
        if self._careful:
            self._careful -= 1
            self._create(new)
        elif new:
            self._send(new)
        for draft in drafts:
            if draft.record is not None:
                self._update(draft, draft.record)
        self._keep_notes()

    @property
    def is_ahead(self) -> bool:
        """Whether something is not certain yet."""
        return bool(self._sent)

    def finish(self) -> None:
        """Wait for the database; rows that it refuses are known then."""
        if not self._sent:
            return
        try:
            self._undo.commit()
        except (Refused, sa.exc.DBAPIError):
            self._start_over()
        else:
            self.created += sum(map(len, self._sent))
            self._sent = []

    def _send(self, drafts: Sequence[Draft]) -> None:
        """Create all of them, without waiting until they are written: the next are read and
        checked meanwhile. When anything is refused, all that was sent is undone and created anew,
        with care."""
        session: Any = db.session()
        if not self._sent:
            self._undo = _savepoint()
        self._sent.append(drafts)
        try:
            with session.sending(), asking(self._plan.options.alike != "create"):
                for record in self._created(drafts):
                    self._note(record, "created", {})
                self._keep_notes()
        except (Refused, sa.exc.DBAPIError):
            self._start_over()

    def _start_over(self) -> None:
        self._undo.rollback()
        sent, self._sent, self._notes, self._careful = self._sent, [], [], AHEAD
        for drafts in sent:
            self._create(drafts)
            self._keep_notes()

    def _keep_notes(self) -> None:
        add(ImportedRow, self._notes, {"run_id": self._run_id})
        self._notes = []

    def _create(self, drafts: Sequence[Draft]) -> None:
        """All at once; when some are refused, the others, and then what is like these."""
        while drafts:
            drafts = self._create_some(drafts)

    def _create_some(self, drafts: Sequence[Draft]) -> Sequence[Draft]:
        """Create all of them, or those that are not refused; which to try again after them."""
        try:
            with _savepoint(), asking(self._plan.options.alike != "create"):
                records = self._created(drafts)
        except RowsRefused as refused:
            again: list[Draft] = []
            for position, messages in refused.rows.items():
                found = refused.duplicates.get(position)
                if found is not None and found.matches[0].place is not None:
                    # Like an earlier row, which is a record only once the others are.
                    again.append(drafts[position])
                elif found is None or not self._settled(drafts[position], found):
                    self._blame(drafts[position], messages)
            self._create([draft for i, draft in enumerate(drafts) if i not in refused.rows])
            return again
        except Refused as refused:
            # Which of them it was is not told: halves are tried until it is alone.
            if len(drafts) == 1:
                self._blame(drafts[0], words_of(refused))
                return ()
            middle = len(drafts) // 2
            self._create(drafts[:middle])
            self._create(drafts[middle:])
        else:
            self.created += len(records)
            for record in records:
                self._note(record, "created", {})
        return ()

    def _created(self, drafts: Sequence[Draft]) -> list[CompanyModel]:
        """New records in the state that the file says. Raises RowsRefused."""
        values = [self._said(draft) for draft in drafts]
        # A new record starts where its workflow starts; a transition takes it on from there.
        states = [row.pop(self._state_field, None) for row in values]
        records = services().records.create_many(self._plan.model, values)
        db.session.flush()
        faults: dict[int, Messages] = {}
        for i, (record, state) in enumerate(zip(records, states, strict=True)):
            if state is not None and getattr(record, self._state_field) != state:
                try:
                    with _savepoint():
                        services().records.bring(record, {self._state_field: state})
                        db.session.flush()
                except Refused as refused:
                    faults[i] = words_of(refused)
        if faults:
            raise RowsRefused(faults)
        return records

    def _settled(self, draft: Draft, found: Duplicate) -> bool:
        """Do with a row that seems to be there already what the map says; False when it is bad."""
        alike, match = self._plan.options.alike, found.matches[0]
        if alike == "skip":
            self._leave_out(draft)
            return True
        if alike != "update" or match.model != self._plan.model.model_key() or not match.record_id:
            return False
        try:
            record = services().records.get(self._plan.model, match.record_id, "update")
        except Refused:
            return False
        # It may be of an earlier row of the file.
        draft.again = True
        self._update(draft, record)
        return True

    def _said(self, draft: Draft) -> dict[str, Any]:
        """What a row says of a new record. An empty cell says that there is nothing, which is
        not the same as saying nothing; but a default, or whose it is, stands in for it."""
        nothing = dict.fromkeys(draft.emptied & self._emptied)
        return {**nothing, **draft.values}

    def _update(self, draft: Draft, record: CompanyModel) -> None:
        before = self._state(record)
        said = dict(draft.values)
        if self._plan.options.empty_cells == "clear":
            said |= dict.fromkeys(draft.emptied)
        changed = {
            name: value
            for name, value in said.items()
            if name not in draft.defaulted and not same(before.get(name), value)
        }
        if not changed:
            self.unchanged += 1
            return
        try:
            with _savepoint(), asking(self._plan.options.alike == "report"):
                services().records.bring(record, changed)
                db.session.flush()
        except Refused as refused:
            self._blame(draft, words_of(refused))
            return
        changes = difference(self._state(record), before)
        self.updated += 1
        held = {name: old for name, (_new, old) in changes.items()}
        if not draft.again or not self._note_again(record, held):
            self._note(record, "updated", held)

    def _state(self, record: CompanyModel) -> dict[str, Any]:
        return {name: value for name, value in state_of(record).items() if name in self._kept}

    def _note(self, record: CompanyModel, action: str, before: Mapping[str, Any]) -> None:
        self._notes.append(
            {
                "record_id": record.id,
                "action": action,
                "before": {name: plain(value) for name, value in before.items()},
                "version_after": record.version,
            }
        )

    def _note_again(self, record: CompanyModel, before: Mapping[str, Any]) -> bool:
        """Add to what is noted of a record that an earlier row has made or changed."""
        noted = db.session.scalar(
            sa.select(ImportedRow).where(
                ImportedRow.run_id == self._run_id,
                ImportedRow.record_id == record.id,
                ~ImportedRow.reverted,
            )
        )
        if noted is None:
            return False
        noted.version_after = record.version
        if noted.action == "updated":
            noted.before = {
                **{name: plain(value) for name, value in before.items()},
                **noted.before,
            }
        return True

    def _blame(self, draft: Draft, messages: Messages) -> None:
        for name, texts in messages.items():
            column = self._columns.get(name, "")
            value = draft.texts.get(name, "")
            draft.problems += [RowError(str(text), name, column, value) for text in texts]
        self._refuse(draft)


def _savepoint() -> sa.orm.SessionTransaction:
    return db.session.begin_nested()


def same(held: Any, said: Any) -> bool:
    """Whether a file says what a record holds. Blanks around a text do not tell them apart."""
    if isinstance(held, str) and isinstance(said, str):
        return held.strip() == said.strip()
    return bool(held == said) or (held in (None, "") and said in (None, ""))


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return value

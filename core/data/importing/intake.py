"""From the rows of a file to records: batch by batch, what is bad set aside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, Protocol

import sqlalchemy as sa

from core.access.rules import scope_criteria
from core.data.fields import all_fields, column_of, every_field, value_of
from core.data.importing.cells import Draft, Reader
from core.data.importing.errors import RowError
from core.data.importing.finding import Finder, Where, where_of
from core.data.importing.folding import Seen
from core.data.importing.journal import Journal
from core.data.importing.parts import ID, Part, Plan
from core.data.importing.report import BadRows, Report
from core.data.importing.source import Source, SourceRow
from core.data.importing.writing import Writer
from core.extensions import db
from core.starting import without_collecting
from plugin_api.context import current_actor, gettext

BATCH = 500
Progress = Callable[[int, float], None]
"""Called with the rows read so far and the share of the file, 0 to 1."""


class InSteps(Protocol):
    """What is kept between the steps of an import: see :mod:`core.data.importing.steps`."""

    def skip(self, rows: Iterator[SourceRow]) -> None:
        """Go past what earlier steps have taken."""

    def end(self) -> None:
        """End a step."""


class Intake:
    """Takes rows to the records that they are about."""

    def __init__(
        self,
        plan: Plan,
        report: Report,
        bad_rows: BadRows,
        run_id: int,
        journal: Journal | None = None,
    ) -> None:
        self._plan = plan
        self._report = report
        self._bad_rows = bad_rows
        self._reader = Reader(plan)
        self._seen = Seen(plan.options)
        self.writer = Writer(plan, run_id, self._refuse, self._leave_out)
        # What is looked up may be among what is not certain yet.
        self._finder = Finder(self.writer.finish)
        self._journal = journal
        self.folds = bool(plan.key) and plan.key != (ID,)
        own = plan.model.model_key()
        references = [part for part in plan.parts if part.meta.kind == "reference"]
        self._to_own = [part for part in references if part.meta.target == own]
        self._narrow = [p for p in references if p.meta.narrow and p not in self._to_own]
        self._plain = [p for p in references if p not in self._to_own and p not in self._narrow]
        self._refused: list[Draft] = []
        self._waiting: list[Draft] = []
        """Rows that name a record of their own kind which is not there yet."""

    def close(self) -> None:
        """Give back what was held."""
        self._seen.close()

    def take(self, source: Source, progress: Progress | None, steps: InSteps | None = None) -> None:
        """Read and write everything, with ``steps`` from where an earlier one has stopped."""
        rows = source.rows()
        if steps is not None:
            steps.skip(rows)
        while batch := list(islice(rows, BATCH)):
            self._report.rows += len(batch)
            with without_collecting():
                self._take(batch)
            self._end(steps)
            if progress is not None:
                progress(self._report.rows, source.share_read())
        self._take_waiting(steps)
        self.writer.finish()
        self._write_refused()
        self._report.created = self.writer.created
        self._report.updated = self.writer.updated
        self._report.unchanged = self.writer.unchanged
        self._report.row_errors.sort(key=lambda each: each.line)

    def _end(self, steps: InSteps | None) -> None:
        """End a batch."""
        if steps is not None:
            self.writer.finish()
        self._write_refused()
        if steps is not None:
            steps.end()

    def _take(self, rows: Sequence[SourceRow]) -> None:
        drafts = []
        for row in rows:
            if not row.problem and not self._reader.wanted(row):
                self._report.skipped += 1
                continue
            drafts.append(self._reader.draft(row))
        # Also of rows that are bad already: everything is told at once.
        self._resolve(drafts, self._plain)
        for draft in drafts:
            if draft.problems and not self._plan.key:
                self._reader.settle(draft)
        for some in self._folded(self._sound(drafts)):
            self._write(some)

    def wants(self, row: SourceRow) -> bool:
        """Whether the map takes a row at all."""
        return self._reader.wanted(row)

    def draft(self, row: SourceRow) -> Draft:
        """A row, typed."""
        return self._reader.draft(row)

    def remember(self, drafts: Sequence[Draft], waiting: Collection[int]) -> None:
        """Learn anew of rows that were taken before: which keys were seen, and, by their lines,
        which rows wait."""
        self._resolve(drafts, self._plain)
        for draft in drafts:
            if self.folds:
                # A record that its key names may be gone by now; then nothing can contradict it.
                with suppress(ValueError):
                    verdict = self._seen.take(self._key(draft), draft.row.line, draft.texts)
                    draft.again = verdict == "more"
                    draft.folded = True
            if draft.row.line in waiting:
                self._waiting.append(draft)

    def _take_waiting(self, steps: InSteps | None = None) -> None:
        """Rows that waited for others of their kind, as long as that brings any further."""
        while self._waiting:
            waiting, self._waiting = self._waiting, []
            self._finder.forget_missing(self._plan.model.model_key())
            for start in range(0, len(waiting), BATCH):
                some = waiting[start : start + BATCH]
                if self._journal is not None:
                    self._journal.taken([draft.row.line for draft in some])
                self._write(some)
                self._end(steps)
            self.writer.finish()
            if len(self._waiting) == len(waiting):
                break
        self._resolve(self._waiting, self._to_own)
        self._sound(self._waiting)

    def _folded(self, drafts: Sequence[Draft]) -> Iterator[list[Draft]]:
        """Runs of rows in which no key stands twice."""
        if not self.folds:
            yield list(drafts)
            return
        run: list[Draft] = []
        for draft in drafts:
            try:
                verdict = self._seen.take(self._key(draft), draft.row.line, draft.texts)
            except ValueError as error:
                draft.problems.append(RowError(str(error), ",".join(self._plan.key)))
                self._refuse(draft)
                continue
            draft.folded = True
            if verdict == "again":
                self._report.skipped += 1
                continue
            if verdict == "more":
                yield run
                run = []
                draft.again = True
            run.append(draft)
        yield run

    def _key(self, draft: Draft) -> tuple[Any, ...]:
        found = tuple(draft.values.get(name) for name in self._plan.key)
        if any(value is None for value in found):
            raise ValueError(gettext("The key is empty: without it the row cannot be found again."))
        return found

    def _write(self, drafts: Sequence[Draft]) -> None:
        self._resolve(drafts, self._to_own, waits=True)
        ready = [draft for draft in self._sound(drafts) if not self._waits(draft)]
        self._recognise(ready)
        ready = self._sound(ready)
        self._resolve(ready, self._narrow)
        for draft in ready:
            if not draft.problems:
                self._reader.settle(draft)
        self.writer.write(self._sound(ready))

    def _recognise(self, drafts: Sequence[Draft]) -> None:
        """Find the record that each row is about, by the key."""
        if not self._plan.key:
            return
        self.writer.finish()
        if self._plan.key == (ID,):
            keyed = {(draft.record_id,): draft for draft in drafts if draft.record_id is not None}
        else:
            keyed = {self._key(draft): draft for draft in drafts}
        for key, records in self._stored(list(keyed)).items():
            draft = keyed[key]
            if len(records) == 1:
                draft.record = records[0]
            else:
                reason = gettext("%(count)s records have this key.", count=len(records))
                draft.problems.append(RowError(reason, ",".join(self._plan.key)))
        if self._plan.key == (ID,):
            for draft in keyed.values():
                if draft.record is None and not draft.problems:
                    reason = gettext("There is no record %(id)s.", id=draft.record_id)
                    draft.problems.append(RowError(reason, ID, value=str(draft.record_id)))

    def _stored(self, keys: Sequence[tuple[Any, ...]]) -> dict[tuple[Any, ...], list[Any]]:
        """Records by their key, only those that the actor may see."""
        model: Any = self._plan.model
        metas = every_field(model)
        key = [all_fields(model)[ID] if name == ID else metas[name] for name in self._plan.key]
        columns = [column_of(model, meta) for meta in key]
        held = columns[0] if len(columns) == 1 else sa.tuple_(*columns)
        wanted = [key[0] for key in keys] if len(columns) == 1 else list(keys)
        seen = scope_criteria(model, "read", current_actor())
        found: dict[tuple[Any, ...], list[Any]] = {}
        for record in db.session.scalars(sa.select(model).where(held.in_(wanted), seen)):
            found.setdefault(tuple(value_of(record, meta) for meta in key), []).append(record)
        return found

    def _waits(self, draft: Draft) -> bool:
        waits = bool(draft.named.keys() & {part.meta.name for part in self._to_own})
        if waits:
            self._waiting.append(draft)
            if self._journal is not None:
                self._journal.waits(draft.row.line)
        return waits

    def _resolve(self, drafts: Sequence[Draft], parts: Sequence[Part], waits: bool = False) -> None:
        """Put ids in place of names; with ``waits``, leave those that are not there yet."""
        for part in parts:
            name = part.meta.name
            wanted: dict[Where, list[Draft]] = {}
            for draft in drafts:
                if name in draft.named:
                    wanted.setdefault(where_of(part.meta, draft), []).append(draft)
            for where, some in wanted.items():
                self._finder.prepare(part.meta, part.find, where, [d.named[name] for d in some])
                for draft in some:
                    self._find(draft, part, where, waits)

    def _find(self, draft: Draft, part: Part, where: Where, waits: bool) -> None:
        name = part.meta.name
        try:
            draft.values[name] = self._finder.find(part.meta, part.find, where, draft.named[name])
        except ValueError as error:
            if waits:
                return
            draft.problems.append(self._reader.problem(draft, part, error))
        del draft.named[name]

    def _sound(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Those without problems; the others are refused."""
        good = []
        for draft in drafts:
            if draft.problems:
                self._refuse(draft)
            else:
                good.append(draft)
        return good

    def _leave_out(self, draft: Draft) -> None:
        self._report.skipped += 1

    def _refuse(self, draft: Draft) -> None:
        self._report.add_errors(draft.row, draft.problems)
        self._refused.append(draft)
        if self._journal is not None:
            self._journal.refused(draft.row.line, draft.problems, folded=draft.folded)

    def _write_refused(self) -> None:
        """Rows are refused at several stages of a batch, but written as they stand in the file."""
        if self.writer.is_ahead:
            return
        for draft in sorted(self._refused, key=lambda each: each.row.line):
            self._bad_rows.add(draft.row, draft.problems)
        self._refused = []

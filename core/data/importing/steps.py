"""An import that is committed step by step, so that one whose worker is killed goes on where it
stopped: nothing is written twice, and nothing is left out.

The run keeps how far it is in the transaction that writes the rows. When one bad row shall stop
all, the whole file is tried first and undone; should a row still be refused after that, because
somebody has changed something meanwhile, what went in is taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from core.collab.notify import quietly
from core.data.importing import uploads
from core.data.importing.cells import Draft
from core.data.importing.engine import Begun, Order, begin, note, run_import
from core.data.importing.intake import BATCH, Intake, Progress
from core.data.importing.journal import Fate, Journal
from core.data.importing.models import ImportRun
from core.data.importing.report import Report
from core.data.importing.reverting import take_all_back
from core.data.importing.source import SourceRow
from core.extensions import db
from plugin_api.context import now

COUNTED = ("rows", "skipped", "errors")
WRITTEN = ("created", "updated", "unchanged")
Commit = Callable[[], None]


def run_in_steps(
    order: Order, commit: Commit, checking: Progress | None, writing: Progress | None
) -> Report:
    """Import an uploaded file, or go on with it; ``commit`` ends each step and may refuse to.

    The last step is left to the caller to commit. A report that failed has written nothing, but
    for what was left alone when it was taken back. Raises as :func:`run_import`.
    """
    run = order.run
    if run is None:
        raise ValueError("only an import that is written down can go on")
    if order.on_error == "stop" and not run.kept:
        report = run_import(replace(order, dry_run=True), checking)
        if report.errors:
            report.outcome = "failed"
            return report
        run.kept = {"checked": True}
        db.session.flush()
        commit()
    began = now()
    begun = begin(order)
    steps = Steps(order, run, begun, commit)
    try:
        with quietly():
            steps.intake.take(begun.source, writing, steps)
        if steps.must_stop:
            raise _Stopped
    except _Stopped:
        return _taken_back(run, begun.report, commit)
    finally:
        steps.close()
    run.kept = {}
    note(run, begun.report, order, run.started_at or began)
    db.session.flush()
    begun.report.run = run.id
    return begun.report


class _Stopped(Exception):
    """A row was refused although the check had let it pass."""


def _taken_back(run: ImportRun, report: Report, commit: Commit) -> Report:
    db.session.rollback()
    done = take_all_back(run)
    if not done.left:
        run.state = "uploaded"
    run.kept = {}
    db.session.flush()
    commit()
    report.outcome = "failed"
    return report


class Steps:
    """What is kept between the steps of an import; the intake tells it of every row that does
    not simply go in."""

    def __init__(self, order: Order, run: ImportRun, begun: Begun, commit: Commit) -> None:
        self._order, self._run, self._begun, self._commit = order, run, begun, commit
        self._journal = Journal(uploads.steps_of(run), int(run.kept.get("journal", 0)))
        self.intake = Intake(begun.plan, begun.report, begun.bad_rows, run.id, self._journal)

    @property
    def must_stop(self) -> bool:
        """Whether a row is bad where none may be."""
        return self._order.on_error == "stop" and bool(self._begun.report.errors)

    def close(self) -> None:
        """Let go of files."""
        self.intake.close()
        self._begun.bad_rows.close()
        self._journal.close()

    def end(self) -> None:
        """Commit a step."""
        if self.must_stop:
            raise _Stopped
        run, report, writer = self._run, self._begun.report, self.intake.writer
        run.state = "importing"
        run.started_at = run.started_at or now()
        for name in WRITTEN:
            setattr(run, name, getattr(writer, name))
        for name in COUNTED:
            setattr(run, name, getattr(report, name))
        run.kept = {"checked": True, "journal": self._journal.length()}
        db.session.flush()
        self._commit()

    def skip(self, rows: Iterator[SourceRow]) -> None:
        """Go past the rows that earlier steps have taken, and learn what to know of them."""
        run, report = self._run, self._begun.report
        if run.state != "importing":
            return
        for name in WRITTEN:
            setattr(self.intake.writer, name, getattr(run, name))
        for name in COUNTED:
            setattr(report, name, getattr(run, name))
        left, known = run.rows, self._journal.known
        self._journal.known = {}
        while left and (batch := list(islice(rows, min(BATCH, left)))):
            left -= len(batch)
            self._pass(batch, known)

    def _pass(self, rows: Sequence[SourceRow], known: dict[int, Fate]) -> None:
        again: list[Draft] = []
        waiting: set[int] = set()
        for row in rows:
            fate = known.get(row.line)
            if fate is not None and fate.problems:
                self._begun.report.list_errors(row, fate.problems)
                self._begun.bad_rows.add(row, fate.problems)
            if fate is not None and fate.waits:
                waiting.add(row.line)
            elif not self.intake.folds or (fate is not None and not fate.folded):
                continue
            if not row.problem and self.intake.wants(row):
                again.append(self.intake.draft(row))
        self.intake.remember(again, waiting)

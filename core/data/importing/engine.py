"""The import itself: rows in batches, in one transaction that is undone when it shall not count."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from core.collab.notify import quietly
from core.data.importing import telling
from core.data.importing.intake import Intake, Progress
from core.data.importing.mapping import ImportMap, as_data
from core.data.importing.models import ImportRun
from core.data.importing.parts import Plan
from core.data.importing.plan import make_plan
from core.data.importing.reading import open_source
from core.data.importing.report import BadRows, Report, bad_cell
from core.data.importing.source import Source
from core.data.saving import allow
from core.extensions import db
from plugin_api.context import current_actor, now
from plugin_api.models import CompanyModel

KEPT_MESSAGES = 100
OnError = Literal["stop", "skip"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """What is to be imported, and how."""

    model: type[CompanyModel]
    path: Path
    map: ImportMap
    file_name: str = ""
    dry_run: bool = False
    on_error: OnError = "stop"
    """``stop``: one bad row and nothing goes in. ``skip``: the good rows go in."""
    errors_to: Path | None = None
    """Where to write the bad rows."""
    run: ImportRun | None = None
    """An import that was begun by an upload; else one is made."""
    look: Callable[[], None] | None = None
    """Called at the end of a dry run, while all that it would do is there to be read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Begun:
    """An import whose file is open and whose map fits."""

    plan: Plan
    source: Source
    report: Report
    bad_rows: BadRows


def begin(order: Order) -> Begun:
    """Open the file and hold the map against it. Raises Forbidden, UnusableFile, UnusableMap."""
    model = order.model
    allow(model, f"{model.model_key()}.import")
    source = open_source(order.path, order.map.options)
    asked = make_plan(model, order.map, source.columns)
    plan = telling.told(asked, source)
    report = Report(
        collection=f"{model.plugin_id()}.{model.__collection__}",
        file=order.file_name or order.path.name,
        columns=plan.mapped,
        unmatched=plan.unmatched,
        details={**source.details, **telling.details(asked, plan)},
    )
    bad_rows = BadRows(order.errors_to, plan, source.details.get("delimiter", ""))
    return Begun(plan=plan, source=source, report=report, bad_rows=bad_rows)


def run_import(order: Order, progress: Progress | None = None) -> Report:
    """Read the whole file, report every bad row, and keep what shall be kept.

    Nothing is committed. Raises Forbidden, UnusableFile, UnusableMap before any row is read.
    """
    started = time.monotonic()
    begun = begin(order)
    report = begun.report
    began = now()
    transaction = db.session.begin_nested()
    try:
        run = order.run or _new_run(order, report)
        if order.run is None:
            db.session.flush()
        intake = Intake(begun.plan, report, begun.bad_rows, run.id)
        try:
            with quietly():
                intake.take(begun.source, progress)
        finally:
            intake.close()
            begun.bad_rows.close()
        report.outcome = _outcome(order, report)
        if order.dry_run and order.look is not None:
            order.look()
        if report.went_in:
            note(run, report, order, began)
            db.session.flush()
            report.run = run.id
            transaction.commit()
    finally:
        if transaction.is_active:
            transaction.rollback()
    if report.outcome == "failed":
        run = order.run or _new_run(order, report)
        note(run, report, order, began)
        db.session.flush()
        report.run = run.id
    report.seconds = time.monotonic() - started
    return report


def _outcome(order: Order, report: Report) -> Any:
    if order.dry_run:
        return "dry run"
    return "failed" if report.errors and order.on_error == "stop" else "done"


def _new_run(order: Order, report: Report) -> ImportRun:
    run = ImportRun(
        collection=report.collection, file_name=report.file[:200], user_id=current_actor().user_id
    )
    db.session.add(run)
    return run


def note(run: ImportRun, report: Report, order: Order, began: Any) -> None:
    """Write down what came of an import."""
    run.map = as_data(order.map)
    run.state = report.outcome
    run.started_at, run.finished_at = began, now()
    for name in ("rows", "created", "updated", "unchanged", "skipped", "errors"):
        setattr(run, name, getattr(report, name))
    if not report.went_in:
        run.created = run.updated = run.unchanged = 0
    run.messages = [bad_cell(each) for each in report.row_errors[:KEPT_MESSAGES]]

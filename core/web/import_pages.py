"""The three pages of an import: a file is asked for, mapped, and has been imported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import render_template

from core.data.importing import saved, uploads
from core.data.importing.errors import UnusableFile, UnusableMap
from core.data.importing.mapping import ImportMap
from core.data.importing.models import ImportRun
from core.data.importing.reading import open_source
from core.data.importing.report import Report, bad_cell
from core.data.importing.reverting import REVERTIBLE, visible
from core.data.importing.source import Source
from core.extensions import db
from core.views.import_options import ENCODINGS
from core.views.imported import Planned, counts, faults, taken_back
from core.views.importing import map_page as file_page
from core.views.urls import collection_url
from plugin_api.context import gettext
from plugin_api.models import CompanyModel

RECENT = 20


def uploaded(run: ImportRun) -> Path:
    """The file of an import. Raises UnusableFile when it is not kept any more."""
    path = uploads.file_of(run)
    if path is None:
        raise UnusableFile(gettext("The file is not kept any more; upload it again."))
    return path


def address_of(model: type[CompanyModel], run: ImportRun) -> str:
    """Where an import is shown."""
    return f"{collection_url(model)}/import/{run.id}"


def start_page(model: type[CompanyModel], error: str = "", pasted: str = "") -> str:
    """A file is asked for; below it what was imported before."""
    maps = saved.maps_of(f"{model.plugin_id()}.{model.__collection__}")
    runs = db.session.scalars(
        sa.select(ImportRun)
        .where(ImportRun.collection == f"{model.plugin_id()}.{model.__collection__}", visible())
        .order_by(ImportRun.id.desc())
        .limit(RECENT)
    )
    return render_template(
        "import/start.html",
        title=model.__label_plural__,
        list_href=collection_url(model),
        runs=[(run, _state(run), address_of(model, run)) for run in runs],
        error=error,
        pasted=pasted,
        encodings=ENCODINGS,
        maps=[(kept, saved.is_mine(kept)) for kept in maps],
    )


def map_page(
    model: type[CompanyModel],
    run: ImportRun,
    used: ImportMap,
    on_error: str = "stop",
    *,
    report: Report | None = None,
    planned: Sequence[Planned] = (),
    error: str = "",
) -> str:
    """Where the columns of the file go, with what a check has found or what stands against it."""
    source: Source | None = None
    try:
        source = open_source(uploaded(run), used.options)
    except (UnusableFile, UnusableMap) as refused:
        error = error or str(refused.message)
    page = None
    if source is not None:
        bad = report.row_errors if report else ()
        page = file_page(model, source, used, on_error, bad)
    return render_template(
        "import/map.html",
        title=model.__label_plural__,
        list_href=collection_url(model),
        start_href=f"{collection_url(model)}/import",
        here=address_of(model, run),
        run=run,
        page=page,
        report=report,
        counts=counts(report, planned=True) if report else (),
        faults=faults(model, map(bad_cell, report.row_errors)) if report else (),
        planned=planned,
        refused=bool(report and report.errors and on_error == "stop"),
        problems=error.splitlines(),
        has_bad_rows=bool(report and report.errors),
    )


def result_page(model: type[CompanyModel], run: ImportRun) -> str:
    """What came of an import."""
    return render_template(
        "import/result.html",
        title=model.__label_plural__,
        list_href=collection_url(model),
        start_href=f"{collection_url(model)}/import",
        here=address_of(model, run),
        run=run,
        state=_state(run),
        counts=counts(run),
        faults=faults(model, run.messages) if run.state in ("done", "failed") else (),
        back=taken_back(run.kept),
        left=run.messages if run.state in ("reverted", "partly_reverted") else (),
        may_revert=run.state in REVERTIBLE,
        has_bad_rows=uploads.bad_rows_of(run) is not None,
    )


def _state(run: ImportRun) -> Any:
    choices = {choice.value: choice for choice in ImportRun.__table__.c.state.info["field"].choices}
    return choices[run.state]

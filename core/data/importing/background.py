"""Imports that take too long for a page: a job reads the file that was uploaded."""

from __future__ import annotations

from core.data.importing import uploads
from core.data.importing.engine import OnError, Order, run_import
from core.data.importing.errors import UnusableFile
from core.data.importing.mapping import make_map
from core.data.importing.models import ImportRun
from core.host import services
from core.jobs import runs
from core.jobs.running import as_who_asked, payload, progress, result
from plugin_api.context import gettext, ngettext
from plugin_api.errors import NotFound, Rejected
from plugin_api.models import CompanyModel

JOB = "core.import"
LARGE = 2 * 1024 * 1024
"""Bytes from which on an import is a job."""
PARTS = 1000


def is_large(run: ImportRun) -> bool:
    """Whether the import of an uploaded file should be a job."""
    path = uploads.file_of(run)
    return path is not None and path.stat().st_size >= LARGE


def start(run: ImportRun, on_error: OnError) -> int:
    """Have an uploaded file imported in the background; the number of the job's run. The edge
    commits, and the map with it."""
    return runs.start(
        JOB, {"import": run.id, "on_error": on_error, "file": run.file_name}, about=_about(run)
    )


def unfinished(run: ImportRun) -> int | None:
    """The run of the job that is at an import, or will be."""
    return runs.unfinished(JOB, _about(run))


def run() -> None:
    """Import the file that the running job is about, as who asked for it. All or nothing: it is
    committed with the note that the job is done."""
    session = services().session
    wanted = session.get(ImportRun, payload()["import"])
    if wanted is None:
        raise NotFound(gettext("There is no such import."))
    result(**{"import": wanted.id, "collection": wanted.collection})
    if wanted.state != "uploaded":
        return
    path = uploads.file_of(wanted)
    if path is None:
        raise UnusableFile(gettext("The file is not kept any more; upload it again."))
    with as_who_asked():
        report = run_import(
            Order(
                model=_model(wanted.collection),
                path=path,
                map=make_map(wanted.map),
                file_name=wanted.file_name,
                on_error=payload()["on_error"],
                errors_to=uploads.errors_to(wanted),
                run=wanted,
            ),
            _told,
        )
        session.flush()
    if report.outcome == "failed":
        text = ngettext(
            "%(num)s row is wrong, so nothing was imported.",
            "%(num)s rows are wrong, so nothing was imported.",
            report.errors,
        )
        raise Rejected("", text)


def _told(rows: int, share: float) -> None:
    progress(int(share * PARTS), PARTS, gettext("%(done)s rows", done=f"{rows:,}"))


def _about(run: ImportRun) -> str:
    return f"core.ImportRun:{run.id}"


def _model(collection: str) -> type[CompanyModel]:
    plugin, _, name = collection.partition(".")
    model = services().registry.collection(plugin, name)
    if model is None or not issubclass(model, CompanyModel):
        raise NotFound(gettext("There is no such import."))
    return model

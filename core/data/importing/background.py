"""Imports that take too long for a page: a job reads the file that was uploaded."""

from __future__ import annotations

import sqlalchemy as sa

from core.data.importing import uploads
from core.data.importing.engine import OnError, Order, run_import
from core.data.importing.errors import UnusableFile
from core.data.importing.intake import Progress
from core.data.importing.mapping import ImportMap, make_map
from core.data.importing.models import JOB, REVERT, ImportRun, about
from core.data.importing.reading import is_packed
from core.data.importing.reverting import revert
from core.data.importing.steps import run_in_steps
from core.host import services
from core.jobs import runs
from core.jobs.models import JobRun
from core.jobs.running import as_who_asked, commit, payload, progress, result
from plugin_api.context import gettext, ngettext
from plugin_api.errors import NotFound, Rejected
from plugin_api.models import CompanyModel

LARGE = 256 * 1024
"""Bytes from which on an import is a job."""
LARGE_PACKED = 64 * 1024
"""The same of a workbook, or of a file under gzip."""
PARTS = 1000
KEPT = ("outcome", "rows", "created", "updated", "unchanged", "skipped", "errors")
FEW = 100
"""Wrong rows that are kept with the run; the file of bad rows holds all."""
MANY = 2000
"""Records from which on taking an import back is a job."""


def is_large(run: ImportRun) -> bool:
    """Whether the import of an uploaded file should be a job."""
    path = uploads.file_of(run)
    if path is None:
        return False
    return path.stat().st_size >= (LARGE_PACKED if is_packed(path) else LARGE)


def start(run: ImportRun, on_error: OnError, *, dry_run: bool = False) -> int:
    """Have an uploaded file imported in the background, or only checked; the number of the job's
    run. The edge commits, and the map with it."""
    if run.state == "uploaded":
        # An earlier check was of another map, perhaps.
        run.kept = {}
    asked = {"import": run.id, "on_error": on_error, "file": run.file_name, "dry_run": dry_run}
    return runs.start(JOB, asked, about=about(run))


def order_of(run: ImportRun, used: ImportMap, on_error: OnError, *, dry_run: bool = False) -> Order:
    """What is to be done with an uploaded file. Raises UnusableFile when it is not kept any more,
    NotFound."""
    path = uploads.file_of(run)
    if path is None:
        raise UnusableFile(gettext("The file is not kept any more; upload it again."))
    return Order(
        model=_model(run.collection), path=path, map=used, file_name=run.file_name,
        dry_run=dry_run, on_error=on_error, errors_to=uploads.errors_to(run), run=run,
    )  # fmt: skip


def go_on(run: ImportRun) -> int:
    """Have the job that has stopped in the middle of an import go on; the number of its run.
    Raises Rejected when there is nothing to go on with."""
    asked = sa.select(sa.func.max(JobRun.id)).where(JobRun.job == JOB, JobRun.about == about(run))
    job = services().session.scalar(asked)
    if run.state != "importing" or job is None or uploads.file_of(run) is None:
        raise Rejected("", gettext("There is nothing of this import to go on with."))
    runs.again(job)
    return job


def unfinished(run: ImportRun) -> int | None:
    """The run of the job that is at an import, or will be."""
    return runs.unfinished(JOB, about(run)) or runs.unfinished(REVERT, about(run))


def run() -> None:
    """Import the file that the running job is about, as who asked for it, or go on with it. The
    last step is committed with the note that the job is done."""
    session = services().session
    wanted = session.get(ImportRun, payload()["import"])
    if wanted is None:
        raise NotFound(gettext("There is no such import."))
    result(**{"import": wanted.id, "collection": wanted.collection})
    if wanted.state not in ("uploaded", "importing"):
        return
    dry_run = bool(payload().get("dry_run"))
    with as_who_asked():
        order = order_of(wanted, make_map(wanted.map), payload()["on_error"], dry_run=dry_run)
        if dry_run:
            report = run_import(order, _would_be)
        else:
            report = run_in_steps(order, commit, *_tellers(order.on_error))
        session.flush()
    told = report.as_dict()
    result(**{name: told[name] for name in KEPT}, row_errors=told["row_errors"][:FEW])
    if report.outcome == "failed":
        text = ngettext(
            "%(num)s row is wrong, so nothing was imported.",
            "%(num)s rows are wrong, so nothing was imported.",
            report.errors,
        )
        raise Rejected("", text)


def start_revert(run: ImportRun) -> int:
    """Have an import taken back in the background; the number of the job's run. The edge
    commits."""
    asked = {"import": run.id, "file": run.file_name}
    return runs.start(REVERT, asked, about=about(run))


def is_long(run: ImportRun) -> bool:
    """Whether taking an import back should be a job."""
    return run.created + run.updated >= MANY


def run_revert() -> None:
    """Take the import back that the running job is about, as who asked for it, in one piece."""
    wanted = services().session.get(ImportRun, payload()["import"])
    if wanted is None:
        raise NotFound(gettext("There is no such import."))
    result(**{"import": wanted.id, "collection": wanted.collection})

    def told(records: int, share: float) -> None:
        text = gettext("%(done)s records looked at", done=f"{records:,}")
        progress(int(share * PARTS), PARTS, text)

    with as_who_asked():
        done = revert(wanted.id, told)
        services().session.flush()
    result(**done.counts())
    progress(PARTS, PARTS, done.words())


def _tellers(on_error: OnError) -> tuple[Progress, Progress]:
    """Who tells of rows that are checked, and of rows that are written."""
    half = PARTS // 2 if on_error == "stop" else 0

    def checked(rows: int, share: float) -> None:
        progress(int(share * half), PARTS, gettext("%(done)s rows checked", done=f"{rows:,}"))

    def written(rows: int, share: float) -> None:
        done = half + int(share * (PARTS - half))
        progress(done, PARTS, gettext("%(done)s rows imported", done=f"{rows:,}"))

    return checked, written


def _would_be(rows: int, share: float) -> None:
    text = gettext("%(done)s rows would be imported", done=f"{rows:,}")
    progress(int(share * PARTS), PARTS, text)


def _model(collection: str) -> type[CompanyModel]:
    plugin, _, name = collection.partition(".")
    model = services().registry.collection(plugin, name)
    if model is None or not issubclass(model, CompanyModel):
        raise NotFound(gettext("There is no such import."))
    return model

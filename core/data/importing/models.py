"""What is remembered of imports, so that each can be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    choice,
    instant,
    integer,
    json,
    reference,
    text,
)

STATES = (
    Choice(value="uploaded", label=_("Uploaded"), tone="info"),
    Choice(value="importing", label=_("Partly imported"), tone="warn"),
    Choice(value="done", label=_("Done"), tone="good"),
    Choice(value="failed", label=_("Nothing imported"), tone="bad"),
    Choice(value="reverted", label=_("Taken back"), tone="neutral"),
    Choice(value="partly_reverted", label=_("Partly taken back"), tone="warn"),
)
ACTIONS = (
    Choice(value="created", label=lazy_pgettext("import", "Created")),
    Choice(value="updated", label=_("Updated")),
)


class ImportRun(CompanyModel):
    """An import of one file into one collection. One that is only uploaded has no result yet;
    one that is partly imported waits for a job to go on, or to be taken back."""

    __tablename__ = "core_import_run"
    __label__ = _("Import")
    __label_plural__ = _("Imports")
    __title__ = "file_name"
    __owner__ = "user_id"
    __table_args__ = (sa.Index(None, "company_id", "collection"),)

    collection: Mapped[str] = text(_("Collection"), length=80, readonly=True)
    """As in ``crm.opportunities``."""
    file_name: Mapped[str] = text(_("File"), readonly=True)
    upload: Mapped[str | None] = text(_("Upload"), length=60, readonly=True)
    """Name of the file in the folder of uploads; none for an import by command."""
    map: Mapped[dict[str, Any]] = json(_("Map"), default=dict)
    state: Mapped[str] = choice(_("State"), STATES, readonly=True, default="uploaded")
    rows: Mapped[int] = integer(_("Rows"), readonly=True, default=0)
    created: Mapped[int] = integer(lazy_pgettext("import", "Created"), readonly=True, default=0)
    updated: Mapped[int] = integer(_("Updated"), readonly=True, default=0)
    unchanged: Mapped[int] = integer(_("Unchanged"), readonly=True, default=0)
    skipped: Mapped[int] = integer(_("Left out"), readonly=True, default=0)
    errors: Mapped[int] = integer(_("Errors"), readonly=True, default=0)
    messages: Mapped[list[dict[str, Any]]] = json(_("Messages"), default=list)
    """The first row errors of a run, or what was left alone when it was taken back."""
    kept: Mapped[dict[str, Any]] = json(_("Kept"), default=dict)
    """How far a job has come with it, so that another goes on from there: see
    :mod:`core.data.importing.steps`; once it was taken back, what that has done."""
    started_at: Mapped[datetime | None] = instant(_("Started"), readonly=True)
    finished_at: Mapped[datetime | None] = instant(_("Finished"), readonly=True)
    user_id: Mapped[int | None] = reference("core.User", _("Person"), readonly=True)


JOB, REVERT = "core.import", "core.revert_import"


def about(run: ImportRun) -> str:
    """What a job says that it works on when it is at an import."""
    return f"core.ImportRun:{run.id}"


class ImportedRow(CompanyModel):
    """A record that a run has made or changed. ``before`` holds what a changed record had in
    the columns that changed; ``version_after`` tells whether anybody has changed it since."""

    __tablename__ = "core_imported_row"
    __title__ = "record_id"
    __table_args__ = (sa.Index(None, "company_id", "run_id", "id"),)

    run_id: Mapped[int] = reference("core.ImportRun", _("Import"), on_delete="cascade")
    record_id: Mapped[int] = mapped_column(sa.BigInteger())
    action: Mapped[str] = choice(_("Action"), ACTIONS, readonly=True)
    before: Mapped[dict[str, Any]] = json(_("Before"), default=dict)
    version_after: Mapped[int] = mapped_column(sa.Integer())
    reverted: Mapped[bool] = boolean(_("Taken back"), readonly=True)


class SavedMap(CompanyModel):
    """A map under a name. ``columns`` are those of the file that it was made for: the next file
    that has the same is read in the same way."""

    __tablename__ = "core_saved_map"
    __label__ = _("Map")
    __label_plural__ = _("Maps")
    __table_args__ = (sa.UniqueConstraint("company_id", "collection", "name"),)

    collection: Mapped[str] = text(_("Collection"), length=80, readonly=True)
    name: Mapped[str] = text(_("Name"), length=60)
    map: Mapped[dict[str, Any]] = json(_("Map"), default=dict)
    columns: Mapped[list[str]] = json(_("Columns"), default=list)
    user_id: Mapped[int | None] = reference("core.User", _("Person"), readonly=True)


MODELS = (ImportRun, ImportedRow, SavedMap)

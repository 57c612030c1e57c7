"""The box with a record's files."""

from __future__ import annotations

from core.files import attachments
from core.files.kinds import KINDS
from core.views.record_page import FileRow, FilesBox
from core.views.urls import record_url
from core.web import formats
from plugin_api.models import CompanyModel

ENDINGS = tuple(f".{ending}" for kind in KINDS.values() for ending in kind.endings)


def files_box(
    model: type[CompanyModel], record_id: int, may_change: bool, *, empty: bool = False
) -> FilesBox:
    """The files of a record that the actor may see: one statement, unless it is known to have
    none."""
    path = f"{record_url(model, record_id)}/files"
    rows = []
    for row, who in () if empty else attachments.of(model, record_id):
        kind = KINDS[row.kind]
        href = f"{path}/{row.id}"
        rows.append(
            FileRow(
                id=row.id,
                name=row.name,
                icon=kind.icon,
                kind=str(kind.label),
                size=formats.size(row.size),
                who=who,
                at=row.created_at,
                href=href,
                open_href=f"{href}?open=1" if kind.inline else "",
            )
        )
    return FilesBox(
        path=path,
        rows=tuple(rows),
        may_change=may_change,
        accept=",".join(ENDINGS),
        most=formats.size(attachments.LARGEST),
        most_bytes=attachments.LARGEST,
    )

"""Taking an import back: what it made is deleted, what it changed is set back.

A record that somebody has changed since is left alone and reported, and so is one that other
records refer to by now; the rest is taken back, and the same can be tried again later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from core.collab.notify import quietly
from core.data.audit import title_of
from core.data.fields import FieldMeta, every_field
from core.data.importing.models import JOB, ImportedRow, ImportRun, about
from core.data.saving import allow, words_of
from core.extensions import db
from core.host import services
from core.jobs import runs
from plugin_api.context import current_actor, gettext
from plugin_api.errors import Forbidden, NotFound, Refused, Rejected
from plugin_api.models import CompanyModel

BATCH = 500
KEPT_MESSAGES = 100
BACK = "taken_back"
"""In what is kept with an import: how many records became what by taking it back."""
REVERTIBLE = ("done", "importing", "partly_reverted")
Progress = Callable[[int, float], None]


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A record that was not taken back, and why."""

    record_id: int
    title: str
    reason: str


@dataclass(kw_only=True)
class Reverted:
    """What taking back has done. ``gone`` were deleted by somebody already."""

    run: int
    collection: str
    deleted: int = 0
    restored: int = 0
    gone: int = 0
    left: list[LeftAlone] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many records became what."""
        return {
            "deleted": self.deleted, "restored": self.restored, "gone": self.gone,
            "left": len(self.left),
        }  # fmt: skip

    def words(self) -> str:
        """The same for people."""
        text = gettext(
            "Deleted: %(deleted)s. Set back: %(restored)s. Left alone: %(left)s.",
            deleted=self.deleted, restored=self.restored, left=len(self.left),
        )  # fmt: skip
        gone = gettext("Gone already: %(gone)s.", gone=self.gone)
        return f"{text} {gone}" if self.gone else str(text)

    def as_dict(self) -> dict[str, Any]:
        """For machines."""
        return {
            "run": self.run,
            "collection": self.collection,
            **self.counts(),
            "left_alone": [left_alone(each) for each in self.left],
        }


def left_alone(each: LeftAlone) -> dict[str, Any]:
    """A record that was left alone, for machines."""
    return {"record_id": each.record_id, "title": each.title, "reason": each.reason}


def run_of(run_id: int) -> ImportRun:
    """An import that the actor may see: their own, or any for whom reaches the whole company.

    Raises NotFound.
    """
    run = db.session.scalar(sa.select(ImportRun).where(ImportRun.id == run_id, visible()))
    if run is None:
        raise NotFound(gettext("There is no import %(number)s.", number=run_id))
    return run


def visible() -> sa.ColumnElement[bool]:
    """Which imports the actor may see: all with the permission to change settings."""
    actor = current_actor()
    if actor.is_system or "core.settings" in actor.grants:
        return sa.true()
    return ImportRun.user_id == actor.user_id


def model_of_run(run: ImportRun) -> type[CompanyModel]:
    """The model that a run was about. Raises Rejected when it is not there any more."""
    plugin, _dot, collection = run.collection.partition(".")
    model = services().registry.collection(plugin, collection)
    if model is None or not issubclass(model, CompanyModel) or not services().is_enabled(plugin):
        raise Rejected("", gettext("%(name)s is not in use here.", name=run.collection))
    return model


def revert(run_id: int, progress: Progress | None = None) -> Reverted:
    """Take an import back. Nothing is committed. Raises NotFound, Forbidden, Rejected."""
    run = run_of(run_id)
    model = model_of_run(run)
    allow(model, f"{model.model_key()}.import")
    if run.state not in REVERTIBLE:
        raise Rejected("", gettext("There is nothing of this import to take back."))
    if runs.unfinished(JOB, about(run)) is not None:
        raise Rejected("", gettext("The file is being imported. Cancel that first."))
    return take_all_back(run, progress)


def take_all_back(run: ImportRun, progress: Progress | None = None) -> Reverted:
    """As :func:`revert`, whoever asks and whatever state the import is in."""
    model = model_of_run(run)
    done = Reverted(run=run.id, collection=run.collection)
    total = run.created + run.updated
    seen, before = 0, None
    while rows := _rows(run.id, before):
        before = rows[-1].id
        records = _records(model, [row.record_id for row in rows])
        with quietly():
            back = _take_back(rows, records, done)
        db.session.execute(
            sa.update(ImportedRow).where(ImportedRow.id.in_(back)).values(reverted=True),
            execution_options={"synchronize_session": False},
        )
        seen += len(rows)
        if progress is not None:
            progress(seen, seen / total if total else 1.0)
    run.state = "partly_reverted" if done.left else "reverted"
    before = run.kept.get(BACK, {})
    run.kept = {
        BACK: {
            name: count + (0 if name == "left" else before.get(name, 0))
            for name, count in done.counts().items()
        }
    }
    run.messages = [left_alone(each) for each in done.left[:KEPT_MESSAGES]]
    db.session.flush()
    return done


def _rows(run_id: int, before: int | None) -> Sequence[Any]:
    """The newest first: what was made last may refer to what was made before."""
    here = ImportedRow
    statement = sa.select(here.id, here.record_id, here.version_after, here.action, here.before)
    statement = statement.where(here.run_id == run_id, ~here.reverted)
    if before is not None:
        statement = statement.where(here.id < before)
    return db.session.execute(statement.order_by(here.id.desc()).limit(BATCH)).all()


def _records(model: Any, ids: Sequence[int]) -> Mapping[int, CompanyModel]:
    found = db.session.scalars(sa.select(model).where(model.id.in_(ids)))
    return {record.id: record for record in found}


def _take_back(
    rows: Sequence[Any], records: Mapping[int, CompanyModel], done: Reverted
) -> list[int]:
    """Set back what was changed, then delete what was made: that may be referred to by the
    other. Returns the ids of the rows that are taken back."""
    made: list[tuple[Any, CompanyModel]] = []
    back: list[int] = []
    for row in rows:
        record = records.get(row.record_id)
        if record is None:
            back.append(row.id)
            done.gone += 1
        elif record.version != row.version_after:
            _leave(record, gettext("It was changed since."), done)
        elif row.action == "created":
            made.append((row, record))
        elif _set_back(row, record, done):
            back.append(row.id)
    titles = [title_of(record) for _row, record in made]
    try:
        refused = services().records.delete_many([record for _row, record in made])
    except Forbidden as why:
        refused = dict.fromkeys(range(len(made)), why)
    for i, (row, _record) in enumerate(made):
        if i in refused:
            done.left.append(LeftAlone(row.record_id, titles[i], _reason(refused[i])))
        else:
            back.append(row.id)
            done.deleted += 1
    return back


def _set_back(row: Any, record: CompanyModel, done: Reverted) -> bool:
    """Whether the record is as it was."""
    title = title_of(record)
    try:
        with db.session.begin_nested():
            services().records.bring(record, _typed(type(record), row.before))
            db.session.flush()
    except Refused as refused:
        done.left.append(LeftAlone(row.record_id, title, _reason(refused)))
        return False
    done.restored += 1
    return True


def _reason(refused: Refused) -> str:
    return " ".join(str(text) for texts in words_of(refused).values() for text in texts)


def _leave(record: CompanyModel, reason: str, done: Reverted) -> None:
    done.left.append(LeftAlone(record.id, title_of(record), str(reason)))


def _typed(model: type[CompanyModel], before: Mapping[str, Any]) -> dict[str, Any]:
    metas = every_field(model)
    return {name: _value(metas[name], held) for name, held in before.items() if name in metas}


def _value(meta: FieldMeta, held: Any) -> Any:
    if isinstance(held, str):
        if meta.kind in ("decimal", "percent"):
            return Decimal(held)
        if meta.kind == "date":
            return dt.date.fromisoformat(held)
        if meta.kind == "instant":
            return dt.datetime.fromisoformat(held)
    return held

"""Taking a person's data away: first what the company's session may change, then, as the
platform, what is otherwise only added to. The chain of the audit trail stands.

The second part is a job that is committed with the first and done at once; a worker does it
when the process ends in between.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from core.access import power
from core.collab.forgetting import forget
from core.collab.models import Comment
from core.custom import beside, claims
from core.data import audit, sealing
from core.data.importing import uploads
from core.data.importing.models import ImportedRow, ImportRun
from core.data.sealing import ENTRY, content_digest
from core.data.verifying import DIGESTS, ERASE
from core.extensions import db
from core.host import services
from core.hosting.enabled import enabled_set
from core.identity.models import Login, User
from core.jobs import runs
from core.privacy import beyond, finding
from core.privacy.beyond import GONE, Left
from core.privacy.finding import Traces
from core.privacy.subjects import (
    blanked,
    label_of,
    needles,
    personal,
    pseudonym,
    replaced,
)
from core.webhooks.models import WebhookDelivery
from plugin_api.context import Text, current_actor, current_company, gettext, now
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel

SOON = timedelta(minutes=1)
"""After this a worker does what the process did not come to."""
CHUNK = 500
"""Entries that one entry about an erasure answers for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """What would go: ``records`` with their personal fields, ``traces`` by how many; ``reasons``
    stand against it."""

    records: Sequence[tuple[str, Sequence[Text]]]
    traces: Sequence[tuple[Text, int]]
    reasons: Sequence[Text]


def preview(people: Sequence[CompanyModel]) -> Preview:
    """Look, and change nothing."""
    found = finding.traces(people)
    counts = (
        (gettext("Comments about them"), len(found.comments)),
        (gettext("Files"), len(found.files)),
        (gettext("Comments that name them"), len(found.mentions)),
        (gettext("Entries of the audit trail: their values"), len(found.entries)),
        (gettext("Imported rows and the files they came from"), len(found.imported)),
        (gettext("What was kept for them alone"), sum(map(len, found.own.values()))),
        (gettext("Jobs, imports and notifications that name them"),
         sum(map(len, found.words.values()))),
    )  # fmt: skip
    return Preview(
        records=[
            (label_of(each), [m.label for m in personal(type(each)).values()]) for each in people
        ],
        traces=[(label, count) for label, count in counts if count],
        reasons=reasons(people),
    )


def reasons(people: Sequence[CompanyModel]) -> list[Text]:
    """What stands against erasing them now."""
    found: list[Text] = []
    enabled = enabled_set(current_company())
    for record in people:
        if isinstance(record, User):
            if record.id == current_actor().user_id:
                found.append(gettext("Nobody erases themselves."))
            elif record.active:
                text = gettext("%(name)s still works here: take “Active” away first.",
                               name=record.name)  # fmt: skip
                found.append(text)
        for _plugin, told in services().dispatcher.collect(
            "blockers_for_erase", enabled, model=record.model_key(), record=record
        ):
            found.extend(told or ())
    return found


def erase(people: Sequence[CompanyModel]) -> None:
    """Take away what :func:`preview` tells, and commit it. Raises Rejected."""
    against = reasons(people)
    if against:
        raise Rejected("", " ".join(map(str, against)))
    for record in people:
        if isinstance(record, User):
            power.check(record, {"email": (record.email, None)})
    keys = [(type(record), record.id) for record in people]
    sealing.seal()
    people = [db.session.scalars(sa.select(m).where(m.id == id_)).one() for m, id_ in keys]
    found, texts = finding.traces(people), needles(people)
    by = pseudonym(people[0])
    logins = [each.login_id for each in people if isinstance(each, User) and each.login_id]
    emails = [text for text in texts if "@" in text]
    left = list(_entries(people, found.entries, texts, by))
    _scrub(found, texts, by)
    for record in people:
        forget(type(record), [record.id])
        _blank(record)
        everywhere = frozenset(services().registry.plugins)
        services().dispatcher.collect(
            "after_erase", everywhere, model=record.model_key(), record=record
        )
    files = _forget_imports(found)
    _forget_messages(people, texts)
    db.session.flush()
    _note(people, left)
    run_id = runs.start(
        beyond.JOB, beyond.order(left, logins, emails), about=secrets.token_hex(8),
        due=now() + SOON,
    )  # fmt: skip
    db.session.commit()
    for path in files:
        path.unlink(missing_ok=True)
    beyond.finish(run_id)


def _entries(
    people: Sequence[CompanyModel], ids: Sequence[int], texts: Sequence[str], by: str
) -> Iterator[Left]:
    """What is left of entries of the audit trail."""
    names = {each.model_key(): set(personal(type(each))) for each in people}
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        for entry in db.session.execute(sa.select(*ENTRY).where(ENTRY.id.in_(some))).all():
            if entry.action == ERASE:
                continue
            gone = names.get(entry.model, set())
            of_words = entry.model == Comment.model_key() or entry.action in ("attach", "detach")
            of_login = entry.model == Login.model_key()
            changes = {
                name: [None if each is None else GONE for each in pair]
                if name in gone or (of_words and name in ("text", "file")) or of_login
                else replaced(pair, texts, by)
                for name, pair in entry.changes.items()
            }
            title = GONE if of_words and entry.model == Comment.model_key() else by
            salt = secrets.token_hex(16)
            digest = content_digest(salt, title, changes)
            yield Left(entry.id, title, changes, salt, digest)


def _scrub(found: Traces, texts: Sequence[str], by: str) -> None:
    quietly = {"synchronize_session": False}
    for model, ids in found.own.items():
        db.session.execute(sa.delete(model).where(model.id.in_(ids)), execution_options=quietly)
    for comment in db.session.scalars(sa.select(Comment).where(Comment.id.in_(found.mentions))):
        comment.text = replaced(comment.text, texts, by)
        comment.mentions = replaced(comment.mentions, texts, by)
    for model, ids in found.words.items():
        for row in db.session.scalars(sa.select(model).where(model.id.in_(ids))):
            for name in finding.columns_of(model):
                setattr(row, name, replaced(getattr(row, name), texts, by))


def _blank(record: CompanyModel) -> None:
    for attribute, value in blanked(record).items():
        setattr(record, attribute, value)
    claims.release(type(record), [record.id])
    record.custom = {n: v for n, v in (record.custom or {}).items() if not isinstance(v, str)}
    beside.keep([record])
    if isinstance(record, User):
        record.login_id = None


def _forget_imports(found: Traces) -> list[Any]:
    """Empty the rows; the files of the imports, which go once all is committed."""
    asked = sa.select(ImportedRow).where(ImportedRow.id.in_(found.imported))
    for row in db.session.scalars(asked):
        row.before = {}
    runs = db.session.scalars(sa.select(ImportRun).where(ImportRun.id.in_(found.imports))).all()
    kept = (uploads.file_of, uploads.bad_rows_of, uploads.steps_of)
    places = [find(run) for run in runs if run.upload for find in kept]
    return [path for path in places if path is not None]


def _forget_messages(people: Sequence[CompanyModel], texts: Sequence[str]) -> None:
    """Delete what webhooks were told of the people, or are yet to be."""
    here = WebhookDelivery
    about = [
        sa.and_(here.event.startswith(f"{each.model_key()}.", autoescape=True),
                here.record_id == each.id)
        for each in people
    ]  # fmt: skip
    named = [here.body.contains(text, autoescape=True) for text in texts]
    db.session.execute(
        sa.delete(here).where(sa.or_(*about, *named)),
        execution_options={"synchronize_session": False},
    )


def _note(people: Sequence[CompanyModel], left: Sequence[Left]) -> None:
    for number, record in enumerate(people):
        fields = ", ".join(personal(type(record)))
        audit.write(ERASE, [(record, {"fields": (None, fields)})])
        for start in range(0, 0 if number else len(left), CHUNK):
            digests = {str(each.id): each.digest for each in left[start : start + CHUNK]}
            audit.write(ERASE, [(record, {DIGESTS: (None, digests)})])


def note_handed(record: CompanyModel) -> None:
    """Note that somebody was given all there is about a person."""
    audit.write("hand_out", [(record, {})])

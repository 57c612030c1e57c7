"""Jobs of the host itself: what keeps an installation tidy, and what takes too long for a page."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from core.api.idempotency import KEEP as KEYS_KEPT
from core.api.models import IdempotencyKey
from core.collab.models import Draft, Notification
from core.custom import beside
from core.data.importing import background, uploads
from core.extensions import db
from core.files import storage
from core.jobs import exports, keeping
from core.jobs.models import ACTIVE, JobRun
from core.jobs.running import progress
from core.mail import letters, people
from core.privacy.beyond import JOBS as ERASING
from core.search.index import rebuild
from core.search.searched import searched
from core.webhooks import delivering
from core.webhooks.models import PENDING, WebhookDelivery
from plugin_api.context import lazy_gettext as _
from plugin_api.context import now
from plugin_api.jobs import Daily, Job

DRAFTS_KEPT = timedelta(days=1)
CHUNK = 1000


def tidy_up() -> None:
    """Throw away what nobody asks for any more."""
    chores: list[Callable[[], None]] = [
        lambda: _delete(IdempotencyKey, IdempotencyKey.created_at < now() - KEYS_KEPT),
        lambda: _delete(
            JobRun, JobRun.finished_at < keeping.since(keeping.RUNS), JobRun.state.not_in(ACTIVE)
        ),
        lambda: _delete(Draft, Draft.created_at < now() - DRAFTS_KEPT),
        lambda: _delete(Notification, Notification.read_at < keeping.since(keeping.NOTICES)),
        lambda: _delete(
            WebhookDelivery,
            WebhookDelivery.created_at < keeping.since(keeping.DELIVERIES),
            WebhookDelivery.state != PENDING,
        ),
        uploads.throw_away_old,
        exports.throw_away_old,
        storage.throw_away_old,
    ]
    for number, chore in enumerate(chores, 1):
        chore()
        progress(number, len(chores))


def _delete(model: Any, *which: sa.ColumnElement[bool]) -> None:
    """In pieces, each committed, so that nobody waits for long."""
    while ids := db.session.scalars(sa.select(model.id).where(*which).limit(CHUNK)).all():
        db.session.execute(
            sa.delete(model).where(model.id.in_(ids)),
            execution_options={"synchronize_session": False},
        )
        db.session.commit()


def rebuild_search() -> None:
    """Make the company's index of the search anew, model by model."""
    models = list(searched())
    for number, model in enumerate(models):
        label = str(model.__label_plural__)
        progress(number, len(models), label)
        began = time.monotonic()
        for done in rebuild(db.session(), model):
            db.session.commit()
            if time.monotonic() - began > 1:
                progress(number, len(models), f"{label}: {done:,}")
        db.session.commit()
    progress(len(models), len(models))


JOBS = (
    Job(
        id="tidy_up",
        label=_("Tidy up"),
        help=_("Throws away uploads, exports and notes that are not needed any more."),
        run=tidy_up,
        schedule=Daily("03:20"),
    ),
    Job(
        id="rebuild_search",
        label=_("Make the search anew"),
        help=_("For records that are not found although they are there."),
        run=rebuild_search,
    ),
    Job(
        id="index_fields",
        label=_("Make custom fields fast"),
        help=_(
            "Writes values of custom fields that are to be fast to filter and sort by where"
            " lists find them, and mends what differs."
        ),
        run=beside.fill_all,
        schedule=Daily("03:40"),
    ),
    Job(
        id="export",
        label=_("Export"),
        run=exports.run,
        by_hand=False,
        retries=1,
    ),
    Job(
        id="mail",
        label=_("Send mail"),
        run=letters.run,
        by_hand=False,
        retries=6,
    ),
    Job(
        id="webhooks",
        label=_("Send to webhooks"),
        run=delivering.run,
        by_hand=False,
        retries=3,
    ),
    Job(
        id="letter",
        label=_("Send mail of a plugin"),
        run=people.run,
        by_hand=False,
        retries=6,
    ),
    Job(
        id="import",
        label=_("Import"),
        run=background.run,
        by_hand=False,
        retries=1,
    ),
    Job(
        id="revert_import",
        label=_("Take an import back"),
        run=background.run_revert,
        by_hand=False,
        retries=1,
    ),
    *ERASING,
)

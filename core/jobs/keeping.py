"""How long a company keeps what nobody needs for ever, in days. :mod:`core.jobs.chores` throws it
away each night."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path

from core.host import services
from plugin_api.context import lazy_gettext as _
from plugin_api.context import now
from plugin_api.settings import Setting

UPLOADS, EXPORTS = "core.keep_uploads", "core.keep_exports"
NOTICES, RUNS = "core.keep_notices", "core.keep_runs"
DELIVERIES = "core.keep_deliveries"
LONGEST = 3650

SETTINGS = (
    Setting(
        key=UPLOADS, label=_("Keep files of imports for (days)"), kind="integer", default=7,
        minimum=1, maximum=LONGEST,
        help=_("Uploaded files and the rows of them that did not go in."),
    ),
    Setting(
        key=EXPORTS, label=_("Keep files of exports for (days)"), kind="integer", default=7,
        minimum=1, maximum=LONGEST, help=_("Those that are made in the background."),
    ),
    Setting(
        key=NOTICES, label=_("Keep notifications for (days)"), kind="integer", default=90,
        minimum=1, maximum=LONGEST, help=_("Counted from when they are read."),
    ),
    Setting(
        key=RUNS, label=_("Keep finished jobs for (days)"), kind="integer", default=30,
        minimum=1, maximum=LONGEST,
    ),
    Setting(
        key=DELIVERIES, label=_("Keep what was sent to webhooks for (days)"), kind="integer",
        default=30, minimum=1, maximum=LONGEST,
    ),
)  # fmt: skip


def days(key: str) -> int:
    """For how many days the company keeps something."""
    return int(services().setting(key))


def since(key: str) -> datetime:
    """What is older is thrown away."""
    return now() - timedelta(days=days(key))


def throw_away_old(folder: Path, key: str) -> None:
    """Delete the files of a folder that were kept long enough."""
    oldest = time.time() - days(key) * 24 * 3600
    for path in folder.iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)

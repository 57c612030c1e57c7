"""What is done in the background: closing periods with many targets."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.jobs import Job
from plugins.targets.services import closing

JOBS = (
    Job(
        id="close",
        label=_("Close target periods"),
        help=_("Freezes what each target came to, and closes it: all of them, or none."),
        run=closing.run,
        by_hand=False,
    ),
)

"""What happens by itself each morning."""

from __future__ import annotations

from plugin_api import host
from plugin_api.context import lazy_gettext as _
from plugin_api.jobs import Daily, Job
from plugins.training.services import applying, reminding


def enrol() -> None:
    """Enrol whom the rules mean."""
    host().jobs.result(enrolled=applying.apply_all())


def remind() -> None:
    """Tell of what is due."""
    host().jobs.result(
        courses=reminding.courses(), certificates=reminding.certificates(),
        observations=reminding.observations(),
    )  # fmt: skip


JOBS = (
    Job(
        id="enrol",
        label=_("Enrol by rules"),
        help=_("Enrols whom enrolment rules mean, nobody twice."),
        run=enrol,
        schedule=Daily("05:40"),
    ),
    Job(
        id="remind",
        label=_("Remind of courses, certificates and observations"),
        help=_("Tells people once of what is due, overdue or about to end."),
        run=remind,
        schedule=Daily("07:34"),
    ),
)

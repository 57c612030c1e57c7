"""What happens by itself each morning."""

from __future__ import annotations

from plugin_api import host
from plugin_api.context import lazy_gettext as _
from plugin_api.jobs import Daily, Job
from plugins.risk.services import escalation, indicators
from plugins.risk.services.detecting import proposing


def detect() -> None:
    """Propose what the rules find."""
    proposed = sum(len(proposing.propose(rule, all_seen=True)) for rule in proposing.active())
    host().jobs.result(proposed=proposed)


def measure() -> None:
    """Measure the indicators."""
    host().jobs.result(measured=indicators.measure_all())


def escalate() -> None:
    """Remind, and tell managers."""
    host().jobs.result(**escalation.run())


JOBS = (
    Job(
        id="detect", label=_("Look for risks"),
        help=_("Proposes what the detection rules find; nothing enters the register by itself."),
        run=detect, schedule=Daily("05:45"),
    ),
    Job(
        id="measure", label=_("Measure risk indicators"),
        help=_("Keeps a reading of each, and tells owners of alarms."),
        run=measure, schedule=Daily("06:05"),
    ),
    Job(
        id="escalate", label=_("Remind of risks"),
        help=_("Ends acceptances, reminds owners of reviews and tests, and tells managers."),
        run=escalate, schedule=Daily("07:34"),
    ),
)  # fmt: skip

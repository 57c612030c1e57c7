"""What happens by itself: telling of what runs out, closing what is solved."""

from __future__ import annotations

from plugin_api import host
from plugin_api.context import lazy_gettext as _
from plugin_api.jobs import Daily, Every, Job
from plugins.service.services import planning, watching


def watch() -> None:
    """Tell of cases whose time runs out or has."""
    host().jobs.result(told=watching.watch())


def close() -> None:
    """Close what has been solved for long enough."""
    host().jobs.result(closed=watching.close())


def plan() -> None:
    """Make the return visits that the plans ask for."""
    host().jobs.result(planned=planning.plan_all())


JOBS = (
    Job(
        id="watch",
        label=_("Watch the service levels of cases"),
        help=_("Warns owners in time, and tells those above them what is too late."),
        run=watch,
        schedule=Every(5),
    ),
    Job(
        id="plan",
        label=_("Plan return visits"),
        help=_("Makes the return visits that the plans ask for, each once."),
        run=plan,
        schedule=Daily("04:20"),
    ),
    Job(
        id="close",
        label=_("Close solved cases"),
        help=_("Closes cases that have been solved for as long as the settings say."),
        run=close,
        schedule=Daily("02:10"),
    ),
)

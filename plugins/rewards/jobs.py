"""What happens by itself each morning."""

from __future__ import annotations

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import lazy_gettext as _
from plugin_api.context import today
from plugin_api.jobs import Daily, Job
from plugins.rewards.models import Contest


def move_on() -> None:
    """Begin, finish and check the contests whose day has come."""
    done = {"begin": 0, "finish": 0, "look": 0}
    asked = sa.select(Contest).where(Contest.state.in_(("planned", "running", "checking")))
    for contest in host().session.scalars(asked.order_by(Contest.id)).all():
        for name in _due(contest):
            host().records.transition(contest, name)
            done[name] += 1
    host().jobs.result(begun=done["begin"], finished=done["finish"], checked=done["look"])


def _due(contest: Contest) -> list[str]:
    if contest.state == "checking":
        return ["look"]
    over = contest.ends_on < today()
    if contest.state == "running":
        return ["finish"] if over else []
    if contest.starts_on > today():
        return []
    return ["begin", "finish"] if over else ["begin"]


JOBS = (
    Job(
        id="contests",
        label=_("Move contests on"),
        help=_("Begins, finishes and checks the contests whose day has come."),
        run=move_on,
        schedule=Daily("05:40"),
    ),
)

"""What happens by itself each morning."""

from __future__ import annotations

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import lazy_gettext as _
from plugin_api.context import today
from plugin_api.errors import Refused
from plugin_api.jobs import Daily, Job
from plugins.rewards.models import Contest


def move_on() -> None:
    """Begin, finish and check the contests whose day has come."""
    done, left = {"begin": 0, "finish": 0, "look": 0}, list[str]()
    asked = sa.select(Contest).where(Contest.state.in_(("planned", "running", "checking")))
    for contest in host().session.scalars(asked.order_by(Contest.id)).all():
        called, due = contest.name, _due(contest)
        # One whose figure is not available does not keep the others.
        try:
            with host().session.begin_nested():
                for name in due:
                    host().records.transition(contest, name)
        except Refused as refused:
            left.append(f"{called}: {refused.words}")
            continue
        for name in due:
            done[name] += 1
    host().jobs.result(
        begun=done["begin"], finished=done["finish"], checked=done["look"], left=left
    )


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

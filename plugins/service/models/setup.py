"""Who looks after which cases, and how soon they promise to."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.conditions import HELP
from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    choice,
    integer,
    reference,
    text,
)
from plugins.service.models.words import PRIORITIES

METHODS = (
    Choice(value="turns", label=_("In turns, by weight")),
    Choice(value="least", label=_("To who has the least open, by weight")),
    Choice(value="none", label=_("To nobody: members take cases themselves")),
)
CLOCKS = (
    Choice(value="working", label=_("Working hours of working days")),
    Choice(value="always", label=_("Around the clock")),
)


class Queue(CompanyModel):
    """A line in which cases wait for the people who look after them. A case goes into the first
    queue by position that it fits."""

    __tablename__ = "service_queue"
    __collection__ = "queues"
    __label__ = _("Queue")
    __label_plural__ = _("Queues")
    __aside__ = ("active", False)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    position: Mapped[int] = integer(
        _("Position"), default=0, help=_("The first queue that fits takes the case.")
    )
    condition: Mapped[str | None] = text(_("Which of them"), length=1000, help=HELP)
    method: Mapped[str] = choice(_("How it gives out"), METHODS, default="turns")
    lead_id: Mapped[int | None] = reference(
        "core.User", _("Looked after by"), help=_("Is told when nobody has taken a case in time.")
    )
    active: Mapped[bool] = boolean(lazy_pgettext("rule", "Active"), default=True)


class Member(CompanyModel):
    """Somebody who looks after the cases of a queue. ``credit`` is where the turns have come
    to; it is kept, so that they go on where they were left."""

    __tablename__ = "service_member"
    __collection__ = "members"
    __label__ = _("Member of a queue")
    __label_plural__ = _("Members of queues")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __table_args__ = (sa.UniqueConstraint("company_id", "queue_id", "user_id"),)

    queue_id: Mapped[int] = reference("service.Queue", _("Queue"), on_delete="cascade")
    user_id: Mapped[int] = reference("core.User", _("Person"))
    skills: Mapped[str | None] = text(
        _("Skills"), length=1000,
        help=_("Which cases the person can solve, as for the queue: kind=fault. Empty: all."),
    )  # fmt: skip
    weight: Mapped[int] = integer(
        _("Weight"), default=1, minimum=0, maximum=1000,
        help=_("Who has 2 gets twice as much as who has 1; 0 gets nothing."),
    )  # fmt: skip
    capacity: Mapped[int | None] = integer(
        _("Capacity"), minimum=0,
        help=_("Gets nothing more while so many are open. Empty: no limit."),
    )  # fmt: skip
    credit: Mapped[int] = integer(_("Turn"), default=0, readonly=True)


class Policy(CompanyModel):
    """How soon the first answer and the solution of a case are due. The first policy by position
    that fits a case holds for it; its targets are written onto the case, so that what was
    promised stays when the policy changes. Hours are those of the company's clock."""

    __tablename__ = "service_policy"
    __collection__ = "policies"
    __label__ = _("Service level")
    __label_plural__ = _("Service levels")
    __aside__ = ("active", False)
    __raises_revision__ = True

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    position: Mapped[int] = integer(
        _("Position"), default=0, help=_("Of several that fit, the first counts.")
    )
    priority: Mapped[str | None] = choice(
        _("Priority"), PRIORITIES, help=_("Empty: whatever the priority.")
    )
    condition: Mapped[str | None] = text(_("Which of them"), length=1000, help=HELP)
    answer_minutes: Mapped[int | None] = integer(
        _("First answer within (minutes)"), minimum=1, maximum=1_000_000,
        help=_("Empty: no target."),
    )  # fmt: skip
    solution_minutes: Mapped[int | None] = integer(
        _("Solution within (minutes)"), minimum=1, maximum=1_000_000,
        help=_("Waiting for the customer does not count. Empty: no target."),
    )  # fmt: skip
    clock: Mapped[str] = choice(_("Counts"), CLOCKS, default="working")
    starts: Mapped[str] = text(_("Work starts"), length=5, default="09:00")
    ends: Mapped[str] = text(_("Work ends"), length=5, default="18:00")
    break_starts: Mapped[str | None] = text(
        _("Break starts"), length=5, help=_("Such as 12:00. Empty: no break.")
    )
    break_ends: Mapped[str | None] = text(_("Break ends"), length=5)
    warn_percent: Mapped[int] = integer(
        _("Warn after (percent of the time)"), default=80, minimum=1, maximum=100
    )
    escalate_to_id: Mapped[int | None] = reference(
        "core.User", _("Escalate to"),
        help=_("Is told when it is too late. Empty: who leads the team of the owner."),
    )  # fmt: skip
    active: Mapped[bool] = boolean(lazy_pgettext("rule", "Active"), default=True)

"""What a case, a queue or a service level must be like, and what becomes of a change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from plugin_api import host
from plugin_api.conditions import cleaned
from plugin_api.context import Actor, current_actor, current_company, gettext, now
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel, model_of
from plugins.crm.api import Contact
from plugins.service.models import Case, Member, Policy, Queue
from plugins.service.models.words import ACTIVE, DONE
from plugins.service.services import giving, levels
from plugins.service.services.hours import minute_of
from plugins.service.services.kept import forget, kept, put

Changes = Mapping[str, tuple[Any, Any]]
LONG_AGO = dt.timedelta(days=20 * 365)
"""Before that no case is entered: its working time would be counted day by day."""
AHEAD = dt.timedelta(minutes=5)
"""How far a clock elsewhere may go before ours."""
WRITTEN = ("service.Case", "service.Queue", "service.Member", "service.Policy")


def starting_values(actor: Actor) -> Mapping[str, Any]:
    """What an empty form starts with."""
    return {"owner": actor.user_id} if actor.user_id is not None else {}


def before_create_many(records: Sequence[CompanyModel]) -> None:
    """Give new cases their numbers, and read what completing them needs, in a few statements."""
    cases = [record for record in records if isinstance(record, Case)]
    moment = now()
    years: dict[int, list[Case]] = {}
    for case in cases:
        opened = case.opened_at or case.solved_at or moment
        # What is out of bounds is refused one by one, and takes no number.
        if moment - LONG_AGO <= opened <= moment + AHEAD:
            years.setdefault(day_of(opened).year, []).append(case)
    for year, some in years.items():
        taken = host().numbers(f"service.case.{year}", len(some))
        for case, number in zip(some, taken, strict=True):
            case.number = f"CS-{year}-{number:05}"
    contacts = {case.contact_id for case in cases if case.contact_id is not None}
    if contacts:
        asked = sa.select(Contact.id, Contact.account_id).where(Contact.id.in_(contacts))
        with host().session.no_autoflush:
            for row in host().session.execute(asked):
                put(("contact", row[0]), row[1])
    _keep_orders({case.order_number.strip() for case in cases if case.order_number})


def before_create(record: CompanyModel) -> None:
    """Complete or refuse a new record."""
    if isinstance(record, Case):
        _complete(record)
    else:
        _check_setup(record)


def after_create_many(records: Sequence[CompanyModel]) -> None:
    """Give new cases out, and promise what their service levels say."""
    cases = [record for record in records if isinstance(record, Case)]
    if not cases:
        forget()
        return
    giving.give(cases)
    levels.promise(cases)


def before_update(record: CompanyModel, changes: Changes) -> None:
    """Complete or refuse a change."""
    if isinstance(record, Case):
        if {"account_id", "contact_id"} & changes.keys():
            _check_contact(record)
        if "order_number" in changes:
            _check_order(record)
        if {"state", "answered_at"} & changes.keys():
            levels.reckon(record)
    else:
        _check_setup(record)


def after_update(record: CompanyModel, changes: Changes) -> None:
    """What may have another service level, or comes into another queue."""
    if not isinstance(record, Case):
        forget()
        return
    if record.state in ACTIVE:
        if "queue_id" in changes and "owner_id" not in changes:
            giving.give_again(record)
        if set(levels.CHECKED) & changes.keys():
            levels.promise([record])


def _complete(case: Case) -> None:
    moment = now()
    case.opened_at = case.opened_at or case.solved_at or moment
    _check_times(case, case.opened_at, moment)
    case.opened_on = day_of(case.opened_at)
    _check_contact(case)
    _check_order(case)
    # The clock is stopped by :func:`levels.promise`, once it is known what counts as work.
    levels.start(case, case.opened_at)
    if case.state in DONE:
        case.solved_at = case.solved_at or moment
        case.answered_at = case.answered_at or case.solved_at
        case.solved_on = day_of(case.solved_at)
        case.closed_on = case.solved_on if case.state == "closed" else None
    elif case.state == "waiting":
        case.answered_at = case.answered_at or moment


def _check_times(case: Case, opened: dt.datetime, moment: dt.datetime) -> None:
    if opened > moment + AHEAD:
        raise Rejected("opened_at", gettext("This is in the future."))
    if opened < moment - LONG_AGO:
        raise Rejected("opened_at", gettext("This is too long ago."))
    for name in ("answered_at", "solved_at"):
        value = getattr(case, name)
        if value is not None and value < opened:
            raise Rejected(name, gettext("This is before the case was opened."))
        if value is not None and value > moment + AHEAD:
            raise Rejected(name, gettext("This is in the future."))
    if case.solved_at is not None and case.state not in DONE:
        raise Rejected("solved_at", gettext("The case is not solved."))


def _check_contact(case: Case) -> None:
    """The contact says whose account it is; another account's contact is refused."""
    if case.contact_id is None:
        return
    asked = sa.select(Contact.account_id).where(Contact.id == case.contact_id)
    account_id = kept(("contact", case.contact_id), lambda: host().session.scalar(asked))
    if case.account_id is None:
        case.account_id = account_id
    elif account_id is not None and account_id != case.account_id:
        raise Rejected("contact", gettext("The contact belongs to another account."))


def _check_order(case: Case) -> None:
    """An order of the company's says whose account it is."""
    found = order_of(case)
    if found is None or found.account_id is None:
        return
    if case.account_id is None:
        case.account_id = found.account_id
    elif case.account_id != found.account_id:
        raise Rejected("order_number", gettext("The order is of another account."))


def order_of(case: Case) -> Any:
    """The order that a case names, if the company keeps its orders here and the actor may read
    it: its id, name and account."""
    if not case.order_number or not host().is_enabled("sales"):
        return None
    number = case.order_number.strip()
    _keep_orders({number})
    return kept((*_ORDER, current_actor().user_id, number), lambda: None)


_ORDER = ("order",)


def _keep_orders(numbers: set[str]) -> None:
    """Remember which orders have these numbers, of those that the actor may read. One statement."""
    me = current_actor().user_id
    wanted = {each for each in numbers if kept((*_ORDER, me, each), lambda: "?") == "?"}
    if not wanted or not host().is_enabled("sales"):
        return
    order: Any = model_of("sales.Order")
    asked = sa.select(order.number, order.id, order.name, order.account_id).where(
        order.number.in_(wanted), host().records.visible(order)
    )
    with host().session.no_autoflush:
        found = {row.number: row for row in host().session.execute(asked)}
    for number in wanted:
        put((*_ORDER, me, number), found.get(number))


def day_of(instant: dt.datetime) -> dt.date:
    """The business day of an instant."""
    return instant.astimezone(ZoneInfo(current_company().timezone)).date()


def _check_setup(record: CompanyModel) -> None:
    if isinstance(record, Queue):
        record.condition = cleaned(Case, record.condition)
    elif isinstance(record, Member):
        record.skills = cleaned(Case, record.skills, "skills")
    elif isinstance(record, Policy):
        record.condition = cleaned(Case, record.condition)
        _check_hours(record)


def _check_hours(policy: Policy) -> None:
    """The hours of a working day follow each other. Raises Rejected."""
    names = ["starts", "ends"]
    if policy.break_starts or policy.break_ends:
        names = ["starts", "break_starts", "break_ends", "ends"]
    before = -1
    for name in names:
        text = (getattr(policy, name) or "").strip()
        try:
            minute = minute_of(text)
        except ValueError:
            raise Rejected(name, gettext("Expected a time such as 09:30.")) from None
        if minute <= before:
            raise Rejected(name, gettext("This must be later than the time before it."))
        setattr(policy, name, f"{minute // 60:02}:{minute % 60:02}")
        before = minute

"""The running host: one object an application, reached by :func:`services`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import IO, TYPE_CHECKING, Any, cast

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Session

from core.extensions import db
from plugin_api.context import Text, current_company
from plugin_api.mail import Message
from plugin_api.models import CompanyModel, model_of

if TYPE_CHECKING:
    from core.calendar.calendar import Calendars, WorkCalendar
    from core.data.merging.moving import Merging
    from core.data.records import Records
    from core.hosting.dispatch import Dispatcher
    from core.hosting.registry import Registry
    from core.jobs.service import HostJobs
    from core.measures.engine import MeasureEngine
    from plugin_api.workflow import Workflow


class HostServices:
    """Implements :class:`plugin_api.host.Host`, and holds what only the host uses."""

    def __init__(self, registry: Registry, dispatcher: Dispatcher) -> None:
        self.registry = registry
        self.dispatcher = dispatcher

    @property
    def engine(self) -> sa.Engine:
        """The database. Company data is reached through :attr:`session` only."""
        return db.engine

    @property
    def session(self) -> Session:
        """The company's session of this request, command or job."""
        return db.session()

    @cached_property
    def records(self) -> Records:
        from core.data.records import Records

        return Records()

    @cached_property
    def measures(self) -> MeasureEngine:
        from core.measures.engine import MeasureEngine

        return MeasureEngine(self)

    @cached_property
    def jobs(self) -> HostJobs:
        from core.jobs.service import HostJobs

        return HostJobs()

    @cached_property
    def merging(self) -> Merging:
        from core.data.merging.moving import Merging

        return Merging()

    @cached_property
    def calendars(self) -> Calendars:
        """The calendars of every company."""
        from core.calendar.calendar import Calendars

        return Calendars(lambda: self.session)

    @property
    def calendar(self) -> WorkCalendar:
        """Working days of the company."""
        return self.calendars.current()

    def setting(self, key: str) -> Any:
        """The company's value of a plugin's setting, else its default. Raises KeyError."""
        from core.data.settings import value

        return value(key)

    def rate(self, source: str, target: str, on: date) -> Decimal:
        """Units of ``target`` for one ``source``. Raises Rejected when none is stored."""
        from core.data.rates import rate

        return rate(source, target, on)

    def local_day(self, column: Any) -> sa.ColumnElement[date]:
        """The day of an instant by the company's clock."""
        from core.tenancy.days import local_day

        return local_day(column, current_company().timezone)

    def numbers(self, series: str, count: int = 1) -> Sequence[int]:
        """The next numbers of a series, without gaps."""
        from core.data.series import take

        return take(series, count)

    def is_enabled(self, plugin_id: str) -> bool:
        """Whether the company uses a plugin."""
        from core.hosting.enabled import enabled_set

        return plugin_id in enabled_set(current_company())

    def listeners(self, hook: str) -> Sequence[Callable[..., Any]]:
        """What answers a hook that a plugin publishes, of the plugins that the company uses."""
        from core.hosting.enabled import enabled_set

        return self.dispatcher.listeners(hook, enabled_set(current_company()))

    def workflows(self) -> Sequence[Workflow]:
        """The workflows of the plugins that the company uses."""
        found = self.registry.workflows.items()
        return [flow for key, flow in found if self.is_enabled(key.partition(".")[0])]

    def let_read(self, record: CompanyModel, user_ids: Collection[int], until: date) -> None:
        """Let people read a record that is not theirs, up to a day."""
        from core.access.sharing import let_read

        let_read(record, user_ids, until)

    def remind(self, record: CompanyModel, user_ids: Sequence[int], text: Text) -> None:
        """Tell people that a record needs them."""
        from core.collab.notify import notify

        notify("reminder", record, user_ids, {"text": str(text)})

    def acting_for(self, user_id: int) -> AbstractContextManager[None]:
        """Work as a person inside, by their clock and in their language."""
        from core.mail.people import acting_for

        return acting_for(user_id)

    def mail(self, user_id: int, message: Message) -> bool:
        """Have a message sent to a person once this transaction is committed."""
        from core.mail.people import post

        return post(user_id, message)

    def attach(self, record: CompanyModel, name: str, content: IO[bytes]) -> None:
        """Keep a file with a record."""
        from core.files.attachments import attach

        attach(record, name, content)

    def copy_files(self, source: CompanyModel, target: CompanyModel) -> None:
        """Let a record have the files of another too."""
        from core.files.attachments import copy

        copy(source, target)

    def title_of(self, model_key: str, record_id: int) -> Text:
        """What names a record to people; its number when it is gone or has no name."""
        from core.data.numbers import LARGEST

        model: Any = model_of(model_key)
        title = None
        if abs(record_id) <= LARGEST:
            title = self.session.scalar(
                sa.select(getattr(model, model.__title__)).where(model.id == record_id)
            )
        return str(title) if title not in (None, "") else f"#{record_id}"

    def record_url(self, model_key: str, record_id: int) -> str:
        """Address of a record's page."""
        from core.views.urls import record_url

        return record_url(model_of(model_key), record_id)

    def list_url(self, model_key: str, query: Mapping[str, Any] | None = None) -> str:
        """Address of a model's list with a query; empty for a model without pages."""
        from core.views.urls import collection_url, with_query

        path = collection_url(model_of(model_key))
        return with_query(path, [(k, str(v)) for k, v in (query or {}).items()]) if path else ""


def services() -> HostServices:
    """The host of the current application."""
    return cast(HostServices, current_app.extensions["xiaoguan"])


def add(
    model: type[CompanyModel],
    rows: Sequence[Mapping[str, Any]],
    same: Mapping[str, Any] | None = None,
) -> None:
    """Add rows by column to the company's session, which writes them with others before anything
    could see them: no object, no check, no trail. ``same`` is what all of them have."""
    session: Any = db.session()
    session.put(model, rows, same)

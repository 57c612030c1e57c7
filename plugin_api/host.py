"""What the host does for a plugin's code, reached by :func:`host`.

Everything here works in the current company, as the current actor.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import IO, Any, Protocol, TypeVar, cast

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Session

from plugin_api.context import Text
from plugin_api.jobs import Jobs
from plugin_api.mail import Message
from plugin_api.measures import Measure, Ratio
from plugin_api.merging import Merging
from plugin_api.models.base import CompanyModel
from plugin_api.models.choices import Choice
from plugin_api.workflow import Workflow

M = TypeVar("M", bound=CompanyModel)


class Records(Protocol):
    """The one write path. Checks permission, record rules, fields and version, calls the data
    hooks, writes the audit trail. Nothing is committed; the edge commits."""

    def create(self, model: type[M], values: Mapping[str, Any]) -> M:
        """Make a record of typed values (references as ids, money in minor units)."""

    def create_many(self, model: type[M], rows: Iterable[Mapping[str, Any]]) -> list[M]:
        """Make many records after the same checks, with one flush: all or none."""

    def add_rows(self, model: type[CompanyModel], rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows by column of a model that code alone writes, such as a history: no checks,
        hooks or trail, and no objects. They are written with others before anything could see
        them. Raises TypeError for a model whose records people may create."""

    def update(self, record: M, values: Mapping[str, Any], *, version: int | None = None) -> M:
        """Change fields. Raises Conflict when ``version`` is given and stale."""

    def update_many(self, changes: Sequence[tuple[M, Mapping[str, Any]]]) -> None:
        """Change records of one model after the same checks, hooks and trail, each by its own
        values: all or none, with one flush where they are plain values."""

    def delete(self, record: CompanyModel, *, version: int | None = None) -> None:
        """Delete for good. Raises Rejected when other records point to it."""

    def transition(
        self,
        record: CompanyModel,
        name: str,
        values: Mapping[str, Any] | None = None,
        *,
        version: int | None = None,
    ) -> Mapping[str, Any]:
        """Run a transition of the model's workflow."""

    def get(self, model: type[M], record_id: int, action: str = "read") -> M:
        """The record, if the actor may do ``action`` with it.

        Raises NotFound, or Forbidden for what the actor may see, but not do that with.
        """

    def may(self, record: CompanyModel, action: str) -> bool:
        """Whether the actor may do ``action`` with a record that is at hand."""

    def may_read(self, model: type[CompanyModel], field: str) -> bool:
        """Whether the actor may read a field, by its name in views. Lists, forms, REST and the
        rest go by it; pages of the plugin's own ask."""

    def typed(self, model: type[CompanyModel], field: str, text: str) -> Any:
        """The value that a text means for a field, as forms and files are read: minor units for
        ``1.2万`` of an amount, None for an empty text. Raises Rejected with the reason."""

    def visible(self, model: type[CompanyModel]) -> sa.ColumnElement[bool]:
        """A condition for selects of the plugin's own: records that the actor may read."""

    def matching(
        self, model: type[CompanyModel], query: Mapping[str, str]
    ) -> sa.ColumnElement[bool]:
        """The same for those that a list with this query in its address shows to the actor:
        ``{"grade": "A", "archived": "false"}``. Raises Invalid naming each wrong argument."""


@dataclass(frozen=True, slots=True)
class Point:
    """One cell of a measure: the values of the grouping keys and the figure.

    ``value`` is None when there is nothing to divide by.
    """

    keys: tuple[Any, ...]
    labels: tuple[str, ...]
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class MeasuredFact:
    """What one record adds to a measure for one person on one day, in minor units for money."""

    on: date
    user_id: int | None
    record_id: int
    value: Decimal


class Evidence(Protocol):
    """The records behind a figure."""

    @property
    def model(self) -> str:
        """Key of their model."""

    @property
    def more(self) -> bool:
        """Whether there are more than a thousand."""

    @property
    def query(self) -> Mapping[str, str]:
        """What the URL of the model's list holds to show all of them, and to say in words which."""


class Measures(Protocol):
    """Every enabled plugin's figures."""

    def all(self) -> Sequence[Measure | Ratio]:
        """Measures of the plugins enabled here that the actor may read."""

    def get(self, key: str) -> Measure | Ratio:
        """One of them. Raises NotFound."""

    def choices(self) -> tuple[Choice, ...]:
        """The same as values of a choice, by label."""

    def value(
        self,
        key: str,
        start: date | None = None,
        end: date | None = None,
        filters: Mapping[str, Any] | None = None,
    ) -> Decimal | None:
        """The figure of the period, both days included, in one statement."""

    def table(
        self,
        key: str,
        start: date | None = None,
        end: date | None = None,
        by: Sequence[str] = (),
        filters: Mapping[str, Any] | None = None,
    ) -> list[Point]:
        """The figure grouped by ``day, week, month, quarter, year, user, team`` or a dimension
        of the measure, in one statement, ordered by the keys.

        A filter's value may be a sequence of alternatives, None among them.
        """

    def records(
        self,
        key: str,
        start: date | None = None,
        end: date | None = None,
        filters: Mapping[str, Any] | None = None,
    ) -> Evidence:
        """The records behind the number that :meth:`value` gives for the same question."""

    def facts(
        self,
        key: str,
        start: date,
        end: date,
        filters: Mapping[str, Any] | None = None,
    ) -> list[MeasuredFact]:
        """What the number is the sum of, by day and record, in one statement. Raises NotFound,
        and Rejected for a ratio."""


class WorkCalendar(Protocol):
    """Working days of the company: work week, public holidays, make-up days."""

    def is_work_day(self, day: date) -> bool: ...

    def work_days(self, start: date, end: date) -> int:
        """Working days from start to end, both included; 0 when end is before start."""


class Host(Protocol):
    """The host's services for plugins."""

    @property
    def session(self) -> Session:
        """The company's session. Its walls cannot be switched off."""

    @property
    def records(self) -> Records: ...

    @property
    def measures(self) -> Measures: ...

    @property
    def calendar(self) -> WorkCalendar: ...

    @property
    def jobs(self) -> Jobs: ...

    @property
    def merging(self) -> Merging: ...

    def setting(self, key: str) -> Any:
        """The company's value of a plugin's setting, else its default."""

    def rate(self, source: str, target: str, on: date) -> Decimal:
        """Units of ``target`` for one ``source``, the newest stored on or before ``on``.

        Raises Rejected when there is none.
        """

    def local_day(self, column: Any) -> sa.ColumnElement[date]:
        """The day of an instant by the company's clock, as a column of a statement."""

    def numbers(self, series: str, count: int = 1) -> Sequence[int]:
        """The next numbers of a series (``"sales.invoice.2026"``), from 1 and without gaps.

        Who asks for the same series meanwhile waits until this transaction ends; one that is
        rolled back gives its numbers back.
        """

    def is_enabled(self, plugin_id: str) -> bool:
        """Whether the company uses a plugin."""

    def listeners(self, hook: str) -> Sequence[Callable[..., Any]]:
        """What answers a hook that a plugin publishes, of the plugins that the company uses,
        dependencies first: each is called with the arguments by name, and what it raises goes
        through. None where nobody does, which costs nothing. Raises KeyError."""
        ...

    def workflows(self) -> Sequence[Workflow]:
        """The workflows of the plugins that the company uses."""

    def let_read(self, record: CompanyModel, user_ids: Collection[int], until: date) -> None:
        """Let people read a record that is not theirs, up to a day, as far as their roles read
        such records at all: a share that they have already stays as it is."""

    def remind(self, record: CompanyModel, user_ids: Sequence[int], text: Text) -> None:
        """Tell people that a record needs them, by a notification with these words. Who may not
        see the record, or has switched such reminders off, is not told."""

    def acting_for(self, user_id: int) -> AbstractContextManager[None]:
        """Work as a person inside, by their clock and in their language: what a job prepares for
        somebody holds what they may see. Raises NotFound for who has left."""

    def mail(self, user_id: int, message: Message) -> bool:
        """Have a message sent to a person once this transaction is committed. False where the
        installation sends none, or the person has no address."""

    def attach(self, record: CompanyModel, name: str, content: IO[bytes]) -> None:
        """Keep a file with a record. Raises Rejected with the reason why it is not taken."""

    def copy_files(self, source: CompanyModel, target: CompanyModel) -> None:
        """Let a record have the files of another too, but for those that it has already."""

    def title_of(self, model_key: str, record_id: int) -> Text:
        """What names a record to people."""

    def record_url(self, model_key: str, record_id: int) -> str:
        """Address of a record's page; empty for a model without pages."""

    def list_url(self, model_key: str, query: Mapping[str, Any] | None = None) -> str:
        """Address of a model's list, filtered as by ``{"state": "planned", "account": 7}``.

        ``query`` holds what stands in the list's address, as that of :class:`Evidence` does;
        ``view`` is ``kanban`` or ``calendar`` for these.
        """


def host() -> Host:
    """The running host. Needs an application context."""
    return cast(Host, current_app.extensions["xiaoguan"])

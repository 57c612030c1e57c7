"""Pages: empty, with a record, with many; by whom; beside other plugins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import sqlalchemy as sa

from core.host import services
from core.hosting.derive import fields_of
from core.tenancy.engine import as_owner
from plugin_api.testing.contract.base import (
    Checks,
    Subject,
    address,
    check,
    model_of,
    quiet_failures,
    reached,
)
from plugin_api.testing.counting import count_statements
from plugin_api.testing.workplace import Workplace

ROLES = ("manager", "rep", "analyst", "finance", "auditor")
FEW = 3
SLACK = 2
"""Statements that many rows may take more: a second page, a total."""


class PageChecks(Checks):
    """Every view stands, whatever there is to show."""

    rows: ClassVar[int] = 200
    """How many records are many."""
    every_view: ClassVar[bool] = True
    """Whether statements are counted for boards, charts and the rest too, or for lists alone."""

    def test_pages_stand_where_there_is_nothing(self, subject: Subject) -> None:
        """With what the plugin needs and nothing besides."""
        place = subject.company("empty")
        with quiet_failures(subject) as failed:
            found = [*_broken(subject, place, _pages(subject)), *_broken_own(subject, place)]
        check([*found, *failed], "show an empty page; ask for None before using a figure.")

    def test_pages_stand_beside_every_other_plugin(self, subject: Subject) -> None:
        _ids, cannot = subject.filled(subject.world.full)
        with quiet_failures(subject) as failed:
            found = [*_broken(subject, subject.world.full, _pages(subject)),
                     *_broken_own(subject, subject.world.full)]  # fmt: skip
        check([*cannot, *found, *failed], "see the exception in the log of the test.")

    def test_records_have_pages(self, subject: Subject) -> None:
        """A page and a form of each, with nothing but what the plugin needs, and with all."""
        found = list[str]()
        for place in (subject.alone, subject.world.full):
            ids, cannot = subject.filled(place)
            found += cannot
            paths = [
                address(model, ids[model.model_key()])
                for model in subject.collections
                if model.model_key() in ids
            ]
            with quiet_failures(subject) as failed:
                found += [f"{place.slug}: {each}" for each in _broken(subject, place, paths)]
            found += [f"{place.slug}: {each}" for each in failed]
        check(found, "see the exception in the log of the test.")

    def test_no_role_breaks_a_page(self, subject: Subject) -> None:
        place, found = subject.world.full, []
        subject.filled(place)
        for role in ROLES:
            for path in _pages(subject, only=("",)):
                status = place.page(path, role).status_code
                if status not in (200, 403, 404):
                    found.append(f"{path} answers {status} to a {role}")
        check(found, "ask host().records.may_read(...) before showing what a role may not see.")

    def test_pages_do_not_ask_for_each_row(self, subject: Subject) -> None:
        """As many statements for many records as for a few."""
        place, found = subject.company("many"), list[str]()
        ids, cannot = subject.filled(place)
        for model in subject.collections:
            if model.model_key() in ids:
                found += self.growing(subject, place, model, ids[model.model_key()])
        found += _broken_own(subject, place)
        check([*cannot, *found], "read what all rows need in one statement (a join, an IN).")

    def growing(self, subject: Subject, place: Workplace, model: Any, id_: int) -> Iterator[str]:
        """Views of a model that send more statements for more of its records, of which it has one
        with this id."""
        paths = [address(model, more=more) for more in _views(subject, model)]
        if not self.every_view:
            paths = paths[:1]
        asked = dict.fromkeys(paths, 0)
        for count in (FEW, self.rows):
            copy_rows(subject, place, model, id_, count)
            for path in paths:
                if count == FEW:
                    place.page(path)  # what is remembered is remembered from here on
                with count_statements() as sent:
                    status = place.page(path).status_code
                if status != 200:
                    yield f"{path} answers {status} for {count} records"
                elif count != FEW and len(sent) > asked[path] + SLACK:
                    few, many = asked[path], len(sent)
                    yield f"{path} sends {few} statements for {FEW} records, {many} for {count}"
                asked[path] = len(sent)

    def test_in_chinese_as_in_english(self, subject: Subject) -> None:
        place, found = subject.alone, []
        subject.filled(place)
        for model in subject.collections:
            status = place.browser("admin", "zh").get(address(model)).status_code
            if status != 200:
                found.append(f"{address(model)} answers {status} in Chinese")
        check(found, "see the exception in the log of the test; is a placeholder mistranslated?")


def copy_rows(subject: Subject, place: Workplace, model: Any, id_: int, count: int) -> int:
    """Have so many rows of a model in all that are like one; how many there are. Fewer where a
    constraint takes no copies."""
    table = model.__table__
    number = place.id
    with subject.world.app.app_context(), as_owner().begin() as connection:
        row = dict(
            connection.execute(
                sa.select(table).where(table.c.company_id == number, table.c.id == id_)
            ).mappings().one()
        )  # fmt: skip
        there: int = connection.scalars(
            sa.select(sa.func.count()).select_from(table).where(table.c.company_id == number)
        ).one()
        top: int = connection.scalars(sa.select(sa.func.max(table.c.id))).one()
        apart = _unlike(table)
        copies = []
        for step in range(1, count - there + 1):
            copy = {**row, "id": top + step}
            for name in apart:
                copy[name] = _another(table.c[name], row[name], top + step)
            copies.append(copy)
        if not copies or not _may_copy(table, apart):
            return there
        connection.execute(sa.insert(table), copies)
        return there + len(copies)


def _unlike(table: sa.Table) -> list[str]:
    """Columns that no two rows may have alike, of plain values."""
    return [
        column.name
        for column in table.columns
        if column.name not in ("id", "company_id")
        and not column.foreign_keys
        and any(column.name in _names(each) for each in _constraints(table))
        and isinstance(column.type, sa.String | sa.Integer)
    ]


def _constraints(table: sa.Table) -> Iterator[Any]:
    yield from (c for c in table.constraints if isinstance(c, sa.UniqueConstraint))
    yield from (index for index in table.indexes if index.unique)


def _names(constraint: Any) -> set[str]:
    return {getattr(column, "name", "") for column in constraint.columns}


def _may_copy(table: sa.Table, apart: list[str]) -> bool:
    """Whether each constraint has a column that is made different."""
    own = {"id", "company_id"}
    return all(
        _names(each) & set(apart) or "id" in _names(each) or _names(each) <= own
        for each in _constraints(table)
    )


def _another(column: sa.Column[Any], value: Any, number: int) -> Any:
    if value is None:
        return None
    if isinstance(column.type, sa.Integer):
        return value + number
    text, tail = str(value), f" {number}"
    length = column.type.length or 200  # type: ignore[attr-defined]
    return text[: length - len(tail)] + tail


def _pages(subject: Subject, only: tuple[str, ...] | None = None) -> Iterator[str]:
    """Addresses of views of collections."""
    for model in subject.collections:
        for view in _views(subject, model) if only is None else only:
            yield address(model, more=view)


def _views(subject: Subject, model: Any) -> list[str]:
    """What follows the address of a collection, the list first."""
    with subject.world.app.app_context():
        registry, key = services().registry, model.model_key()
        views = ["", "?view=chart", "?view=pivot"]
        views += ["?view=kanban"] if registry.kanban_view(key) else []
        views += ["?view=calendar"] if registry.calendar_view(key) else []
        fields = fields_of(model)
        group = next((n for n in registry.list_view(key).filters if n in fields), None)
        return views + ([f"?group={group}"] if group else [])


def _broken(subject: Subject, place: Workplace, paths: Any) -> Iterator[str]:
    for path in paths:
        status = place.page(path).status_code
        if status != 200:
            yield f"{path} answers {status}"
    for model in subject.collections:
        if "create" in model.__actions__:
            status = place.page(address(model, more="/new")).status_code
            if status != 200:
                yield f"{address(model, more='/new')} answers {status}"


def _broken_own(subject: Subject, place: Workplace) -> Iterator[str]:
    """Pages of the plugin that name no record, and the home page with its cards."""
    for rule in subject.rules():
        if "GET" in (rule.methods or ()) and not rule.arguments:
            status = place.page(reached(rule)).status_code
            if status >= 500:
                yield f"{reached(rule)} answers {status}"
    if place.page("/").status_code != 200:
        yield "the home page does not stand"


__all__ = ["PageChecks", "copy_rows", "model_of"]

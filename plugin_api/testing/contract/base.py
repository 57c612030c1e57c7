"""What the checks of the contract stand on: a plugin, companies, records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pytest
import sqlalchemy as sa
from werkzeug.routing import Rule

from core.host import services
from core.hosting.registry import LoadedPlugin
from core.portability.layout import places
from core.tenancy.platform import platform_session
from plugin_api.models import CompanyModel, model_of
from plugin_api.testing.installing import Installation
from plugin_api.testing.making import CannotMake, Maker, NotWanted, Values
from plugin_api.testing.workplace import Workplace

FAR = 10**9
"""An id that nothing has."""


class World:
    """One installation for all contracts of a run, and the companies that they need.

    ``full`` and ``other`` use every plugin there is, ``bare`` none. What a contract changes, it
    changes in companies of its own: :meth:`own`.
    """

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.app = installation.app
        self._places: dict[str, Workplace] = {}

    @property
    def full(self) -> Workplace:
        """A company that uses everything."""
        return self.own("full", *self._all())

    @property
    def other(self) -> Workplace:
        """Another one of the kind."""
        return self.own("other", *self._all())

    @property
    def bare(self) -> Workplace:
        """One that uses no plugin."""
        return self.own("bare")

    def own(self, slug: str, *plugins: str) -> Workplace:
        """A company of that name, made when it is first asked for."""
        if slug not in self._places:
            self.installation.company(slug, *plugins, currency="USD", country="DE", language="en")
            self._places[slug] = Workplace(self.installation, slug)
        return self._places[slug]

    def _all(self) -> tuple[str, ...]:
        with self.app.app_context():
            return tuple(id_ for id_ in services().registry.plugins if id_ != "core")

    def counted(self, place: Workplace) -> dict[str, int]:
        """How many rows a company has in each table; one statement."""
        number = place.id
        with self.app.app_context(), platform_session("companies") as session:
            counts = [
                sa.select(sa.literal(table.name), sa.func.count())
                .select_from(table)
                .where(table.c.company_id == number)
                for table in (each.table for each in places())
            ]
            return {row[0]: row[1] for row in session.execute(sa.union_all(*counts))}

    def rows(self, place: Workplace, names: Collection[str]) -> dict[str, list[dict[str, Any]]]:
        """Every row of a company in some tables."""
        number = place.id
        with self.app.app_context(), platform_session("companies") as session:
            return {
                table.name: [
                    dict(row)
                    for row in session.execute(
                        sa.select(table)
                        .where(table.c.company_id == number)
                        .order_by(*table.primary_key)
                    ).mappings()
                ]
                for table in (each.table for each in places())
                if table.name in names
            }


@dataclass
class Subject:
    """The plugin whose contract is checked, and records of it."""

    plugin: LoadedPlugin
    world: World
    values: Values
    makers: dict[str, Maker] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The plugin's."""
        return self.plugin.id

    @property
    def models(self) -> list[type[CompanyModel]]:
        """Its models that belong to a company."""
        made = self.plugin.contribution.models
        return [model for model in made if issubclass(model, CompanyModel)]

    @property
    def collections(self) -> list[type[CompanyModel]]:
        """Those that have pages."""
        return [model for model in self.models if model.__collection__]

    @property
    def other_place(self) -> Workplace:
        """The other company that uses everything."""
        return self.world.other

    @property
    def alone(self) -> Workplace:
        """A company that uses the plugin and what it needs, nothing besides."""
        return self.world.own(f"{self.id}-alone", self.id)

    def company(self, name: str) -> Workplace:
        """A further one of the kind, of the check's own."""
        return self.world.own(f"{self.id}-{name}", self.id)

    def maker(self, place: Workplace) -> Maker:
        """What makes records there."""
        return self.makers.setdefault(place.slug, Maker(place, self.values))

    def filled(self, place: Workplace) -> tuple[dict[str, int], list[str]]:
        """A record of every model there: key → id; and why some could not be made."""
        ids, failed = {}, []
        for model in self.models:
            try:
                ids[model.model_key()] = self.maker(place).one(model.model_key())
            except NotWanted:
                continue
            except CannotMake as error:
                failed.append(str(error))
        return ids, failed

    def tables(self) -> set[str]:
        """Names of its tables."""
        return {model.__tablename__ for model in self.models}

    def rules(self) -> Iterator[Rule]:
        """Addresses of its own pages, without those of files that are the same for all."""
        for rule in self.world.app.url_map.iter_rules():
            mine = rule.endpoint.partition(".")[0].partition("_")[0] == self.id
            if mine and not rule.endpoint.endswith(".static"):
                yield rule


class Checks:
    """Base of all parts of the contract."""

    plugin: ClassVar[str] = ""
    """Id of the plugin."""

    def values(self, model: str) -> Mapping[str, Any] | None:
        """Values for a record of the model ``"visits.Visit"``, by name in views, in place of those
        that are made of its fields' declarations; None where no record of it is to be made, since
        code alone does so, under conditions that only tests of the plugin's own can bring about.
        Called in the company for which the record is, in an administrator's name, so it may make
        or look up what is referred to."""
        return {}

    @pytest.fixture(scope="class")
    @classmethod
    def subject(cls, contract_world: World) -> Subject:
        """The plugin in its installation."""
        id_ = cls.plugin
        with contract_world.app.app_context():
            registry = services().registry
            plugin = registry.plugins.get(id_)
            reason = registry.unavailable.get(id_)
        if plugin is None:
            pytest.fail(
                f"{id_} is not loaded: {reason.reason if reason else 'no such plugin is found'}",
                pytrace=False,
            )
        return Subject(plugin, contract_world, cls().values)


def check(findings: Iterable[str], mend: str) -> None:
    """Fail with what was found, each on a line, and how to mend it."""
    lines = [f"  - {each}" for each in findings]
    if lines:
        pytest.fail("\n".join([f"{len(lines)} found:", *lines, f"To mend: {mend}"]), pytrace=False)


@contextmanager
def quiet_failures(subject: Subject) -> Iterator[list[str]]:
    """Collects what isolated hooks of the plugin failed in, inside: pages leave it out."""
    found: list[str] = []
    with subject.world.app.app_context():
        dispatcher = services().dispatcher
        before = dict(dispatcher.failures)
        yield found
        for (plugin, what), count in dispatcher.failures.items():
            if plugin == subject.id and count > before.get((plugin, what), 0):
                found.append(f"{what} failed; the log of the test has the exception")


def address(model: Any, record_id: int | None = None, more: str = "") -> str:
    """Where a collection, or a record of it, is: of pages, and below ``/api/v1`` of REST."""
    path = f"/{model.plugin_id()}/{model.__collection__}"
    return path + ("" if record_id is None else f"/{record_id}") + more


def reached(rule: Rule, **values: Any) -> str:
    """An address of a rule with every part filled in."""
    path = str(rule)
    for name in rule.arguments:
        converter = rule._converters.get(name)
        usual: Any = FAR if type(converter).__name__ != "UnicodeConverter" else "x"
        path = path.replace(
            next(part for part in _parts(path) if part.strip("<>").rpartition(":")[2] == name),
            str(values.get(name, usual)),
        )
    return path


def _parts(path: str) -> Iterator[str]:
    while "<" in path:
        start, end = path.index("<"), path.index(">") + 1
        yield path[start:end]
        path = path[end:]


__all__ = [
    "FAR", "Checks", "Subject", "World", "address", "check", "model_of", "quiet_failures",
    "reached",
]  # fmt: skip

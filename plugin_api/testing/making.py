"""Records made of what fields say of themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from core.api.values import amounts_in, instant
from core.data.fields import FieldMeta, own_fields
from core.data.parse import currency_of
from core.host import services
from core.identity import service
from plugin_api.context import current_actor, current_company, now, today
from plugin_api.errors import Refused
from plugin_api.models import CompanyModel, model_of
from plugin_api.testing.installing import NO_PASSWORD
from plugin_api.testing.workplace import Workplace

Values = Callable[[str], Mapping[str, Any] | None]
"""Model key → values that a plugin's tests give in place of generated ones; None where no record
of the model is to be made."""


class CannotMake(AssertionError):
    """No record of a model could be made of generated values."""


class NotWanted(CannotMake):
    """The plugin's tests want no record of the model."""


class Maker:
    """Makes records of one company, in the name of an administrator of it."""

    def __init__(self, place: Workplace, values: Values) -> None:
        self.place = place
        self._given = values
        self._made: dict[str, int] = {}
        self._busy: set[str] = set()
        self.used: dict[str, set[str]] = {}
        """Model key → the fields that the newest record was made with."""
        self.mark = "zq" + "".join(filter(str.isalnum, place.slug))
        """Stands in texts of this company's records, and in no others."""
        self.number = 0
        """Grows with every record, so that no two are alike."""

    def one(self, key: str) -> int:
        """The id of a record of the model; the same whenever it is asked for."""
        failed: CannotMake | None = None
        if key not in self._made:
            with self.place.as_user("admin"):
                try:
                    self.inside(key)
                except CannotMake as error:
                    failed = error  # what it refers to was made, and stays
        if failed is not None:
            raise failed
        return self._made[key]

    def inside(self, key: str) -> int:
        """As :meth:`one`, where the company is being worked in already."""
        if key not in self._made:
            self._made[key] = int(self.make(key).id)
        return self._made[key]

    def values(self, key: str) -> dict[str, Any]:
        """Values for a record by name in views, as ``host().records`` takes them: of every field
        that may be set."""
        self.number += 1
        given = dict(self._asked(key))
        model: Any = model_of(key)
        fields = own_fields(model)
        made: dict[str, Any] = {}
        for place, meta in enumerate(fields.values()):
            if meta.name in given or meta.attribute in given or meta.readonly:
                continue
            value = self._value(model, meta, place)
            if value is not None:
                made[meta.name] = value
        return {**made, **given}

    def sendable(self, key: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """The same values as REST takes them."""
        fields = own_fields(model_of(key))
        by_name = {**{m.attribute: m for m in fields.values()}, **fields}
        state = dict.fromkeys(fields) | dict(values)
        return {
            by_name[name].name: as_json(by_name[name], value, state)
            for name, value in values.items()
        }

    def required(self, key: str, names: Iterable[str]) -> set[str]:
        """Which of the names a record cannot be without."""
        given = self._asked(key)
        model: Any = model_of(key)
        fields = own_fields(model)
        return {
            n for n in names if n in given or (n in fields and _must_be_given(model, fields[n]))
        }

    def _asked(self, key: str) -> Mapping[str, Any]:
        given = self._given(key)
        if given is None:
            raise NotWanted(f"values({key!r}) is None: no record of it is made")
        return given

    def make(self, key: str) -> CompanyModel:
        """A further record, where the company is being worked in already. Raises CannotMake."""
        model: Any = model_of(key)
        if not is_made_by_people(model):
            return self._by_code(model)
        sent, refused = self.values(key), None
        needed = self.required(key, sent)
        for _attempt in range(4):
            try:
                with services().session.begin_nested():
                    made: CompanyModel = services().records.create(model, sent)
                self.used[key] = set(sent)
                return made
            except Refused as error:
                refused = error
                self._mend(model, sent, needed, error)
        assert refused is not None
        raise CannotMake(
            f"no {key} could be made of {sent}: {refused.words} {dict(refused.errors) or ''}. Let"
            " values(model) of the test return values that your rules take."
        ) from refused

    def _mend(self, model: Any, sent: dict[str, Any], needed: set[str], error: Refused) -> None:
        """Give what is asked for, else leave out what was not taken, else all that may be."""
        fields = own_fields(model)
        named = {fields[n].name for n in error.errors if n in fields}
        missing = {n for n in named if sent.get(n) is None and not fields[n].readonly}
        for name in missing:
            sent[name] = self._value(model, fields[name], 0, always=True)
            needed.add(name)
        if not missing:
            for name in (named & sent.keys()) - needed or sent.keys() - needed:
                del sent[name]

    def _by_code(self, model: Any) -> CompanyModel:
        """Of a model that code alone writes: one that is there, or a plain row."""
        key, session = model.model_key(), services().session
        found: CompanyModel | None = session.scalars(sa.select(model).limit(1)).first()
        if found is not None:
            return found
        self.number += 1
        fields = own_fields(model)
        given = dict(self._asked(key))
        values = {
            meta.attribute: self._value(model, meta, place, always=True)
            for place, meta in enumerate(fields.values())
            if meta.required and not meta.has_default
        }
        for name, value in given.items():
            values[fields[name].attribute if name in fields else name] = value
        try:
            with session.begin_nested():
                record: CompanyModel = model(**values)
                session.add(record)
                session.flush()
        except (Refused, sa.exc.SQLAlchemyError, TypeError, ValueError) as error:
            first = str(error).splitlines()[0]
            raise CannotMake(
                f"no row of {key} could be made of {values}: {first}. Let values(model) of the"
                " test return values of its columns."
            ) from error
        return record

    def _value(
        self, model: type[CompanyModel], meta: FieldMeta, place: int, *, always: bool = False
    ) -> Any:
        must = always or _must_be_given(model, meta)
        if meta.kind == "reference":
            return self._reference(model, meta, must=must)
        if meta.kind == "json":
            return {} if must else None
        if meta.has_default and not must:
            # A default is what most records have; rules often hang on other values.
            return None
        return plain_value(meta, self.number, place, self.mark)

    def _reference(self, model: type[CompanyModel], meta: FieldMeta, *, must: bool) -> int | None:
        target = meta.target or ""
        again = model.model_key() in self.used and meta.attribute in _apart(model)
        if target == "core.User":
            if again:
                return self._person()
            return current_actor().user_id if must or meta.attribute == model.__owner__ else None
        if not must and (meta.narrow or target == model.model_key() or target in self._busy):
            return None
        if not must and not is_made_by_people(model_of(target)):
            return None
        self._busy.add(model.model_key())
        try:
            return int(self.make(target).id) if again else self.inside(target)
        except CannotMake:
            if must:
                raise
            return None
        finally:
            self._busy.discard(model.model_key())

    def _person(self) -> int:
        """Somebody else."""
        made = service.add_user(
            name=f"Person {self.number}",
            email=f"person{self.number}@{self.place.slug}.example",
            role="rep",
            password_hash=NO_PASSWORD,
        )
        return int(made.id)


def _apart(model: Any) -> frozenset[str]:
    """References that tell its records apart: a second record needs others."""
    table = model.__table__
    unique = [c for c in table.constraints if isinstance(c, sa.UniqueConstraint)]
    named = {
        c.name for each in (*unique, *(i for i in table.indexes if i.unique)) for c in each.columns
    }
    return frozenset(named - {"id", "company_id"})


def is_made_by_people(model: Any) -> bool:
    """Whether REST and forms make records of the model; others are written by code alone."""
    return bool(model.__collection__) and "create" in model.__actions__


def plain_value(meta: FieldMeta, number: int, place: int = 0, mark: str = "") -> Any:
    """A value of a field that is no reference; ``number`` and ``place`` tell values apart,
    ``mark`` stands in texts."""
    if meta.is_currency:
        return current_company().currency
    if meta.kind == "choice":
        offered = [each.value for each in meta.choices if not each.retired]
        return offered[0] if offered else None
    if meta.kind == "email":
        return f"name{number}@example.com"
    if meta.kind == "phone":
        return f"+49 30 {1000000 + number}"
    if meta.kind == "url":
        return f"https://example.com/{number}"
    # Lately, and later fields later: much may neither be in the future nor end before it begins.
    if meta.kind == "date":
        return today() - dt.timedelta(days=100 - min(place, 99))
    if meta.kind == "instant":
        return now().replace(microsecond=0) - dt.timedelta(hours=100 - min(place, 99))
    if meta.kind == "boolean":
        return False
    if meta.kind in ("integer", "decimal", "percent", "money"):
        least = max(1, meta.minimum if meta.minimum is not None else 1)
        most = meta.maximum if meta.maximum is not None else least + 20
        wanted = min(least + number % 20, most)
        if meta.kind == "money":
            return wanted * 100
        return wanted if meta.kind == "integer" else Decimal(wanted)
    text = f"{meta.name} {mark} {number}"
    return text[-meta.length :] if meta.length else text


def as_json(meta: FieldMeta, value: Any, record: Mapping[str, Any]) -> Any:
    """A value as REST takes and gives it, a reference as its id."""
    if value is None or meta.kind in ("reference", "json"):
        return value
    if meta.kind == "money":
        return amounts_in(currency_of(meta, record))(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.datetime):
        return instant(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _must_be_given(model: type[CompanyModel], meta: FieldMeta) -> bool:
    known = meta.has_default or meta.is_currency or meta.attribute == model.__owner__
    return meta.required and not known
